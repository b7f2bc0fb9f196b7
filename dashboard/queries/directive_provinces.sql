-- One row per province for $directive and $indicator whose name or region has $search in it ('' for all), the furthest
-- behind first: status, progress, change since the last report, forecast. Rates are per rate_days days: a week here.
-- last_reported_on is the newest day that the province itself reported.
SELECT
    s.province_code, p.short_name, p.province_name, p.region_name, s.status, s.value, s.target, s.progress_pct,
    s.met_on, s.met_basis, s.evidence, s.days_to_due, g.last_reported_on, s.reported_unit_count, s.expected_unit_count,
    s.origin, s.chance_on_time_pct, s.reached_value, i.unit, i.sensitivity = 'restricted' AS is_restricted, c.change, c.previous_as_of_on, f.method, f.remaining_value,
    f.expected_finish_on, f.early_finish_on, f.late_finish_on, 7 AS rate_days,
    f.observed_rate_per_day * 7 AS observed_rate, f.required_rate_per_day * 7 AS required_rate
FROM marts.directive_status AS s
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN marts.directive_forecast AS f
    ON f.directive = s.directive AND f.province_code = s.province_code AND f.indicator = s.indicator
LEFT JOIN marts.province_progress AS g
    ON g.province_code = s.province_code AND g.indicator = s.indicator AND g.as_of_on = s.as_of_on
LEFT JOIN marts.changes_since_last AS c ON c.province_code = s.province_code AND c.indicator = s.indicator
WHERE s.directive = $directive AND s.indicator = $indicator
  AND contains(
      replace(strip_accents(lower(p.province_name || ' ' || p.region_name)), 'đ', 'd'),
      replace(strip_accents(lower($search)), 'đ', 'd')
  )
ORDER BY
    list_position($statuses, s.status), s.chance_on_time_pct NULLS FIRST, f.expected_finish_on DESC NULLS FIRST,
    s.progress_pct NULLS FIRST, s.met_on DESC, s.province_code
