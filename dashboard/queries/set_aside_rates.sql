-- One row per province that has reported: of its newest report, and in rates of every report with the oldest first, the
-- values set aside of all that were sent, in percent; recent_pct is that of its newest three together, before_pct that of
-- the three before them.
WITH sent AS (
    SELECT
        c.province_code, c.as_of_on, c.rejected_count, c.accepted_count + c.rejected_count AS sent_count, c.origin,
        row_number() OVER (PARTITION BY c.province_code ORDER BY c.as_of_on DESC) AS newest_first
    FROM marts.reporting_coverage AS c
    WHERE c.accepted_count + c.rejected_count > 0
), rated AS (
    SELECT
        province_code, arg_max(as_of_on, as_of_on) AS as_of_on, arg_max(rejected_count, as_of_on) AS rejected_count,
        arg_max(sent_count, as_of_on) AS sent_count, arg_max(origin, as_of_on) AS origin,
        list(100.0 * rejected_count / sent_count ORDER BY as_of_on) AS rates,
        100.0 * sum(rejected_count) FILTER (WHERE newest_first <= 3)
            / sum(sent_count) FILTER (WHERE newest_first <= 3) AS recent_pct,
        100.0 * sum(rejected_count) FILTER (WHERE newest_first BETWEEN 4 AND 6)
            / sum(sent_count) FILTER (WHERE newest_first BETWEEN 4 AND 6) AS before_pct,
        sum(rejected_count) AS all_rejected_count
    FROM sent
    GROUP BY province_code
)
SELECT
    r.province_code, p.short_name, r.as_of_on, r.rejected_count, r.sent_count, r.rates[-1] AS set_aside_pct, r.rates,
    r.recent_pct, r.before_pct, r.all_rejected_count, r.origin
FROM rated AS r
JOIN reference.provinces AS p USING (province_code)
ORDER BY r.province_code
