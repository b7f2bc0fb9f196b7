-- One row per reporting day of $days: the country's value of $indicator, what remains to be done, what it rests on.
SELECT
    as_of_on, value, target, progress_pct, comparable_target - comparable_value AS remaining, reported_unit_count,
    expected_unit_count, stale_unit_count, set_aside_count, floor_value, ceiling_value, rate_flag, flagged_province_count, origin
FROM marts.national_progress
WHERE indicator = $indicator AND list_contains($days::DATE[], as_of_on)
ORDER BY as_of_on
