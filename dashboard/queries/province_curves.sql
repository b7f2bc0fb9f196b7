-- One row per province and reporting day of $days: progress in $indicator.
SELECT province_code, as_of_on, progress_pct
FROM marts.province_progress
WHERE indicator = $indicator AND list_contains($days::DATE[], as_of_on)
ORDER BY province_code, as_of_on
