-- Xếp hạng gửi báo cáo đúng hạn | Punctuality of reports, ranked
-- question: Địa phương nào gửi báo cáo đúng hạn kém nhất, đúng hạn bao nhiêu phần trăm? | Which province is the least punctual, and how often is it in time?
-- page: reports
-- choose:
-- codes:
-- answer: on_time_pct

SELECT l.rank, p.short_name, l.on_time_pct, l.on_time_count, l.period_count, l.reported_pct, l.filled_pct,
    l.days_late_median, l.as_of_on, l.origin
FROM marts.reporting_league AS l
INNER JOIN reference.provinces AS p ON p.province_code = l.province_code
WHERE l.as_of_on = (SELECT MAX(n.as_of_on) FROM marts.reporting_league AS n)
ORDER BY l.rank DESC, p.province_code
