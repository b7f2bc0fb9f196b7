-- One row per indicator and turn since the report before the newest (done: met now and not then; late: past its day or
-- fallen back now and not then): the provinces that took it. An indicator of two directives counts by the earlier deadline.
WITH days AS (
    SELECT max(as_of_on) AS newest_on, max(previous_as_of_on) AS previous_on FROM marts.changes_since_last
), two_days AS (
    SELECT newest_on AS as_of_on FROM days
    UNION
    SELECT previous_on FROM days
), judged AS (
    SELECT
        h.province_code, h.indicator, h.as_of_on, h.due_on, h.status IN ('met_on_time', 'met_late') AS is_done,
        h.status IN ('overdue', 'regressed') AS is_late
    FROM marts.directive_history AS h
    SEMI JOIN two_days USING (as_of_on)
    WHERE h.province_code <> 'VN'
    QUALIFY row_number() OVER (PARTITION BY h.province_code, h.indicator, h.as_of_on ORDER BY h.due_on, h.directive) = 1
), turned AS (
    SELECT n.province_code, n.indicator, CASE WHEN n.is_done THEN 'done' ELSE 'late' END AS turn
    FROM judged AS n
    JOIN days ON days.newest_on = n.as_of_on
    JOIN judged AS b ON b.as_of_on = days.previous_on AND b.province_code = n.province_code AND b.indicator = n.indicator
    WHERE (n.is_done AND NOT b.is_done) OR (n.is_late AND NOT b.is_late)
)
SELECT
    t.turn, t.indicator, i.name_vi, i.name_en, any_value(i.sensitivity) = 'restricted' AS is_restricted, count(*) AS province_count,
    list(p.short_name ORDER BY p.province_code) AS names
FROM turned AS t
JOIN reference.indicators AS i USING (indicator)
JOIN reference.provinces AS p USING (province_code)
GROUP BY t.turn, t.indicator, i.name_vi, i.name_en
ORDER BY t.turn = 'late' DESC, province_count DESC, t.indicator
