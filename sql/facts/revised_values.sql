-- Giá trị được gửi nhiều lần cho cùng đơn vị, chỉ tiêu và ngày: lần nào đang có hiệu lực và nó thay lần nào. | Values sent more than once for the same unit, indicator and day: which one is in force, and which one it replaced.
-- grain: unit_code, indicator, as_of_on
-- refresh: as_of_on
-- clearance: rows by indicator; places source_place
-- columns:
--   unit_code: Mã đơn vị: xã (5 số) hoặc tỉnh (2 số) | Commune or province code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày mà số liệu phản ánh | Day that the figure describes
--   submission_id: Lần gửi chứa giá trị có hiệu lực | Submission that holds the value in force
--   source_place: Vị trí của giá trị có hiệu lực: trang tính!ô | Place of the value in force: sheet!cell
--   superseded_value: Giá trị của lần gửi ngay trước, đã bị thay | Value of the submission before, superseded
--   superseded_submission_id: Lần gửi ngay trước | The submission before
--   revision_count: Số lần đã gửi giá trị này | How many times the value was sent
WITH repeated AS (
    SELECT
        observations.unit_code,
        observations.indicator,
        observations.as_of_on,
        COUNT(*) AS revision_count
    FROM facts.observations AS observations
    INNER JOIN work.refresh_days AS refresh_days ON observations.as_of_on = refresh_days.as_of_on
    GROUP BY observations.unit_code, observations.indicator, observations.as_of_on
    HAVING COUNT(*) > 1
),

ranked AS (
    SELECT
        observations.unit_code,
        observations.indicator,
        observations.as_of_on,
        observations.submission_id,
        observations.source_place,
        repeated.revision_count,
        ROW_NUMBER() OVER (
            PARTITION BY observations.unit_code, observations.indicator, observations.as_of_on
            ORDER BY observations.received_at DESC, observations.submission_id DESC, observations.source_place DESC
        ) AS position,
        LEAD(observations.value) OVER (
            PARTITION BY observations.unit_code, observations.indicator, observations.as_of_on
            ORDER BY observations.received_at DESC, observations.submission_id DESC, observations.source_place DESC
        ) AS superseded_value,
        LEAD(observations.submission_id) OVER (
            PARTITION BY observations.unit_code, observations.indicator, observations.as_of_on
            ORDER BY observations.received_at DESC, observations.submission_id DESC, observations.source_place DESC
        ) AS superseded_submission_id
    FROM repeated
    INNER JOIN facts.observations AS observations
        ON
            repeated.unit_code = observations.unit_code
            AND repeated.indicator = observations.indicator
            AND repeated.as_of_on = observations.as_of_on
)

SELECT
    unit_code,
    indicator,
    as_of_on,
    submission_id,
    source_place,
    superseded_value,
    superseded_submission_id,
    revision_count
FROM ranked
WHERE position = 1
