-- Thay đổi so với kỳ báo cáo trước, cả nước | Changes since the last report, country
-- question: So với kỳ báo cáo trước, số địa phương bố trí xong cán bộ khuyến nông cấp xã tăng bao nhiêu? | Since the last report, how many more provinces have placed commune extension staff?
-- page: overview
-- choose:
-- codes:
-- answer: change

WITH chosen AS (
    SELECT 'VN' AS province_code, 'commune_extension_staff_placed' AS first_indicator
)
SELECT i.name_vi, d.previous_as_of_on, d.previous_value, d.as_of_on, d.value, d.change, d.kind, d.origin
FROM marts.changes_since_last AS d
INNER JOIN chosen AS c ON c.province_code = d.province_code
INNER JOIN reference.indicators AS i ON i.indicator = d.indicator
ORDER BY (d.indicator = c.first_indicator) DESC, ABS(d.change) DESC, d.indicator
