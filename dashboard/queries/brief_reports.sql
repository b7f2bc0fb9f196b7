-- One row: the reports of $unit ('VN' is every province) for the newest reporting day, up to the day of the figures, that
-- somebody has sent or that is due.
SELECT
    max(c.as_of_on) AS as_of_on, max(CAST(c.due_at - INTERVAL 1 SECOND AS DATE)) AS due_on, count(*) AS expected,
    count(*) FILTER (WHERE c.status IN ('on_time', 'late')) AS received_count,
    count(*) FILTER (WHERE c.status = 'on_time') AS on_time_count,
    count(*) FILTER (WHERE c.status = 'late') AS late_count,
    count(*) FILTER (WHERE c.status IN ('missing', 'empty')) AS missing_count,
    count(*) FILTER (WHERE c.status = 'not_due') AS waiting_count,
    list(p.short_name ORDER BY c.received_at, p.province_code) FILTER (WHERE c.status = 'late') AS late_names,
    list(p.short_name ORDER BY p.province_code) FILTER (WHERE c.status IN ('missing', 'empty')) AS missing_names,
    max(c.received_at) AS last_received_at, max(c.status) AS status, sum(c.accepted_count) AS accepted_count,
    sum(c.rejected_count) AS rejected_count, max(c.days_late) AS days_late
FROM marts.reporting_coverage AS c
JOIN reference.provinces AS p USING (province_code)
WHERE ($unit = 'VN' OR c.province_code = $unit)
  AND c.as_of_on = (
      SELECT max(r.as_of_on)
      FROM marts.reporting_coverage AS r
      CROSS JOIN reference.run AS run
      WHERE r.status <> 'not_due' AND r.as_of_on <= coalesce(run.as_of_on, CAST(run.known_at AS DATE))
  )
HAVING count(*) > 0
