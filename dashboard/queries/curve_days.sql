-- One row: the reporting days on which $indicators are followed, oldest first, and the first day with a value of each.
WITH followed AS (
    SELECT indicator, as_of_on, min(as_of_on) FILTER (WHERE value IS NOT NULL) OVER (PARTITION BY indicator) AS first_on
    FROM marts.national_progress
    WHERE list_contains($indicators, indicator)
)
SELECT list(DISTINCT as_of_on ORDER BY as_of_on) AS days, list(DISTINCT first_on) FILTER (WHERE first_on IS NOT NULL) AS first_days
FROM followed
