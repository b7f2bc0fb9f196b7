-- One row per province and reporting day: progress in $indicator.
SELECT province_code, as_of_on, value, target, progress_pct
FROM marts.province_progress
WHERE indicator = $indicator
ORDER BY province_code, as_of_on
