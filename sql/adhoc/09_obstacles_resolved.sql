-- Khó khăn, vướng mắc: phát sinh và giải quyết, cả nước và từng tỉnh | Obstacles raised and resolved, country and provinces
-- question: Cả nước còn bao nhiêu khó khăn, vướng mắc chưa giải quyết? | How many obstacles are still unresolved in the country?
-- page: obstacles
-- choose:
-- codes:
-- answer: still_open

WITH chosen AS (
    SELECT 'obstacles_resolved' AS indicator
), everywhere AS (
    SELECT n.indicator, 'VN' AS province_code, 'Cả nước' AS short_name, n.as_of_on, n.value AS resolved, n.target AS raised,
        n.target - n.value AS still_open, n.progress_pct AS resolved_pct, n.reported_unit_count, n.expected_unit_count, n.origin
    FROM marts.national_progress AS n
    UNION ALL
    SELECT p.indicator, p.province_code, r.short_name, p.as_of_on, p.value AS resolved, p.target AS raised,
        p.target - p.value AS still_open, p.progress_pct AS resolved_pct, p.reported_unit_count, p.expected_unit_count, p.origin
    FROM marts.province_progress AS p
    INNER JOIN reference.provinces AS r ON r.province_code = p.province_code
)
SELECT e.short_name, e.resolved, e.raised, e.still_open, e.resolved_pct, e.reported_unit_count, e.expected_unit_count,
    e.as_of_on, e.origin
FROM everywhere AS e
INNER JOIN chosen AS c ON c.indicator = e.indicator
WHERE e.as_of_on = (SELECT MAX(n.as_of_on) FROM marts.national_progress AS n)
ORDER BY (e.province_code = 'VN') DESC, e.still_open DESC, e.province_code
