-- One row: the commune $commune_code with its province; none where there is no such commune.
SELECT c.commune_code, c.commune_name, c.unit_type, c.province_code, p.short_name, p.province_name, c.longitude, c.latitude
FROM reference.communes AS c
JOIN reference.provinces AS p USING (province_code)
WHERE c.commune_code = $commune_code
