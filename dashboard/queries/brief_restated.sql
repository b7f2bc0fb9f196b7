-- One row per restatement of $unit ('VN' is every province) that arrived after the last but one reporting day, newest first.
WITH days AS (
    SELECT as_of_on, row_number() OVER (ORDER BY as_of_on DESC) AS place
    FROM (SELECT DISTINCT as_of_on FROM marts.national_progress WHERE origin <> 'published')
)
SELECT
    r.restatement, r.province_code, p.short_name, r.as_of_on, r.restated_at, max(r.correction) AS correction,
    count(*) AS changed_count, count(DISTINCT r.indicator) AS indicator_count,
    count(*) FILTER (WHERE r.asks_reason AND r.reason IS NULL) AS asked_count,
    list(DISTINCT i.name_vi ORDER BY i.name_vi) AS names
FROM marts.restatements AS r
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
WHERE ($unit = 'VN' OR r.province_code = $unit)
  AND CAST(r.restated_at AS DATE) > (SELECT max(as_of_on) FROM days WHERE place = 2)
GROUP BY r.restatement, r.province_code, p.short_name, r.as_of_on, r.restated_at
ORDER BY r.restated_at DESC, r.restatement
