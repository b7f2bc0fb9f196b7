-- One row per way in which tasks of provinces changed their status between the last two reporting days ($unit is a province,
-- or 'VN' for all): met, overdue, regressed. Names are provinces for the country and indicators for one province.
WITH days AS (
    SELECT as_of_on, row_number() OVER (ORDER BY as_of_on DESC) AS place
    FROM (SELECT DISTINCT as_of_on FROM marts.national_progress WHERE origin <> 'published')
), judged AS (
    SELECT h.*, d.place
    FROM marts.directive_history AS h
    JOIN days AS d USING (as_of_on)
    WHERE d.place <= 2 AND h.province_code <> 'VN' AND ($unit = 'VN' OR h.province_code = $unit)
), turned AS (
    SELECT
        n.province_code, n.indicator, n.directive,
        CASE
            WHEN n.status IN ('met_on_time', 'met_late') AND b.status NOT IN ('met_on_time', 'met_late') THEN 'met'
            WHEN n.status = 'overdue' AND b.status IN ('on_track', 'at_risk', 'not_due') THEN 'overdue'
            WHEN n.status = 'regressed' AND b.status <> 'regressed' THEN 'regressed'
        END AS kind
    FROM judged AS n
    JOIN judged AS b
        ON b.province_code = n.province_code AND b.directive = n.directive AND b.indicator = n.indicator AND b.place = 2
    WHERE n.place = 1
)
SELECT
    t.kind, count(DISTINCT (t.province_code, t.indicator)) AS task_count, count(DISTINCT t.province_code) AS province_count,
    list(DISTINCT CASE WHEN $unit = 'VN' THEN p.short_name ELSE i.name_vi END ORDER BY CASE WHEN $unit = 'VN' THEN p.short_name ELSE i.name_vi END)
        AS names
FROM turned AS t
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
WHERE t.kind IS NOT NULL
GROUP BY t.kind
ORDER BY list_position(['met', 'overdue', 'regressed'], t.kind)
