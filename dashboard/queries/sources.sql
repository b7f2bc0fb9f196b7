-- One row per observation behind a figure: $indicator on $as_of_on in $province_code ('VN': everywhere),
-- with the file and the cell that say so.
SELECT
    coalesce(c.commune_name, p.province_name) AS unit_name, p.short_name, o.value, o.done_on, o.evidence,
    s.file_name, o.source_place, s.revision, o.received_at, o.origin, o.submission_id
FROM facts.current_observations AS o
JOIN reference.provinces AS p USING (province_code)
LEFT JOIN reference.communes AS c ON c.commune_code = o.unit_code
LEFT JOIN facts.submissions AS s USING (submission_id)
WHERE o.indicator = $indicator AND o.as_of_on = $as_of_on AND ($province_code = 'VN' OR o.province_code = $province_code)
ORDER BY o.province_code, o.unit_code
