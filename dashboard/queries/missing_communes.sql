-- One row per commune that counts for $indicator and does not have it, or has not reported it ($province_code '' is every
-- province): what remains, the most on top, the unreported last. Counts of a period are missing where this period's are.
SELECT
    c.commune_code, c.commune_name, c.unit_type, c.province_code, p.short_name, g.value, g.target, g.target - g.value AS remaining,
    g.last_reported_on, g.origin, g.value IS NULL OR (i.is_period_count AND g.last_reported_on < g.as_of_on) AS is_silent
FROM marts.commune_progress AS g
JOIN reference.indicators AS i USING (indicator)
JOIN reference.communes AS c USING (commune_code)
JOIN reference.provinces AS p USING (province_code)
WHERE g.indicator = $indicator AND ($province_code = '' OR c.province_code = $province_code)
  AND (g.target IS NULL OR g.target > 0 OR i.is_period_count)
  AND (g.value IS NULL OR (i.is_period_count AND g.last_reported_on < g.as_of_on) OR (NOT i.is_period_count AND g.value < g.target))
ORDER BY is_silent, remaining DESC, p.province_code, c.commune_code
