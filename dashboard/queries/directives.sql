-- One row per directive: its wording, and where the country stands by its most urgent indicator
-- (urgency as $statuses orders it, then the lowest progress). A directive without indicators has NULLs there.
-- done_province_count counts provinces that have met every indicator of the directive.
WITH national AS (
    SELECT s.*
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
    d.directive, d.title_vi, d.title_en, d.document_no, d.issued_by, d.issued_on, d.due_on, d.due_inclusive,
    d.due_text_vi, d.source_file, d.source_note,
    n.indicator, i.name_vi, i.name_en, i.unit, n.value, n.target, n.progress_pct, n.expected_pct_today, n.status, n.met_on,
    n.as_of_on, n.reported_unit_count, n.expected_unit_count, n.origin,
    g.stale_unit_count, g.set_aside_count, g.floor_value, g.ceiling_value, g.rate_flag, g.flagged_province_count,
    coalesce(
        n.days_to_due,
        date_diff(
            'day',
            coalesce(run.as_of_on, CAST(run.known_at AS DATE)),
            CASE WHEN d.due_inclusive THEN d.due_on ELSE d.due_on - 1 END
        )
    ) AS days_to_due,
    c.done_province_count, c.province_count
FROM reference.directives AS d
CROSS JOIN reference.run AS run
LEFT JOIN national AS n USING (directive)
LEFT JOIN (
    SELECT *
    FROM marts.national_progress
    QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY as_of_on DESC) = 1
) AS g ON g.indicator = n.indicator
LEFT JOIN reference.indicators AS i ON i.indicator = n.indicator
LEFT JOIN counted AS c USING (directive)
ORDER BY list_position($statuses, n.status) NULLS LAST, d.due_on, d.directive
