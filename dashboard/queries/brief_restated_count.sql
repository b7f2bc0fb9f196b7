-- One row: how many restatements of how many values and provinces arrived for $unit ('VN' is every province) after the last
-- but one reporting day, and that day.
WITH days AS (
    SELECT as_of_on, row_number() OVER (ORDER BY as_of_on DESC) AS place
    FROM (SELECT DISTINCT as_of_on FROM marts.national_progress WHERE origin <> 'published')
), since AS (
    SELECT max(as_of_on) FILTER (WHERE place = 2) AS previous_on
    FROM days
)
SELECT
    any_value(since.previous_on) AS previous_on, count(DISTINCT r.restatement) AS restatement_count,
    count(r.restatement) AS value_count, count(DISTINCT r.province_code) AS province_count,
    count(r.restatement) FILTER (WHERE r.asks_reason AND r.reason IS NULL) AS asked_count
FROM since
LEFT JOIN marts.restatements AS r
    ON CAST(r.restated_at AS DATE) > since.previous_on AND ($unit = 'VN' OR r.province_code = $unit)
