-- Trung tâm PVHCC cấp xã đang hoạt động, cả nước và từng tỉnh | Commune service centres in operation, country and provinces
-- question: Cả nước đã có bao nhiêu Trung tâm Phục vụ hành chính công cấp xã hoạt động? | How many commune public administrative service centres are operating?
-- page: overview
-- choose:
-- codes:
-- answer: value

WITH chosen AS (
    SELECT 'pvhcc_commune_operating' AS indicator
), everywhere AS (
    SELECT n.indicator, 'VN' AS province_code, 'Cả nước' AS short_name, n.as_of_on, n.value, n.target, n.progress_pct,
        n.reported_unit_count, n.expected_unit_count, n.origin
    FROM marts.national_progress AS n
    UNION ALL
    SELECT p.indicator, p.province_code, r.short_name, p.as_of_on, p.value, p.target, p.progress_pct,
        p.reported_unit_count, p.expected_unit_count, p.origin
    FROM marts.province_progress AS p
    INNER JOIN reference.provinces AS r ON r.province_code = p.province_code
)
SELECT e.short_name, e.value, e.target, e.progress_pct, e.reported_unit_count, e.expected_unit_count, e.as_of_on, e.origin
FROM everywhere AS e
INNER JOIN chosen AS c ON c.indicator = e.indicator
WHERE e.as_of_on = (SELECT MAX(n.as_of_on) FROM marts.national_progress AS n)
ORDER BY (e.province_code = 'VN') DESC, e.progress_pct, e.province_code
