-- One row per observation behind a figure: for $indicator in $province_code ('VN': everywhere), each unit's newest
-- value up to $as_of_on (on that very day for counts of a period), with the file and the cell that say so. total_value is what the rows add up to.
WITH in_force AS (
    SELECT *
    FROM facts.current_observations
    WHERE indicator = $indicator AND as_of_on <= $as_of_on AND ($province_code = 'VN' OR province_code = $province_code)
    QUALIFY row_number() OVER (PARTITION BY unit_code ORDER BY as_of_on DESC) = 1
)
SELECT
    coalesce(c.commune_name, p.province_name) AS unit_name, p.short_name, o.value, o.as_of_on, s.file_name, o.source_place,
    o.received_at, s.revision, o.done_on, o.evidence, o.origin, o.submission_id, o.unit_code, o.why, o.superseded_value, o.reported_value,
    sum(o.value) OVER () AS total_value
FROM in_force AS o
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN reference.communes AS c ON c.commune_code = o.unit_code
LEFT JOIN facts.submissions AS s USING (submission_id)
WHERE NOT i.is_period_count OR o.as_of_on = $as_of_on
ORDER BY o.province_code, o.unit_code
