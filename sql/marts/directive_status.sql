-- Tình trạng thực hiện từng chỉ đạo, theo chỉ tiêu, ở từng tỉnh và cả nước (VN), vào ngày số liệu. | State of each directive, by indicator, in each province and the country (VN), on the day of the figures.
-- grain: directive, province_code, indicator
-- columns:
--   directive: Mã chỉ đạo | Directive
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   indicator: Mã chỉ tiêu | Indicator code
--   due_on: Thời hạn ghi trong chỉ đạo | Due date as worded
--   last_day_on: Ngày cuối còn đúng hạn ("trước ngày" không tính ngày đó) | Last day that is in time ("trước" excludes the day)
--   value: Giá trị mới nhất; trống là chưa báo cáo | Newest value; NULL = not reported
--   target: Mục tiêu | Target
--   progress_pct: Giá trị trên mục tiêu (%), không chặn ở 100 | Value of target (%), not clamped
--   target_pct: Tỷ lệ chỉ đạo yêu cầu (%) | Share that the directive asks for (%)
--   met_on: Ngày đạt: ngày hoàn thành tỉnh ghi, nếu không thì ngày báo cáo đầu tiên của đợt đạt hiện nay | Day it was met: completion date given, otherwise first reporting day of the present spell
--   met_basis: evidence (ngày hoàn thành tỉnh ghi) hoặc first_report (ngày báo cáo đầu tiên) | What met_on rests on
--   evidence: Số, ký hiệu văn bản | Document number
--   expected_pct_today: Tỷ lệ cần đạt vào ngày số liệu nếu tiến đều từ đầu kỳ | Share needed by now at an even pace
--   days_to_due: Số ngày còn lại đến ngày cuối; âm là đã quá hạn | Days left to the last day; negative = past it
--   reported_unit_count: Số đơn vị có giá trị | Units with a value
--   expected_unit_count: Số đơn vị được tính | Units that can count
--   as_of_on: Ngày số liệu | Day of the figures
--   status: met_on_time, met_late, on_track, at_risk, overdue, regressed, not_reported, not_due | Status
--   origin: Nguồn của giá trị | Origin of the value
WITH progress AS (
    SELECT
        province_progress.province_code,
        province_progress.indicator,
        province_progress.as_of_on,
        province_progress.value,
        province_progress.target,
        province_progress.progress_pct,
        province_progress.reported_unit_count,
        province_progress.expected_unit_count,
        province_progress.origin
    FROM marts.province_progress AS province_progress
    UNION ALL
    SELECT
        'VN' AS province_code,
        national_progress.indicator,
        national_progress.as_of_on,
        national_progress.value,
        national_progress.target,
        national_progress.progress_pct,
        national_progress.reported_unit_count,
        national_progress.expected_unit_count,
        national_progress.origin
    FROM marts.national_progress AS national_progress
),

units AS (
    SELECT provinces.province_code FROM reference.provinces AS provinces
    UNION ALL
    SELECT 'VN' AS province_code
),

tasks AS (
    SELECT
        directives.directive,
        directive_indicators.indicator,
        units.province_code,
        directives.due_on,
        CASE WHEN directives.due_inclusive THEN directives.due_on ELSE directives.due_on - 1 END AS last_day_on,
        COALESCE(directives.issued_on, DATE '2025-07-01') AS started_on,
        directives.target_pct,
        run.as_of_on
    FROM reference.directives AS directives
    INNER JOIN reference.directive_indicators AS directive_indicators
        ON directives.directive = directive_indicators.directive
    CROSS JOIN units
    CROSS JOIN reference.run AS run
),

history AS (
    SELECT
        tasks.directive,
        tasks.province_code,
        tasks.indicator,
        progress.as_of_on,
        progress.value,
        progress.target,
        progress.progress_pct,
        progress.reported_unit_count,
        progress.expected_unit_count,
        progress.origin,
        CASE WHEN progress.progress_pct >= tasks.target_pct THEN 1 ELSE 0 END AS is_met,
        ROW_NUMBER() OVER (
            PARTITION BY tasks.directive, tasks.province_code, tasks.indicator
            ORDER BY progress.as_of_on DESC
        ) AS newest_first
    FROM tasks
    INNER JOIN progress
        ON
            tasks.province_code = progress.province_code
            AND tasks.indicator = progress.indicator
            AND progress.as_of_on <= tasks.as_of_on
),

