-- One row per reporting period of $days that is due: how many reports came, and how.
SELECT form, as_of_on, due_at, expected, on_time, late, empty, missing, not_due, accepted_count, rejected_count,
    on_time_pct, reported_pct, filled_pct, origin
FROM marts.reporting_periods
WHERE is_due AND list_contains($days::DATE[], as_of_on)
ORDER BY as_of_on
