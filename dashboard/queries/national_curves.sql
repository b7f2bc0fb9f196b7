-- One row per indicator of $indicators and reporting day of $days: the country's progress, for the small lines on cards.
SELECT indicator, as_of_on, progress_pct
FROM marts.national_progress
WHERE list_contains($indicators, indicator) AND list_contains($days::DATE[], as_of_on)
ORDER BY indicator, as_of_on
