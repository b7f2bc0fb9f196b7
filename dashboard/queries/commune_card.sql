-- One row per indicator that communes report: the newest value of $commune_code with the file and the cell that say so;
-- NULLs where it has not reported. Indicators that do not count for this commune have state not_counted.
SELECT
    i.indicator, i."group" AS topic, i.name_vi, i.name_en, i.unit, i.value_type,
    i.sensitivity = 'restricted' AS is_restricted, g.value, g.target, g.last_reported_on,
    o.source_place, s.file_name, o.received_at, s.revision, o.submission_id, o.correction, coalesce(o.origin, g.origin) AS origin,
    CASE
        WHEN d.expected_count = 0 THEN 'not_counted'
        WHEN g.value IS NULL THEN 'not_reported'
        WHEN g.target IS NULL THEN 'reported'
        WHEN g.value >= g.target THEN 'done'
        ELSE 'not_done'
    END AS state
FROM reference.indicators AS i
JOIN reference.communes AS c ON c.commune_code = $commune_code
CROSS JOIN reference.run AS run
LEFT JOIN reference.denominators AS d
    ON d.province_code = c.province_code AND d.indicator = i.indicator
    AND coalesce(run.as_of_on, CAST(run.known_at AS DATE)) BETWEEN d.valid_from_on AND coalesce(d.valid_to_on, DATE '9999-12-31')
LEFT JOIN marts.commune_progress AS g ON g.indicator = i.indicator AND g.commune_code = $commune_code
LEFT JOIN facts.current_observations AS o
    ON o.unit_code = $commune_code AND o.indicator = i.indicator AND o.as_of_on = g.last_reported_on
LEFT JOIN facts.submissions AS s ON s.submission_id = o.submission_id
WHERE i.unit_level = 'commune' AND i.form_sheet IS NOT NULL AND i.form_sheet <> ''
ORDER BY list_position(['not_done', 'not_reported', 'done', 'reported', 'not_counted'], state), i.form_sheet, i.indicator
