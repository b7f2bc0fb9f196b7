-- One row per indicator of $indicators: its newest national value, with coverage and names, in the order given.
SELECT
    n.indicator, i.name_vi, i.name_en, i.unit, i.unit_level, i.value_type, n.as_of_on, n.value, n.target, n.progress_pct,
    n.reported_unit_count, n.expected_unit_count, n.stale_unit_count, n.set_aside_count, n.floor_value, n.ceiling_value, n.rate_flag,
    n.flagged_province_count, n.province_count, n.origin
FROM marts.national_progress AS n
JOIN reference.indicators AS i USING (indicator)
WHERE list_contains($indicators, n.indicator)
QUALIFY row_number() OVER (PARTITION BY n.indicator ORDER BY n.as_of_on DESC) = 1
ORDER BY list_position($indicators, n.indicator)
