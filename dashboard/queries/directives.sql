-- One row per directive: its deadline in force on the day of the figures, and where the country stands by its most
-- urgent indicator (urgency as $statuses orders it, then the lowest progress), with the forecast for that one. A
-- directive without indicators has NULLs there.
-- done_province_count counts provinces that have met every indicator of the directive; met_on is the day of the last one.
WITH national AS (
    SELECT s.*, max(s.met_on) OVER (PARTITION BY s.directive) AS last_met_on
    FROM marts.directive_status AS s
    WHERE s.province_code = 'VN'
    QUALIFY row_number() OVER (
        PARTITION BY s.directive
        ORDER BY list_position($statuses, s.status), s.progress_pct NULLS FIRST, s.indicator
    ) = 1
), per_province AS (
    SELECT directive, province_code, bool_and(status IN ('met_on_time', 'met_late')) AS is_done
    FROM marts.directive_status
    WHERE province_code <> 'VN'
    GROUP BY directive, province_code
), counted AS (
    SELECT directive, count(*) FILTER (WHERE is_done) AS done_province_count, count(*) AS province_count
    FROM per_province
    GROUP BY directive
)
SELECT
    d.directive, d.title_vi, d.title_en, d.document_no, d.issued_by, d.issued_on, t.due_on, t.last_day_on,
    t.last_day_on = t.due_on AS due_inclusive, t.due_text_vi, t.is_amended, d.source_file, d.source_note,
    coalesce(d.issued_on, DATE '2025-07-01') AS started_on,
    n.indicator, i.name_vi, i.name_en, i.unit, i.sensitivity = 'restricted' AS is_restricted,
    n.value, n.target, n.progress_pct, n.expected_pct_today, n.status,
    CASE WHEN n.status IN ('met_on_time', 'met_late') THEN n.last_met_on END AS met_on,
    n.as_of_on, n.reported_unit_count, n.expected_unit_count, n.origin, n.working_days_to_due, n.chance_on_time_pct,
    f.method, f.expected_finish_on, f.early_finish_on, f.late_finish_on,
    g.stale_unit_count, g.set_aside_count, g.floor_value, g.ceiling_value, g.rate_flag, g.flagged_province_count,
    coalesce(
        n.days_to_due, date_diff('day', coalesce(run.as_of_on, CAST(run.known_at AS DATE)), t.last_day_on)
    ) AS days_to_due,
    c.done_province_count, c.province_count
FROM reference.directives AS d
CROSS JOIN reference.run AS run
JOIN reference.deadlines AS t
    ON t.directive = d.directive
    AND coalesce(run.as_of_on, CAST(run.known_at AS DATE)) BETWEEN t.valid_from_on AND coalesce(t.valid_to_on, DATE '9999-12-31')
LEFT JOIN national AS n ON n.directive = d.directive
LEFT JOIN marts.directive_forecast AS f
    ON f.directive = n.directive AND f.indicator = n.indicator AND f.province_code = 'VN'
LEFT JOIN (
    SELECT *
    FROM marts.national_progress
    QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY as_of_on DESC) = 1
) AS g ON g.indicator = n.indicator
LEFT JOIN reference.indicators AS i ON i.indicator = n.indicator
LEFT JOIN counted AS c ON c.directive = d.directive
ORDER BY list_position($statuses, n.status) NULLS LAST, t.due_on, d.directive
