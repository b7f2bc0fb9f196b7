-- Tình hình gửi báo cáo của từng tỉnh cho từng ngày trong lịch báo cáo. | Whether each province has reported for each day of the reporting calendar.
-- grain: province_code, form, as_of_on
-- columns:
--   province_code: Mã tỉnh, thành phố | Province code
--   form: Mã biểu mẫu | Report form
--   as_of_on: Ngày mà báo cáo phải phản ánh | Day that the report must describe
--   due_at: Hạn gửi (giờ Việt Nam) | Due time (Vietnamese time)
--   received_at: Lần đầu nhận được số liệu, nếu chưa có số liệu thì lần nhận đầu tiên; trống là chưa nhận | First received with values, without any the first received; NULL = not received
--   status: on_time, late, missing, empty (đã nhận nhưng không có giá trị nào dùng được) hoặc not_due | Status; empty = received without a value that could be taken
--   days_late: Số ngày chậm; trống nếu không chậm | Days late; NULL if not late
--   revision: Số lần gửi | Number of revisions received
--   accepted_count: Số giá trị đã nhận, tính cả các lần gửi | Values taken, all revisions together
--   rejected_count: Số giá trị để riêng ở lần gửi mới nhất | Values set aside in the newest revision
--   origin: Nguồn của báo cáo | Origin of the report
-- A file that was refused as a whole (a day that has not come, not the form) is no report.
WITH reports AS (
    SELECT
        submissions.submission_id,
        submissions.province_code,
        submissions.form,
        submissions.as_of_on,
        submissions.received_at,
        submissions.revision,
        submissions.accepted_count,
        submissions.rejected_count,
        submissions.origin
    FROM facts.submissions AS submissions
    WHERE
        submissions.status IN ('accepted', 'partial', 'rejected')
        AND NOT EXISTS (
            SELECT 1
            FROM facts.rejected_values AS rejected_values
            WHERE rejected_values.submission_id = submissions.submission_id AND rejected_values.severity = 'file'
        )
),

-- An empty report in time does not make the values that come later punctual.
received AS (
    SELECT
        province_code,
        form,
        as_of_on,
        COALESCE(MIN(received_at) FILTER (WHERE accepted_count > 0), MIN(received_at)) AS received_at,
        MAX(revision) AS revision,
        SUM(accepted_count) AS accepted_count,
        MAX(origin) AS origin
    FROM reports
    GROUP BY province_code, form, as_of_on
),

newest AS (
    SELECT
        province_code,
        form,
        as_of_on,
        rejected_count
    FROM reports
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY province_code, form, as_of_on
            ORDER BY received_at DESC, submission_id DESC
        ) = 1
),

expected AS (
    SELECT
        provinces.province_code,
        reporting_days.form,
        reporting_days.as_of_on,
        CAST(reporting_days.due_on + 1 AS TIMESTAMP) AS due_at,
        run.known_at
    FROM reference.provinces AS provinces
    CROSS JOIN reference.reporting_days AS reporting_days
    CROSS JOIN reference.run AS run
)

SELECT
    expected.province_code,
    expected.form,
    expected.as_of_on,
    expected.due_at,
    received.received_at,
    CASE
        WHEN received.received_at IS NULL AND expected.known_at < expected.due_at THEN 'not_due'
        WHEN received.received_at IS NULL THEN 'missing'
        WHEN received.accepted_count = 0 THEN 'empty'
        WHEN received.received_at < expected.due_at THEN 'on_time'
        ELSE 'late'
    END AS status,
    CASE
        WHEN received.received_at >= expected.due_at
            THEN CAST(date_diff('day', CAST(expected.due_at AS DATE), CAST(received.received_at AS DATE)) + 1 AS INTEGER)
    END AS days_late,
    received.revision,
    CAST(received.accepted_count AS BIGINT) AS accepted_count,
    newest.rejected_count,
    received.origin
FROM expected
LEFT JOIN received
    ON
        expected.province_code = received.province_code
        AND expected.form = received.form
        AND expected.as_of_on = received.as_of_on
LEFT JOIN newest
    ON
        expected.province_code = newest.province_code
        AND expected.form = newest.form
        AND expected.as_of_on = newest.as_of_on
