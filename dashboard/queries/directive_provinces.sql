-- One row per province for $directive and $indicator, most urgent first: status, progress, change since the last report.
SELECT
    s.province_code, p.short_name, p.province_name, p.region_name, s.status, s.value, s.target, s.progress_pct,
    s.met_on, s.days_to_due, g.as_of_on, g.last_reported_on, g.reported_unit_count, g.expected_unit_count, s.origin,
    c.change, c.previous_as_of_on
FROM marts.directive_status AS s
JOIN reference.provinces AS p USING (province_code)
LEFT JOIN (
    SELECT *
    FROM marts.province_progress
    WHERE indicator = $indicator
    QUALIFY row_number() OVER (PARTITION BY province_code ORDER BY as_of_on DESC) = 1
) AS g ON g.province_code = s.province_code
LEFT JOIN marts.changes_since_last AS c ON c.province_code = s.province_code AND c.indicator = s.indicator
WHERE s.directive = $directive AND s.indicator = $indicator
ORDER BY list_position($statuses, s.status), s.progress_pct NULLS FIRST, s.province_code
