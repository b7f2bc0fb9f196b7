-- One row per changed value, newest first, with the files and cells before and after; $province_code and $indicator may
-- be '' for all, $only is '', 'status' (a status changed) or 'reason' (a reason is asked for and not given yet).
-- asked_count: values of the same submission whose reason is still missing.
SELECT
    r.restatement, r.province_code, p.short_name, r.unit_code, coalesce(c.commune_name, p.province_name) AS unit_name,
    r.indicator, i.name_vi, i.name_en,
    i.sensitivity = 'restricted' AS is_restricted, r.as_of_on, r.restated_at, r.old_value, r.new_value, r.national_effect,
    r.province_effect, r.whole_effect, r.status_change, r.correction, r.new_submission_id, olds.file_name AS old_file,
    cells.source_place AS old_place, news.file_name AS new_file, r.source_place AS new_place, r.asks_reason, r.reason,
    r.reason_document_no, r.origin,
    count(*) FILTER (WHERE r.asks_reason AND r.reason IS NULL) OVER (PARTITION BY r.restatement) AS asked_count
FROM marts.restatements AS r
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN reference.communes AS c ON c.commune_code = r.unit_code
LEFT JOIN facts.submissions AS olds ON olds.submission_id = r.old_submission_id
LEFT JOIN facts.submissions AS news ON news.submission_id = r.new_submission_id
LEFT JOIN (
    SELECT DISTINCT o.submission_id, o.unit_code, o.indicator, o.as_of_on, o.source_place
    FROM facts.observations AS o
    JOIN marts.restatements AS changed
        ON changed.as_of_on = o.as_of_on AND changed.unit_code = o.unit_code AND changed.indicator = o.indicator
        AND changed.old_submission_id = o.submission_id
) AS cells
    ON cells.submission_id = r.old_submission_id AND cells.unit_code = r.unit_code AND cells.indicator = r.indicator
    AND cells.as_of_on = r.as_of_on
WHERE $province_code IN ('', r.province_code)
  AND $indicator IN ('', r.indicator)
  AND ($only = '' OR ($only = 'status' AND r.status_change IS NOT NULL) OR ($only = 'reason' AND r.asks_reason AND r.reason IS NULL))
ORDER BY r.restated_at DESC, r.restatement, r.indicator, r.unit_code
