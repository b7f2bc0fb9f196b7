-- One row per observation behind a figure: for $indicator in $province_code ('VN': everywhere), each unit's newest
-- value up to $as_of_on (on that very day for counts of a period), with the file and the cell that say so. total_value is what the rows add up to.
-- Which day is the newest of each unit is known from the opening values of the month and from the month itself; then only
-- these days are read, not the years before them.
WITH opening AS (
    SELECT coalesce(max(opens_on), DATE '0001-01-01') AS opens_on FROM facts.opening_values WHERE opens_on <= $as_of_on
), known AS (
    SELECT v.unit_code, v.reported_on AS as_of_on
    FROM facts.opening_values AS v
    JOIN opening USING (opens_on)
    WHERE v.indicator = $indicator AND ($province_code = 'VN' OR v.province_code = $province_code)
    UNION ALL
    SELECT unit_code, as_of_on
    FROM facts.observations
    WHERE as_of_on >= (SELECT opens_on FROM opening) AND as_of_on <= $as_of_on
      AND indicator = $indicator AND ($province_code = 'VN' OR province_code = $province_code)
), newest AS MATERIALIZED (
    SELECT unit_code, max(as_of_on) AS as_of_on FROM known GROUP BY unit_code
), in_force AS (
    SELECT o.*
    FROM facts.current_observations AS o
    JOIN newest USING (unit_code, as_of_on)
    WHERE o.indicator = $indicator AND o.as_of_on IN (SELECT as_of_on FROM newest)
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
