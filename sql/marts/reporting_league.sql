-- Xếp hạng các tỉnh về gửi báo cáo đúng hạn, tính trên các kỳ gần nhất, kèm thay đổi so với kỳ trước. | Provinces ranked by reporting on time over the newest periods, with the change since the period before.
-- grain: province_code, form, as_of_on
-- clearance: derived
-- columns:
--   province_code: Mã tỉnh, thành phố | Province code
--   form: Mã biểu mẫu | Report form
--   as_of_on: Kỳ mà bảng tính đến, đã hết hạn gửi | Period up to which it counts, past its due time
--   rank: Thứ hạng theo tỷ lệ đúng hạn, rồi tỷ lệ đã có số liệu; bằng nhau thì cùng hạng | Rank by share on time, then share with figures; equal ones share a rank
--   tied_count: Số địa phương cùng hạng, kể cả địa phương này | Provinces that share the rank, this one included
--   period_count: Số kỳ được tính | Periods counted
--   on_time_count: Số kỳ gửi đúng hạn | Periods reported on time
--   on_time_pct: Tỷ lệ đúng hạn (%) | Share on time (%)
--   reported_pct: Tỷ lệ kỳ có số liệu, kể cả gửi chậm (%) | Share of periods with figures, late ones included (%)
--   filled_pct: Số ô đã có giá trị trên số ô phải điền (%), không chặn ở 100 | Cells filled of those to be filled (%), not clamped
--   days_late_median: Trung vị số ngày chậm của các kỳ gửi chậm; trống nếu không chậm kỳ nào | Median days late of late periods; NULL if none was late
--   previous_as_of_on: Kỳ ngay trước; trống ở kỳ đầu | The period before; NULL for the first
--   previous_rank: Thứ hạng khi tính đến kỳ trước | Rank as of the period before
--   rank_change: Số bậc tăng (dương) hoặc giảm (âm) so với kỳ trước | Places gained (positive) or lost since the period before
--   on_time_change: Thay đổi tỷ lệ đúng hạn so với kỳ trước (điểm phần trăm) | Change of the share on time since the period before (percentage points)
--   origin: Nguồn của các báo cáo; trống nếu chưa nhận báo cáo nào | Origin of the reports; NULL if none was received
WITH periods AS (
    SELECT
        form,
        as_of_on,
        ROW_NUMBER() OVER (PARTITION BY form ORDER BY as_of_on) AS position,
        LAG(as_of_on) OVER (PARTITION BY form ORDER BY as_of_on) AS previous_as_of_on
    FROM marts.reporting_periods
    WHERE is_due
),

counted AS (
    SELECT
        coverage.province_code,
        periods.form,
        periods.as_of_on,
        periods.previous_as_of_on,
        COUNT(*) AS period_count,
        COUNT(*) FILTER (WHERE coverage.status = 'on_time') AS on_time_count,
        COUNT(*) FILTER (WHERE coverage.status IN ('on_time', 'late')) AS reported_count,
        SUM(coverage.filled_count) AS filled_count,
        SUM(coverage.expected_count) AS expected_count,
        MEDIAN(coverage.days_late) FILTER (WHERE coverage.status = 'late') AS days_late_median,
        MAX(coverage.origin) AS origin
    FROM periods
    INNER JOIN reference.parameters AS parameters ON parameters.parameter = 'league_periods'
    INNER JOIN periods AS earlier
        ON
            periods.form = earlier.form
            AND earlier.position <= periods.position
            AND CAST(earlier.position AS DOUBLE) > CAST(periods.position AS DOUBLE) - parameters.value
    INNER JOIN marts.reporting_coverage AS coverage
        ON earlier.form = coverage.form AND earlier.as_of_on = coverage.as_of_on
    GROUP BY coverage.province_code, periods.form, periods.as_of_on, periods.previous_as_of_on
),

ranked AS (
    SELECT
        province_code,
        form,
        as_of_on,
        previous_as_of_on,
        period_count,
        on_time_count,
        reported_count,
        filled_count,
        expected_count,
        days_late_median,
        origin,
        RANK() OVER (PARTITION BY form, as_of_on ORDER BY on_time_count DESC, reported_count DESC) AS rank,
        COUNT(*) OVER (PARTITION BY form, as_of_on, on_time_count, reported_count) AS tied_count
    FROM counted
)

SELECT
    ranked.province_code,
    ranked.form,
    ranked.as_of_on,
    ranked.rank,
    ranked.tied_count,
    ranked.period_count,
    ranked.on_time_count,
    100.0 * CAST(ranked.on_time_count AS DOUBLE) / CAST(NULLIF(ranked.period_count, 0) AS DOUBLE) AS on_time_pct,
    100.0 * CAST(ranked.reported_count AS DOUBLE) / CAST(NULLIF(ranked.period_count, 0) AS DOUBLE) AS reported_pct,
    100.0 * CAST(ranked.filled_count AS DOUBLE) / CAST(NULLIF(ranked.expected_count, 0) AS DOUBLE) AS filled_pct,
    ranked.days_late_median,
    ranked.previous_as_of_on,
    earlier.rank AS previous_rank,
    earlier.rank - ranked.rank AS rank_change,
    100.0 * CAST(ranked.on_time_count AS DOUBLE) / CAST(NULLIF(ranked.period_count, 0) AS DOUBLE)
    - 100.0 * CAST(earlier.on_time_count AS DOUBLE) / CAST(NULLIF(earlier.period_count, 0) AS DOUBLE) AS on_time_change,
    ranked.origin
FROM ranked
LEFT JOIN ranked AS earlier
    ON
        ranked.province_code = earlier.province_code
        AND ranked.form = earlier.form
        AND ranked.previous_as_of_on = earlier.as_of_on
