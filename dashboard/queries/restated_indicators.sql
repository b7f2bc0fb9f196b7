-- One row per restatement, day and indicator, newest restatement first: how many values changed and by how much the country's
-- figure did; the unit and its two values where only one did. Filters as in restatements.sql.
SELECT
    r.restatement, r.province_code, p.short_name, r.as_of_on, r.restated_at, r.correction, r.indicator, i.name_vi, i.name_en,
    i.sensitivity = 'restricted' AS is_restricted, count(*) AS changed_count, min(r.whole_effect) AS whole_effect, min(r.status_change) AS status_change,
    count(*) FILTER (WHERE r.asks_reason AND r.reason IS NULL) AS asked_count, min(r.reason) AS reason,
    CASE WHEN count(*) = 1 THEN min(coalesce(c.commune_name, p.province_name)) END AS unit_name,
    CASE WHEN count(*) = 1 THEN min(r.old_value) END AS old_value,
    CASE WHEN count(*) = 1 THEN min(r.new_value) END AS new_value
FROM marts.restatements AS r
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN reference.communes AS c ON c.commune_code = r.unit_code
WHERE $province_code IN ('', r.province_code)
  AND $indicator IN ('', r.indicator)
  AND ($only = '' OR ($only = 'status' AND r.status_change IS NOT NULL) OR ($only = 'reason' AND r.asks_reason AND r.reason IS NULL))
GROUP BY
    r.restatement, r.province_code, p.short_name, r.as_of_on, r.restated_at, r.correction, r.indicator, i.name_vi, i.name_en, i.sensitivity
ORDER BY r.restated_at DESC, r.restatement, r.as_of_on, abs(min(r.whole_effect)) DESC NULLS LAST, r.indicator
