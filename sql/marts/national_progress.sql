-- Tiến độ từng chỉ tiêu của cả nước vào từng ngày báo cáo. | Progress of each indicator for the country on each reporting day.
-- grain: indicator, as_of_on
-- refresh: as_of_on
-- clearance: rows by indicator
-- columns:
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày báo cáo mà dòng này mô tả | Reporting day
--   value: Tổng giá trị các đơn vị đã báo cáo; trống là chưa có báo cáo nào | Sum over units that reported; NULL = no report
--   target: Mục tiêu cả nước: cộng của các tỉnh đã biết; trống nếu không có | Sum of the known targets; NULL if none
--   comparable_value: Phần giá trị của các đơn vị đã biết mục tiêu | Part of the value from units whose target is known
--   progress_pct: comparable_value trên mục tiêu (%), không chặn ở 100 | comparable_value of target (%), not clamped
--   reported_unit_count: Số đơn vị có giá trị đến ngày này | Units with a value by this day
--   expected_unit_count: Số đơn vị được tính | Units that can count
--   target_unit_count: Số đơn vị đã biết mục tiêu; trống nếu chỉ tiêu không có | Units whose target is known; NULL if none
--   comparable_target: Mục tiêu của các đơn vị có cả giá trị và mục tiêu; trống nếu mục tiêu là số đơn vị | Target of the units with both; NULL where the target is a number of units
--   comparable_unit_count: Số đơn vị có cả giá trị và mục tiêu; 0 nếu mục tiêu là số đơn vị | Units with both; 0 where the target is a number of units
--   stale_unit_count: Trong số có giá trị, số chưa báo cáo lại cho ngày này | Of those with a value, not reported anew for this day
--   set_aside_count: Số giá trị của ngày này đang để riêng chờ sửa | Values of this day set aside
--   floor_value: Cận dưới: đơn vị chưa báo cáo coi như chưa làm | Lower bound: missing units not done
--   ceiling_value: Cận trên: mọi đơn vị chưa báo cáo coi như đã có; trống với số đếm, vì một đơn vị có thể có nhiều | Upper bound: every missing unit has it; NULL for counts, where nobody knows the most that a unit can have
--   floor_pct: Cận dưới của tiến độ (%): phần thiếu coi như chưa làm, mục tiêu chưa biết lấy bằng mức trung bình | Lower bound of progress (%): missing not done, an unknown target like the average
--   ceiling_pct: Cận trên của tiến độ (%): theo ceiling_value; trống với số đếm | Upper bound of progress (%), by ceiling_value; NULL for counts
--   rate_flag: Vì sao vượt 100%: more_units_than_expected hoặc value_above_target; trống là không vượt | Why the country's rate is above 100 %; NULL where it is not
--   flagged_province_count: Số tỉnh, thành phố có tỷ lệ vượt 100% | Provinces with a rate above 100 %
--   province_count: Số tỉnh, thành phố có giá trị lớn hơn 0 | Provinces with a value above 0
--   reported_province_count: Số tỉnh, thành phố đã có báo cáo | Provinces that have reported
--   origin: Nguồn; có một giá trị mô phỏng là simulated | Origin; one simulated value makes it simulated
WITH totals AS (
    SELECT
        province_progress.indicator,
        province_progress.as_of_on,
        SUM(province_progress.value) AS value,
        SUM(province_progress.target) AS target,
        SUM(province_progress.comparable_value) AS comparable_value,
        SUM(province_progress.reported_unit_count) AS reported_unit_count,
        SUM(province_progress.expected_unit_count) AS expected_unit_count,
        SUM(GREATEST(province_progress.expected_unit_count - province_progress.reported_unit_count, 0)) AS missing_unit_count,
        SUM(province_progress.target_unit_count) AS target_unit_count,
        SUM(province_progress.comparable_target) AS comparable_target,
        SUM(province_progress.comparable_unit_count) AS comparable_unit_count,
        SUM(province_progress.stale_unit_count) AS stale_unit_count,
        SUM(province_progress.set_aside_count) AS set_aside_count,
        COUNT(province_progress.rate_flag) AS flagged_province_count,
        COUNT(*) FILTER (WHERE province_progress.value > 0) AS province_count,
        COUNT(*) FILTER (WHERE province_progress.value IS NOT NULL) AS reported_province_count,
        MAX(province_progress.origin) AS origin
    FROM marts.province_progress AS province_progress
    INNER JOIN work.refresh_days AS refresh_days ON province_progress.as_of_on = refresh_days.as_of_on
    GROUP BY province_progress.indicator, province_progress.as_of_on
)

SELECT
    totals.indicator,
    totals.as_of_on,
    totals.value,
    totals.target,
    totals.comparable_value,
    100.0 * totals.comparable_value / NULLIF(totals.target, 0.0) AS progress_pct,
    CAST(totals.reported_unit_count AS BIGINT) AS reported_unit_count,
    CAST(totals.expected_unit_count AS BIGINT) AS expected_unit_count,
    CAST(totals.target_unit_count AS BIGINT) AS target_unit_count,
    totals.comparable_target,
    CAST(totals.comparable_unit_count AS BIGINT) AS comparable_unit_count,
    CAST(totals.stale_unit_count AS BIGINT) AS stale_unit_count,
    CAST(totals.set_aside_count AS BIGINT) AS set_aside_count,
    totals.value AS floor_value,
    CASE
        WHEN indicators.target_rule IN ('one_per_commune', 'all_provinces')
            THEN totals.value + CAST(totals.missing_unit_count AS DOUBLE)
    END AS ceiling_value,
    100.0 * totals.comparable_value * CAST(totals.target_unit_count AS DOUBLE)
    / NULLIF(totals.target * CAST(GREATEST(totals.expected_unit_count, totals.target_unit_count) AS DOUBLE), 0.0) AS floor_pct,
    CASE
        WHEN indicators.target_rule IN ('one_per_commune', 'all_provinces')
            THEN
                100.0 * (totals.value + CAST(totals.missing_unit_count AS DOUBLE)) / NULLIF(totals.target, 0.0)
    END AS ceiling_pct,
    CASE
        WHEN totals.reported_unit_count > totals.expected_unit_count THEN 'more_units_than_expected'
        WHEN totals.comparable_value > totals.target THEN 'value_above_target'
    END AS rate_flag,
    totals.flagged_province_count,
    totals.province_count,
    totals.reported_province_count,
    totals.origin
FROM totals
INNER JOIN reference.indicators AS indicators ON totals.indicator = indicators.indicator
