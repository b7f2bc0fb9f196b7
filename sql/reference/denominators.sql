-- Số đơn vị được tính cho mỗi chỉ tiêu ở mỗi tỉnh, kèm lý do. | How many units each indicator can count in each province, with the reason.
-- grain: indicator, province_code, valid_from_on
-- clearance: rows by indicator; texts reason
-- columns:
--   indicator: Mã chỉ tiêu | Indicator code
--   province_code: Mã tỉnh, thành phố | Province code
--   expected_count: Số đơn vị được tính | Units that can count
--   reason: Lý do | Reason
--   valid_from_on: Từ ngày | First day
--   valid_to_on: Đến hết ngày, trống nếu còn hiệu lực | Last day, NULL while it holds
WITH periods AS (
    SELECT
        indicators.indicator,
        indicators.unit_level,
        provinces.province_code,
        provinces.commune_count,
        provinces.valid_from_on,
        provinces.valid_to_on
    FROM reference.indicators AS indicators
    CROSS JOIN reference.province_history AS provinces
    WHERE indicators.form_sheet IS NOT NULL
),

-- The count may change on the first day of a province's row, of an exception, and on the day after an exception.
starts AS (
    SELECT
        indicator,
        province_code,
        valid_from_on
    FROM periods
    UNION
    SELECT
        indicator,
        province_code,
        valid_from_on
    FROM reference.denominator_exceptions
    UNION
    SELECT
        indicator,
        province_code,
        valid_to_on + 1 AS valid_from_on
    FROM reference.denominator_exceptions
    WHERE valid_to_on IS NOT NULL
),

spans AS (
    SELECT
        indicator,
        province_code,
        valid_from_on,
        LEAD(valid_from_on) OVER (PARTITION BY indicator, province_code ORDER BY valid_from_on) - 1 AS valid_to_on
    FROM starts
)

SELECT
    spans.indicator,
    spans.province_code,
    CASE
        WHEN exceptions.indicator IS NOT NULL THEN exceptions.expected_count
        WHEN periods.unit_level = 'commune' THEN periods.commune_count
        ELSE 1
    END AS expected_count,
    CASE
        WHEN exceptions.indicator IS NOT NULL THEN exceptions.reason
        WHEN periods.unit_level = 'commune' THEN 'Mỗi xã, phường, đặc khu một đơn vị'
        ELSE 'Mỗi tỉnh, thành phố một đơn vị'
    END AS reason,
    spans.valid_from_on,
    CASE
        WHEN periods.valid_to_on IS NULL THEN spans.valid_to_on
        WHEN spans.valid_to_on IS NULL THEN periods.valid_to_on
        ELSE LEAST(periods.valid_to_on, spans.valid_to_on)
    END AS valid_to_on
FROM spans
INNER JOIN periods
    ON
        spans.indicator = periods.indicator
        AND spans.province_code = periods.province_code
        AND periods.valid_from_on <= spans.valid_from_on
        AND (periods.valid_to_on IS NULL OR spans.valid_from_on <= periods.valid_to_on)
LEFT JOIN reference.denominator_exceptions AS exceptions
    ON
        spans.indicator = exceptions.indicator
        AND spans.province_code = exceptions.province_code
        AND exceptions.valid_from_on <= spans.valid_from_on
        AND (exceptions.valid_to_on IS NULL OR spans.valid_from_on <= exceptions.valid_to_on)
