-- One row: on $today, which reporting day should be the newest, and how many due days came after $newest_on.
SELECT
    max(as_of_on) AS expected_on,
    count(*) FILTER (WHERE $newest_on::DATE IS NULL OR as_of_on > $newest_on::DATE) AS missing_day_count
FROM reference.reporting_days
WHERE due_on < $today
