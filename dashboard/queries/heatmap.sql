-- One row per province and indicator that is a share of something ($indicators; all where it is empty): the share on the
-- newest day of the indicator, NULL where the province has not reported. province_place orders the provinces: those with the most late
-- tasks among these indicators first, then at risk, then unreported, then by their mean share.
WITH shown AS (
    SELECT
        indicator, "group" AS topic, name_vi, name_en, unit_level = 'province' AND value_type = 'flag' AS is_yes_no,
        row_number() OVER (ORDER BY form_sheet, (value_type <> 'flag'), indicator) AS indicator_place
    FROM reference.indicators
    WHERE form_sheet IS NOT NULL AND form_sheet <> '' AND target_rule <> 'none'
      AND (len($indicators::VARCHAR[]) = 0 OR list_contains($indicators::VARCHAR[], indicator))
), newest AS (
    SELECT indicator, max(as_of_on) AS as_of_on
    FROM marts.national_progress
    WHERE origin <> 'published'
    GROUP BY indicator
), cells AS (
    SELECT
        p.province_code, p.short_name, s.indicator, s.name_vi, s.name_en, s.is_yes_no, s.indicator_place, n.as_of_on,
        g.value, g.target, g.progress_pct, g.last_reported_on, g.reported_unit_count, g.expected_unit_count, g.origin,
        coalesce(g.target = 0, false) AS is_not_counted
    FROM reference.provinces AS p
    CROSS JOIN shown AS s
    LEFT JOIN newest AS n ON n.indicator = s.indicator
    LEFT JOIN marts.province_progress AS g
        ON g.province_code = p.province_code AND g.indicator = s.indicator AND g.as_of_on = n.as_of_on
), urgency AS (
    SELECT
        province_code, count(*) FILTER (WHERE status IN ('overdue', 'regressed')) AS late_count,
        count(*) FILTER (WHERE status = 'at_risk') AS risk_count
    FROM marts.directive_status
    WHERE province_code <> 'VN' AND indicator IN (SELECT indicator FROM shown)
    GROUP BY province_code
), placed AS (
    SELECT
        c.province_code,
        row_number() OVER (
            ORDER BY coalesce(any_value(u.late_count), 0) DESC, coalesce(any_value(u.risk_count), 0) DESC,
                count(*) FILTER (WHERE c.value IS NULL AND NOT c.is_not_counted) DESC, avg(c.progress_pct), c.province_code
        ) AS province_place,
        coalesce(any_value(u.late_count), 0) AS late_count, coalesce(any_value(u.risk_count), 0) AS risk_count
    FROM cells AS c
    LEFT JOIN urgency AS u USING (province_code)
    GROUP BY c.province_code
)
SELECT cells.*, placed.province_place, placed.late_count, placed.risk_count
FROM cells
JOIN placed USING (province_code)
ORDER BY province_place, indicator_place
