-- Tình trạng thực hiện từng chỉ đạo, theo chỉ tiêu, ở từng tỉnh và cả nước (VN), vào ngày số liệu; không có dòng cho tỉnh không có đơn vị được tính. | State of each directive, by indicator, in each province and the country (VN), on the day of the figures; no row where a province has no unit that counts.
-- grain: directive, province_code, indicator
-- columns:
--   directive: Mã chỉ đạo | Directive
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   indicator: Mã chỉ tiêu | Indicator code
--   due_on: Thời hạn ghi trong chỉ đạo | Due date as worded
--   last_day_on: Ngày cuối còn đúng hạn ("trước ngày" không tính ngày đó) | Last day that is in time ("trước" excludes the day)
--   value: Giá trị mới nhất; trống là chưa báo cáo | Newest value; NULL = not reported
--   target: Mục tiêu | Target
--   progress_pct: Giá trị trên mục tiêu (%), không chặn ở 100; trống nếu mục tiêu là 0 | Value of target (%), not clamped; NULL where the target is 0
--   target_pct: Tỷ lệ chỉ đạo yêu cầu (%) | Share that the directive asks for (%)
--   met_on: Ngày đạt: ngày hoàn thành tỉnh ghi, nếu không thì ngày báo cáo đầu tiên của đợt đạt hiện nay; cả nước là ngày của tỉnh cuối cùng | Day it was met: completion date given, otherwise first reporting day of the present spell; for the country that of the last province
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
        province_code,
        indicator,
        as_of_on,
        value,
        target,
        progress_pct,
        reported_unit_count,
        expected_unit_count,
        target_unit_count,
        origin
    FROM marts.province_progress
    UNION ALL
    SELECT
        'VN' AS province_code,
        indicator,
        as_of_on,
        value,
        target,
        progress_pct,
        reported_unit_count,
        expected_unit_count,
        target_unit_count,
        origin
    FROM marts.national_progress
),

units AS (
    SELECT
        denominators.province_code,
        denominators.indicator
    FROM reference.denominators AS denominators
    CROSS JOIN reference.run AS run
    WHERE
        denominators.expected_count > 0
        AND denominators.valid_from_on <= run.as_of_on
        AND (denominators.valid_to_on IS NULL OR run.as_of_on <= denominators.valid_to_on)
    UNION ALL
    SELECT
        'VN' AS province_code,
        indicator
    FROM reference.indicators
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
    INNER JOIN units ON directive_indicators.indicator = units.indicator
    CROSS JOIN reference.run AS run
),

-- Met only where every unit's target is known: half the communes at 100 % say nothing of the other half, and prove
-- half of the province (`proven_pct`).
-- A target of 0 (no obstacle raised, none left to resolve) is met as it stands, but nothing was reached by it that
-- could be lost again.
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
        progress.progress_pct * CAST(progress.target_unit_count AS DOUBLE)
        / CAST(NULLIF(progress.expected_unit_count, 0) AS DOUBLE) AS proven_pct,
        progress.origin,
        CASE
            WHEN
                progress.value IS NOT NULL
                AND progress.target_unit_count >= progress.expected_unit_count
                AND (progress.progress_pct >= tasks.target_pct OR progress.target = 0.0)
                THEN 1
            ELSE 0
        END AS is_met,
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
        MIN(as_of_on) FILTER (WHERE is_met = 1 AND target > 0.0) AS first_reached_on
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

-- The newest completion date within the present spell: a later report that leaves it blank does not withdraw it.
evidence AS (
    SELECT
        present_spells.directive,
        present_spells.province_code,
        present_spells.indicator,
        current_observations.done_on,
        current_observations.evidence
    FROM present_spells
    CROSS JOIN reference.run AS run
    INNER JOIN facts.current_observations AS current_observations
        ON
            present_spells.province_code = current_observations.unit_code
            AND present_spells.indicator = current_observations.indicator
            AND current_observations.as_of_on >= present_spells.met_since_on
            AND current_observations.as_of_on <= run.as_of_on
    WHERE current_observations.done_on IS NOT NULL OR current_observations.evidence IS NOT NULL
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY present_spells.directive, present_spells.province_code, present_spells.indicator
            ORDER BY
                CASE WHEN current_observations.done_on IS NULL THEN 1 ELSE 0 END,
                current_observations.as_of_on DESC
        ) = 1
),

completions AS (
    SELECT
        present_spells.directive,
        present_spells.province_code,
        present_spells.indicator,
        COALESCE(evidence.done_on, present_spells.met_since_on) AS met_on,
        CASE WHEN evidence.done_on IS NULL THEN 'first_report' ELSE 'evidence' END AS met_basis,
        evidence.evidence
    FROM present_spells
    LEFT JOIN evidence
        ON
            present_spells.directive = evidence.directive
            AND present_spells.province_code = evidence.province_code
            AND present_spells.indicator = evidence.indicator
),

-- The country has met what all provinces have met, on the day of the last of them; one first report makes the basis
-- first_report (MAX of the two words).
provinces AS (
    SELECT
        tasks.directive,
        tasks.indicator,
        MAX(completions.met_on) AS met_on,
        MAX(completions.met_basis) AS met_basis
    FROM tasks
    LEFT JOIN completions
        ON
            tasks.directive = completions.directive
            AND tasks.province_code = completions.province_code
            AND tasks.indicator = completions.indicator
    WHERE tasks.province_code <> 'VN'
    GROUP BY tasks.directive, tasks.indicator
    HAVING COUNT(*) = COUNT(completions.met_on)
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
        newest.proven_pct,
        newest.origin,
        newest.is_met,
        spells.first_reached_on,
        CASE
            WHEN tasks.province_code = 'VN' AND provinces.met_on IS NOT NULL AND newest.is_met = 1 THEN provinces.met_on
            ELSE completions.met_on
        END AS met_on,
        CASE
            WHEN tasks.province_code = 'VN' AND provinces.met_on IS NOT NULL AND newest.is_met = 1
                THEN provinces.met_basis
            ELSE completions.met_basis
        END AS met_basis,
        completions.evidence,
        CAST(date_diff('day', tasks.as_of_on, tasks.last_day_on) AS INTEGER) AS days_to_due,
        tasks.target_pct * GREATEST(
            0.0,
            LEAST(
                1.0,
                CAST(date_diff('day', tasks.started_on, tasks.as_of_on) AS DOUBLE)
                / CAST(NULLIF(date_diff('day', tasks.started_on, tasks.last_day_on), 0) AS DOUBLE)
            )
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
    LEFT JOIN completions
        ON
            tasks.directive = completions.directive
            AND tasks.province_code = completions.province_code
            AND tasks.indicator = completions.indicator
    LEFT JOIN provinces ON tasks.directive = provinces.directive AND tasks.indicator = provinces.indicator
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
    evidence,
    expected_pct_today,
    days_to_due,
    reported_unit_count,
    expected_unit_count,
    as_of_on,
    CASE
        WHEN is_met = 1 AND met_on <= last_day_on THEN 'met_on_time'
        WHEN is_met = 1 THEN 'met_late'
        WHEN value IS NULL OR progress_pct IS NULL THEN 'not_reported'
        WHEN first_reached_on IS NOT NULL THEN 'regressed'
        WHEN days_to_due < 0 THEN 'overdue'
        WHEN days_to_due > 180 THEN 'not_due'
        WHEN proven_pct < expected_pct_today OR days_to_due <= 7 THEN 'at_risk'
        ELSE 'on_track'
    END AS status,
    origin
FROM judged
