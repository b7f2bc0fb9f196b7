-- One row per province: its newest share in $indicator, the lowest first and those without a report on top.
SELECT p.province_code, p.short_name, g.as_of_on, g.value, g.target, g.progress_pct, g.origin
FROM reference.provinces AS p
LEFT JOIN (
    SELECT *
    FROM marts.province_progress
    WHERE indicator = $indicator
    QUALIFY row_number() OVER (PARTITION BY province_code ORDER BY as_of_on DESC) = 1
) AS g USING (province_code)
WHERE g.target IS NULL OR g.target > 0
ORDER BY g.progress_pct NULLS FIRST, p.province_code
