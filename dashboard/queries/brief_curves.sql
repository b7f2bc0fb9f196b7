-- One row per indicator of $indicators and reporting day: the share of $unit ('VN' is the country).
SELECT indicator, as_of_on, progress_pct
FROM (
    SELECT 'VN' AS unit_code, indicator, as_of_on, progress_pct FROM marts.national_progress
    UNION ALL
    SELECT province_code, indicator, as_of_on, progress_pct FROM marts.province_progress
)
WHERE unit_code = $unit AND list_contains($indicators, indicator) AND progress_pct IS NOT NULL
ORDER BY indicator, as_of_on
