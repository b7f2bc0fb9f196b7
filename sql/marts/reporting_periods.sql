-- Tình hình gửi báo cáo của cả nước theo từng kỳ. | How the provinces have reported, period by period.
-- grain: form, as_of_on
-- clearance: derived
-- columns:
--   form: Mã biểu mẫu | Report form
--   as_of_on: Ngày mà báo cáo phải phản ánh | Day that the reports must describe
--   due_at: Hạn gửi (giờ Việt Nam) | Due time (Vietnamese time)
--   is_due: Đã hết hạn gửi | The due time has passed
--   expected: Số báo cáo phải có | Reports expected
--   on_time: Số báo cáo đúng hạn | Reports on time
--   late: Số báo cáo gửi chậm | Reports late
--   missing: Số báo cáo chưa gửi dù đã hết hạn | Reports not received though due
--   empty: Số báo cáo gửi mà không có số liệu | Reports received without figures
--   not_due: Số báo cáo chưa đến hạn và chưa gửi | Reports neither due nor received
--   accepted_count: Số giá trị đã nhận; trống nếu chưa nhận báo cáo nào | Values taken; NULL if nothing was received
--   rejected_count: Số giá trị để riêng ở lần gửi mới nhất của các tỉnh; trống nếu chưa nhận báo cáo nào | Values set aside in the provinces' newest revisions; NULL if nothing was received
--   on_time_pct: Tỷ lệ đúng hạn trên số phải có (%); trống nếu chưa hết hạn | Share on time of those expected (%); NULL before the due time
--   reported_pct: Tỷ lệ đã có số liệu, kể cả gửi chậm (%); trống nếu chưa hết hạn | Share with figures, late ones included (%); NULL before the due time
--   filled_pct: Số ô đã có giá trị trên số ô phải điền (%); trống nếu chưa hết hạn | Cells filled of those to be filled (%); NULL before the due time
--   origin: Nguồn; có một báo cáo mô phỏng là simulated; trống nếu chưa nhận báo cáo nào | Origin; one simulated report makes it simulated; NULL if nothing was received
WITH counted AS (
    SELECT
        coverage.form,
        coverage.as_of_on,
        coverage.due_at,
        run.known_at >= coverage.due_at AS is_due,
        COUNT(*) AS expected,
        COUNT(*) FILTER (WHERE coverage.status = 'on_time') AS on_time,
        COUNT(*) FILTER (WHERE coverage.status = 'late') AS late,
        COUNT(*) FILTER (WHERE coverage.status = 'missing') AS missing,
        COUNT(*) FILTER (WHERE coverage.status = 'empty') AS empty,
        COUNT(*) FILTER (WHERE coverage.status = 'not_due') AS not_due,
        SUM(coverage.accepted_count) AS accepted_count,
        SUM(coverage.rejected_count) AS rejected_count,
        SUM(coverage.filled_count) AS filled_count,
        SUM(coverage.expected_count) AS expected_cell_count,
        MAX(coverage.origin) AS origin
    FROM marts.reporting_coverage AS coverage
    CROSS JOIN reference.run AS run
    GROUP BY coverage.form, coverage.as_of_on, coverage.due_at, run.known_at >= coverage.due_at
)

SELECT
    form,
    as_of_on,
    due_at,
    is_due,
    expected,
    on_time,
    late,
    missing,
    empty,
    not_due,
    CAST(accepted_count AS BIGINT) AS accepted_count,
    CAST(rejected_count AS BIGINT) AS rejected_count,
    CASE WHEN is_due THEN 100.0 * CAST(on_time AS DOUBLE) / CAST(NULLIF(expected, 0) AS DOUBLE) END AS on_time_pct,
    CASE
        WHEN is_due THEN 100.0 * CAST(on_time + late AS DOUBLE) / CAST(NULLIF(expected, 0) AS DOUBLE)
    END AS reported_pct,
    CASE
        WHEN is_due THEN 100.0 * CAST(filled_count AS DOUBLE) / CAST(NULLIF(expected_cell_count, 0) AS DOUBLE)
    END AS filled_pct,
    origin
FROM counted
