-- One row: how many values were changed by how many restatements of how many provinces, how many statuses changed, and how
-- many restatements took back a completion without a reason; first_on is the first reporting day that any report describes.
SELECT
    count(*) AS value_count, count(DISTINCT restatement) AS restatement_count, count(DISTINCT province_code) AS province_count,
    count(DISTINCT restatement) FILTER (WHERE correction IS NOT NULL) AS correction_count,
    count(DISTINCT restatement) FILTER (WHERE asks_reason AND reason IS NULL) AS asked_count,
    (SELECT min(as_of_on) FROM marts.national_progress WHERE origin <> 'published') AS first_on
FROM marts.restatements
