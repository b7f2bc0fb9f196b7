-- One row per province: its place over the newest periods that are due.
SELECT
    l.rank, l.tied_count, l.rank_change, l.province_code, p.short_name, l.as_of_on, l.period_count, l.on_time_count,
    l.on_time_pct, l.on_time_change, l.reported_pct, l.filled_pct, l.days_late_median, l.previous_as_of_on, l.origin
FROM marts.reporting_league AS l
JOIN reference.provinces AS p USING (province_code)
WHERE l.as_of_on = (SELECT max(as_of_on) FROM marts.reporting_league)
ORDER BY l.rank, l.province_code
