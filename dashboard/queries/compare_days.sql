-- One row per province and one for the country ('VN'): $indicator on $from_on and on $to_on, the largest rise first. A value
-- that the province did not report anew for the day is carried over (…_is_carried); NULL where nothing was reported by then.
-- …_shown is what can be compared: the share where the indicator is one, otherwise the mean of the units that reported.
WITH wanted AS (
    SELECT target_rule <> 'none' AS has_share FROM reference.indicators WHERE indicator = $indicator
), days AS (
    SELECT
        province_code, as_of_on, value, target, progress_pct, reported_unit_count, expected_unit_count, stale_unit_count,
        last_reported_on, origin
    FROM marts.province_progress
    WHERE indicator = $indicator AND as_of_on IN ($from_on::DATE, $to_on::DATE)
    UNION ALL
    SELECT
        'VN', as_of_on, value, target, progress_pct, reported_unit_count, expected_unit_count, stale_unit_count, NULL, origin
    FROM marts.national_progress
    WHERE indicator = $indicator AND as_of_on IN ($from_on::DATE, $to_on::DATE)
), units AS (
    SELECT province_code, short_name, region_name FROM reference.provinces
    UNION ALL
    SELECT 'VN', '', ''
)
SELECT
    u.province_code, u.short_name, u.region_name,
    CASE WHEN wanted.has_share THEN a.progress_pct ELSE a.value / nullif(a.reported_unit_count, 0) END AS from_shown,
    CASE WHEN wanted.has_share THEN b.progress_pct ELSE b.value / nullif(b.reported_unit_count, 0) END AS to_shown,
    to_shown - from_shown AS change_shown, a.value AS from_value, a.target AS from_target, a.progress_pct AS from_pct, a.last_reported_on AS from_reported_on,
    a.reported_unit_count AS from_unit_count, a.stale_unit_count AS from_stale_count,
    coalesce(a.last_reported_on < a.as_of_on, false) AS from_is_carried,
    b.value AS to_value, b.target AS to_target, b.progress_pct AS to_pct, b.last_reported_on AS to_reported_on,
    b.reported_unit_count AS to_unit_count, b.stale_unit_count AS to_stale_count,
    coalesce(b.last_reported_on < b.as_of_on, false) AS to_is_carried,
    coalesce(b.expected_unit_count, a.expected_unit_count) AS expected_unit_count,
    b.value - a.value AS change,
    coalesce(b.target = 0, false) AS is_not_counted, coalesce(b.origin, a.origin) AS origin
FROM units AS u
CROSS JOIN wanted
LEFT JOIN days AS a ON a.province_code = u.province_code AND a.as_of_on = $from_on::DATE
LEFT JOIN days AS b ON b.province_code = u.province_code AND b.as_of_on = $to_on::DATE
ORDER BY change_shown DESC NULLS LAST, u.province_code
