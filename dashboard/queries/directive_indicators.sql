-- One row per indicator of $directive: the country's newest state, most urgent first.
SELECT
    s.indicator, i.name_vi, i.name_en, i.unit, i.unit_level, s.value, s.target, s.progress_pct, s.status, s.met_on,
    s.days_to_due, s.due_on, s.as_of_on, s.reported_unit_count, s.expected_unit_count, s.origin
FROM marts.directive_status AS s
JOIN reference.indicators AS i USING (indicator)
WHERE s.directive = $directive AND s.province_code = 'VN'
ORDER BY list_position($statuses, s.status), s.progress_pct NULLS FIRST, s.indicator
