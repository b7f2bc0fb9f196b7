-- One row per province: its report for the newest reporting day that somebody has sent or that is due. due_on is the last
-- day that is in time.
SELECT c.province_code, p.short_name, c.as_of_on, c.due_at,
    CAST(c.due_at - INTERVAL 1 SECOND AS DATE) AS due_on, c.received_at, c.status, c.days_late
FROM marts.reporting_coverage AS c
JOIN reference.provinces AS p USING (province_code)
WHERE c.as_of_on = (SELECT max(as_of_on) FROM marts.reporting_coverage WHERE status <> 'not_due')
ORDER BY c.province_code
