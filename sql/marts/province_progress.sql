-- Tiến độ từng chỉ tiêu ở từng tỉnh vào từng ngày báo cáo; giá trị gần nhất được giữ cho đến khi có báo cáo mới, trừ số phát sinh trong kỳ. | Progress of each indicator in each province on each reporting day; the last value holds until a newer report, except counts of a period.
-- grain: province_code, indicator, as_of_on
-- refresh: as_of_on
-- clearance: rows by indicator
-- columns:
--   province_code: Mã tỉnh, thành phố | Province code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày báo cáo mà dòng này mô tả | Reporting day
--   value: Tổng giá trị các đơn vị đã báo cáo; trống là chưa báo cáo | Sum over units that reported; NULL = not reported
--   target: Mục tiêu theo quy tắc của chỉ tiêu; trống nếu không có | Target by the indicator's rule; NULL if none
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
--   rate_flag: Vì sao vượt 100%: more_units_than_expected hoặc value_above_target; trống là không vượt | Why a rate is above 100 %; NULL where none is
--   last_reported_on: Ngày báo cáo gần nhất của tỉnh cho chỉ tiêu | Newest day that the province reported the indicator
--   origin: Nguồn; có một giá trị mô phỏng là simulated | Origin; one simulated value makes it simulated
WITH days AS (
    SELECT
        as_of_on,
        CAST(DATE_TRUNC('month', as_of_on) AS DATE) AS opens_on
    FROM work.refresh_days
),

-- What the month held when it began, and what was reported in it up to the day.
read_days AS (
    SELECT DISTINCT
        days.as_of_on,
        submissions.as_of_on AS reported_on
    FROM days
    INNER JOIN facts.submissions AS submissions
        ON submissions.as_of_on >= days.opens_on AND submissions.as_of_on <= days.as_of_on
),

known AS (
    SELECT
        read_days.as_of_on,
        read_days.reported_on,
        current_observations.unit_code,
        current_observations.province_code,
        current_observations.indicator,
        current_observations.value,
        current_observations.origin
    FROM read_days
    INNER JOIN facts.current_observations AS current_observations
        ON read_days.reported_on = current_observations.as_of_on
    UNION ALL
    SELECT
        days.as_of_on,
        opening_values.reported_on,
        opening_values.unit_code,
        opening_values.province_code,
        opening_values.indicator,
        opening_values.value,
        opening_values.origin
    FROM days
    INNER JOIN facts.opening_values AS opening_values ON days.opens_on = opening_values.opens_on
),

newest AS (
    SELECT
        as_of_on,
        unit_code,
        indicator,
        MAX(reported_on) AS reported_on
    FROM known
    GROUP BY as_of_on, unit_code, indicator
),

-- A unit that has ended is not carried into the days after it.
units AS (
    SELECT
        refresh_days.as_of_on,
        communes.commune_code AS unit_code
    FROM reference.commune_history AS communes
    INNER JOIN work.refresh_days AS refresh_days
        ON
            communes.valid_from_on <= refresh_days.as_of_on
            AND (communes.valid_to_on IS NULL OR refresh_days.as_of_on <= communes.valid_to_on)
    UNION
    SELECT
        refresh_days.as_of_on,
        provinces.province_code AS unit_code
    FROM reference.province_history AS provinces
    INNER JOIN work.refresh_days AS refresh_days
        ON
            provinces.valid_from_on <= refresh_days.as_of_on
            AND (provinces.valid_to_on IS NULL OR refresh_days.as_of_on <= provinces.valid_to_on)
),

in_force AS (
    SELECT
        known.as_of_on,
        known.reported_on,
        known.unit_code,
        known.province_code,
        known.indicator,
        known.value,
        known.origin
    FROM newest
    INNER JOIN known
        ON
            newest.as_of_on = known.as_of_on
            AND newest.unit_code = known.unit_code
            AND newest.indicator = known.indicator
            AND newest.reported_on = known.reported_on
    INNER JOIN units ON newest.as_of_on = units.as_of_on AND newest.unit_code = units.unit_code
    INNER JOIN reference.indicators AS indicators ON newest.indicator = indicators.indicator
    WHERE NOT indicators.is_period_count OR newest.reported_on = newest.as_of_on
),