spells AS (
    SELECT
        directive,
        province_code,
        indicator,
        MAX(as_of_on) FILTER (WHERE is_met = 0) AS last_unmet_on,
        MIN(as_of_on) FILTER (WHERE is_met = 1) AS first_met_on
    FROM history
    GROUP BY directive, province_code, indicator
),

present_spells AS (
    SELECT
        history.directive,
        history.province_code,
        history.indicator,
        MIN(history.as_of_on) AS met_since_on
    FROM history
    INNER JOIN spells
        ON
            history.directive = spells.directive
            AND history.province_code = spells.province_code
            AND history.indicator = spells.indicator
    WHERE history.is_met = 1 AND (spells.last_unmet_on IS NULL OR history.as_of_on > spells.last_unmet_on)
    GROUP BY history.directive, history.province_code, history.indicator
),

evidence AS (
    SELECT
        current_observations.province_code,
        current_observations.indicator,
        current_observations.done_on,
        current_observations.evidence
    FROM facts.current_observations AS current_observations
    CROSS JOIN reference.run AS run
    WHERE current_observations.unit_level = 'province' AND current_observations.as_of_on <= run.as_of_on
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY current_observations.province_code, current_observations.indicator
            ORDER BY current_observations.as_of_on DESC
        ) = 1
),

judged AS (
    SELECT
        tasks.directive,
        tasks.province_code,
        tasks.indicator,
        tasks.due_on,
        tasks.last_day_on,
        tasks.target_pct,
        tasks.as_of_on,
        newest.value,
        newest.target,
        newest.progress_pct,
        newest.reported_unit_count,
        newest.expected_unit_count,
        newest.origin,
        newest.is_met,
        spells.first_met_on,
        CASE WHEN newest.is_met = 1 THEN COALESCE(evidence.done_on, present_spells.met_since_on) END AS met_on,
        CASE
            WHEN newest.is_met = 1 AND evidence.done_on IS NOT NULL THEN 'evidence'
            WHEN newest.is_met = 1 THEN 'first_report'
        END AS met_basis,
        evidence.evidence,
        CAST(date_diff('day', tasks.as_of_on, tasks.last_day_on) AS INTEGER) AS days_to_due,
        tasks.target_pct * LEAST(
            1.0,
            CAST(date_diff('day', tasks.started_on, tasks.as_of_on) AS DOUBLE)
            / CAST(NULLIF(date_diff('day', tasks.started_on, tasks.last_day_on), 0) AS DOUBLE)
        ) AS expected_pct_today
    FROM tasks
    LEFT JOIN history AS newest
        ON
            tasks.directive = newest.directive
            AND tasks.province_code = newest.province_code
            AND tasks.indicator = newest.indicator
            AND newest.newest_first = 1
    LEFT JOIN spells
        ON
            tasks.directive = spells.directive
            AND tasks.province_code = spells.province_code
            AND tasks.indicator = spells.indicator
    LEFT JOIN present_spells
        ON
            tasks.directive = present_spells.directive
            AND tasks.province_code = present_spells.province_code
            AND tasks.indicator = present_spells.indicator
    LEFT JOIN evidence
        ON tasks.province_code = evidence.province_code AND tasks.indicator = evidence.indicator
)

SELECT
    directive,
    province_code,
    indicator,
    due_on,
    last_day_on,
    value,
    target,
    progress_pct,
    target_pct,
    met_on,
    met_basis,
    CASE WHEN is_met = 1 THEN evidence END AS evidence,
    expected_pct_today,
    days_to_due,
    reported_unit_count,
    expected_unit_count,
    as_of_on,
    CASE
        WHEN value IS NULL OR progress_pct IS NULL THEN 'not_reported'
        WHEN is_met = 1 AND met_on <= last_day_on THEN 'met_on_time'
        WHEN is_met = 1 THEN 'met_late'
        WHEN first_met_on IS NOT NULL THEN 'regressed'
        WHEN days_to_due < 0 THEN 'overdue'
        WHEN days_to_due > 180 THEN 'not_due'
        WHEN progress_pct < expected_pct_today OR days_to_due <= 7 THEN 'at_risk'
        ELSE 'on_track'
    END AS status,
    origin
FROM judged
