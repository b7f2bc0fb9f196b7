-- Danh sách đôn đốc, gấp nhất trước | Whom to call, most urgent first
-- question: Hôm nay phải gọi cho địa phương nào trước, về việc gì? | Which provinces should be called first today, and about what?
-- page: chase
-- choose:
-- codes:
-- answer: call_count

SELECT l.rank, p.short_name, i.name_vi, l.reason, l.status, l.due_on, l.days_to_due, l.missing_units, l.effect_pct,
    COUNT(*) OVER () AS call_count
FROM marts.chase_list AS l
INNER JOIN reference.provinces AS p ON p.province_code = l.province_code
INNER JOIN reference.indicators AS i ON i.indicator = l.indicator
ORDER BY l.rank
