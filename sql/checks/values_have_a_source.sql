-- Every value in force on the days that the night derives names a submission that was taken, and a place in its file.
-- asset: facts.current_observations
SELECT
    current_observations.unit_code,
    current_observations.indicator,
    current_observations.as_of_on,
    current_observations.submission_id
FROM work.refresh_days AS refresh_days
INNER JOIN facts.current_observations AS current_observations ON refresh_days.as_of_on = current_observations.as_of_on
LEFT JOIN facts.submissions AS submissions
    ON
        current_observations.submission_id = submissions.submission_id
        AND submissions.status IN ('accepted', 'partial')
WHERE
    (submissions.submission_id IS NULL OR current_observations.source_place NOT LIKE '%!%')
    -- Lets the blocks of all earlier days be passed over.
    AND current_observations.as_of_on >= (SELECT MIN(refresh_days.as_of_on) FROM work.refresh_days AS refresh_days)
