-- Ngày dự kiến hoàn thành từng chỉ đạo | Expected day of completion of each directive
-- question: Nếu giữ nhịp hiện nay, bao giờ cả nước giải quyết xong khó khăn, vướng mắc? | At the present pace, when will the country have resolved all obstacles?
-- page: deadlines
-- choose: Chỉ đạo = Không còn khó khăn, vướng mắc với nhiệm vụ phân cấp, phân quyền, phân định thẩm quyền
-- codes: chi-dao=steering_letter_obstacles
-- answer: expected_finish_on

WITH chosen AS (
    SELECT 'steering_letter_obstacles' AS directive, 'VN' AS province_code
)
SELECT d.title_vi, i.name_vi, f.expected_finish_on, f.early_finish_on, f.late_finish_on, f.last_day_on,
    f.chance_on_time_pct, f.observed_rate_per_day, f.required_rate_per_day, f.remaining_value, f.method, f.origin
FROM marts.directive_forecast AS f
INNER JOIN chosen AS c ON c.province_code = f.province_code
INNER JOIN reference.directives AS d ON d.directive = f.directive
INNER JOIN reference.indicators AS i ON i.indicator = f.indicator
ORDER BY (f.directive = c.directive) DESC, f.last_day_on, f.directive, f.indicator
