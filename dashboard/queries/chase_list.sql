-- One row per call, in the order of the calls; $directive, $province_code and $kind may be '' for all.
SELECT
    c.rank, c.status, c.province_code, p.short_name, c.kind, c.indicator, i.name_vi, i.name_en, c.directive, d.title_vi,
    d.title_en, d.document_no, i.sensitivity = 'restricted' AS is_restricted, c.due_on, c.days_to_due, c.missing_units,
    c.unit_count, c.silent_units, c.effect_pct, c.unit_names, c.reason, c.reason_en, c.report_on, c.report_status, c.as_of_on, c.origin
FROM marts.chase_list AS c
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
JOIN reference.directives AS d USING (directive)
WHERE ($directive = '' OR c.directive = $directive) AND ($province_code = '' OR c.province_code = $province_code)
  AND ($kind = '' OR c.kind = $kind)
ORDER BY c.rank
