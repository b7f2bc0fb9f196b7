-- Việc quá hạn của một tỉnh | What is overdue in one province
-- question: An Giang còn bao nhiêu nhiệm vụ quá hạn? | How many tasks are overdue in An Giang?
-- page: province
-- choose: Tỉnh, thành phố = An Giang
-- codes: tinh=91
-- answer: overdue_count

WITH chosen AS (
    SELECT '91' AS province_code
)
SELECT d.title_vi, i.name_vi, s.status, s.value, s.target, s.progress_pct, s.due_on, s.days_to_due, s.origin,
    COUNT(*) OVER () AS overdue_count
FROM marts.directive_status AS s
INNER JOIN chosen AS c ON c.province_code = s.province_code
INNER JOIN reference.directives AS d ON d.directive = s.directive
INNER JOIN reference.indicators AS i ON i.indicator = s.indicator
WHERE s.status IN ('overdue', 'regressed')
ORDER BY s.due_on, s.progress_pct, s.indicator
