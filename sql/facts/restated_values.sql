-- Mỗi lần một giá trị đã báo cáo bị đổi: do tỉnh gửi lại hoặc do Bộ đính chính. | Each time a reported value was changed: sent anew by the province, or put right by the Ministry.
-- grain: unit_code, indicator, as_of_on, restatement
-- refresh: as_of_on
-- clearance: rows by indicator; places source_place
-- columns:
--   unit_code: Mã đơn vị: xã (5 số) hoặc tỉnh (2 số) | Commune or province code
--   province_code: Mã tỉnh, thành phố | Province code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày mà số liệu phản ánh | Day that the figure describes
--   restatement: Lần gửi mới, hoặc mã đính chính của Bộ | The new submission, or the Ministry's correction
--   old_value: Giá trị trước | Value before
--   new_value: Giá trị sau | Value after
--   old_submission_id: Lần gửi chứa giá trị trước | Submission that holds the value before
--   new_submission_id: Lần gửi chứa giá trị sau; trống nếu là đính chính của Bộ | Submission that holds the value after; NULL for a correction
--   correction: Mã đính chính của Bộ | Correction by the Ministry
--   source_place: Vị trí của giá trị sau trong tệp | Place of the value after
--   restated_at: Thời điểm biết giá trị sau | When the value after was learned
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
WITH sent AS (
    SELECT
        observations.unit_code,
        observations.province_code,
        observations.indicator,
        observations.as_of_on,
        LAG(observations.value) OVER (
            PARTITION BY observations.unit_code, observations.indicator, observations.as_of_on
            ORDER BY observations.received_at, observations.submission_id, observations.source_place
        ) AS old_value,
        observations.value AS new_value,
        LAG(observations.submission_id) OVER (
            PARTITION BY observations.unit_code, observations.indicator, observations.as_of_on
            ORDER BY observations.received_at, observations.submission_id, observations.source_place
        ) AS old_submission_id,
        observations.submission_id AS new_submission_id,
        observations.source_place,
        observations.received_at AS restated_at,
        observations.origin
    FROM facts.revised_values AS revised_values
    INNER JOIN work.refresh_days AS refresh_days ON revised_values.as_of_on = refresh_days.as_of_on
    INNER JOIN facts.observations AS observations
        ON
            revised_values.unit_code = observations.unit_code
            AND revised_values.indicator = observations.indicator
            AND revised_values.as_of_on = observations.as_of_on
)

SELECT
    unit_code,
    province_code,
    indicator,
    as_of_on,
    new_submission_id AS restatement,
    old_value,
    new_value,
    old_submission_id,
    new_submission_id,
    CAST(NULL AS VARCHAR) AS correction,
    source_place,
    restated_at,
    origin
FROM sent
WHERE old_value <> new_value
UNION ALL
SELECT
    current_observations.unit_code,
    current_observations.province_code,
    current_observations.indicator,
    current_observations.as_of_on,
    corrections_applied.correction AS restatement,
    corrections_applied.given_value AS old_value,
    corrections_applied.corrected_value AS new_value,
    corrections_applied.submission_id AS old_submission_id,
    CAST(NULL AS VARCHAR) AS new_submission_id,
    corrections_applied.correction,
    current_observations.source_place,
    CAST(corrections_applied.entered_on AS TIMESTAMP) AS restated_at,
    current_observations.origin
FROM facts.corrections_applied AS corrections_applied
INNER JOIN work.refresh_days AS refresh_days ON corrections_applied.as_of_on = refresh_days.as_of_on
INNER JOIN facts.current_observations AS current_observations
    ON
        corrections_applied.unit_code = current_observations.unit_code
        AND corrections_applied.indicator = current_observations.indicator
        AND corrections_applied.as_of_on = current_observations.as_of_on
WHERE
    corrections_applied.status = 'applied'
    AND corrections_applied.given_value <> corrections_applied.corrected_value
