-- One row per indicator of $indicators and reporting day: the country's progress, for the small lines on cards.
SELECT indicator, as_of_on, progress_pct
FROM marts.national_progress
WHERE list_contains($indicators, indicator)
ORDER BY indicator, as_of_on
