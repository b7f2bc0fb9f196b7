-- Tình trạng từng chỉ đạo, theo chỉ tiêu, ở từng tỉnh và cả nước (VN), vào từng ngày báo cáo và ngày số liệu, theo thời hạn có hiệu lực ngày đó. | State of each directive, by indicator, in each province and the country (VN), on each reporting day and the day of the figures, by the deadline that held on it.
-- grain: directive, province_code, indicator, as_of_on
-- refresh: as_of_on
-- turns: day
-- carries: directive VARCHAR, province_code VARCHAR, indicator VARCHAR, as_of_on DATE, value DOUBLE, target DOUBLE, comparable_value DOUBLE, progress_pct DOUBLE, reported_unit_count HUGEINT, expected_unit_count HUGEINT, target_unit_count HUGEINT, is_met INTEGER, met_since_on DATE, done_on DATE, evidence VARCHAR, reached_value DOUBLE, reported_on DATE, origin VARCHAR
-- clearance: rows by directive, indicator; texts evidence
-- columns:
--   directive: Mã chỉ đạo | Directive
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày được xét | Day that is judged
--   due_on: Thời hạn ghi trong chỉ đạo, có hiệu lực ngày đó | Due date as worded that held on the day
--   last_day_on: Ngày cuối còn đúng hạn ("trước ngày" không tính ngày đó) | Last day that is in time ("trước" excludes the day)
--   due_text_vi: Lời ghi thời hạn | Wording of the deadline
--   is_amended: Thời hạn đã được gia hạn | Whether the deadline is an amended one
--   value: Giá trị mới nhất; trống là chưa báo cáo | Newest value; NULL = not reported
--   target: Mục tiêu | Target
--   comparable_value: Phần giá trị của các đơn vị đã biết mục tiêu | Part of the value from units whose target is known
--   progress_pct: Giá trị trên mục tiêu (%), không chặn ở 100; trống nếu mục tiêu là 0 | Value of target (%), not clamped; NULL where the target is 0
--   proven_pct: Phần chắc chắn đạt khi tính cả đơn vị chưa biết mục tiêu (%) | Share that is proven, units without a known target included (%)
--   target_pct: Tỷ lệ chỉ đạo yêu cầu (%) | Share that the directive asks for (%)
--   reported_unit_count: Số đơn vị có giá trị | Units with a value
--   expected_unit_count: Số đơn vị được tính | Units that can count
--   target_unit_count: Số đơn vị đã biết mục tiêu | Units whose target is known
--   reported_on: Ngày báo cáo của giá trị này | Reporting day of this value
--   is_met: 1 nếu đạt yêu cầu | 1 if met
--   met_since_on: Ngày báo cáo đầu tiên của đợt đạt hiện nay | First reporting day of the present spell
--   done_on: Ngày hoàn thành tỉnh ghi trong đợt đạt hiện nay | Completion date given in the present spell
--   met_on: Ngày đạt: ngày hoàn thành tỉnh ghi, nếu không thì ngày báo cáo đầu tiên của đợt đạt hiện nay; cả nước là ngày của tỉnh cuối cùng | Day it was met: completion date given, otherwise first reporting day of the present spell; for the country that of the last province
--   met_basis: evidence (ngày hoàn thành tỉnh ghi) hoặc first_report (ngày báo cáo đầu tiên) | What met_on rests on
--   evidence: Số, ký hiệu văn bản | Document number
--   reached_value: Giá trị khi đạt lần gần nhất, kể cả số đã bị rút lại; trống nếu chưa từng đạt | Value when it was last met, also one taken back since; NULL if it never was
--   reached_before_value: Giá trị đã từng đạt trước ngày này | Value that had been reached before this day
--   days_to_due: Số ngày còn lại đến ngày cuối; âm là đã quá hạn | Days left to the last day; negative = past it
--   expected_pct_today: Tỷ lệ cần đạt vào ngày đó nếu tiến đều từ đầu kỳ | Share needed by then at an even pace
--   chance_on_time_pct: Khả năng kịp hạn theo dự báo (%); trống nếu không dự báo được | Chance of being in time (%), NULL where there is no forecast
--   status: met_on_time, met_late, on_track, at_risk, overdue, regressed, not_reported, not_due | Status
--   origin: Nguồn của giá trị | Origin of the value
WITH units AS (
    SELECT
        denominators.province_code,
        denominators.indicator
    FROM reference.denominators AS denominators
    CROSS JOIN work.turn AS turn
    WHERE
        denominators.expected_count > 0
        AND denominators.valid_from_on <= turn.turn_on
        AND (denominators.valid_to_on IS NULL OR turn.turn_on <= denominators.valid_to_on)
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
        deadlines.due_on,
        deadlines.last_day_on,
        deadlines.due_text_vi,
        deadlines.is_amended,
        COALESCE(directives.issued_on, DATE '2025-07-01') AS started_on,
        directives.target_pct,
        turn.turn_on,
        turn.previous_on
    FROM reference.directives AS directives
    CROSS JOIN work.turn AS turn
    INNER JOIN reference.deadlines AS deadlines
        ON
            directives.directive = deadlines.directive
            AND deadlines.valid_from_on <= turn.turn_on
            AND (deadlines.valid_to_on IS NULL OR turn.turn_on <= deadlines.valid_to_on)
    INNER JOIN reference.directive_indicators AS directive_indicators
        ON directives.directive = directive_indicators.directive
    INNER JOIN units ON directive_indicators.indicator = units.indicator
),

