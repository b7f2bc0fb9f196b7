-- Đơn vị cấp xã báo cáo chưa có Trung tâm PVHCC | Communes that report having no service centre
-- question: Những xã, phường, đặc khu nào chưa có Trung tâm Phục vụ hành chính công? | Which communes have no public administrative service centre yet?
-- page: centres
-- choose:
-- codes:
-- answer: missing_count

WITH chosen AS (
    SELECT 'pvhcc_commune_operating' AS indicator
)
SELECT u.commune_code, u.commune_name, p.short_name AS province, m.last_reported_on, m.origin,
    COUNT(*) OVER () AS missing_count
FROM marts.commune_progress AS m
INNER JOIN chosen AS c ON c.indicator = m.indicator
INNER JOIN reference.communes AS u ON u.commune_code = m.commune_code
INNER JOIN reference.provinces AS p ON p.province_code = u.province_code
WHERE m.value = 0 AND m.target > 0
ORDER BY p.province_code, u.commune_code
