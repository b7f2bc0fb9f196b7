-- Ban Chỉ huy quân sự cấp xã: đã bố trí so với định biên (hạn chế) | Commune military commands: posts filled of required (restricted)
-- question: Ban Chỉ huy quân sự cấp xã đã bố trí được bao nhiêu chức vụ theo định biên? | How many of the required posts of commune military commands are filled?
-- page: military
-- choose:
-- codes:
-- answer: filled

WITH chosen AS (
    SELECT 'VN' AS province_code
)
SELECT m.position, m.filled, m.required, m.filled_pct, m.communes_reported, m.communes_expected, m.as_of_on, m.origin
FROM marts.military_positions AS m
INNER JOIN chosen AS c ON c.province_code = m.province_code
WHERE m.as_of_on = (SELECT MAX(n.as_of_on) FROM marts.military_positions AS n)
ORDER BY (m.position = 'all') DESC, m.position
