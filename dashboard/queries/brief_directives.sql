-- One row per directive and indicator of $unit ('VN' is the country), the most urgent directive first; a directive without
-- indicators is one row with NULLs there. done_province_count and province_count are of the country, whatever the unit.
WITH counted AS (
    SELECT
        directive, indicator, count(*) FILTER (WHERE status IN ('met_on_time', 'met_late')) AS done_province_count,
        count(*) AS province_count
    FROM marts.directive_status
    WHERE province_code <> 'VN'
    GROUP BY directive, indicator
), of_unit AS (
    SELECT
        *,
        min(list_position($statuses, status)) OVER (PARTITION BY directive) AS urgency
    FROM marts.directive_status
    WHERE province_code = $unit
)
SELECT
    d.directive, d.title_vi, d.document_no, d.issued_by, t.due_text_vi, t.is_amended, t.last_day_on,
    date_diff('day', coalesce(run.as_of_on, CAST(run.known_at AS DATE)), t.last_day_on) AS days_to_due,
    s.indicator, i.name_vi, i.unit, i.unit_level = 'province' AND i.value_type = 'flag' AS is_yes_no, i.sensitivity,
    s.value, s.target, s.progress_pct, s.status, s.met_on, s.reported_unit_count, s.expected_unit_count, s.origin,
    f.method, f.expected_finish_on, f.early_finish_on, f.late_finish_on, c.done_province_count, c.province_count
FROM reference.directives AS d
CROSS JOIN reference.run AS run
JOIN reference.deadlines AS t
    ON t.directive = d.directive
    AND coalesce(run.as_of_on, CAST(run.known_at AS DATE)) BETWEEN t.valid_from_on AND coalesce(t.valid_to_on, DATE '9999-12-31')
LEFT JOIN of_unit AS s ON s.directive = d.directive
LEFT JOIN reference.indicators AS i ON i.indicator = s.indicator
LEFT JOIN marts.directive_forecast AS f
    ON f.directive = s.directive AND f.indicator = s.indicator AND f.province_code = s.province_code
LEFT JOIN counted AS c ON c.directive = s.directive AND c.indicator = s.indicator
ORDER BY s.urgency NULLS LAST, t.last_day_on, d.directive, list_position($statuses, s.status), s.progress_pct NULLS FIRST, s.indicator
