-- One row per indicator of $directive: the country's newest state, most urgent first.
SELECT
    s.indicator, i.name_vi, i.name_en, i.unit, i.unit_level, s.value, s.target, s.progress_pct, s.status, s.met_on,
    s.days_to_due, s.due_on, s.origin,
    n.as_of_on, n.reported_unit_count, n.expected_unit_count, n.stale_unit_count
FROM marts.directive_status AS s
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN marts.national_progress AS n ON n.indicator = s.indicator
WHERE s.directive = $directive AND s.province_code = 'VN'
QUALIFY row_number() OVER (PARTITION BY s.indicator ORDER BY n.as_of_on DESC NULLS LAST) = 1
ORDER BY list_position($statuses, s.status), s.progress_pct NULLS FIRST, s.indicator
