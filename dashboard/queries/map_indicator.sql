-- One row per province for $indicator on its newest reporting day: place on the tile map, value, share, state, what it
-- rests on; the furthest behind first, the unreported last. average_value is per unit that reported, for values
-- without a target; place_pct says where that lies between the smallest (0) and the largest (100) of all provinces.
WITH newest AS (
    SELECT max(as_of_on) AS as_of_on FROM marts.national_progress WHERE indicator = $indicator AND origin <> 'published'
), joined AS (
    SELECT
        p.province_code, p.short_name, p.province_name, p.region_name, p.tile_row, p.tile_column, newest.as_of_on,
        g.value, g.target, g.progress_pct, g.reported_unit_count, g.expected_unit_count, g.stale_unit_count, g.set_aside_count,
        g.last_reported_on, g.rate_flag, g.origin, c.change, i.sensitivity = 'restricted' AS is_restricted,
        g.value / nullif(g.reported_unit_count, 0) AS average_value,
        CASE
            WHEN d.expected_count = 0 THEN 'not_counted'
            WHEN g.value IS NULL THEN 'not_reported'
            WHEN i.target_rule = 'none' THEN 'reported'
            WHEN g.target IS NULL THEN 'reported'
            WHEN g.progress_pct >= 100 THEN 'done'
            ELSE 'not_done'
        END AS state
    FROM reference.provinces AS p
    CROSS JOIN newest
    CROSS JOIN reference.run AS run
    JOIN reference.indicators AS i ON i.indicator = $indicator
    LEFT JOIN reference.denominators AS d
        ON d.province_code = p.province_code AND d.indicator = $indicator
        AND coalesce(run.as_of_on, CAST(run.known_at AS DATE)) BETWEEN d.valid_from_on AND coalesce(d.valid_to_on, DATE '9999-12-31')
    LEFT JOIN marts.province_progress AS g
        ON g.province_code = p.province_code AND g.indicator = $indicator AND g.as_of_on = newest.as_of_on
    LEFT JOIN marts.changes_since_last AS c ON c.province_code = p.province_code AND c.indicator = $indicator
)
SELECT
    *,
    100.0 * (average_value - min(average_value) OVER ())
        / nullif(max(average_value) OVER () - min(average_value) OVER (), 0) AS place_pct
FROM joined
ORDER BY
    list_position(['not_done', 'reported', 'done', 'not_reported', 'not_counted'], state), progress_pct,
    average_value DESC, province_code
