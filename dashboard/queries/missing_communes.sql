-- One row per commune that counts for $indicator and does not have it, or has not reported it ($province_code '' is every
-- province): what remains, the most on top, the unreported last. Counts of a period are missing where this period's are.
-- Where all that are expected have reported, a commune without a value is one that the indicator does not count.
WITH counted AS (
    SELECT
        g.commune_code, g.target, g.last_reported_on, g.origin,
        g.value IS NULL OR (i.is_period_count AND g.last_reported_on < g.as_of_on) AS is_silent,
        i.sensitivity = 'restricted' AS is_restricted, CASE WHEN NOT is_silent THEN g.value END AS value, NOT i.is_period_count AND g.value < g.target AS is_short
    FROM marts.commune_progress AS g
    JOIN reference.indicators AS i USING (indicator)
    WHERE g.indicator = $indicator AND (g.target IS NULL OR g.target > 0 OR i.is_period_count)
)
SELECT
    c.commune_code, c.commune_name, c.unit_type, c.province_code, p.short_name, g.value, g.target, g.target - g.value AS remaining,
    g.last_reported_on, g.origin, g.is_silent, g.is_restricted
FROM counted AS g
JOIN reference.communes AS c USING (commune_code)
JOIN reference.provinces AS p USING (province_code)
JOIN reference.run AS r ON TRUE
LEFT JOIN marts.province_progress AS e
    ON e.province_code = c.province_code AND e.indicator = $indicator AND e.as_of_on = r.as_of_on
    AND e.reported_unit_count >= e.expected_unit_count
WHERE NOT (g.is_silent AND e.province_code IS NOT NULL) AND (g.is_silent OR g.is_short) AND ($province_code = '' OR c.province_code = $province_code)
ORDER BY g.is_silent, remaining DESC, p.province_code, c.commune_code
