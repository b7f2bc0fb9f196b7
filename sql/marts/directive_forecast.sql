-- Dự báo mới nhất cho từng chỉ đạo, chỉ tiêu, tỉnh và cả nước (VN): ngày dự kiến đạt, khoảng 80 %, khả năng đúng hạn. | Newest forecast for each directive, indicator, province and the country (VN): expected day of completion, 80 % range, chance of being on time.
-- grain: directive, province_code, indicator
-- clearance: rows by directive, indicator
-- columns:
--   directive: Mã chỉ đạo | Directive
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   indicator: Mã chỉ tiêu | Indicator code
--   observed_rate_per_day: Tốc độ hiện nay, đơn vị của chỉ tiêu mỗi ngày: 60 ngày qua, báo cáo cũ hơn 14 ngày chỉ tính một nửa | Present rate, in the indicator's unit per day: the last 60 days, a report 14 days older counting half
--   required_rate_per_day: Tốc độ cần có mỗi ngày để kịp ngày cuối; trống khi đã hết ngày | Rate needed to be in time; NULL when no day is left
--   expected_finish_on: Ngày dự kiến đạt; trống nếu không nói được | Expected day of completion; NULL where it can't be said
--   early_finish_on: Sớm nhất trong khoảng 80 % | Early end of the 80 % range
--   late_finish_on: Muộn nhất trong khoảng 80 %; trống là chưa thấy điểm cuối | Late end of the 80 % range; NULL = no end seen
--   chance_on_time_pct: Khả năng đúng hạn (%) theo các trường hợp tương tự đã qua | Chance of being on time (%), from similar past cases
--   method: recent_rate, plateau, regressed, single_step, met, too_few_points, no_target, not_reported hoặc not_issued | How the forecast was made
--   as_of_on: Ngày số liệu mà dự báo dựa vào | Day of the figures that the forecast rests on
--   last_day_on: Ngày cuối còn đúng hạn | Last day that is in time
--   proven_pct: Tỷ lệ đã chứng minh được (%), đơn vị chưa báo cáo coi như chưa làm | Share proven (%), missing units counted as not done
--   remaining_value: Số còn phải làm, đơn vị của chỉ tiêu | What is left to do, in the indicator's unit
--   unadjusted_days: Số ngày cần thêm nếu giữ nguyên tốc độ (single_step: tốc độ cả nước), chưa hiệu chỉnh theo kinh nghiệm | Days still needed at the present rate (single_step: the country's), before experience is applied
--   point_count: Số lần báo cáo đã dùng | Reports used
--   observed_days: Số ngày từ báo cáo đầu đến báo cáo cuối đã dùng | Days from the first to the last report used
--   last_point_on: Ngày của báo cáo cuối đã dùng | Day of the last report used
--   case_count: Số trường hợp đã qua mà khoảng dự báo dựa vào | Past cases that the range rests on
--   origin: Nguồn của giá trị | Origin of the value
WITH newest AS (
    SELECT MAX(forecast_history.as_of_on) AS as_of_on
    FROM marts.forecast_history AS forecast_history
    CROSS JOIN reference.run AS run
    WHERE forecast_history.as_of_on <= run.as_of_on
)

SELECT
    directive_status.directive,
    directive_status.province_code,
    directive_status.indicator,
    forecasts.observed_rate_per_day,
    forecasts.required_rate_per_day,
    forecasts.expected_finish_on,
    forecasts.early_finish_on,
    forecasts.late_finish_on,
    forecasts.chance_on_time_pct,
    CASE
        WHEN forecasts.method IS NOT NULL THEN forecasts.method
        WHEN directives.issued_on > directive_status.as_of_on THEN 'not_issued'
        ELSE 'not_reported'
    END AS method,
    COALESCE(forecasts.as_of_on, directive_status.as_of_on) AS as_of_on,
    directive_status.last_day_on,
    forecasts.proven_pct,
    forecasts.remaining_value,
    forecasts.unadjusted_days,
    forecasts.point_count,
    forecasts.observed_days,
    forecasts.last_point_on,
    forecasts.case_count,
    directive_status.origin
FROM marts.directive_status AS directive_status
INNER JOIN reference.directives AS directives ON directive_status.directive = directives.directive
CROSS JOIN newest
LEFT JOIN marts.forecast_history AS forecasts
    ON
        directive_status.directive = forecasts.directive
        AND directive_status.province_code = forecasts.province_code
        AND directive_status.indicator = forecasts.indicator
        AND newest.as_of_on = forecasts.as_of_on
