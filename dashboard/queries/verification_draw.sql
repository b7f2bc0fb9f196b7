-- One row per unit drawn with $seed, $size per province and indicator; $province_code may be '' for all.
SELECT
    v.draw, v.province_code, p.short_name, v.indicator, i.name_vi, i.name_en,
    i.sensitivity = 'restricted' AS is_restricted, v.directive, v.unit_code, v.unit_name,
    v.as_of_on, v.value, v.target, v.done_on, v.evidence, v.file_name, v.source_place, v.received_at, v.claim_count,
    v.origin
FROM marts.verification_draw(CAST($seed AS BIGINT), CAST($size AS BIGINT)) AS v
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
WHERE $province_code = '' OR v.province_code = $province_code
ORDER BY v.province_code, v.indicator, v.draw
