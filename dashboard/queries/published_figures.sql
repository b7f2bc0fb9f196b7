-- One row per published figure with its citation, newest first.
SELECT
    f.figure, f.indicator, i.name_vi, i.name_en,
    i.sensitivity = 'restricted' AS is_restricted, i.unit AS indicator_unit, f.unit, f.scope, p.short_name, f.as_of AS as_of_on,
    f.value, f.denominator, f.published_on, f.publisher, f.source_file, f.note, f.approximation
FROM reference.published_figures AS f
LEFT JOIN reference.indicators AS i USING (indicator)
LEFT JOIN reference.provinces AS p ON f.scope = 'province:' || p.province_code
ORDER BY f.as_of DESC, f.figure
