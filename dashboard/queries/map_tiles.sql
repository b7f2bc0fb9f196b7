-- One row per province with its place on the tile map and its state: its most urgent task under $directive,
-- or under any directive where $directive is ''. Counts say how many of its tasks are late, at risk, unreported.
WITH ranked AS (
    SELECT
        s.province_code, s.directive, s.indicator, s.status, s.progress_pct, s.value, s.target,
        row_number() OVER (
            PARTITION BY s.province_code
            ORDER BY list_position($statuses, s.status), s.progress_pct NULLS FIRST, s.directive, s.indicator
        ) AS place,
        count(*) OVER (PARTITION BY s.province_code) AS task_count,
        count(*) FILTER (WHERE s.status IN ('overdue', 'regressed')) OVER (PARTITION BY s.province_code) AS late_count,
        count(*) FILTER (WHERE s.status = 'at_risk') OVER (PARTITION BY s.province_code) AS risk_count,
        count(*) FILTER (WHERE s.status = 'not_reported') OVER (PARTITION BY s.province_code) AS unreported_count,
        count(*) FILTER (WHERE s.status IN ('met_on_time', 'met_late')) OVER (PARTITION BY s.province_code) AS met_count
    FROM marts.directive_status AS s
    WHERE s.province_code <> 'VN' AND ($directive = '' OR s.directive = $directive)
)
SELECT
    p.province_code, p.short_name, p.province_name, p.tile_row, p.tile_column,
    r.directive, r.indicator, d.title_vi, d.title_en, i.name_vi, i.name_en,
    i.unit_level = 'province' AND i.value_type = 'flag' AS is_yes_no, i.sensitivity = 'restricted' AS is_restricted,
    r.status, r.progress_pct, r.value, r.target,
    coalesce(r.task_count, 0) AS task_count, coalesce(r.late_count, 0) AS late_count,
    coalesce(r.risk_count, 0) AS risk_count, coalesce(r.unreported_count, 0) AS unreported_count,
    coalesce(r.met_count, 0) AS met_count, c.change
FROM reference.provinces AS p
LEFT JOIN ranked AS r ON r.province_code = p.province_code AND r.place = 1
LEFT JOIN reference.directives AS d ON d.directive = r.directive
LEFT JOIN reference.indicators AS i ON i.indicator = r.indicator
LEFT JOIN marts.changes_since_last AS c ON c.province_code = r.province_code AND c.indicator = r.indicator
ORDER BY r.late_count DESC NULLS LAST, r.unreported_count DESC, r.risk_count DESC, r.progress_pct NULLS FIRST, p.province_code
