-- One row per published figure beside what the reports add up to: what nobody has explained first, then conflicts.
SELECT
    r.figure, r.indicator, i.name_vi, i.name_en,
    i.sensitivity = 'restricted' AS is_restricted, r.scope, p.short_name, p.province_code, r.as_of_on, r.published_value,
    r.published_denominator, r.approximation, r.tolerance, r.reported_value, r.reported_target, r.reported_on,
    r.reported_unit_count, r.expected_unit_count, r.difference, r.difference_pct, r.explanation, r.also,
    e.name_vi AS explanation_vi, e.name_en AS explanation_en, e.meaning_vi, e.meaning_en,
    r.published_pct, r.computed_pct, r.pct_explanation, r.origin, f.publisher, f.published_on, f.source_file, f.note,
    (
        SELECT list(o.value ORDER BY o.figure)
        FROM reference.published_figures AS o
        WHERE list_contains(string_split(r.conflicting_figures, '|'), o.figure)
    ) AS conflicting_values
FROM marts.published_reconciliation AS r
LEFT JOIN reference.published_figures AS f USING (figure)
LEFT JOIN reference.indicators AS i ON i.indicator = r.indicator
LEFT JOIN reference.provinces AS p ON r.scope = 'province:' || p.province_code
LEFT JOIN reference.explanation_codes AS e ON e.code = r.explanation
ORDER BY
    r.explanation = 'differs' DESC, r.conflicting_figures IS NOT NULL DESC, e.precedence DESC,
    abs(r.difference_pct) DESC NULLS LAST, r.as_of_on DESC, r.figure
