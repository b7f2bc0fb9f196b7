-- One row per public yes-or-no indicator of communes: how many communes of $unit ('VN' is the country) that count have it, do not,
-- or have not reported, with the names of those that do not and those that have not.
SELECT
    g.indicator, count(*) AS counted,
    count(*) FILTER (WHERE g.value >= g.target) AS done_count,
    count(*) FILTER (WHERE g.value < g.target) AS not_done_count,
    count(*) FILTER (WHERE g.value IS NULL) AS silent_count,
    list(
        CASE WHEN $unit = 'VN' THEN c.commune_name || ' (' || p.short_name || ')' ELSE c.commune_name END
        ORDER BY c.province_code, c.commune_code
    ) FILTER (WHERE g.value < g.target) AS not_done_names,
    list(
        CASE WHEN $unit = 'VN' THEN c.commune_name || ' (' || p.short_name || ')' ELSE c.commune_name END
        ORDER BY c.province_code, c.commune_code
    ) FILTER (WHERE g.value IS NULL) AS silent_names
FROM marts.commune_progress AS g
JOIN reference.communes AS c USING (commune_code)
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i ON i.indicator = g.indicator AND i.value_type = 'flag' AND i.sensitivity = 'public'
WHERE g.target > 0 AND ($unit = 'VN' OR c.province_code = $unit)
GROUP BY g.indicator
ORDER BY g.indicator
