-- One row per province, in the order in which people look for them: by name.
SELECT province_code, province_name, short_name, unit_type, region_name, commune_count, has_single_tier_centre
FROM reference.provinces
ORDER BY province_code
