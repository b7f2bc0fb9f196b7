-- One row per province that has something late, at risk or unreported, in the order of the call list on the first page
-- (most late tasks first); first_task is what to speak of first, with its reason, by the order of marts.chase_list.
WITH tasks AS (
    SELECT
        s.province_code, s.status, s.progress_pct,
        row_number() OVER (
            PARTITION BY s.province_code
            ORDER BY list_position($statuses, s.status), s.progress_pct NULLS FIRST, s.directive, s.indicator
        ) AS place
    FROM marts.directive_status AS s
    WHERE s.province_code <> 'VN'
), counted AS (
    SELECT
        province_code,
        count(*) FILTER (WHERE status IN ('overdue', 'regressed')) AS late_count,
        count(*) FILTER (WHERE status = 'at_risk') AS risk_count,
        count(*) FILTER (WHERE status = 'not_reported') AS unreported_count,
        min(progress_pct) FILTER (WHERE place = 1) AS worst_pct
    FROM tasks
    GROUP BY province_code
), first_call AS (
    SELECT province_code, indicator, reason
    FROM marts.chase_list
    QUALIFY row_number() OVER (PARTITION BY province_code ORDER BY rank) = 1
)
SELECT
    c.province_code, p.short_name, p.region_name, c.late_count, c.risk_count, c.unreported_count, i.name_vi AS first_task, f.reason,
    r.as_of_on AS report_on, r.status AS report_status
FROM counted AS c
JOIN reference.provinces AS p USING (province_code)
LEFT JOIN first_call AS f USING (province_code)
LEFT JOIN reference.indicators AS i ON i.indicator = f.indicator
LEFT JOIN marts.reporting_coverage AS r
    ON r.province_code = c.province_code
    AND r.as_of_on = (
        SELECT max(n.as_of_on)
        FROM marts.reporting_coverage AS n
        CROSS JOIN reference.run AS run
        WHERE n.status <> 'not_due' AND n.as_of_on <= coalesce(run.as_of_on, CAST(run.known_at AS DATE))
    )
WHERE c.late_count + c.risk_count + c.unreported_count > 0
ORDER BY c.late_count DESC, c.unreported_count DESC, c.risk_count DESC, c.worst_pct NULLS FIRST, c.province_code
