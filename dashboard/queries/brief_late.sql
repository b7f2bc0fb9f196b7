-- One row per indicator whose deadline has passed or is near and that some provinces have not met: how many, and which of
-- them, those first whose share of the national gap is largest. Of several directives the earliest deadline counts.
WITH behind AS (
    SELECT s.*
    FROM marts.directive_status AS s
    WHERE s.province_code <> 'VN'
      AND (s.status IN ('overdue', 'regressed', 'at_risk') OR (s.status = 'not_reported' AND s.days_to_due < 0))
    QUALIFY row_number() OVER (PARTITION BY s.province_code, s.indicator ORDER BY s.last_day_on, s.directive) = 1
)
SELECT
    b.indicator, i.name_vi, min(b.days_to_due) AS days_to_due, count(*) AS province_count,
    count(*) FILTER (WHERE b.status IN ('overdue', 'regressed')) AS late_count,
    count(*) FILTER (WHERE b.status = 'at_risk') AS risk_count,
    count(*) FILTER (WHERE b.status = 'not_reported') AS silent_count,
    list(p.short_name ORDER BY c.effect_pct DESC NULLS LAST, b.progress_pct NULLS FIRST, b.province_code) AS names
FROM behind AS b
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN marts.chase_list AS c
    ON c.province_code = b.province_code AND c.indicator = b.indicator AND c.directive = b.directive
GROUP BY b.indicator, i.name_vi
ORDER BY days_to_due, province_count DESC, b.indicator
