-- One row per directive and indicator of $province_code, most urgent first.
SELECT
    s.directive, d.title_vi, d.title_en, s.last_day_on = s.due_on AS due_inclusive, s.due_on, s.indicator, i.name_vi, i.name_en,
    i.unit, i.sensitivity = 'restricted' AS is_restricted, s.status, s.value, s.target, s.progress_pct, s.met_on, s.days_to_due, s.origin
FROM marts.directive_status AS s
JOIN reference.directives AS d USING (directive)
JOIN reference.indicators AS i USING (indicator)
WHERE s.province_code = $province_code
ORDER BY list_position($statuses, s.status), s.due_on, s.progress_pct NULLS FIRST, s.indicator
