-- One row per indicator of $directive: the country's newest state and its forecast, most urgent first. Rates are per
-- rate_days days: a day where less than two weeks are left, otherwise a week. done_province_count counts provinces.
WITH counted AS (
    SELECT
        indicator, count(*) FILTER (WHERE status IN ('met_on_time', 'met_late')) AS done_province_count,
        count(*) AS province_count
    FROM marts.directive_status
    WHERE directive = $directive AND province_code <> 'VN'
    GROUP BY indicator
), joined AS (
    SELECT
        s.*, i.name_vi, i.name_en, i.unit, i.unit_level, i.sensitivity = 'restricted' AS is_restricted, f.method, f.expected_finish_on, f.early_finish_on,
        f.late_finish_on, f.proven_pct, f.remaining_value, f.observed_rate_per_day, f.required_rate_per_day,
        CASE WHEN s.days_to_due BETWEEN 0 AND 13 THEN 1 ELSE 7 END AS rate_days,
        c.done_province_count, c.province_count
    FROM marts.directive_status AS s
    JOIN reference.indicators AS i USING (indicator)
    LEFT JOIN counted AS c USING (indicator)
    LEFT JOIN marts.directive_forecast AS f
        ON f.directive = s.directive AND f.province_code = s.province_code AND f.indicator = s.indicator
    WHERE s.directive = $directive AND s.province_code = 'VN'
)
SELECT
    *, observed_rate_per_day * rate_days AS observed_rate, required_rate_per_day * rate_days AS required_rate
FROM joined
ORDER BY list_position($statuses, status), progress_pct NULLS FIRST, indicator
