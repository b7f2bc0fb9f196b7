-- Địa phương đang chậm hoặc có nguy cơ ở một nhiệm vụ | Provinces late or at risk with one task
-- question: Địa phương nào chậm bố trí cán bộ khuyến nông cấp xã? | Which provinces are late in placing commune extension staff?
-- page: deadlines
-- choose: Chỉ đạo = Mỗi xã có một đơn vị sự nghiệp công cung ứng dịch vụ tổng hợp; chấm dứt trạm khuyến nông khu vực › Chỉ tiêu = Đã bố trí cán bộ khuyến nông cấp xã
-- codes: chi-dao=letter145_commune_service_unit&chi-tieu=commune_extension_staff_placed
-- answer: behind_count

WITH chosen AS (
    SELECT 'letter145_commune_service_unit' AS directive, 'commune_extension_staff_placed' AS indicator
)
SELECT p.short_name, s.status, s.value, s.target, s.progress_pct, s.days_to_due, f.expected_finish_on,
    f.chance_on_time_pct, s.origin, COUNT(*) OVER () AS behind_count
FROM marts.directive_status AS s
INNER JOIN chosen AS c ON c.directive = s.directive AND c.indicator = s.indicator
INNER JOIN reference.provinces AS p ON p.province_code = s.province_code
LEFT JOIN marts.directive_forecast AS f
    ON f.directive = s.directive AND f.indicator = s.indicator AND f.province_code = s.province_code
WHERE s.status IN ('overdue', 'regressed', 'at_risk')
ORDER BY s.progress_pct, p.province_code
