-- One row per province and task that is late, at risk or unreported there: up to four that are simply done or not, up to two
-- others in which it is behind the country, the furthest first; the country beside it. A task that two directives ask for
-- counts once, by the earlier.
WITH open AS (
    SELECT s.*
    FROM marts.directive_status AS s
    WHERE s.province_code <> 'VN' AND s.status IN ('overdue', 'regressed', 'at_risk', 'not_reported')
    QUALIFY row_number() OVER (PARTITION BY s.province_code, s.indicator ORDER BY s.due_on, s.directive) = 1
)
SELECT
    o.province_code, o.directive, o.indicator, i.name_vi, i.name_en, o.status, o.value, o.target, o.progress_pct, o.days_to_due,
    i.unit_level = 'province' AND i.value_type = 'flag' AS is_yes_no,
    i.sensitivity = 'restricted' AS is_restricted, n.value AS national_value, n.target AS national_target,
    n.progress_pct AS national_pct, c.change
FROM open AS o
JOIN reference.indicators AS i USING (indicator)
JOIN marts.directive_status AS n ON n.directive = o.directive AND n.indicator = o.indicator AND n.province_code = 'VN'
LEFT JOIN marts.changes_since_last AS c ON c.province_code = o.province_code AND c.indicator = o.indicator
WHERE o.progress_pct IS NULL OR o.progress_pct < n.progress_pct
QUALIFY row_number() OVER (
    PARTITION BY o.province_code, is_yes_no
    ORDER BY o.progress_pct IS NULL DESC, n.progress_pct - o.progress_pct DESC NULLS LAST, o.due_on, o.indicator
) <= CASE WHEN is_yes_no THEN 4 ELSE 2 END
ORDER BY o.province_code, o.progress_pct IS NULL DESC, n.progress_pct - o.progress_pct DESC NULLS LAST, o.due_on, o.indicator
