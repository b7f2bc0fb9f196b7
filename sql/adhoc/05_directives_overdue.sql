-- Chỉ đạo đã quá hạn mà chưa xong | Directives past their due date and not met
-- question: Những chỉ đạo nào đã quá hạn mà cả nước chưa làm xong? | Which directives are past their due date without the country having met them?
-- page: deadlines
-- choose:
-- codes:
-- answer: overdue_count

WITH late AS (
    SELECT s.directive, MIN(s.days_to_due) AS days_to_due, MIN(s.progress_pct) AS lowest_progress_pct
    FROM marts.directive_status AS s
    WHERE s.province_code = 'VN' AND s.status IN ('overdue', 'regressed')
    GROUP BY s.directive
)
SELECT d.title_vi, d.document_no, d.due_text_vi, l.days_to_due, l.lowest_progress_pct, COUNT(*) OVER () AS overdue_count
FROM late AS l
INNER JOIN reference.directives AS d ON d.directive = l.directive
ORDER BY l.days_to_due, d.directive
