-- One row per province: its report for the newest period that somebody has sent or that is due, how long it is waited for,
-- and how it usually reports (the periods of the league); who is missing on top.
SELECT
    c.province_code, p.short_name, c.as_of_on, c.due_at, c.received_at, c.status, c.days_late, c.accepted_count, c.rejected_count, c.origin,
    CASE WHEN c.status IN ('missing', 'empty') THEN date_diff('day', CAST(c.due_at - INTERVAL 1 SECOND AS DATE), CAST(run.known_at AS DATE)) END
        AS waiting_days,
    l.on_time_pct, l.on_time_count, l.days_late_median, l.period_count,
    (SELECT max(s.as_of_on) FROM facts.submissions AS s WHERE s.province_code = c.province_code AND s.accepted_count > 0)
        AS newest_reported_on
FROM marts.reporting_coverage AS c
CROSS JOIN reference.run AS run
JOIN reference.provinces AS p USING (province_code)
LEFT JOIN marts.reporting_league AS l
    ON l.province_code = c.province_code AND l.as_of_on = (SELECT max(as_of_on) FROM marts.reporting_league)
WHERE c.as_of_on = (SELECT max(as_of_on) FROM marts.reporting_coverage WHERE status <> 'not_due')
ORDER BY
    list_position(['missing', 'empty', 'not_due', 'late', 'on_time'], c.status), l.on_time_pct, c.days_late DESC NULLS LAST, c.province_code
