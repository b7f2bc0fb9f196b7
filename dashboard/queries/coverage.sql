-- One row per province and reporting day of the calendar: when its report arrived.
SELECT c.province_code, p.short_name, c.as_of_on, c.due_at, c.received_at, c.status, c.days_late, c.revision,
    c.accepted_count, c.rejected_count
FROM marts.reporting_coverage AS c
JOIN reference.provinces AS p USING (province_code)
ORDER BY c.province_code, c.as_of_on
