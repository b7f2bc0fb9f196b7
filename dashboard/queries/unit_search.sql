-- One row per commune or province whose name, earlier name, alias or code has $search in it, at most 40, the best match first:
-- the whole name as typed, the whole name without accents, its start, a word of it, the rest. A commune's name may be
-- followed by its province's ("tan an tay ninh"). found_name is what matched, NULL where it is the present name.
WITH names AS (
    SELECT commune_code AS unit_code, commune_name AS found_name, false AS is_former FROM reference.communes
    UNION
    SELECT h.commune_code, h.commune_name, true
    FROM reference.commune_history AS h
    JOIN reference.communes AS c USING (commune_code)
    WHERE h.commune_name <> c.commune_name
    UNION
    SELECT province_code, UNNEST([short_name, province_name]), false FROM reference.provinces
    UNION
    SELECT unit_code, alias, true FROM reference.aliases
), units AS (
    SELECT c.commune_code AS unit_code, c.commune_name AS unit_name, c.unit_type, c.province_code, p.short_name, true AS is_commune
    FROM reference.communes AS c JOIN reference.provinces AS p USING (province_code)
    UNION ALL
    SELECT province_code, province_name, unit_type, province_code, short_name, false FROM reference.provinces
), typed AS (
    SELECT
        nfc_normalize(lower(trim($search))) AS text, replace(strip_accents(lower(trim($search))), 'đ', 'd') AS plain
), plain_names AS (
    SELECT *, replace(strip_accents(lower(found_name)), 'đ', 'd') AS plain_name
    FROM names
), plain_units AS (
    SELECT u.*, replace(strip_accents(lower(p.short_name)), 'đ', 'd') AS plain_province
    FROM units AS u
    JOIN reference.provinces AS p USING (province_code)
), keyed AS (
    -- Whatever matches below has what was typed in its name, in name and province, or as its code; only these are looked at closely.
    SELECT
        u.*, n.found_name, n.is_former, n.plain_name,
        nfc_normalize(regexp_replace(lower(n.found_name), '^(phường|xã|đặc khu|thị trấn) ', '')) AS bare
    FROM plain_names AS n
    JOIN plain_units AS u USING (unit_code)
    CROSS JOIN typed AS t
    WHERE u.unit_code = t.plain OR contains(n.plain_name, t.plain) OR contains(n.plain_name || ' ' || u.plain_province, t.plain)
), ranked AS (
    SELECT
        k.unit_code, k.unit_name, k.unit_type, k.province_code, k.short_name, k.is_commune,
        CASE WHEN k.is_former THEN k.found_name END AS found_name,
        CASE
            WHEN k.unit_code = t.plain THEN 0
            WHEN t.text IN (k.bare, nfc_normalize(lower(k.found_name))) THEN 1
            WHEN t.plain IN (replace(strip_accents(k.bare), 'đ', 'd'), k.plain_name) THEN 2
            WHEN starts_with(replace(strip_accents(k.bare), 'đ', 'd'), t.plain) OR starts_with(k.plain_name, t.plain) THEN 3
            WHEN contains(' ' || k.plain_name, ' ' || t.plain) THEN 4
            WHEN contains(k.plain_name, t.plain) THEN 5
            WHEN k.is_commune AND ends_with(t.plain, ' ' || k.plain_province)
                AND contains(' ' || k.plain_name || ' ' || k.plain_province, ' ' || t.plain) THEN 6
        END AS distance
    FROM keyed AS k
    CROSS JOIN typed AS t
    WHERE t.plain <> ''
    QUALIFY distance IS NOT NULL AND row_number() OVER (PARTITION BY k.unit_code ORDER BY distance, k.is_former) = 1
)
SELECT *, count(*) OVER () AS found_count
FROM ranked
ORDER BY distance, is_commune, (found_name IS NOT NULL), unit_code
LIMIT 40
