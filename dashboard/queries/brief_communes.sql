-- One row per commune of $unit that falls short somewhere, those with most to do first: conditions of work that it lacks
-- (public yes-or-no indicators), what it has not reported, people short of the posts allocated, obstacles still open.
WITH states AS (
    SELECT
        c.commune_code, c.commune_name,
        count(*) FILTER (WHERE i.value_type = 'flag' AND i.sensitivity = 'public' AND g.target > 0 AND g.value < g.target)
            AS lacking_count,
        list(i.name_vi ORDER BY i.indicator)
            FILTER (WHERE i.value_type = 'flag' AND i.sensitivity = 'public' AND g.target > 0 AND g.value < g.target) AS lacking,
        count(*) FILTER (WHERE g.value IS NULL AND i.form_sheet <> '' AND coalesce(g.target, 1) > 0) AS silent_count,
        max(g.target - g.value) FILTER (WHERE i.indicator = 'obstacles_resolved') AS open_obstacles
    FROM marts.commune_progress AS g
    JOIN reference.communes AS c USING (commune_code)
    JOIN reference.indicators AS i USING (indicator)
    WHERE c.province_code = $unit
    GROUP BY c.commune_code, c.commune_name
)
SELECT
    s.commune_code, s.commune_name, s.lacking_count, s.lacking, s.silent_count, s.open_obstacles, g.shortage
FROM states AS s
LEFT JOIN marts.staffing_gaps AS g
    ON g.commune_code = s.commune_code AND g.baseline = 'allocated' AND g.field = 'all'
    AND g.as_of_on = (SELECT max(as_of_on) FROM marts.staffing_gaps)
WHERE s.lacking_count > 0 OR s.silent_count > 0 OR s.open_obstacles > 0 OR g.shortage > 0
ORDER BY s.lacking_count DESC, g.shortage DESC NULLS LAST, s.open_obstacles DESC NULLS LAST, s.commune_code
