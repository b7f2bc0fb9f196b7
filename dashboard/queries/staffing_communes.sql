-- One row per commune of $province_code against $baseline in $field, the shortest of staff first; $search matches names
-- with or without accents ('' matches all).
SELECT
    c.commune_name, g.commune_code, g.allocated, g.present, g.shortage, g.surplus, g.gap_pct, g.seconded_in, g.contracted,
    g.last_reported_on, g.origin
FROM marts.staffing_gaps AS g
JOIN reference.communes AS c USING (commune_code)
WHERE g.province_code = $province_code AND g.baseline = $baseline AND g.field = $field
  AND contains(
      replace(strip_accents(lower(c.commune_name)), 'đ', 'd'),
      replace(strip_accents(lower($search)), 'đ', 'd')
  )
ORDER BY g.shortage DESC NULLS LAST, g.surplus DESC NULLS LAST, g.commune_code
