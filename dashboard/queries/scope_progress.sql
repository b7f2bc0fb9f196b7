-- One row per indicator for the provinces $provinces together, on the newest day of the indicator: sums, share, how many of these
-- provinces reported, how many of their values are carried over from an earlier day.
WITH newest AS (
    SELECT indicator, max(as_of_on) AS as_of_on FROM marts.national_progress WHERE origin <> 'published' GROUP BY indicator
), sums AS (
    SELECT
        g.indicator, g.as_of_on, sum(g.value) AS value, sum(g.target) AS target, sum(g.comparable_value) AS comparable_value,
        CAST(sum(g.reported_unit_count) AS BIGINT) AS reported_unit_count,
        CAST(sum(g.expected_unit_count) AS BIGINT) AS expected_unit_count,
        CAST(sum(g.stale_unit_count) AS BIGINT) AS stale_unit_count,
        count(g.value) AS reported_province_count, count(*) AS province_count, max(g.last_reported_on) AS last_reported_on,
        max(g.origin) AS origin
    FROM marts.province_progress AS g
    JOIN newest AS n ON n.indicator = g.indicator AND n.as_of_on = g.as_of_on
    WHERE list_contains($provinces::VARCHAR[], g.province_code)
    GROUP BY g.indicator, g.as_of_on
)
SELECT
    i.indicator, i."group" AS topic, i.name_vi, i.name_en, i.unit, i.unit_level, i.target_rule <> 'none' AS has_share,
    i.unit_level = 'province' AND i.value_type = 'flag' AS is_yes_no, i.sensitivity = 'restricted' AS is_restricted, s.as_of_on, s.value, s.target,
    100.0 * s.comparable_value / nullif(s.target, 0) AS progress_pct,
    s.value / nullif(s.reported_unit_count, 0) AS average_value, s.reported_unit_count, s.expected_unit_count, s.stale_unit_count,
    s.reported_province_count, s.province_count, s.last_reported_on, coalesce(s.target = 0, false) AS is_not_counted, s.origin
FROM reference.indicators AS i
LEFT JOIN sums AS s USING (indicator)
WHERE i.form_sheet IS NOT NULL AND i.form_sheet <> ''
ORDER BY i.form_sheet, (i.value_type <> 'flag'), i.indicator