-- `is_counted`: the target is a number of units, known without any report.
expected AS (
    SELECT
        refresh_days.as_of_on,
        denominators.province_code,
        denominators.indicator,
        denominators.expected_count,
        indicators.target_rule,
        indicators.target_rule IN ('one_per_commune', 'all_provinces') AS is_counted
    FROM reference.denominators AS denominators
    INNER JOIN reference.indicators AS indicators ON denominators.indicator = indicators.indicator
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
        expected.target_rule,
        expected.is_counted,
        SUM(in_force.value) AS value,
        SUM(in_force.value) FILTER (WHERE expected.is_counted OR companions.value IS NOT NULL) AS comparable_value,
        SUM(companions.value) AS comparable_target,
        COUNT(companions.value) AS comparable_unit_count,
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
    LEFT JOIN in_force AS companions
        ON
            expected.target_rule = companions.indicator
            AND in_force.as_of_on = companions.as_of_on
            AND in_force.unit_code = companions.unit_code
    GROUP BY
        expected.as_of_on,
        expected.province_code,
        expected.indicator,
        expected.expected_count,
        expected.target_rule,
        expected.is_counted
),

-- Another indicator as target: the sum over every unit that has reported it, also where the value itself is missing.
targets AS (
    SELECT
        totals.as_of_on,
        totals.province_code,
        totals.indicator,
        CASE WHEN totals.is_counted THEN CAST(totals.expected_count AS DOUBLE) ELSE companions.value END AS target,
        CASE
            WHEN totals.is_counted THEN CAST(totals.expected_count AS BIGINT)
            ELSE companions.reported_unit_count
        END AS target_unit_count
    FROM totals
    LEFT JOIN totals AS companions
        ON
            totals.target_rule = companions.indicator
            AND totals.province_code = companions.province_code
            AND totals.as_of_on = companions.as_of_on
),

-- A file that was refused as a whole says nothing of single values: the faults of the one before it still stand.
newest_submissions AS (
    SELECT submissions.submission_id
    FROM facts.submissions AS submissions
    WHERE
        submissions.status IN ('accepted', 'partial', 'rejected')
        AND NOT EXISTS (
            SELECT 1
            FROM facts.rejected_values AS rejected_values
            WHERE rejected_values.submission_id = submissions.submission_id AND rejected_values.severity = 'file'
        )
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY submissions.province_code, submissions.form, submissions.as_of_on
            ORDER BY submissions.received_at DESC, submissions.submission_id DESC
        ) = 1
),

set_aside AS (
    SELECT
        rejected_values.province_code,
        rejected_values.indicator,
        rejected_values.as_of_on,
        rejected_values.source_place
    FROM facts.rejected_values AS rejected_values
    INNER JOIN newest_submissions ON rejected_values.submission_id = newest_submissions.submission_id
    INNER JOIN work.refresh_days AS refresh_days ON rejected_values.as_of_on = refresh_days.as_of_on
    WHERE rejected_values.severity = 'critical'
),

set_aside_counts AS (
    SELECT
        totals.province_code,
        totals.indicator,
        totals.as_of_on,
        COUNT(set_aside.source_place) AS set_aside_count
    FROM totals
    LEFT JOIN set_aside
        ON
            totals.province_code = set_aside.province_code
            AND totals.indicator = set_aside.indicator
            AND totals.as_of_on = set_aside.as_of_on
    GROUP BY totals.province_code, totals.indicator, totals.as_of_on
)

SELECT
    totals.province_code,
    totals.indicator,
    totals.as_of_on,
    totals.value,
    targets.target,
    totals.comparable_value,
    100.0 * totals.comparable_value / NULLIF(targets.target, 0.0) AS progress_pct,
    totals.reported_unit_count,
    totals.expected_count AS expected_unit_count,
    targets.target_unit_count,
    totals.comparable_target,
    totals.comparable_unit_count,
    totals.stale_unit_count,
    set_aside_counts.set_aside_count,
    totals.value AS floor_value,
    CASE
        WHEN totals.is_counted
            THEN totals.value + CAST(GREATEST(totals.expected_count - totals.reported_unit_count, 0) AS DOUBLE)
    END AS ceiling_value,
    100.0 * totals.comparable_value * CAST(targets.target_unit_count AS DOUBLE)
    / NULLIF(targets.target * CAST(GREATEST(totals.expected_count, targets.target_unit_count) AS DOUBLE), 0.0) AS floor_pct,
    CASE
        WHEN totals.is_counted
            THEN
                100.0 * (totals.value + CAST(GREATEST(totals.expected_count - totals.reported_unit_count, 0) AS DOUBLE))
                / NULLIF(targets.target, 0.0)
    END AS ceiling_pct,
    CASE
        WHEN totals.reported_unit_count > totals.expected_count THEN 'more_units_than_expected'
        WHEN totals.comparable_value > targets.target THEN 'value_above_target'
    END AS rate_flag,
    totals.last_reported_on,
    totals.origin
FROM totals
INNER JOIN targets
    ON
        totals.as_of_on = targets.as_of_on
        AND totals.province_code = targets.province_code
        AND totals.indicator = targets.indicator
INNER JOIN set_aside_counts
    ON
        totals.as_of_on = set_aside_counts.as_of_on
        AND totals.province_code = set_aside_counts.province_code
        AND totals.indicator = set_aside_counts.indicator
