-- One row per province and reporting day of $days that is due or reported for: when its report arrived.
SELECT c.province_code, p.short_name, c.as_of_on, c.due_at, c.received_at, c.status, c.days_late, c.revision,
    c.accepted_count, c.rejected_count
FROM marts.reporting_coverage AS c
JOIN reference.provinces AS p USING (province_code)
WHERE c.status <> 'not_due' AND list_contains($days::DATE[], c.as_of_on)
ORDER BY c.province_code, c.as_of_on
