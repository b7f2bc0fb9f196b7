-- One row per province whose name, or the name of one of whose communes, contains $search, with or without accents.
SELECT p.province_code
FROM reference.provinces AS p
LEFT JOIN reference.communes AS c USING (province_code)
GROUP BY p.province_code, p.short_name
HAVING contains(replace(strip_accents(lower(p.short_name)), 'đ', 'd'), replace(strip_accents(lower($search)), 'đ', 'd'))
    OR bool_or(
        contains(replace(strip_accents(lower(c.commune_name)), 'đ', 'd'), replace(strip_accents(lower($search)), 'đ', 'd'))
    )
