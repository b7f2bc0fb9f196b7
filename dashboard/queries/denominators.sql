-- One row per reason for a denominator on the day of the figures: how many units in which provinces, of which indicators;
-- exceptions first.
WITH valid AS (
    SELECT d.*
    FROM reference.denominators AS d
    CROSS JOIN reference.run AS run
    WHERE coalesce(run.as_of_on, CAST(run.known_at AS DATE)) BETWEEN d.valid_from_on AND coalesce(d.valid_to_on, DATE '9999-12-31')
), whole AS (
    SELECT reason, indicator, sum(expected_count) AS expected_count
    FROM valid
    GROUP BY reason, indicator
)
SELECT
    v.reason, count(DISTINCT v.indicator) AS indicator_count, count(DISTINCT v.province_code) AS province_count,
    list(DISTINCT p.short_name ORDER BY p.short_name) AS provinces, list(DISTINCT i.name_vi ORDER BY i.name_vi) AS names_vi,
    list(DISTINCT i.name_en ORDER BY i.name_en) AS names_en, max(w.expected_count) AS expected_count
FROM valid AS v
JOIN whole AS w ON w.reason = v.reason AND w.indicator = v.indicator
JOIN reference.provinces AS p ON p.province_code = v.province_code
JOIN reference.indicators AS i ON i.indicator = v.indicator
WHERE v.reason <> ''
GROUP BY v.reason
ORDER BY province_count, v.reason
