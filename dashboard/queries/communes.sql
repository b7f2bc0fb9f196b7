-- One row per commune of $province_code with its newest state in $indicator; $search matches names with or
-- without accents ('' matches all).
SELECT
    c.commune_code, c.commune_name, c.unit_type, c.longitude, c.latitude, g.value, g.target, g.last_reported_on, g.origin,
    CASE
        WHEN d.expected_count = 0 THEN 'not_counted'
        WHEN g.value IS NULL THEN 'not_reported'
        WHEN g.target IS NULL THEN 'reported'
        WHEN g.value >= g.target THEN 'done'
        ELSE 'not_done'
    END AS state
FROM reference.communes AS c
CROSS JOIN reference.run AS run
LEFT JOIN reference.denominators AS d
    ON d.province_code = c.province_code AND d.indicator = $indicator
    AND coalesce(run.as_of_on, CAST(run.known_at AS DATE)) BETWEEN d.valid_from_on AND coalesce(d.valid_to_on, DATE '9999-12-31')
LEFT JOIN marts.commune_progress AS g ON g.commune_code = c.commune_code AND g.indicator = $indicator
WHERE c.province_code = $province_code
  AND contains(
      replace(strip_accents(lower(c.commune_name)), 'đ', 'd'),
      replace(strip_accents(lower($search)), 'đ', 'd')
  )
ORDER BY
    CASE WHEN d.expected_count = 0 THEN 3 WHEN g.value IS NULL THEN 1 WHEN g.value < g.target THEN 0 ELSE 2 END, c.commune_code
