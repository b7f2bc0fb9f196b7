-- Thiếu cán bộ, công chức cấp xã, từng tỉnh | Shortage of commune staff, by province
-- question: Địa phương nào thiếu nhiều cán bộ, công chức cấp xã nhất, thiếu bao nhiêu? | Which province lacks most commune staff, and how many?
-- page: staffing
-- choose:
-- codes:
-- answer: shortage

WITH chosen AS (
    SELECT 'allocated' AS baseline, 'all' AS field
)
SELECT p.short_name, b.shortage, b.communes_short, b.surplus, b.communes_with_surplus, b.allocated, b.present,
    b.communes_compared, b.communes_expected, b.origin
FROM marts.staffing_balance AS b
INNER JOIN chosen AS c ON c.baseline = b.baseline AND c.field = b.field
INNER JOIN reference.provinces AS p ON p.province_code = b.province_code
ORDER BY b.shortage DESC NULLS LAST, p.province_code
