-- One row per kind of commune and combination of $indicators that communes report as lacking ([]: none of them);
-- is_partly_unknown: some of the indicators are not reported there; reported_count: values that these communes have reported.
-- names: communes that lack all of them.
WITH judged AS (
    SELECT
        c.commune_code, c.unit_type, c.commune_name || ' (' || p.short_name || ')' AS name,
        list(g.indicator ORDER BY list_position($indicators, g.indicator)) FILTER (WHERE g.value < g.target) AS lacking,
        count(g.value) AS reported_count, reported_count < len($indicators) AS is_partly_unknown
    FROM reference.communes AS c
    JOIN reference.provinces AS p USING (province_code)
    LEFT JOIN marts.commune_progress AS g ON g.commune_code = c.commune_code AND list_contains($indicators, g.indicator)
    GROUP BY c.commune_code, c.unit_type, name
)
SELECT
    unit_type, coalesce(lacking, []) AS lacking, is_partly_unknown, count(*) AS commune_count,
    CAST(sum(reported_count) AS BIGINT) AS reported_count,
    list(name ORDER BY commune_code) FILTER (WHERE len(lacking) = len($indicators)) AS names
FROM judged
GROUP BY unit_type, coalesce(lacking, []), is_partly_unknown
ORDER BY list_position(['xã', 'phường', 'đặc khu'], unit_type), len(coalesce(lacking, [])), coalesce(lacking, [])
