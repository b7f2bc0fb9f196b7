-- One row per changed value, newest first, with the files and cells before and after, at most $newest_count; $province_code and
-- $indicator may be '' for all, $only is '', 'status' (a status changed) or 'reason' (a reason is asked for and not given yet).
-- asked_count: values of the same submission whose reason is still missing. found_count: how many values there are in all.
WITH found AS (
    SELECT *
    FROM marts.restatements
    WHERE $province_code IN ('', province_code)
      AND $indicator IN ('', indicator)
      AND ($only = '' OR ($only = 'status' AND status_change IS NOT NULL) OR ($only = 'reason' AND asks_reason AND reason IS NULL))
), newest AS MATERIALIZED (
    SELECT * FROM found ORDER BY restated_at DESC, restatement, indicator, unit_code LIMIT $newest_count
), asked AS (
    SELECT restatement, count(*) AS asked_count FROM found WHERE asks_reason AND reason IS NULL GROUP BY restatement
), cells AS (
    SELECT DISTINCT o.submission_id, o.unit_code, o.indicator, o.as_of_on, o.source_place
    FROM facts.observations AS o
    JOIN newest AS n
        ON n.as_of_on = o.as_of_on AND n.unit_code = o.unit_code AND n.indicator = o.indicator
        AND n.old_submission_id = o.submission_id
    WHERE o.as_of_on IN (SELECT as_of_on FROM newest)
)
SELECT
    r.restatement, r.province_code, p.short_name, r.unit_code, coalesce(c.commune_name, p.province_name) AS unit_name,
    r.indicator, i.name_vi, i.name_en,
    i.sensitivity = 'restricted' AS is_restricted, r.as_of_on, r.restated_at, r.old_value, r.new_value, r.national_effect,
    r.province_effect, r.whole_effect, r.status_change, r.correction, r.new_submission_id, olds.file_name AS old_file,
    cells.source_place AS old_place, news.file_name AS new_file, r.source_place AS new_place, r.asks_reason, r.reason,
    r.reason_document_no, r.origin, coalesce(asked.asked_count, 0) AS asked_count, (SELECT count(*) FROM found) AS found_count
FROM newest AS r
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN asked USING (restatement)
LEFT JOIN reference.communes AS c ON c.commune_code = r.unit_code
LEFT JOIN facts.submissions AS olds ON olds.submission_id = r.old_submission_id
LEFT JOIN facts.submissions AS news ON news.submission_id = r.new_submission_id
LEFT JOIN cells
    ON cells.submission_id = r.old_submission_id AND cells.unit_code = r.unit_code AND cells.indicator = r.indicator
    AND cells.as_of_on = r.as_of_on
ORDER BY r.restated_at DESC, r.restatement, r.indicator, r.unit_code