progress AS (
    SELECT
        province_progress.province_code,
        province_progress.indicator,
        province_progress.as_of_on AS reported_on,
        province_progress.value,
        province_progress.target,
        province_progress.comparable_value,
        province_progress.progress_pct,
        province_progress.reported_unit_count,
        province_progress.expected_unit_count,
        province_progress.target_unit_count,
        province_progress.origin
    FROM marts.province_progress AS province_progress
    INNER JOIN work.turn AS turn ON province_progress.as_of_on = turn.turn_on
    UNION ALL
    SELECT
        'VN' AS province_code,
        national_progress.indicator,
        national_progress.as_of_on AS reported_on,
        national_progress.value,
        national_progress.target,
        national_progress.comparable_value,
        national_progress.progress_pct,
        national_progress.reported_unit_count,
        national_progress.expected_unit_count,
        national_progress.target_unit_count,
        national_progress.origin
    FROM marts.national_progress AS national_progress
    INNER JOIN work.turn AS turn ON national_progress.as_of_on = turn.turn_on
),

-- On a day without any report the figures of the day before still stand.
figures AS (
    SELECT
        tasks.directive,
        tasks.province_code,
        tasks.indicator,
        progress.value,
        progress.target,
        progress.comparable_value,
        progress.progress_pct,
        progress.reported_unit_count,
        progress.expected_unit_count,
        progress.target_unit_count,
        progress.reported_on,
        progress.origin
    FROM tasks
    INNER JOIN progress ON tasks.province_code = progress.province_code AND tasks.indicator = progress.indicator
    UNION ALL
    SELECT
        tasks.directive,
        tasks.province_code,
        tasks.indicator,
        before.value,
        before.target,
        before.comparable_value,
        before.progress_pct,
        before.reported_unit_count,
        before.expected_unit_count,
        before.target_unit_count,
        before.reported_on,
        before.origin
    FROM tasks
    INNER JOIN marts.directive_history AS before
        ON
            tasks.directive = before.directive
            AND tasks.province_code = before.province_code
            AND tasks.indicator = before.indicator
            AND tasks.previous_on = before.as_of_on
    WHERE NOT EXISTS (SELECT 1 FROM progress)
),

-- The completion date that came on this day; a later report that leaves it blank does not withdraw it.
given AS (
    SELECT
        current_observations.unit_code AS province_code,
        current_observations.indicator,
        current_observations.done_on,
        current_observations.evidence
    FROM facts.current_observations AS current_observations
    INNER JOIN work.turn AS turn ON current_observations.as_of_on = turn.turn_on
    WHERE
        current_observations.unit_level = 'province'
        AND (current_observations.done_on IS NOT NULL OR current_observations.evidence IS NOT NULL)
),

-- What a province had reported for this day and took back.
withdrawn AS (
    SELECT
        restated_progress.province_code,
        restated_progress.indicator,
        MAX(restated_progress.value_before) AS value_before
    FROM marts.restated_progress AS restated_progress
    INNER JOIN work.turn AS turn ON restated_progress.as_of_on = turn.turn_on
    WHERE restated_progress.effect < 0.0 AND restated_progress.target_unit_count >= restated_progress.expected_unit_count
    GROUP BY restated_progress.province_code, restated_progress.indicator
),

