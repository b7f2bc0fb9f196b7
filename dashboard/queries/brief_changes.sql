-- One row per indicator of $unit ('VN' is the country) whose value changed since its last reporting day, the largest share of
-- its target first. Counts of a period start anew each time and are left out.
SELECT
    c.indicator, i.name_vi, i.unit, i.unit_level = 'province' AND i.value_type = 'flag' AS is_yes_no, c.as_of_on,
    c.previous_as_of_on, c.previous_value, c.value, c.change, c.kind, c.origin
FROM marts.changes_since_last AS c
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN (
    SELECT 'VN' AS province_code, indicator, as_of_on, target FROM marts.national_progress
    UNION ALL
    SELECT province_code, indicator, as_of_on, target FROM marts.province_progress
) AS n ON n.province_code = c.province_code AND n.indicator = c.indicator AND n.as_of_on = c.as_of_on
WHERE c.province_code = $unit AND c.kind <> 'first_report' AND NOT i.is_period_count
ORDER BY abs(c.change) / nullif(n.target, 0) DESC NULLS LAST, c.indicator
