-- One row per province for $directive and $indicator, most urgent first: status, progress, change since the last report.
-- last_reported_on is the newest day that the province itself reported.
SELECT
    s.province_code, p.short_name, p.province_name, p.region_name, s.status, s.value, s.target, s.progress_pct,
    s.met_on, s.met_basis, s.evidence, s.days_to_due, g.last_reported_on, s.reported_unit_count, s.expected_unit_count,
    s.origin, c.change, c.previous_as_of_on
FROM marts.directive_status AS s
JOIN reference.provinces AS p USING (province_code)
LEFT JOIN marts.province_progress AS g
    ON g.province_code = s.province_code AND g.indicator = s.indicator AND g.as_of_on = s.as_of_on
LEFT JOIN marts.changes_since_last AS c ON c.province_code = s.province_code AND c.indicator = s.indicator
WHERE s.directive = $directive AND s.indicator = $indicator
ORDER BY list_position($statuses, s.status), s.progress_pct NULLS FIRST, s.province_code
