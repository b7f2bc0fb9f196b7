-- One row per province and reporting day with a report: values set aside of all that were sent, in percent; recent_pct is
-- that of the newest three such days together, before_pct that of the three before them.
WITH sent AS (
    SELECT
        c.province_code, p.short_name, c.as_of_on, c.rejected_count, c.accepted_count + c.rejected_count AS sent_count, c.origin,
        row_number() OVER (PARTITION BY c.province_code ORDER BY c.as_of_on DESC) AS newest_first
    FROM marts.reporting_coverage AS c
    JOIN reference.provinces AS p USING (province_code)
    WHERE c.accepted_count + c.rejected_count > 0
)
SELECT
    province_code, short_name, as_of_on, rejected_count, sent_count, 100.0 * rejected_count / sent_count AS set_aside_pct,
    100.0 * sum(rejected_count) FILTER (WHERE newest_first <= 3) OVER province
        / sum(sent_count) FILTER (WHERE newest_first <= 3) OVER province AS recent_pct,
    100.0 * sum(rejected_count) FILTER (WHERE newest_first BETWEEN 4 AND 6) OVER province
        / sum(sent_count) FILTER (WHERE newest_first BETWEEN 4 AND 6) OVER province AS before_pct,
    sum(rejected_count) OVER province AS all_rejected_count, origin
FROM sent
WINDOW province AS (PARTITION BY province_code)
ORDER BY province_code, as_of_on
