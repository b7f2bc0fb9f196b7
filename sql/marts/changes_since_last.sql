-- Thay đổi giữa hai ngày gần nhất trong lịch báo cáo đã có số liệu, theo tỉnh và cả nước (VN). | What changed between the last two days of the reporting calendar with figures, by province and for the country (VN).
-- grain: province_code, indicator
-- clearance: rows by indicator
-- columns:
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày báo cáo gần nhất | Newest reporting day
--   previous_as_of_on: Ngày báo cáo trước đó | Reporting day before it
--   value: Giá trị mới | New value
--   previous_value: Giá trị trước; trống là khi đó chưa báo cáo | Previous value; NULL = not reported then
--   change: Chênh lệch; trống nếu lần đầu báo cáo | Difference; NULL for a first report
--   kind: up, down hoặc first_report | Kind of change
--   origin: Nguồn | Origin
WITH days AS (
    SELECT
        national_progress.as_of_on,
        ROW_NUMBER() OVER (ORDER BY national_progress.as_of_on DESC) AS newest_first
    FROM marts.national_progress AS national_progress
    INNER JOIN reference.reporting_days AS reporting_days ON national_progress.as_of_on = reporting_days.as_of_on
    CROSS JOIN reference.run AS run
    WHERE national_progress.as_of_on <= run.as_of_on
    GROUP BY national_progress.as_of_on
),

progress AS (
    SELECT
        province_code,
        indicator,
        as_of_on,
        value,
        origin
    FROM marts.province_progress
    UNION ALL
    SELECT
        'VN' AS province_code,
        indicator,
        as_of_on,
        value,
        origin
    FROM marts.national_progress
),

pairs AS (
    SELECT
        newer.province_code,
        newer.indicator,
        newer.as_of_on,
        older.as_of_on AS previous_as_of_on,
        newer.value,
        older.value AS previous_value,
        newer.origin
    FROM progress AS newer
    INNER JOIN days AS newest ON newer.as_of_on = newest.as_of_on AND newest.newest_first = 1
    INNER JOIN days AS second ON second.newest_first = 2
    INNER JOIN progress AS older
        ON
            newer.province_code = older.province_code
            AND newer.indicator = older.indicator
            AND second.as_of_on = older.as_of_on
)

SELECT
    province_code,
    indicator,
    as_of_on,
    previous_as_of_on,
    value,
    previous_value,
    value - previous_value AS change,
    CASE
        WHEN previous_value IS NULL THEN 'first_report'
        WHEN value > previous_value THEN 'up'
        ELSE 'down'
    END AS kind,
    origin
FROM pairs
WHERE value IS NOT NULL AND (previous_value IS NULL OR value <> previous_value)
