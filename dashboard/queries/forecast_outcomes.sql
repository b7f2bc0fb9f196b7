-- One row: of all forecasts with a range that this database has made before a target was met, how many are decided (met, or
-- past the late end without being met), how many of these came within the range, how many are still open.
WITH made AS (
    SELECT
        s.met_on BETWEEN f.early_finish_on AND coalesce(f.late_finish_on, DATE '9999-12-31') AS is_inside,
        s.met_on IS NOT NULL OR coalesce(f.late_finish_on < s.as_of_on, false) AS is_decided
    FROM marts.forecast_history AS f
    JOIN marts.directive_status AS s
        ON s.directive = f.directive AND s.province_code = f.province_code AND s.indicator = f.indicator
    WHERE f.early_finish_on IS NOT NULL AND (s.met_on IS NULL OR f.as_of_on < s.met_on)
)
SELECT
    count(*) FILTER (WHERE is_decided) AS decided_count, count(*) FILTER (WHERE is_inside) AS inside_count,
    100.0 * inside_count / nullif(decided_count, 0) AS inside_pct, count(*) FILTER (WHERE NOT is_decided) AS open_count
FROM made
