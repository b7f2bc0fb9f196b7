-- Provinces whose one single-tier centre stands for all their communes, so that the indicator counts none of them.
SELECT
    provinces.short_name,
    denominators.reason
FROM reference.provinces AS provinces
INNER JOIN reference.denominators AS denominators ON provinces.province_code = denominators.province_code
CROSS JOIN reference.run AS run
WHERE
    provinces.has_single_tier_centre
    AND denominators.indicator = $indicator
    AND denominators.expected_count = 0
    AND denominators.valid_from_on <= run.as_of_on
    AND (denominators.valid_to_on IS NULL OR run.as_of_on <= denominators.valid_to_on)
ORDER BY provinces.province_code
