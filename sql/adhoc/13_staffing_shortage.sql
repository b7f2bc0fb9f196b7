-- Thiếu và dư cán bộ, công chức cấp xã, theo từng mốc | Shortage and surplus of commune staff, by baseline
-- question: So với biên chế được giao, cả nước thiếu bao nhiêu cán bộ, công chức cấp xã? | Compared with allocated posts, how many commune staff are missing in the country?
-- page: staffing
-- choose:
-- codes:
-- answer: shortage

WITH chosen AS (
    SELECT 'VN' AS province_code, 'allocated' AS first_baseline, 'all' AS field
)
SELECT b.baseline, b.communes_short, b.shortage, b.communes_with_surplus, b.surplus, b.allocated, b.present,
    b.seconded_in, b.contracted, b.communes_compared, b.communes_expected, b.as_of_on, b.origin
FROM marts.staffing_balance AS b
INNER JOIN chosen AS c ON c.province_code = b.province_code AND c.field = b.field
ORDER BY (b.baseline = c.first_baseline) DESC, b.baseline
