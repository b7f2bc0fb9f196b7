-- One row per commune with its place on earth and its newest state in $indicator; where provinces report the indicator,
-- not communes, a commune has the state of its province. Hoàng Sa and Trường Sa are communes like all others here.
-- place_pct says where a value without a target lies among all such values, from the smallest (0) to the largest (100).
WITH wanted AS (
    SELECT unit_level, target_rule FROM reference.indicators WHERE indicator = $indicator
), newest AS (
    SELECT max(as_of_on) AS as_of_on FROM marts.national_progress WHERE indicator = $indicator AND origin <> 'published'
), joined AS (
    SELECT
        c.commune_code, c.commune_name, c.province_code, p.short_name, c.longitude, c.latitude, wanted.unit_level,
        CASE WHEN wanted.unit_level = 'commune' THEN g.value ELSE q.value END AS value,
        CASE WHEN wanted.unit_level = 'commune' THEN g.target ELSE q.target END AS target,
        d.expected_count IS DISTINCT FROM 0 AS is_counted
    FROM reference.communes AS c
    JOIN reference.provinces AS p USING (province_code)
    CROSS JOIN wanted
    CROSS JOIN newest
    CROSS JOIN reference.run AS run
    LEFT JOIN reference.denominators AS d
        ON d.province_code = c.province_code AND d.indicator = $indicator
        AND coalesce(run.as_of_on, CAST(run.known_at AS DATE)) BETWEEN d.valid_from_on AND coalesce(d.valid_to_on, DATE '9999-12-31')
    LEFT JOIN marts.commune_progress AS g ON g.commune_code = c.commune_code AND g.indicator = $indicator
    LEFT JOIN marts.province_progress AS q
        ON q.province_code = c.province_code AND q.indicator = $indicator AND q.as_of_on = newest.as_of_on
)
SELECT
    *,
    CASE
        WHEN NOT is_counted THEN 'not_counted'
        WHEN value IS NULL THEN 'not_reported'
        WHEN target IS NULL THEN 'reported'
        WHEN value >= target THEN 'done'
        ELSE 'not_done'
    END AS state,
    100.0 * value / nullif(target, 0) AS progress_pct,
    100 * percent_rank() OVER (PARTITION BY state ORDER BY value) AS place_pct
FROM joined
ORDER BY commune_code
