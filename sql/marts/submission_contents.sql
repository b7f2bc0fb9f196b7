-- Mỗi lần gửi mang lại bao nhiêu giá trị cho từng tỉnh, bao nhiêu trong đó nay còn hiệu lực. | How many values each submission brought for each province, and how many of them are in force.
-- grain: submission_id, province_code, as_of_on
-- refresh: as_of_on
-- clearance: derived
-- columns:
--   submission_id: Lần gửi | Submission
--   province_code: Tỉnh, thành phố mà các giá trị thuộc về | Province that the values belong to
--   form: Mã biểu mẫu | Report form
--   as_of_on: Ngày mà số liệu phản ánh | Day that the figures describe
--   received_at: Thời điểm nhận (giờ Việt Nam) | When it was received (Vietnamese time)
--   is_compilation: Bản tổng hợp nhiều tỉnh, không phải báo cáo của riêng tỉnh | A compilation of several provinces, not the province's own report
--   accepted_count: Số giá trị đã nhận | Values taken
--   in_force_count: Trong đó số giá trị đang có hiệu lực | Of these, values in force
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
WITH counted AS (
    SELECT
        observations.submission_id,
        observations.province_code,
        observations.as_of_on,
        1 AS accepted_count,
        0 AS in_force_count,
        observations.origin
    FROM facts.observations AS observations
    INNER JOIN work.refresh_days AS refresh_days ON observations.as_of_on = refresh_days.as_of_on
    UNION ALL
    SELECT
        current_observations.submission_id,
        current_observations.province_code,
        current_observations.as_of_on,
        0 AS accepted_count,
        1 AS in_force_count,
        current_observations.origin
    FROM facts.current_observations AS current_observations
    INNER JOIN work.refresh_days AS refresh_days ON current_observations.as_of_on = refresh_days.as_of_on
)

SELECT
    counted.submission_id,
    counted.province_code,
    submissions.form,
    counted.as_of_on,
    submissions.received_at,
    submissions.province_code IS NULL AS is_compilation,
    CAST(SUM(counted.accepted_count) AS BIGINT) AS accepted_count,
    CAST(SUM(counted.in_force_count) AS BIGINT) AS in_force_count,
    MAX(counted.origin) AS origin
FROM counted
INNER JOIN facts.submissions AS submissions ON counted.submission_id = submissions.submission_id
GROUP BY
    counted.submission_id,
    counted.province_code,
    submissions.form,
    counted.as_of_on,
    submissions.received_at,
    submissions.province_code IS NULL
