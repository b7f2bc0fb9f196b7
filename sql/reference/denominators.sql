-- Số đơn vị được tính cho mỗi chỉ tiêu ở mỗi tỉnh, kèm lý do. | How many units each indicator can count in each province, with the reason.
-- grain: indicator, province_code, valid_from_on
-- columns:
--   indicator: Mã chỉ tiêu | Indicator code
--   province_code: Mã tỉnh, thành phố | Province code
--   expected_count: Số đơn vị được tính | Units that can count
--   reason: Lý do | Reason
--   valid_from_on: Từ ngày | First day
--   valid_to_on: Đến hết ngày, trống nếu còn hiệu lực | Last day, NULL while it holds
SELECT
    indicators.indicator,
    provinces.province_code,
    CASE
        WHEN exceptions.indicator IS NOT NULL THEN exceptions.expected_count
        WHEN indicators.unit_level = 'commune' THEN provinces.commune_count
        ELSE 1
    END AS expected_count,
    CASE
        WHEN exceptions.indicator IS NOT NULL THEN exceptions.reason
        WHEN indicators.unit_level = 'commune' THEN 'Mỗi xã, phường, đặc khu một đơn vị'
        ELSE 'Mỗi tỉnh, thành phố một đơn vị'
    END AS reason,
    GREATEST(provinces.valid_from_on, COALESCE(exceptions.valid_from_on, provinces.valid_from_on)) AS valid_from_on,
    CASE
        WHEN provinces.valid_to_on IS NULL THEN exceptions.valid_to_on
        WHEN exceptions.valid_to_on IS NULL THEN provinces.valid_to_on
        ELSE LEAST(provinces.valid_to_on, exceptions.valid_to_on)
    END AS valid_to_on
FROM reference.indicators AS indicators
CROSS JOIN reference.province_history AS provinces
LEFT JOIN reference.denominator_exceptions AS exceptions
    ON
        indicators.indicator = exceptions.indicator
        AND provinces.province_code = exceptions.province_code
        AND exceptions.valid_from_on <= COALESCE(provinces.valid_to_on, DATE '9999-12-31')
        AND provinces.valid_from_on <= COALESCE(exceptions.valid_to_on, DATE '9999-12-31')
WHERE indicators.form_sheet IS NOT NULL
