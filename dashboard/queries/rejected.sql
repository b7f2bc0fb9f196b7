-- One row per value set aside or remarked, newest first; $province_code and $rule may be '' for all.
SELECT
    v.received_at, v.as_of_on, v.province_code, p.short_name, v.file_name, v.source_place, v.unit_text, v.indicator,
    i.name_vi, i.name_en, v.given_text, v.expected_text, r.expected_vi, v.rule, v.severity, v.message_vi, v.message_en,
    v.fix_vi, v.fix_en,
    i.sensitivity = 'restricted' AS is_restricted, v.submission_id
FROM facts.rejected_values AS v
LEFT JOIN reference.provinces AS p USING (province_code)
LEFT JOIN reference.indicators AS i USING (indicator)
LEFT JOIN reference.rules AS r ON r.rule = v.rule
WHERE ($province_code = '' OR v.province_code = $province_code) AND ($rule = '' OR v.rule = $rule)
ORDER BY v.received_at DESC, v.file_name, v.source_place
