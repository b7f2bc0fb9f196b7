-- One row per indicator: the newest national figure that an authority has published.
SELECT
    f.indicator, i.name_vi, i.name_en, f.unit, f.as_of AS as_of_on, f.value, f.denominator, f.published_on, f.publisher,
    f.source_file, f.note, f.approximation, i.sensitivity = 'restricted' AS is_restricted
FROM reference.published_figures AS f
JOIN reference.indicators AS i USING (indicator)
WHERE f.scope = 'national'
QUALIFY row_number() OVER (PARTITION BY f.indicator ORDER BY f.as_of DESC, f.figure) = 1
ORDER BY coalesce(list_position($indicators, f.indicator), 1000), f.as_of DESC, f.indicator
