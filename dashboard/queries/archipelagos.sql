-- Two rows: Hoàng Sa and Trường Sa, which every map shows, with the province that each belongs to.
SELECT
    c.commune_code, c.commune_name, CASE WHEN contains(c.commune_name, 'Hoàng Sa') THEN 'Hoàng Sa' ELSE 'Trường Sa' END AS name,
    c.province_code, p.short_name AS province_name, p.tile_row, p.tile_column, c.longitude, c.latitude
FROM reference.communes AS c
JOIN reference.provinces AS p USING (province_code)
WHERE c.unit_type = 'đặc khu' AND (contains(c.commune_name, 'Hoàng Sa') OR contains(c.commune_name, 'Trường Sa'))
ORDER BY name
