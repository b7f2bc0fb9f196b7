-- One row per reported indicator: the newest value of $province_code, its place in the form, its change.
SELECT
    i.indicator, i."group" AS topic, i.name_vi, i.name_en, i.unit, i.unit_level, i.value_type,
    i.sensitivity = 'restricted' AS is_restricted, g.as_of_on, g.value, g.target,
    g.progress_pct, g.reported_unit_count, g.expected_unit_count, g.last_reported_on, g.stale_unit_count,
    g.set_aside_count, g.floor_value, g.ceiling_value, g.floor_pct, g.ceiling_pct, g.rate_flag, g.origin, c.change,
    n.progress_pct AS national_pct
FROM reference.indicators AS i
LEFT JOIN (
    SELECT *
    FROM marts.province_progress
    WHERE province_code = $province_code
    QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY as_of_on DESC) = 1
) AS g USING (indicator)
LEFT JOIN marts.changes_since_last AS c ON c.indicator = i.indicator AND c.province_code = $province_code
LEFT JOIN (
    SELECT *
    FROM marts.national_progress
    QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY as_of_on DESC) = 1
) AS n ON n.indicator = i.indicator
WHERE i.form_sheet IS NOT NULL AND i.form_sheet <> ''
ORDER BY i.form_sheet, i.indicator
