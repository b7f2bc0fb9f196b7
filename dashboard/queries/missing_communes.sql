-- One row per commune that counts for $indicator and does not have it: reported as not done, or not reported.
SELECT c.commune_code, c.commune_name, p.short_name, g.value, g.last_reported_on
FROM marts.commune_progress AS g
JOIN reference.communes AS c USING (commune_code)
JOIN reference.provinces AS p USING (province_code)
WHERE g.indicator = $indicator AND g.target > 0 AND (g.value IS NULL OR g.value < g.target)
ORDER BY g.value NULLS LAST, p.province_code, c.commune_code