-- Met only where every unit's target is known: half the communes at 100 % say nothing of the other half, and prove
-- half of the province (`proven_pct`). A target of 0 (no obstacle raised, none left to resolve) is met as it stands,
-- but nothing was reached by it that could be lost again.
states AS (
    SELECT
        tasks.directive,
        tasks.province_code,
        tasks.indicator,
        tasks.due_on,
        tasks.last_day_on,
        tasks.due_text_vi,
        tasks.is_amended,
        tasks.started_on,
        tasks.target_pct,
        tasks.turn_on,
        figures.value,
        figures.target,
        figures.comparable_value,
        figures.progress_pct,
        figures.reported_unit_count,
        figures.expected_unit_count,
        figures.target_unit_count,
        figures.reported_on,
        figures.origin,
        CASE
            WHEN
                figures.value IS NOT NULL
                AND figures.target_unit_count >= figures.expected_unit_count
                AND (figures.progress_pct >= tasks.target_pct OR figures.target = 0.0)
                THEN 1
            ELSE 0
        END AS is_met,
        CASE WHEN before.is_met = 1 THEN before.met_since_on END AS met_since_before_on,
        CASE WHEN before.is_met = 1 THEN before.done_on END AS done_before_on,
        CASE WHEN before.is_met = 1 THEN before.evidence END AS evidence_before,
        before.reached_value AS reached_before,
        given.done_on AS given_done_on,
        given.evidence AS given_evidence,
        CASE
            WHEN
                withdrawn.value_before > figures.value
                AND 100.0 * withdrawn.value_before / NULLIF(figures.target, 0.0) >= tasks.target_pct
                THEN withdrawn.value_before
        END AS withdrawn_value
    FROM tasks
    LEFT JOIN figures
        ON
            tasks.directive = figures.directive
            AND tasks.province_code = figures.province_code
            AND tasks.indicator = figures.indicator
    LEFT JOIN marts.directive_history AS before
        ON
            tasks.directive = before.directive
            AND tasks.province_code = before.province_code
            AND tasks.indicator = before.indicator
            AND tasks.previous_on = before.as_of_on
    LEFT JOIN given ON tasks.province_code = given.province_code AND tasks.indicator = given.indicator
    LEFT JOIN withdrawn ON tasks.province_code = withdrawn.province_code AND tasks.indicator = withdrawn.indicator
),

spells AS (
    SELECT
        states.directive,
        states.province_code,
        states.indicator,
        CASE WHEN states.is_met = 1 THEN COALESCE(states.met_since_before_on, states.turn_on) END AS met_since_on,
        CASE WHEN states.is_met = 1 THEN COALESCE(states.given_done_on, states.done_before_on) END AS done_on,
        CASE
            WHEN states.is_met = 0 THEN NULL
            WHEN states.given_done_on IS NOT NULL THEN states.given_evidence
            WHEN states.done_before_on IS NOT NULL THEN states.evidence_before
            ELSE COALESCE(states.given_evidence, states.evidence_before)
        END AS evidence,
        CASE
            WHEN states.is_met = 1 AND states.target > 0.0 THEN states.value
            ELSE COALESCE(states.withdrawn_value, states.reached_before)
        END AS reached_value
    FROM states
),

-- The country has met what all provinces have met, on the day of the last of them; one first report makes the basis
-- first_report (MAX of the two words).
provinces AS (
    SELECT
        directive,
        indicator,
        MAX(COALESCE(done_on, met_since_on)) AS met_on,
        MAX(CASE WHEN done_on IS NULL THEN 'first_report' ELSE 'evidence' END) AS met_basis
    FROM spells
    WHERE province_code <> 'VN'
    GROUP BY directive, indicator
    HAVING COUNT(*) = COUNT(met_since_on)
),

forecasts AS (
    SELECT
        forecast_history.directive,
        forecast_history.province_code,
        forecast_history.indicator,
        forecast_history.chance_on_time_pct
    FROM figures
    INNER JOIN marts.forecast_history AS forecast_history
        ON
            figures.directive = forecast_history.directive
            AND figures.province_code = forecast_history.province_code
            AND figures.indicator = forecast_history.indicator
            AND figures.reported_on = forecast_history.as_of_on
),

