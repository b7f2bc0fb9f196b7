-- No province that has reported an indicator has lost it on a later day: values are carried forward.
-- Counts of a period are not carried. Values end with their unit, so redrawn provinces are left out.
-- asset: marts.province_progress
SELECT
    later.province_code,
    later.indicator,
    later.as_of_on
FROM marts.province_progress AS later
INNER JOIN (
    SELECT
        province_code,
        indicator,
        MIN(as_of_on) AS first_on
    FROM marts.province_progress
    WHERE value IS NOT NULL
    GROUP BY province_code, indicator
) AS earliest
    ON later.province_code = earliest.province_code AND later.indicator = earliest.indicator
INNER JOIN reference.indicators AS indicators ON later.indicator = indicators.indicator
WHERE
    later.value IS NULL
    AND NOT indicators.is_period_count
    AND later.as_of_on > earliest.first_on
    AND NOT EXISTS (
        SELECT 1
        FROM reference.commune_history AS communes
        WHERE
            communes.province_code = later.province_code
            AND communes.valid_to_on >= earliest.first_on
            AND communes.valid_to_on < later.as_of_on
    )
