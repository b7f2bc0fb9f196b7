-- One row per reporting day: the country's value of $indicator.
SELECT as_of_on, value, target, progress_pct, reported_unit_count, expected_unit_count
FROM marts.national_progress
WHERE indicator = $indicator
ORDER BY as_of_on
