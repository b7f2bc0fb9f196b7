-- One row per day on which anything is known about $indicator, newest first.
SELECT as_of_on
FROM marts.national_progress
WHERE indicator = $indicator AND origin <> 'published' AND value IS NOT NULL
ORDER BY as_of_on DESC
