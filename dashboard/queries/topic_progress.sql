-- One row per indicator of $indicators and scope ('VN', then each province): the newest reporting day, what changed since
-- the one before it (NULL where nothing new was reported; counts of a period are not compared, their shares are), what
-- remains to be done, the deadline of the earliest directive that asks for it.
WITH shown AS (
    SELECT * FROM reference.indicators WHERE list_contains($indicators, indicator)
), scopes AS (
    SELECT 'VN' AS province_code, NULL AS short_name, NULL AS region_name
    UNION ALL SELECT province_code, short_name, region_name FROM reference.provinces
), days AS (
    SELECT
        (SELECT max(as_of_on) FROM marts.national_progress WHERE origin <> 'published') AS newest_on,
        (SELECT max(previous_as_of_on) FROM marts.changes_since_last) AS previous_on
), two_days AS (
    SELECT newest_on AS as_of_on FROM days
    UNION
    SELECT previous_on FROM days
), progress AS (
    SELECT
        'VN' AS province_code, indicator, as_of_on, value, target, progress_pct, comparable_target - comparable_value AS remaining,
        reported_unit_count, expected_unit_count, stale_unit_count, set_aside_count, floor_value, ceiling_value, rate_flag,
        flagged_province_count, province_count, as_of_on AS last_reported_on, origin
    FROM marts.national_progress
    SEMI JOIN two_days USING (as_of_on)
    SEMI JOIN shown USING (indicator)
    UNION ALL
    SELECT
        province_code, indicator, as_of_on, value, target, progress_pct, comparable_target - comparable_value,
        reported_unit_count, expected_unit_count, stale_unit_count, set_aside_count, floor_value, ceiling_value, rate_flag,
        NULL, NULL, last_reported_on, origin
    FROM marts.province_progress
    SEMI JOIN two_days USING (as_of_on)
    SEMI JOIN shown USING (indicator)
), dated AS (
    SELECT province_code, indicator, directive, status, days_to_due, met_on
    FROM marts.directive_status
    QUALIFY row_number() OVER (PARTITION BY province_code, indicator ORDER BY due_on, directive) = 1
)
SELECT
    s.province_code, s.short_name, s.region_name, i.indicator, i.name_vi, i.name_en, i.unit, i.unit_level, i.is_period_count,
    i.unit_level = 'province' AND i.value_type = 'flag' AS is_yes_no,
    i.sensitivity = 'restricted' AS is_restricted, days.newest_on AS as_of_on, days.previous_on,
    g.value, g.target, g.progress_pct, g.remaining, g.reported_unit_count, g.expected_unit_count, g.stale_unit_count,
    g.set_aside_count, g.floor_value, g.ceiling_value, g.rate_flag, g.flagged_province_count, g.province_count,
    g.last_reported_on, g.origin, t.directive, t.status, t.days_to_due, t.met_on,
    CASE WHEN NOT i.is_period_count AND g.last_reported_on = days.newest_on THEN g.value - b.value END AS change,
    CASE WHEN g.last_reported_on = days.newest_on THEN g.progress_pct - b.progress_pct END AS progress_change,
    CASE WHEN NOT i.is_period_count AND g.last_reported_on = days.newest_on THEN g.remaining - b.remaining END AS remaining_change,
    CASE
        WHEN d.expected_count = 0 THEN 'not_counted'
        WHEN g.value IS NULL THEN 'not_reported'
        WHEN g.value >= g.target THEN 'done'
        ELSE 'not_done'
    END AS state
FROM scopes AS s
CROSS JOIN shown AS i
CROSS JOIN days
LEFT JOIN progress AS g ON g.province_code = s.province_code AND g.indicator = i.indicator AND g.as_of_on = days.newest_on
LEFT JOIN progress AS b ON b.province_code = s.province_code AND b.indicator = i.indicator AND b.as_of_on = days.previous_on
LEFT JOIN dated AS t ON t.province_code = s.province_code AND t.indicator = i.indicator
LEFT JOIN reference.denominators AS d
    ON d.province_code = s.province_code AND d.indicator = i.indicator
    AND days.newest_on BETWEEN d.valid_from_on AND coalesce(d.valid_to_on, DATE '9999-12-31')
ORDER BY list_position($indicators, i.indicator), s.province_code = 'VN' DESC, s.province_code
