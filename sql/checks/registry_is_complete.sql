-- The registry of the day has 34 provinces and 3,321 communes, as set by Resolution 202/2025/QH15 and its followers.
-- asset: reference.communes
SELECT
    counts.province_count,
    counts.commune_count
FROM (
    SELECT
        COUNT(DISTINCT communes.province_code) AS province_count,
        COUNT(*) AS commune_count
    FROM reference.communes AS communes
) AS counts
WHERE counts.province_count <> 34 OR counts.commune_count <> 3321
