-- What was in force for the same unit, indicator and day before each value of the batch came.
-- grain: one row per value_key
-- columns:
--   value_key: Số thứ tự của giá trị trong lô đang kiểm tra | Key of the value within the batch
--   previous_value: Giá trị đã nhận trước đó cho cùng ngày | Value taken before for the same day
--   previous_submission_id: Lần gửi chứa giá trị đó | Submission that holds it
WITH known AS (
    SELECT unit_code, indicator, as_of_on, value, received_at, submission_id, source_place
    FROM facts.observations
    WHERE as_of_on IN (SELECT as_of_on FROM batch_values)
    UNION ALL
    SELECT unit_code, indicator, as_of_on, value, received_at, submission_id, '' AS source_place
    FROM batch_values
)

SELECT
    batch_values.value_key,
    known.value AS previous_value,
    known.submission_id AS previous_submission_id
FROM batch_values
INNER JOIN known
    ON
        batch_values.unit_code = known.unit_code
        AND batch_values.indicator = known.indicator
        AND batch_values.as_of_on = known.as_of_on
        AND batch_values.submission_id <> known.submission_id
        AND (
            known.received_at < batch_values.received_at
            OR (known.received_at = batch_values.received_at AND known.submission_id < batch_values.submission_id)
        )
QUALIFY
    ROW_NUMBER() OVER (
        PARTITION BY batch_values.value_key
        ORDER BY known.received_at DESC, known.submission_id DESC, known.source_place DESC
    ) = 1
ORDER BY batch_values.value_key
