-- Số của tỉnh và cả nước cho một ngày trước và sau mỗi lần gửi lại hay đính chính, mọi số khác như đang biết. | The figure of a province and the country for a day before and after each restatement, everything else as known now.
-- grain: restatement, province_code, indicator, as_of_on
-- refresh: as_of_on
-- clearance: rows by indicator
-- columns:
--   restatement: Lần gửi mới, hoặc mã đính chính của Bộ | The new submission, or the Ministry's correction
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày mà số liệu phản ánh | Day that the figure describes
--   restated_at: Thời điểm biết thay đổi | When the change was learned
--   changed_unit_count: Số đơn vị có giá trị đổi | Units whose value changed
--   effect: Thay đổi của tổng | Change of the sum
--   value_before: Tổng trước lần này | Sum before this restatement
--   value_after: Tổng sau lần này | Sum after it
--   target: Mục tiêu như đang biết | Target as known now
--   target_unit_count: Số đơn vị đã biết mục tiêu | Units whose target is known
--   expected_unit_count: Số đơn vị được tính | Units that can count
--   origin: Nguồn | Origin
WITH figures AS (
    SELECT
        province_progress.province_code,
        province_progress.province_code AS counted_in,
        province_progress.indicator,
        province_progress.as_of_on,
        province_progress.value,
        province_progress.target,
        province_progress.target_unit_count,
        province_progress.expected_unit_count
    FROM marts.province_progress AS province_progress
    INNER JOIN work.refresh_days AS refresh_days ON province_progress.as_of_on = refresh_days.as_of_on
    WHERE province_progress.expected_unit_count > 0
    UNION ALL
    SELECT
        provinces.province_code,
        'VN' AS counted_in,
        national_progress.indicator,
        national_progress.as_of_on,
        national_progress.value,
        national_progress.target,
        national_progress.target_unit_count,
        national_progress.expected_unit_count
    FROM marts.national_progress AS national_progress
    INNER JOIN work.refresh_days AS refresh_days ON national_progress.as_of_on = refresh_days.as_of_on
    INNER JOIN marts.province_progress AS provinces
        ON
            national_progress.indicator = provinces.indicator
            AND national_progress.as_of_on = provinces.as_of_on
            AND provinces.expected_unit_count > 0
),

changes AS (
    SELECT
        restated_values.restatement,
        figures.counted_in AS province_code,
        restated_values.indicator,
        restated_values.as_of_on,
        figures.value,
        figures.target,
        figures.target_unit_count,
        figures.expected_unit_count,
        MAX(restated_values.restated_at) AS restated_at,
        COUNT(*) AS changed_unit_count,
        SUM(restated_values.new_value - restated_values.old_value) AS effect,
        MAX(restated_values.origin) AS origin
    FROM facts.restated_values AS restated_values
    INNER JOIN figures
        ON
            restated_values.province_code = figures.province_code
            AND restated_values.indicator = figures.indicator
            AND restated_values.as_of_on = figures.as_of_on
    GROUP BY
        restated_values.restatement,
        figures.counted_in,
        restated_values.indicator,
        restated_values.as_of_on,
        figures.value,
        figures.target,
        figures.target_unit_count,
        figures.expected_unit_count
),

unwound AS (
    SELECT
        restatement,
        province_code,
        indicator,
        as_of_on,
        restated_at,
        changed_unit_count,
        effect,
        target,
        target_unit_count,
        expected_unit_count,
        origin,
        value - SUM(effect) OVER (
            PARTITION BY province_code, indicator, as_of_on
            ORDER BY restated_at DESC, restatement DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS value_before
    FROM changes
)

SELECT
    restatement,
    province_code,
    indicator,
    as_of_on,
    restated_at,
    changed_unit_count,
    effect,
    value_before,
    value_before + effect AS value_after,
    target,
    target_unit_count,
    expected_unit_count,
    origin
FROM unwound
