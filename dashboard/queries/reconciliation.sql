-- One row per published figure beside what the reports add up to.
SELECT
    r.figure, r.indicator, i.name_vi, i.name_en, r.scope, p.short_name, r.as_of_on, r.published_value, r.reported_value,
    r.reported_on, r.difference, r.explanation, r.origin, f.publisher, f.source_file, f.approximation
FROM marts.published_reconciliation AS r
LEFT JOIN reference.published_figures AS f USING (figure)
LEFT JOIN reference.indicators AS i ON i.indicator = r.indicator
LEFT JOIN reference.provinces AS p ON r.scope = 'province:' || p.province_code
ORDER BY r.difference IS NULL, abs(r.difference) DESC, r.figure
