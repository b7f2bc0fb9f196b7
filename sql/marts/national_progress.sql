-- Tiến độ từng chỉ tiêu của cả nước vào từng ngày báo cáo. | Progress of each indicator for the country on each reporting day.
-- grain: indicator, as_of_on
-- refresh: as_of_on
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
--   stale_unit_count: Trong số có giá trị, số chưa báo cáo lại cho ngày này | Of those with a value, not reported anew for this day
--   set_aside_count: Số giá trị của ngày này đang để riêng chờ sửa | Values of this day set aside
--   floor_value: Cận dưới: đơn vị chưa báo cáo coi như chưa làm | Lower bound: missing units not done
--   ceiling_value: Cận trên: đơn vị chưa báo cáo như đơn vị đã báo cáo | Upper bound: missing units like reporting ones
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
        SUM(province_progress.target_unit_count) AS target_unit_count,
        SUM(province_progress.stale_unit_count) AS stale_unit_count,
        COUNT(*) FILTER (WHERE province_progress.value > 0) AS province_count,
        COUNT(*) FILTER (WHERE province_progress.value IS NOT NULL) AS reported_province_count,
        MAX(province_progress.origin) AS origin
    FROM marts.province_progress AS province_progress
    INNER JOIN work.refresh_days AS refresh_days ON province_progress.as_of_on = refresh_days.as_of_on
    GROUP BY province_progress.indicator, province_progress.as_of_on
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
        totals.indicator,
        totals.as_of_on,
        COUNT(set_aside.source_place) AS set_aside_count
    FROM totals
    LEFT JOIN set_aside
        ON totals.indicator = set_aside.indicator AND totals.as_of_on = set_aside.as_of_on
    GROUP BY totals.indicator, totals.as_of_on
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
    CAST(totals.stale_unit_count AS BIGINT) AS stale_unit_count,
    set_aside_counts.set_aside_count,
    totals.value AS floor_value,
    CASE
        WHEN totals.reported_unit_count >= totals.expected_unit_count THEN totals.value
        ELSE
            totals.value * CAST(totals.expected_unit_count AS DOUBLE)
            / CAST(NULLIF(totals.reported_unit_count, 0) AS DOUBLE)
    END AS ceiling_value,
    totals.province_count,
    totals.reported_province_count,
    totals.origin
FROM totals
INNER JOIN set_aside_counts
    ON totals.indicator = set_aside_counts.indicator AND totals.as_of_on = set_aside_counts.as_of_on
