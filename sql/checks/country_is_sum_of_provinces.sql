-- Every national value and target is the sum of its provinces, and no reporting province is missing from it.
-- asset: marts.national_progress
SELECT
    national_progress.indicator,
    national_progress.as_of_on,
    national_progress.value,
    provinces.value AS province_sum,
    national_progress.target,
    provinces.target AS province_target_sum
FROM marts.national_progress AS national_progress
INNER JOIN (
    SELECT
        indicator,
        as_of_on,
        SUM(value) AS value,
        SUM(target) AS target
    FROM marts.province_progress
    GROUP BY indicator, as_of_on
) AS provinces
    ON national_progress.indicator = provinces.indicator AND national_progress.as_of_on = provinces.as_of_on
WHERE
    national_progress.value IS DISTINCT FROM provinces.value
    OR national_progress.target IS DISTINCT FROM provinces.target
