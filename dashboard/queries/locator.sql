-- The country as a cloud of points on a tenth of a degree, for the small map that shows where a province lies.
SELECT DISTINCT round(longitude, 1) AS longitude, round(latitude, 1) AS latitude, province_code = $province_code AS is_chosen
FROM reference.communes
WHERE NOT contains(commune_name, 'Hoàng Sa') AND NOT contains(commune_name, 'Trường Sa')
ORDER BY is_chosen, longitude, latitude
