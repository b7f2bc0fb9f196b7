-- The working calendar ends at least sixty days after the day of the figures: next year's holidays are to be entered.
-- asset: reference.calendar
-- severity: warning
SELECT
    run.as_of_on,
    days.last_on
FROM reference.run AS run
CROSS JOIN (SELECT MAX(calendar.as_of_on) AS last_on FROM reference.calendar AS calendar) AS days
WHERE days.last_on IS NULL OR days.last_on < run.as_of_on + 60
