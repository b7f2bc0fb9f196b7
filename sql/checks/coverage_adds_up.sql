-- Units reported, expected, carried over and values set aside of the country are the sums over its provinces.
-- asset: marts.national_progress
SELECT
    national_progress.indicator,
    national_progress.as_of_on,
    national_progress.reported_unit_count,
    national_progress.expected_unit_count,
    national_progress.stale_unit_count,
    national_progress.set_aside_count
FROM marts.national_progress AS national_progress
INNER JOIN (
    SELECT
        indicator,
        as_of_on,
        SUM(reported_unit_count) AS reported_unit_count,
        SUM(expected_unit_count) AS expected_unit_count,
        SUM(stale_unit_count) AS stale_unit_count,
        SUM(set_aside_count) AS set_aside_count
    FROM marts.province_progress
    GROUP BY indicator, as_of_on
) AS provinces
    ON national_progress.indicator = provinces.indicator AND national_progress.as_of_on = provinces.as_of_on
WHERE
    national_progress.reported_unit_count IS DISTINCT FROM provinces.reported_unit_count
    OR national_progress.expected_unit_count IS DISTINCT FROM provinces.expected_unit_count
    OR national_progress.stale_unit_count IS DISTINCT FROM provinces.stale_unit_count
    OR national_progress.set_aside_count IS DISTINCT FROM provinces.set_aside_count
