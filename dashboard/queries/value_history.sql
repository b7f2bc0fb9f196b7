-- One row per time that the value of $unit_code in $indicator for $as_of_on was sent, newest first, with its file and cell; where another
-- sending superseded it, when that came and in which file.
SELECT
    o.value, s.file_name, o.source_place, o.received_at, s.revision, o.submission_id, o.origin,
    lead(o.received_at) OVER sent AS superseded_at, lead(s.file_name) OVER sent AS superseded_by
FROM facts.observations AS o
LEFT JOIN facts.submissions AS s USING (submission_id)
WHERE o.unit_code = $unit_code AND o.indicator = $indicator AND o.as_of_on = $as_of_on
WINDOW sent AS (ORDER BY o.received_at, o.submission_id, o.source_place)
ORDER BY o.received_at DESC, o.submission_id DESC, o.source_place DESC
