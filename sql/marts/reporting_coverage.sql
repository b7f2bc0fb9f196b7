-- Tình hình gửi báo cáo của từng tỉnh cho từng ngày trong lịch báo cáo. | Whether each province has reported for each day of the reporting calendar.
-- grain: province_code, form, as_of_on
-- columns:
--   province_code: Mã tỉnh, thành phố | Province code
--   form: Mã biểu mẫu | Report form
--   as_of_on: Ngày mà báo cáo phải phản ánh | Day that the report must describe
--   due_at: Hạn gửi (giờ Việt Nam) | Due time (Vietnamese time)
--   received_at: Lần nhận đầu tiên; trống là chưa nhận | First received; NULL = not received
--   status: on_time, late, missing, empty hoặc not_due | Status
--   days_late: Số ngày chậm; trống nếu không chậm | Days late; NULL if not late
--   revision: Số lần gửi | Number of revisions received
--   accepted_count: Số giá trị đã nhận, tính cả các lần gửi | Values taken, all revisions together
--   rejected_count: Số giá trị để riêng ở lần gửi mới nhất | Values set aside in the newest revision
--   origin: Nguồn của báo cáo | Origin of the report
WITH received AS (
    SELECT
        submissions.province_code,
        submissions.form,
        submissions.as_of_on,
        MIN(submissions.received_at) AS received_at,
        MAX(submissions.revision) AS revision,
        SUM(submissions.accepted_count) AS accepted_count,
        MAX(submissions.origin) AS origin
    FROM facts.submissions AS submissions
    WHERE submissions.status IN ('accepted', 'partial')
    GROUP BY submissions.province_code, submissions.form, submissions.as_of_on
),

newest AS (
    SELECT
        province_code,
        form,
        as_of_on,
        rejected_count
    FROM facts.submissions
    WHERE status IN ('accepted', 'partial', 'rejected')
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
        CAST(reporting_days.due_on + INTERVAL 1 DAY AS TIMESTAMP) AS due_at,
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
