-- One row per commune that counts for $indicator and does not have it, or has not reported it ($province_code '' is every
-- province): what remains, the most on top, the unreported last. Counts of a period are missing where this period's are.
WITH counted AS (
    SELECT
        g.commune_code, g.target, g.last_reported_on, g.origin,
        g.value IS NULL OR (i.is_period_count AND g.last_reported_on < g.as_of_on) AS is_silent,
        CASE WHEN NOT is_silent THEN g.value END AS value, NOT i.is_period_count AND g.value < g.target AS is_short
    FROM marts.commune_progress AS g
    JOIN reference.indicators AS i USING (indicator)
    WHERE g.indicator = $indicator AND (g.target IS NULL OR g.target > 0 OR i.is_period_count)
)
SELECT
    c.commune_code, c.commune_name, c.unit_type, c.province_code, p.short_name, g.value, g.target, g.target - g.value AS remaining,
    g.last_reported_on, g.origin, g.is_silent
FROM counted AS g
JOIN reference.communes AS c USING (commune_code)
JOIN reference.provinces AS p USING (province_code)
WHERE (g.is_silent OR g.is_short) AND ($province_code = '' OR c.province_code = $province_code)
ORDER BY g.is_silent, remaining DESC, p.province_code, c.commune_code
