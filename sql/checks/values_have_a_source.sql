-- Every value in force names a submission that was taken, and a place in its file.
-- asset: facts.current_observations
SELECT
    current_observations.unit_code,
    current_observations.indicator,
    current_observations.as_of_on,
    current_observations.submission_id
FROM facts.current_observations AS current_observations
LEFT JOIN facts.submissions AS submissions
    ON
        current_observations.submission_id = submissions.submission_id
        AND submissions.status IN ('accepted', 'partial')
WHERE submissions.submission_id IS NULL OR current_observations.source_place NOT LIKE '%!%'
