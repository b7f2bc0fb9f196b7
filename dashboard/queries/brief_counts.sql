-- One row: how many directives of $unit ('VN' is the country) are late, at risk, in time, done or unreported by their most
-- urgent indicator (in the order of $statuses), and the same for single tasks (directive and indicator).
WITH tasks AS (
    SELECT directive, status, list_position($statuses, status) AS urgency
    FROM marts.directive_status
    WHERE province_code = $unit
), directives AS (
    SELECT d.directive, min_by(s.status, s.urgency) AS status
    FROM reference.directives AS d
    LEFT JOIN tasks AS s USING (directive)
    GROUP BY d.directive
)
SELECT
    count(*) AS directive_count,
    count(*) FILTER (WHERE status IN ('overdue', 'regressed')) AS late_count,
    count(*) FILTER (WHERE status = 'at_risk') AS risk_count,
    count(*) FILTER (WHERE status IN ('on_track', 'not_due')) AS going_count,
    count(*) FILTER (WHERE status IN ('met_on_time', 'met_late')) AS met_count,
    count(*) FILTER (WHERE status = 'not_reported') AS unreported_count,
    count(*) FILTER (WHERE status IS NULL) AS unmeasured_count,
    (SELECT count(*) FROM tasks) AS task_count,
    (SELECT count(*) FROM tasks WHERE status IN ('overdue', 'regressed')) AS late_task_count,
    (SELECT count(*) FROM tasks WHERE status = 'at_risk') AS risk_task_count,
    (SELECT count(*) FROM tasks WHERE status IN ('met_on_time', 'met_late')) AS met_task_count,
    (SELECT count(*) FROM tasks WHERE status IN ('on_track', 'not_due')) AS going_task_count,
    (SELECT count(*) FROM tasks WHERE status = 'not_reported') AS unreported_task_count
FROM directives
