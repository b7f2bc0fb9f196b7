-- One row per baseline, field and province ('VN' is the country): shortage and surplus, never netted. '' is any of them.
SELECT
    s.province_code, coalesce(p.short_name, '') AS short_name, p.region_name, s.baseline, b.title_vi AS baseline_vi,
    b.title_en AS baseline_en, s.field, f.title_vi AS field_vi, f.title_en AS field_en, s.as_of_on, s.communes_expected,
    s.communes_compared, s.communes_not_reported, s.communes_short, s.communes_with_surplus, s.shortage, s.surplus,
    s.allocated, s.present, s.seconded_in, s.contracted, s.is_minimum = 1 AS is_minimum, s.last_reported_on, s.origin,
    s.communes_compared AS reported_unit_count, s.communes_expected AS expected_unit_count
FROM marts.staffing_balance AS s
LEFT JOIN reference.provinces AS p ON p.province_code = s.province_code
LEFT JOIN reference.staffing_fields AS f ON f.field = s.field
JOIN (
    SELECT *
    FROM reference.staffing_baselines
    QUALIFY row_number() OVER (PARTITION BY baseline ORDER BY province_code NULLS FIRST, valid_from_on DESC) = 1
) AS b ON b.baseline = s.baseline
WHERE ($province_code = '' OR s.province_code = $province_code)
  AND ($baseline = '' OR s.baseline = $baseline)
  AND ($field = '' OR s.field = $field)
ORDER BY s.province_code = 'VN' DESC, s.province_code, b.baseline_order, s.baseline, s.field <> 'all', f.field_order
