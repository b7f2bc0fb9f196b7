-- Ai đã gửi, chưa gửi báo cáo kỳ mới nhất | Who has sent the newest report and who has not
-- question: Kỳ báo cáo mới nhất đã có bao nhiêu địa phương gửi, ai chậm, ai chưa gửi? | How many provinces have sent the newest report, who was late, who is missing?
-- page: reports
-- choose:
-- codes:
-- answer: received_count

WITH newest AS (
    SELECT MAX(r.as_of_on) AS as_of_on
    FROM marts.reporting_coverage AS r
    WHERE r.status <> 'not_due'
)
SELECT p.short_name, r.as_of_on, r.due_at, r.received_at, r.status, r.days_late, r.revision, r.accepted_count,
    r.rejected_count, r.origin,
    COUNT(CASE WHEN r.status IN ('on_time', 'late') THEN 1 END) OVER () AS received_count
FROM marts.reporting_coverage AS r
INNER JOIN newest AS n ON n.as_of_on = r.as_of_on
INNER JOIN reference.provinces AS p ON p.province_code = r.province_code
ORDER BY CASE r.status WHEN 'missing' THEN 1 WHEN 'empty' THEN 2 WHEN 'late' THEN 3 ELSE 4 END, p.province_code