judged AS (
    SELECT
        states.directive,
        states.province_code,
        states.indicator,
        states.due_on,
        states.last_day_on,
        states.due_text_vi,
        states.is_amended,
        states.target_pct,
        states.turn_on,
        states.value,
        states.target,
        states.comparable_value,
        states.progress_pct,
        states.reported_unit_count,
        states.expected_unit_count,
        states.target_unit_count,
        states.reported_on,
        states.origin,
        states.is_met,
        states.reached_before,
        states.progress_pct * CAST(states.target_unit_count AS DOUBLE)
        / CAST(NULLIF(states.expected_unit_count, 0) AS DOUBLE) AS proven_pct,
        spells.met_since_on,
        spells.done_on,
        spells.evidence,
        spells.reached_value,
        CASE
            WHEN states.is_met = 0 THEN NULL
            WHEN states.province_code = 'VN' AND provinces.met_on IS NOT NULL THEN provinces.met_on
            ELSE COALESCE(spells.done_on, spells.met_since_on)
        END AS met_on,
        CASE
            WHEN states.is_met = 0 THEN NULL
            WHEN states.province_code = 'VN' AND provinces.met_on IS NOT NULL THEN provinces.met_basis
            WHEN spells.done_on IS NULL THEN 'first_report'
            ELSE 'evidence'
        END AS met_basis,
        CAST(date_diff('day', states.turn_on, states.last_day_on) AS INTEGER) AS days_to_due,
        states.target_pct * GREATEST(
            0.0,
            LEAST(
                1.0,
                CAST(date_diff('day', states.started_on, states.turn_on) AS DOUBLE)
                / CAST(NULLIF(date_diff('day', states.started_on, states.last_day_on), 0) AS DOUBLE)
            )
        ) AS expected_pct_today,
        forecasts.chance_on_time_pct
    FROM states
    INNER JOIN spells
        ON
            states.directive = spells.directive
            AND states.province_code = spells.province_code
            AND states.indicator = spells.indicator
    LEFT JOIN provinces ON states.directive = provinces.directive AND states.indicator = provinces.indicator
    LEFT JOIN forecasts
        ON
            states.directive = forecasts.directive
            AND states.province_code = forecasts.province_code
            AND states.indicator = forecasts.indicator
),

answers AS (
    SELECT
        judged.directive,
        judged.province_code,
        judged.indicator,
        judged.days_to_due,
        CASE
            WHEN judged.value IS NULL OR (judged.progress_pct IS NULL AND judged.is_met = 0) THEN 'no'
            ELSE 'yes'
        END AS is_reported,
        CASE WHEN judged.is_met = 1 THEN 'yes' ELSE 'no' END AS is_met,
        CASE WHEN judged.met_on <= judged.last_day_on THEN 'yes' ELSE 'no' END AS is_in_time,
        CASE WHEN judged.is_met = 0 AND judged.value < judged.reached_value THEN 'yes' ELSE 'no' END AS has_fallen,
        CASE
            WHEN judged.chance_on_time_pct < 50.0 THEN 'yes'
            WHEN judged.chance_on_time_pct IS NULL AND judged.proven_pct < judged.expected_pct_today THEN 'yes'
            ELSE 'no'
        END AS is_behind
    FROM judged
),

statuses AS (
    SELECT
        answers.directive,
        answers.province_code,
        answers.indicator,
        status_rules.status
    FROM answers
    INNER JOIN reference.status_rules AS status_rules
        ON
            status_rules.is_reported IN ('any', answers.is_reported)
            AND status_rules.is_met IN ('any', answers.is_met)
            AND status_rules.is_in_time IN ('any', answers.is_in_time)
            AND status_rules.has_fallen IN ('any', answers.has_fallen)
            AND status_rules.is_behind IN ('any', answers.is_behind)
            AND (status_rules.days_left_from IS NULL OR answers.days_to_due >= status_rules.days_left_from)
            AND (status_rules.days_left_to IS NULL OR answers.days_to_due <= status_rules.days_left_to)
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY answers.directive, answers.province_code, answers.indicator
            ORDER BY status_rules.rank
        ) = 1
)

SELECT
    judged.directive,
    judged.province_code,
    judged.indicator,
    judged.turn_on AS as_of_on,
    judged.due_on,
    judged.last_day_on,
    judged.due_text_vi,
    judged.is_amended,
    judged.value,
    judged.target,
    judged.comparable_value,
    judged.progress_pct,
    judged.proven_pct,
    judged.target_pct,
    judged.reported_unit_count,
    judged.expected_unit_count,
    judged.target_unit_count,
    judged.reported_on,
    judged.is_met,
    judged.met_since_on,
    judged.done_on,
    judged.met_on,
    judged.met_basis,
    judged.evidence,
    judged.reached_value,
    judged.reached_before AS reached_before_value,
    judged.days_to_due,
    judged.expected_pct_today,
    judged.chance_on_time_pct,
    statuses.status,
    judged.origin
FROM judged
LEFT JOIN statuses
    ON
        judged.directive = statuses.directive
        AND judged.province_code = statuses.province_code
        AND judged.indicator = statuses.indicator
