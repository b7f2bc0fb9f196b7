-- Số liệu đã điều chỉnh sau khi báo cáo | Figures changed after they had been reported
-- question: Bao nhiêu giá trị đã bị điều chỉnh sau khi báo cáo, ảnh hưởng thế nào đến số cả nước? | How many values were changed after they had been reported, and what did that do to national figures?
-- page: restatements
-- choose:
-- codes:
-- answer: value_count
-- The thousand newest; value_count counts all.

SELECT r.restated_at, p.short_name, i.name_vi, r.unit_code, r.as_of_on, r.old_value, r.new_value, r.national_effect,
    r.status_change, r.reason, r.origin, (SELECT COUNT(*) FROM marts.restatements) AS value_count
FROM marts.restatements AS r
INNER JOIN reference.indicators AS i ON i.indicator = r.indicator
LEFT JOIN reference.provinces AS p ON p.province_code = r.province_code
ORDER BY r.restated_at DESC, r.indicator, r.unit_code
LIMIT 1000
