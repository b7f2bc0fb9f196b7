-- One row per indicator whose national value changed since the last reporting day; largest share of its target first.
-- Counts of a period (dossiers received since the last report) are left out: they start anew each time.
SELECT
    c.indicator, i.name_vi, i.name_en, i.unit, c.as_of_on, c.previous_as_of_on, c.value, c.previous_value, c.change, c.kind,
    n.target, n.progress_pct, c.origin, i.sensitivity = 'restricted' AS is_restricted
FROM marts.changes_since_last AS c
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN marts.national_progress AS n ON n.indicator = c.indicator AND n.as_of_on = c.as_of_on
WHERE c.province_code = 'VN' AND c.kind <> 'first_report' AND NOT i.is_period_count
ORDER BY abs(c.change) / nullif(n.target, 0) DESC NULLS LAST, c.indicator
