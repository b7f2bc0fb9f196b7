-- One row: $province_code with its kinds of communes and its newest report.
SELECT
    p.province_code, p.province_name, p.short_name, p.unit_type, p.region_name, p.commune_count, p.has_single_tier_centre,
    (SELECT count(*) FROM reference.communes AS c WHERE c.province_code = p.province_code AND c.unit_type = 'phường') AS ward_count,
    (SELECT count(*) FROM reference.communes AS c WHERE c.province_code = p.province_code AND c.unit_type = 'xã') AS rural_count,
    (SELECT count(*) FROM reference.communes AS c WHERE c.province_code = p.province_code AND c.unit_type = 'đặc khu') AS zone_count,
    s.as_of_on, s.received_at, s.file_name, s.revision
FROM reference.provinces AS p
LEFT JOIN (
    SELECT *
    FROM facts.submissions
    WHERE status IN ('accepted', 'partial')
    QUALIFY row_number() OVER (PARTITION BY province_code ORDER BY as_of_on DESC, revision DESC) = 1
) AS s USING (province_code)
WHERE p.province_code = $province_code
