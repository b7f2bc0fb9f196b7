-- One row: the reporting days that are due, or that somebody has reported for before, oldest first.
SELECT list(DISTINCT as_of_on ORDER BY as_of_on) AS days
FROM marts.reporting_coverage
WHERE status <> 'not_due'
