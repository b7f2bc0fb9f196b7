-- Dự báo cho từng chỉ đạo, chỉ tiêu, tỉnh và cả nước (VN) như đã có thể tính vào từng ngày báo cáo; không có dòng cho ngày trước khi chỉ đạo được ban hành. | Forecast for each directive, indicator, province and the country (VN) as it could be made on each reporting day; no row before the directive was issued.
-- grain: directive, province_code, indicator, as_of_on
-- refresh: as_of_on
-- clearance: rows by directive, indicator
-- columns:
--   directive: Mã chỉ đạo | Directive
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày số liệu mà dự báo dựa vào | Day of the figures that the forecast rests on
--   observed_rate_per_day: Tốc độ hiện nay, đơn vị của chỉ tiêu mỗi ngày: 60 ngày qua, báo cáo cũ hơn 14 ngày chỉ tính một nửa | Present rate, in the indicator's unit per day: the last 60 days, a report 14 days older counting half
--   required_rate_per_day: Tốc độ cần có mỗi ngày để kịp ngày cuối; trống khi đã hết ngày | Rate needed to be in time; NULL when no day is left
--   expected_finish_on: Ngày dự kiến đạt; trống nếu không nói được | Expected day of completion; NULL where it can't be said
--   early_finish_on: Sớm nhất trong khoảng 80 % | Early end of the 80 % range
--   late_finish_on: Muộn nhất trong khoảng 80 %; trống là chưa thấy điểm cuối | Late end of the 80 % range; NULL = no end seen
--   chance_on_time_pct: Khả năng đúng hạn (%) theo các trường hợp tương tự đã qua | Chance of being on time (%), from similar past cases
--   method: recent_rate, plateau, regressed, single_step, met, too_few_points, no_target hoặc not_reported | How the forecast was made
--   last_day_on: Ngày cuối còn đúng hạn, theo thời hạn có hiệu lực ngày đó | Last day in time, by the deadline that held on the day
--   proven_pct: Tỷ lệ đã chứng minh được (%), đơn vị chưa báo cáo coi như chưa làm | Share proven (%), missing units counted as not done
--   remaining_value: Số còn phải làm, đơn vị của chỉ tiêu | What is left to do, in the indicator's unit
--   unadjusted_days: Số ngày cần thêm nếu giữ nguyên tốc độ (single_step: tốc độ cả nước), chưa hiệu chỉnh theo kinh nghiệm | Days still needed at the present rate (single_step: the country's), before experience is applied
--   point_count: Số lần báo cáo đã dùng | Reports used
--   observed_days: Số ngày từ báo cáo đầu đến báo cáo cuối đã dùng | Days from the first to the last report used
--   last_point_on: Ngày của báo cáo cuối đã dùng | Day of the last report used
--   case_count: Số trường hợp đã qua mà khoảng dự báo dựa vào | Past cases that the range rests on
--   origin: Nguồn của giá trị | Origin of the value
WITH bounds AS (
    SELECT
        MIN(as_of_on) - 60 AS first_on,
        MAX(as_of_on) AS last_on
    FROM work.refresh_days
),

in_scope AS (
    SELECT directive_indicators.indicator
    FROM reference.directive_indicators AS directive_indicators
    GROUP BY directive_indicators.indicator
),

progress AS (
    SELECT
        province_progress.province_code,
        province_progress.indicator,
        province_progress.as_of_on,
        province_progress.value,
        province_progress.target,
        province_progress.progress_pct,
        province_progress.reported_unit_count,
        province_progress.expected_unit_count,
        province_progress.target_unit_count,
        COALESCE(province_progress.last_reported_on = province_progress.as_of_on, FALSE) AS is_report,
        province_progress.origin
    FROM marts.province_progress AS province_progress
    INNER JOIN in_scope ON province_progress.indicator = in_scope.indicator
    INNER JOIN bounds
        ON province_progress.as_of_on >= bounds.first_on AND province_progress.as_of_on <= bounds.last_on
    WHERE province_progress.expected_unit_count > 0
    UNION ALL
    SELECT
        'VN' AS province_code,
        national_progress.indicator,
        national_progress.as_of_on,
        national_progress.value,
        national_progress.target,
        national_progress.progress_pct,
        national_progress.reported_unit_count,
        national_progress.expected_unit_count,
        national_progress.target_unit_count,
        national_progress.stale_unit_count < national_progress.reported_unit_count AS is_report,
        national_progress.origin
    FROM marts.national_progress AS national_progress
    INNER JOIN in_scope ON national_progress.indicator = in_scope.indicator
    INNER JOIN bounds
        ON national_progress.as_of_on >= bounds.first_on AND national_progress.as_of_on <= bounds.last_on
    WHERE national_progress.expected_unit_count > 0
),

-- Everything is measured as the share of the target that is proven: targets that move with the work (obstacles raised)
-- are then comparable, and units without a report count as not done. `whole` turns a share into the indicator's unit;
-- units whose target is not known are taken to be like the others.
shares AS (
    SELECT
        province_code,
        indicator,
        as_of_on,
        value,
        target,
        progress_pct,
        reported_unit_count,
        expected_unit_count,
        target_unit_count,
        is_report,
        origin,
        progress_pct * CAST(target_unit_count AS DOUBLE) / CAST(NULLIF(expected_unit_count, 0) AS DOUBLE) AS proven_pct,
        target * CAST(expected_unit_count AS DOUBLE) / CAST(NULLIF(target_unit_count, 0) AS DOUBLE) AS whole
    FROM progress
),

present AS (
    SELECT
        shares.province_code,
        shares.indicator,
        shares.as_of_on,
        shares.reported_unit_count
    FROM shares
    INNER JOIN work.refresh_days AS refresh_days ON shares.as_of_on = refresh_days.as_of_on
),

-- Reports of the last 60 days. An earlier one counts only if nearly all units of today were in it: units that report
-- for the first time are no progress.
points AS (
    SELECT
        present.province_code,
        present.indicator,
        present.as_of_on,
        shares.as_of_on AS point_on,
        shares.proven_pct,
        MAX(shares.as_of_on) OVER (
            PARTITION BY present.province_code, present.indicator, present.as_of_on
        ) AS last_point_on
    FROM present
    INNER JOIN shares
        ON
            present.province_code = shares.province_code
            AND present.indicator = shares.indicator
            AND present.as_of_on >= shares.as_of_on
            AND present.as_of_on - 60 <= shares.as_of_on
    WHERE
        shares.is_report
        AND shares.proven_pct IS NOT NULL
        AND CAST(shares.reported_unit_count AS DOUBLE) >= 0.95 * CAST(present.reported_unit_count AS DOUBLE)
),

weighed AS (
    SELECT
        province_code,
        indicator,
        as_of_on,
        last_point_on,
        point_on,
        proven_pct,
        date_diff('day', last_point_on, point_on) AS age,
        POWER(0.5, CAST(date_diff('day', point_on, last_point_on) AS DOUBLE) / 14.0) AS weight
    FROM points
),

sums AS (
    SELECT
        province_code,
        indicator,
        as_of_on,
        last_point_on,
        COUNT(*) AS point_count,
        CAST(date_diff('day', MIN(point_on), last_point_on) AS INTEGER) AS observed_days,
        MIN(age) FILTER (WHERE age >= -31) AS recent_from,
        MAX(proven_pct) FILTER (WHERE age >= -31) - MIN(proven_pct) FILTER (WHERE age >= -31) AS recent_movement,
        SUM(weight) AS w,
        SUM(weight * age) AS wx,
        SUM(weight * proven_pct) AS wy,
        SUM(weight * age * age) AS wxx,
        SUM(weight * age * proven_pct) AS wxy
    FROM weighed
    GROUP BY province_code, indicator, as_of_on, last_point_on
),

-- A straight line through the reports, in percentage points a day; a report 14 days older counts half. What has not
-- moved for a month has no rate. Rounded, so that the order in which sums are added does not make 0 a decline.
lines AS (
    SELECT
        province_code,
        indicator,
        as_of_on,
        last_point_on,
        point_count,
        observed_days,
        CASE
            WHEN point_count < 3 OR observed_days < 14 THEN NULL
            WHEN recent_from <= -14 AND recent_movement = 0.0 THEN 0.0
            ELSE ROUND((w * wxy - wx * wy) / NULLIF(w * wxx - wx * wx, 0.0), 9)
        END AS pct_per_day
    FROM sums
),

tasks AS (
    SELECT
        directives.directive,
        directive_indicators.indicator,
        refresh_days.as_of_on,
        deadlines.last_day_on,
        directives.target_pct,
        indicators.value_type
    FROM reference.directives AS directives
    INNER JOIN work.refresh_days AS refresh_days
        ON directives.issued_on IS NULL OR directives.issued_on <= refresh_days.as_of_on
    INNER JOIN reference.deadlines AS deadlines
        ON
            directives.directive = deadlines.directive
            AND deadlines.valid_from_on <= refresh_days.as_of_on
            AND (deadlines.valid_to_on IS NULL OR refresh_days.as_of_on <= deadlines.valid_to_on)
    INNER JOIN reference.directive_indicators AS directive_indicators
        ON directives.directive = directive_indicators.directive
    INNER JOIN reference.indicators AS indicators ON directive_indicators.indicator = indicators.indicator
),

states AS (
    SELECT
        tasks.directive,
        shares.province_code,
        shares.indicator,
        shares.as_of_on,
        tasks.last_day_on,
        shares.value,
        shares.target,
        shares.proven_pct,
        shares.whole,
        tasks.target_pct,
        tasks.target_pct - shares.proven_pct AS open_pct,
        shares.target_unit_count >= shares.expected_unit_count
        AND (shares.progress_pct >= tasks.target_pct OR shares.target = 0.0) AS is_met,
        tasks.value_type = 'flag' AND shares.expected_unit_count = 1 AS is_single_step,
        date_diff('day', shares.as_of_on, tasks.last_day_on) AS days_left,
        lines.last_point_on,
        lines.point_count,
        lines.observed_days,
        lines.pct_per_day,
        shares.origin
    FROM tasks
    INNER JOIN shares ON tasks.indicator = shares.indicator AND tasks.as_of_on = shares.as_of_on
    LEFT JOIN lines
        ON
            shares.province_code = lines.province_code
            AND shares.indicator = lines.indicator
            AND shares.as_of_on = lines.as_of_on
),

-- What takes more than another year at the present rate stands still as far as anybody can plan.
judged AS (
    SELECT
        directive,
        province_code,
        indicator,
        as_of_on,
        last_day_on,
        proven_pct,
        whole,
        target_pct,
        open_pct,
        days_left,
        last_point_on,
        point_count,
        observed_days,
        pct_per_day,
        origin,
        CASE
            WHEN value IS NULL THEN 'not_reported'
            WHEN COALESCE(is_met, FALSE) THEN 'met'
            WHEN open_pct IS NULL OR open_pct <= 0.0 THEN 'no_target'
            WHEN is_single_step THEN 'single_step'
            WHEN pct_per_day IS NULL THEN 'too_few_points'
            WHEN pct_per_day < 0.0 THEN 'regressed'
            WHEN pct_per_day * 365.0 < open_pct THEN 'plateau'
            ELSE 'recent_rate'
        END AS method
    FROM states
),

-- `unit_days` is the measure in which experience is kept: for a rate the days still needed at that rate; for a single
-- yes or no the same of the country; for a standstill or a decline plain days.
measured AS (
    SELECT
        judged.directive,
        judged.province_code,
        judged.indicator,
        judged.as_of_on,
        judged.last_day_on,
        judged.proven_pct,
        judged.whole,
        judged.open_pct,
        judged.days_left,
        judged.last_point_on,
        judged.point_count,
        judged.observed_days,
        judged.pct_per_day,
        judged.origin,
        judged.method,
        judged.target_pct >= 100.0 AS is_whole,
        CASE judged.method
            WHEN 'recent_rate' THEN judged.open_pct / NULLIF(judged.pct_per_day, 0.0)
            WHEN 'plateau' THEN 1.0
            WHEN 'regressed' THEN 1.0
            WHEN 'single_step' THEN country.open_pct / NULLIF(country.pct_per_day, 0.0)
        END AS unit_days,
        100.0 * judged.proven_pct / NULLIF(judged.target_pct, 0.0) AS done_pct
    FROM judged
    LEFT JOIN judged AS country
        ON
            judged.method = 'single_step'
            AND country.province_code = 'VN'
            AND country.method = 'recent_rate'
            AND judged.directive = country.directive
            AND judged.indicator = country.indicator
            AND judged.as_of_on = country.as_of_on
),

-- How long similar cases really took, as multiples of `unit_days`; `needed` is the multiple that would just be in time.
experienced AS (
    SELECT
        measured.directive,
        measured.province_code,
        measured.indicator,
        measured.as_of_on,
        measured.unit_days,
        CAST(date_diff('day', measured.last_point_on, measured.last_day_on) AS DOUBLE)
        / NULLIF(measured.unit_days, 0.0) AS needed,
        forecast_errors.percentile,
        forecast_errors.ratio,
        forecast_errors.case_count
    FROM measured
    INNER JOIN reference.forecast_errors AS forecast_errors
        ON
            measured.method = forecast_errors.method
            AND measured.is_whole = forecast_errors.is_whole
            AND measured.done_pct >= forecast_errors.done_from_pct
            AND (measured.done_pct < forecast_errors.done_to_pct OR forecast_errors.done_to_pct IS NULL)
            AND measured.unit_days >= forecast_errors.days_from
            AND (measured.unit_days < forecast_errors.days_to OR forecast_errors.days_to IS NULL)
    WHERE measured.last_point_on IS NOT NULL
),

neighbours AS (
    SELECT
        directive,
        province_code,
        indicator,
        as_of_on,
        unit_days,
        needed,
        MAX(case_count) AS case_count,
        MAX(ratio) FILTER (WHERE percentile = 10) AS early_ratio,
        MAX(ratio) FILTER (WHERE percentile = 50) AS expected_ratio,
        MAX(ratio) FILTER (WHERE percentile = 90) AS late_ratio,
        MAX(percentile) FILTER (WHERE ratio <= needed) AS pct_below,
        MAX(ratio) FILTER (WHERE ratio <= needed) AS ratio_below,
        MIN(percentile) FILTER (WHERE ratio > needed) AS pct_above,
        MIN(ratio) FILTER (WHERE ratio > needed) AS ratio_above
    FROM experienced
    GROUP BY directive, province_code, indicator, as_of_on, unit_days, needed
),

-- The expected day lies half-way (as factors go) between what the present rate promises and what similar cases took on
-- average: experience alone errs more as soon as times change, the rate alone always. Measured in docs/forecast.md.
-- Between two percentiles the chance is read off on a straight line; outside them it is the outermost percentile, so
-- that nothing is ever called certain.
chances AS (
    SELECT
        directive,
        province_code,
        indicator,
        as_of_on,
        case_count,
        early_ratio * unit_days AS early_days,
        GREATEST(early_ratio, LEAST(late_ratio, SQRT(expected_ratio))) * unit_days AS expected_days,
        expected_ratio,
        late_ratio * unit_days AS late_days,
        CASE
            WHEN needed <= 0.0 THEN 0.0
            WHEN pct_below IS NULL THEN CAST(pct_above AS DOUBLE) * needed / NULLIF(ratio_above, 0.0)
            WHEN pct_above IS NULL THEN CAST(pct_below AS DOUBLE)
            ELSE
                CAST(pct_below AS DOUBLE)
                + CAST(pct_above - pct_below AS DOUBLE) * (needed - ratio_below)
                / NULLIF(ratio_above - ratio_below, 0.0)
        END AS chance_pct
    FROM neighbours
)

SELECT
    measured.directive,
    measured.province_code,
    measured.indicator,
    measured.as_of_on,
    CASE
        WHEN measured.method IN ('recent_rate', 'plateau', 'regressed')
            THEN measured.pct_per_day * measured.whole / 100.0
    END AS observed_rate_per_day,
    CASE
        WHEN measured.method NOT IN ('met', 'single_step') AND measured.days_left > 0 AND measured.open_pct > 0.0
            THEN measured.open_pct * measured.whole / 100.0 / NULLIF(CAST(measured.days_left AS DOUBLE), 0.0)
    END AS required_rate_per_day,
    CASE
        WHEN measured.method = 'recent_rate' AND chances.expected_ratio IS NOT NULL
            THEN GREATEST(measured.as_of_on + 1, measured.last_point_on + CAST(ROUND(chances.expected_days) AS INTEGER))
    END AS expected_finish_on,
    CASE
        WHEN measured.method = 'recent_rate' AND chances.early_days IS NOT NULL
            THEN GREATEST(measured.as_of_on + 1, measured.last_point_on + CAST(ROUND(chances.early_days) AS INTEGER))
    END AS early_finish_on,
    CASE
        WHEN measured.method = 'recent_rate' AND chances.late_days IS NOT NULL
            THEN GREATEST(measured.as_of_on + 1, measured.last_point_on + CAST(ROUND(chances.late_days) AS INTEGER))
    END AS late_finish_on,
    CASE
        WHEN measured.method = 'met' AND measured.days_left >= 0 THEN 100.0
        WHEN measured.method IN ('met', 'not_reported', 'no_target') THEN NULL
        WHEN measured.days_left < 0 THEN 0.0
        ELSE chances.chance_pct
    END AS chance_on_time_pct,
    measured.method,
    measured.last_day_on,
    measured.proven_pct,
    CASE WHEN measured.open_pct > 0.0 THEN measured.open_pct * measured.whole / 100.0 END AS remaining_value,
    CASE WHEN measured.method IN ('recent_rate', 'single_step') THEN measured.unit_days END AS unadjusted_days,
    measured.point_count,
    measured.observed_days,
    measured.last_point_on,
    chances.case_count,
    measured.origin
FROM measured
LEFT JOIN chances
    ON
        measured.directive = chances.directive
        AND measured.province_code = chances.province_code
        AND measured.indicator = chances.indicator
        AND measured.as_of_on = chances.as_of_on
