-- The days on which reports arrived, and the days that they describe: what a reader can go back to.
SELECT
    min(CAST(received_at AS DATE)) AS first_known_on,
    list(DISTINCT as_of_on) FILTER (WHERE accepted_count > 0) AS reported_days
FROM facts.submissions
