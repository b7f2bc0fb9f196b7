-- Điều các tỉnh, các xã báo cáo là đã xong, thuộc chỉ đạo có hạn gần ngày số liệu: nơi để chọn mẫu xác minh. | What provinces and communes report as done, under directives due near the day of the figures: what the verification sample is drawn from.
-- grain: unit_code, indicator
-- clearance: rows by directive, indicator
-- columns:
--   unit_code: Mã xã, phường, đặc khu, hoặc mã tỉnh | Commune or province code
--   indicator: Mã chỉ tiêu | Indicator code
--   province_code: Mã tỉnh, thành phố | Province code
--   unit_name: Tên đơn vị | Name of the unit
--   directive: Chỉ đạo có hạn gần ngày số liệu nhất | Directive due nearest to the day of the figures
--   due_on: Thời hạn của chỉ đạo | Its due date
--   value: Giá trị báo cáo | Value reported
--   target: Mục tiêu của đơn vị | Target of the unit
--   reported_on: Kỳ báo cáo chứa giá trị | Reporting day that holds the value
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
WITH wanted AS (
    SELECT
        statuses.directive,
        statuses.indicator,
        statuses.due_on,
        statuses.target_pct,
        indicators.unit_level
    FROM marts.directive_status AS statuses
    INNER JOIN reference.indicators AS indicators ON statuses.indicator = indicators.indicator
    INNER JOIN reference.parameters AS parameters ON parameters.parameter = 'verification_window_days'
    WHERE statuses.province_code = 'VN' AND ABS(statuses.days_to_due) <= parameters.value
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY statuses.indicator
            ORDER BY ABS(statuses.days_to_due), statuses.days_to_due DESC, statuses.directive
        ) = 1
),

province_values AS (
    SELECT
        progress.province_code,
        progress.indicator,
        progress.value,
        progress.target,
        progress.last_reported_on,
        progress.origin
    FROM marts.province_progress AS progress
    INNER JOIN wanted ON progress.indicator = wanted.indicator AND wanted.unit_level = 'province'
    CROSS JOIN reference.run AS run
    WHERE progress.as_of_on <= run.as_of_on
    QUALIFY
        ROW_NUMBER() OVER (PARTITION BY progress.province_code, progress.indicator ORDER BY progress.as_of_on DESC) = 1
)

SELECT
    progress.commune_code AS unit_code,
    progress.indicator,
    communes.province_code,
    communes.commune_name AS unit_name,
    wanted.directive,
    wanted.due_on,
    progress.value,
    progress.target,
    progress.last_reported_on AS reported_on,
    progress.origin
FROM marts.commune_progress AS progress
INNER JOIN wanted ON progress.indicator = wanted.indicator AND wanted.unit_level = 'commune'
INNER JOIN reference.communes AS communes ON progress.commune_code = communes.commune_code
WHERE progress.value > 0.0 AND 100.0 * progress.value >= wanted.target_pct * progress.target
UNION ALL
SELECT
    province_values.province_code AS unit_code,
    province_values.indicator,
    province_values.province_code,
    provinces.province_name AS unit_name,
    wanted.directive,
    wanted.due_on,
    province_values.value,
    province_values.target,
    province_values.last_reported_on AS reported_on,
    province_values.origin
FROM province_values
INNER JOIN wanted ON province_values.indicator = wanted.indicator
INNER JOIN reference.provinces AS provinces ON province_values.province_code = provinces.province_code
WHERE
    province_values.value > 0.0
    AND 100.0 * province_values.value >= wanted.target_pct * province_values.target
