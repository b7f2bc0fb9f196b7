-- One row per position of commune military commands on the newest day, in $province_code ('VN' is the country, '' is all).
SELECT
    m.province_code, p.short_name, m.position, m.required, m.filled, m.filled_pct, m.communes_reported, m.communes_expected,
    m.last_reported_on, m.as_of_on, m.origin, m.communes_reported AS reported_unit_count,
    m.communes_expected AS expected_unit_count, TRUE AS is_restricted
FROM marts.military_positions AS m
LEFT JOIN reference.provinces AS p USING (province_code)
WHERE ($province_code = '' OR m.province_code = $province_code)
  AND m.as_of_on = (SELECT max(as_of_on) FROM marts.military_positions)
ORDER BY m.province_code = 'VN' DESC, m.province_code, list_position($positions, m.position)
