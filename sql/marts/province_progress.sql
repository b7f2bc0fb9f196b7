-- Tiến độ từng chỉ tiêu ở từng tỉnh vào từng ngày báo cáo; giá trị gần nhất được giữ cho đến khi có báo cáo mới. | Progress of each indicator in each province on each reporting day; the last value holds until a newer report.
-- grain: province_code, indicator, as_of_on
-- refresh: as_of_on
-- columns:
--   province_code: Mã tỉnh, thành phố | Province code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày báo cáo mà dòng này mô tả | Reporting day
--   value: Tổng giá trị các đơn vị đã báo cáo; trống là chưa báo cáo | Sum over units that reported; NULL = not reported
--   target: Mục tiêu theo quy tắc của chỉ tiêu; trống nếu không có | Target by the indicator's rule; NULL if none
--   progress_pct: Giá trị trên mục tiêu (%), không chặn ở 100 | Value of target (%), not clamped
--   reported_unit_count: Số đơn vị có giá trị đến ngày này | Units with a value by this day
--   expected_unit_count: Số đơn vị được tính | Units that can count
--   stale_unit_count: Trong số có giá trị, số chưa báo cáo lại cho ngày này | Of those with a value, not reported anew for this day
--   floor_value: Cận dưới: đơn vị chưa báo cáo coi như chưa làm | Lower bound: missing units not done
--   ceiling_value: Cận trên: đơn vị chưa báo cáo như đơn vị đã báo cáo | Upper bound: missing units like reporting ones
--   last_reported_on: Ngày báo cáo gần nhất của tỉnh cho chỉ tiêu | Newest day that the province reported the indicator
--   origin: Nguồn; có một giá trị mô phỏng là simulated | Origin; one simulated value makes it simulated
WITH newest AS (
    SELECT
        refresh_days.as_of_on,
        current_observations.unit_code,
        current_observations.indicator,
        MAX(current_observations.as_of_on) AS reported_on
    FROM facts.current_observations AS current_observations
    INNER JOIN work.refresh_days AS refresh_days ON current_observations.as_of_on <= refresh_days.as_of_on
    GROUP BY refresh_days.as_of_on, current_observations.unit_code, current_observations.indicator
),

in_force AS (
    SELECT
        newest.as_of_on,
        newest.reported_on,
        current_observations.province_code,
        current_observations.indicator,
        current_observations.value,
        current_observations.origin
    FROM newest
    INNER JOIN facts.current_observations AS current_observations
        ON
            newest.unit_code = current_observations.unit_code
            AND newest.indicator = current_observations.indicator
            AND newest.reported_on = current_observations.as_of_on
),

expected AS (
    SELECT
        refresh_days.as_of_on,
        denominators.province_code,
        denominators.indicator,
        denominators.expected_count
    FROM reference.denominators AS denominators
    INNER JOIN work.refresh_days AS refresh_days
        ON
            denominators.valid_from_on <= refresh_days.as_of_on
            AND (denominators.valid_to_on IS NULL OR refresh_days.as_of_on <= denominators.valid_to_on)
),

totals AS (
    SELECT
        expected.as_of_on,
        expected.province_code,
        expected.indicator,
        expected.expected_count,
        SUM(in_force.value) AS value,
        COUNT(in_force.value) AS reported_unit_count,
        COUNT(in_force.value) FILTER (WHERE in_force.reported_on < in_force.as_of_on) AS stale_unit_count,
        MAX(in_force.reported_on) AS last_reported_on,
        MAX(in_force.origin) AS origin
    FROM expected
    LEFT JOIN in_force
        ON
            expected.as_of_on = in_force.as_of_on
            AND expected.province_code = in_force.province_code
            AND expected.indicator = in_force.indicator
    GROUP BY expected.as_of_on, expected.province_code, expected.indicator, expected.expected_count
),

targets AS (
    SELECT
        totals.as_of_on,
        totals.province_code,
        totals.indicator,
        CASE
            WHEN indicators.target_rule IN ('one_per_commune', 'all_provinces')
                THEN CAST(totals.expected_count AS DOUBLE)
            ELSE companions.value
        END AS target
    FROM totals
    INNER JOIN reference.indicators AS indicators ON totals.indicator = indicators.indicator
    LEFT JOIN totals AS companions
        ON
            indicators.target_rule = companions.indicator
            AND totals.province_code = companions.province_code
            AND totals.as_of_on = companions.as_of_on
)

SELECT
    totals.province_code,
    totals.indicator,
    totals.as_of_on,
    totals.value,
    targets.target,
    100.0 * totals.value / NULLIF(targets.target, 0.0) AS progress_pct,
    totals.reported_unit_count,
    totals.expected_count AS expected_unit_count,
    totals.stale_unit_count,
    totals.value AS floor_value,
    CASE
        WHEN totals.reported_unit_count >= totals.expected_count THEN totals.value
        ELSE
            totals.value * CAST(totals.expected_count AS DOUBLE)
            / CAST(NULLIF(totals.reported_unit_count, 0) AS DOUBLE)
    END AS ceiling_value,
    totals.last_reported_on,
    totals.origin
FROM totals
INNER JOIN targets
    ON
        totals.as_of_on = targets.as_of_on
        AND totals.province_code = targets.province_code
        AND totals.indicator = targets.indicator
