-- One row per indicator that is reported: the newest state of $unit ('VN' is the country), with coverage and change.
-- province_count and reported_province_count are NULL for one province; national_pct is the country's share.
WITH progress AS (
    SELECT
        'VN' AS unit_code, indicator, as_of_on, value, target, progress_pct, reported_unit_count, expected_unit_count,
        stale_unit_count, set_aside_count, province_count, reported_province_count, origin
    FROM marts.national_progress
    UNION ALL
    SELECT
        province_code, indicator, as_of_on, value, target, progress_pct, reported_unit_count, expected_unit_count,
        stale_unit_count, set_aside_count, NULL, NULL, origin
    FROM marts.province_progress
), newest AS (
    SELECT *
    FROM progress
    WHERE unit_code = $unit
    QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY as_of_on DESC) = 1
)
SELECT
    i.indicator, i.name_vi, i."group" AS topic, i.unit, i.unit_level, i.value_type, i.sensitivity, n.as_of_on, n.value, n.target,
    n.target - n.value AS open_value, n.progress_pct, n.reported_unit_count, n.expected_unit_count, n.stale_unit_count, n.set_aside_count, n.province_count,
    n.reported_province_count, n.origin, c.change, c.previous_as_of_on, country.progress_pct AS national_pct
FROM reference.indicators AS i
LEFT JOIN newest AS n USING (indicator)
LEFT JOIN marts.changes_since_last AS c ON c.indicator = i.indicator AND c.province_code = $unit
LEFT JOIN (
    SELECT *
    FROM marts.national_progress
    QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY as_of_on DESC) = 1
) AS country ON country.indicator = i.indicator
WHERE i.form_sheet IS NOT NULL AND i.form_sheet <> ''
ORDER BY i.form_sheet, i.indicator
