-- Tiến độ một chỉ đạo, cả nước và từng tỉnh | Progress of one directive, country and provinces
-- question: Bao nhiêu địa phương đã chuyển sang hệ thống giải quyết thủ tục hành chính tập trung (hạn trước tháng 3/2026)? | How many provinces have moved to the centralised procedure system (due before March 2026)?
-- page: deadlines
-- choose: Chỉ đạo = Hệ thống thông tin giải quyết thủ tục hành chính theo mô hình tập trung
-- codes: chi-dao=central_procedure_system
-- answer: value

WITH chosen AS (
    SELECT 'central_procedure_system' AS directive
)
SELECT CASE WHEN s.province_code = 'VN' THEN 'Cả nước' ELSE p.short_name END AS short_name, i.name_vi, s.status, s.value,
    s.target, s.progress_pct, s.met_on, s.met_basis, s.days_to_due, s.reported_unit_count, s.expected_unit_count, s.origin
FROM marts.directive_status AS s
INNER JOIN chosen AS c ON c.directive = s.directive
INNER JOIN reference.indicators AS i ON i.indicator = s.indicator
LEFT JOIN reference.provinces AS p ON p.province_code = s.province_code
ORDER BY (s.province_code = 'VN') DESC, i.indicator, s.progress_pct, s.province_code
