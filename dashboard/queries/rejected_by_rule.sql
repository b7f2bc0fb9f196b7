-- One row per rule that was broken: its title, how often, in how many files and provinces.
SELECT
    v.rule, any_value(v.severity) AS severity,
    any_value(coalesce(r.title_vi, v.rule)) AS title_vi, any_value(coalesce(r.title_en, v.rule)) AS title_en,
    any_value(r.expected_vi) AS expected_vi, count(*) AS value_count, count(DISTINCT v.submission_id) AS file_count,
    count(DISTINCT v.province_code) AS province_count, max(v.received_at) AS newest_at
FROM facts.rejected_values AS v
LEFT JOIN reference.rules AS r USING (rule)
GROUP BY v.rule
ORDER BY value_count DESC, v.rule
