-- Values of a cumulative indicator in the batch that are lower than the unit's value for its previous reported day.
-- grain: one row per value_key
-- columns:
--   value_key: Số thứ tự của giá trị trong lô đang kiểm tra | Key of the value within the batch
--   previous_value: Giá trị của lần báo cáo trước | Value for the previous reported day
--   previous_as_of_on: Ngày của lần báo cáo trước | Previous reported day
-- Who reports every month has reported within 40 days. Only where a unit has not is the whole ledger read: it holds a
-- hundred million values after two years.
WITH recent AS (
    SELECT unit_code, indicator, as_of_on, value, received_at, submission_id
    FROM facts.observations
    WHERE
        indicator IN (SELECT indicator FROM batch_values)
        AND as_of_on >= (SELECT MIN(as_of_on) - 40 FROM batch_values)
    UNION ALL
    SELECT unit_code, indicator, as_of_on, value, received_at, submission_id
    FROM batch_values
),

days_before AS (
    SELECT
        batch_values.value_key,
        MAX(recent.as_of_on) AS as_of_on
    FROM batch_values
    INNER JOIN recent
        ON
            batch_values.unit_code = recent.unit_code
            AND batch_values.indicator = recent.indicator
            AND recent.as_of_on < batch_values.as_of_on
    GROUP BY batch_values.value_key
),

long_silent AS (
    SELECT
        batch_values.value_key,
        batch_values.unit_code,
        batch_values.indicator,
        batch_values.as_of_on,
        batch_values.value
    FROM batch_values
    ANTI JOIN days_before ON batch_values.value_key = days_before.value_key
),

older_days AS (
    SELECT
        long_silent.value_key,
        MAX(older.as_of_on) AS as_of_on
    FROM long_silent
    INNER JOIN facts.observations AS older
        ON
            long_silent.unit_code = older.unit_code
            AND long_silent.indicator = older.indicator
            AND older.as_of_on < long_silent.as_of_on
    GROUP BY long_silent.value_key
),

previous AS (
    SELECT
        batch_values.value_key,
        batch_values.value,
        recent.value AS previous_value,
        recent.as_of_on AS previous_as_of_on,
        recent.received_at,
        recent.submission_id
    FROM days_before
    INNER JOIN batch_values ON days_before.value_key = batch_values.value_key
    INNER JOIN recent
        ON
            batch_values.unit_code = recent.unit_code
            AND batch_values.indicator = recent.indicator
            AND days_before.as_of_on = recent.as_of_on
    UNION ALL
    SELECT
        long_silent.value_key,
        long_silent.value,
        older.value AS previous_value,
        older.as_of_on AS previous_as_of_on,
        older.received_at,
        older.submission_id
    FROM older_days
    INNER JOIN long_silent ON older_days.value_key = long_silent.value_key
    INNER JOIN facts.observations AS older
        ON
            long_silent.unit_code = older.unit_code
            AND long_silent.indicator = older.indicator
            AND older_days.as_of_on = older.as_of_on
),

newest AS (
    SELECT
        value_key,
        value,
        previous_value,
        previous_as_of_on
    FROM previous
    QUALIFY ROW_NUMBER() OVER (PARTITION BY value_key ORDER BY received_at DESC, submission_id DESC) = 1
)

SELECT
    value_key,
    previous_value,
    previous_as_of_on
FROM newest
WHERE value < previous_value
ORDER BY value_key
