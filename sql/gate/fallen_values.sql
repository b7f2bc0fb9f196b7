-- Values of a cumulative indicator in the batch that are lower than the unit's value for its previous reported day.
-- grain: one row per value_key
-- columns:
--   value_key: Số thứ tự của giá trị trong lô đang kiểm tra | Key of the value within the batch
--   previous_value: Giá trị của lần báo cáo trước | Value for the previous reported day
--   previous_as_of_on: Ngày của lần báo cáo trước | Previous reported day
WITH known AS (
    SELECT unit_code, indicator, as_of_on, value, received_at, submission_id
    FROM facts.observations
    WHERE indicator IN (SELECT indicator FROM batch_values)
    UNION ALL
    SELECT unit_code, indicator, as_of_on, value, received_at, submission_id
    FROM batch_values
),

previous AS (
    SELECT
        batch_values.value_key,
        batch_values.value,
        known.value AS previous_value,
        known.as_of_on AS previous_as_of_on
    FROM batch_values
    INNER JOIN known
        ON
            batch_values.unit_code = known.unit_code
            AND batch_values.indicator = known.indicator
            AND known.as_of_on < batch_values.as_of_on
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY batch_values.value_key
            ORDER BY known.as_of_on DESC, known.received_at DESC, known.submission_id DESC
        ) = 1
)

SELECT
    value_key,
    previous_value,
    previous_as_of_on
FROM previous
WHERE value < previous_value
ORDER BY value_key
