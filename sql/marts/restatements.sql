-- Nhật ký điều chỉnh: mỗi giá trị đã báo cáo bị đổi, ảnh hưởng đến số cả nước và tình trạng chỉ đạo vào ngày đó. | Log of restatements: each reported value that was changed, with its effect on the national figure and on the status of directives on that day.
-- grain: indicator, unit_code, as_of_on, restatement
-- clearance: rows by indicator; texts reason; places source_place
-- columns:
--   indicator: Mã chỉ tiêu | Indicator code
--   unit_code: Mã đơn vị: xã (5 số) hoặc tỉnh (2 số) | Commune or province code
--   as_of_on: Ngày mà số liệu phản ánh | Day that the figure describes
--   old_value: Giá trị trước | Value before
--   new_value: Giá trị sau | Value after
--   old_submission_id: Lần gửi chứa giá trị trước | Submission that holds the value before
--   new_submission_id: Lần gửi chứa giá trị sau; trống nếu là đính chính của Bộ | Submission that holds the value after; NULL for a correction by the Ministry
--   restated_at: Thời điểm biết giá trị sau | When the value after was learned
--   national_effect: Thay đổi của số cả nước cho ngày đó do riêng giá trị này; trống nếu đơn vị không được tính | Change of the national figure for that day by this value alone; NULL where the unit does not count
--   status_change: Tình trạng đổi trong ngày đó do cả lần điều chỉnh: chỉ đạo|tỉnh|trước|sau; nhiều thay đổi cách nhau bằng dấu ";" | Statuses that changed on that day by the whole restatement: directive|province|before|after; several are separated by ";"
--   province_code: Mã tỉnh, thành phố | Province code
--   restatement: Lần gửi mới, hoặc mã đính chính của Bộ | The new submission, or the Ministry's correction
--   correction: Mã đính chính của Bộ | Correction by the Ministry
--   source_place: Vị trí của giá trị sau trong tệp | Place of the value after
--   province_effect: Thay đổi của số toàn tỉnh do cả lần điều chỉnh | Change of the province's figure by the whole restatement
--   whole_effect: Thay đổi của số cả nước do cả lần điều chỉnh | Change of the national figure by the whole restatement
--   asks_reason: Hạ thấp một việc đã báo cáo hoàn thành, phải nêu lý do | It takes back a completion, so a reason is asked for
--   reason: Lý do tỉnh trả lời; trống nếu chưa trả lời | Reason that the province gave, NULL if none yet
--   reason_document_no: Số, ký hiệu văn bản nêu lý do | Number of the document that gives it
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
WITH judged AS (
    SELECT
        restated_progress.restatement,
        restated_progress.restated_at,
        restated_progress.province_code,
        restated_progress.indicator,
        restated_progress.as_of_on,
        history.directive,
        history.days_to_due,
        history.last_day_on,
        history.target_pct,
        history.met_on,
        history.reached_before_value,
        CASE
            WHEN restated_progress.target_unit_count < restated_progress.expected_unit_count THEN 'no'
            WHEN 100.0 * restated_progress.value_before / NULLIF(restated_progress.target, 0.0) >= history.target_pct
                THEN 'yes'
            ELSE 'no'
        END AS was_met,
        CASE
            WHEN restated_progress.target_unit_count < restated_progress.expected_unit_count THEN 'no'
            WHEN 100.0 * restated_progress.value_after / NULLIF(restated_progress.target, 0.0) >= history.target_pct
                THEN 'yes'
            ELSE 'no'
        END AS now_met,
        restated_progress.value_before,
        restated_progress.value_after,
        CASE
            WHEN history.chance_on_time_pct < 50.0 THEN 'yes'
            WHEN history.chance_on_time_pct IS NULL AND history.proven_pct < history.expected_pct_today THEN 'yes'
            ELSE 'no'
        END AS is_behind
    FROM marts.restated_progress AS restated_progress
    INNER JOIN marts.directive_history AS history
        ON
            restated_progress.province_code = history.province_code
            AND restated_progress.indicator = history.indicator
            AND restated_progress.as_of_on = history.as_of_on
),

-- The most that had been reached before each change: on earlier days, or by what was sent for this day before.
reached AS (
    SELECT
        restatement,
        province_code,
        indicator,
        as_of_on,
        directive,
        days_to_due,
        last_day_on,
        met_on,
        was_met,
        now_met,
        value_before,
        value_after,
        is_behind,
        GREATEST(
            reached_before_value,
            MAX(CASE WHEN was_met = 'yes' THEN value_before END) OVER (
                PARTITION BY province_code, indicator, as_of_on, directive
                ORDER BY restated_at, restatement
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            )
        ) AS reached_value
    FROM judged
),

questions AS (
    SELECT
        restatement,
        province_code,
        indicator,
        as_of_on,
        directive,
        'before' AS side,
        days_to_due,
        was_met AS is_met,
        CASE WHEN COALESCE(met_on, as_of_on) <= last_day_on THEN 'yes' ELSE 'no' END AS is_in_time,
        CASE WHEN was_met = 'no' AND value_before < reached_value THEN 'yes' ELSE 'no' END AS has_fallen,
        is_behind
    FROM reached
    UNION ALL
    SELECT
        restatement,
        province_code,
        indicator,
        as_of_on,
        directive,
        'after' AS side,
        days_to_due,
        now_met AS is_met,
        CASE WHEN COALESCE(met_on, as_of_on) <= last_day_on THEN 'yes' ELSE 'no' END AS is_in_time,
        CASE
            WHEN now_met = 'no' AND value_after < value_before AND was_met = 'yes' THEN 'yes'
            WHEN now_met = 'no' AND value_after < reached_value THEN 'yes'
            ELSE 'no'
        END AS has_fallen,
        is_behind
    FROM reached
),

statuses AS (
    SELECT
        questions.restatement,
        questions.province_code,
        questions.indicator,
        questions.as_of_on,
        questions.directive,
        questions.side,
        status_rules.status
    FROM questions
    INNER JOIN reference.status_rules AS status_rules
        ON
            status_rules.is_reported IN ('any', 'yes')
            AND status_rules.is_met IN ('any', questions.is_met)
            AND status_rules.is_in_time IN ('any', questions.is_in_time)
            AND status_rules.has_fallen IN ('any', questions.has_fallen)
            AND status_rules.is_behind IN ('any', questions.is_behind)
            AND (status_rules.days_left_from IS NULL OR questions.days_to_due >= status_rules.days_left_from)
            AND (status_rules.days_left_to IS NULL OR questions.days_to_due <= status_rules.days_left_to)
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY
                questions.restatement,
                questions.province_code,
                questions.indicator,
                questions.as_of_on,
                questions.directive,
                questions.side
            ORDER BY status_rules.rank
        ) = 1
),

changes AS (
    SELECT
        befores.restatement,
        CASE WHEN befores.province_code = 'VN' THEN submissions_of.province_code ELSE befores.province_code END
            AS province_code,
        befores.indicator,
        befores.as_of_on,
        CONCAT(befores.directive, '|', befores.province_code, '|', befores.status, '|', afters.status) AS change
    FROM statuses AS befores
    INNER JOIN statuses AS afters
        ON
            befores.restatement = afters.restatement
            AND befores.province_code = afters.province_code
            AND befores.indicator = afters.indicator
            AND befores.as_of_on = afters.as_of_on
            AND befores.directive = afters.directive
            AND afters.side = 'after'
    INNER JOIN (
        SELECT DISTINCT
            restatement,
            indicator,
            as_of_on,
            province_code
        FROM facts.restated_values
    ) AS submissions_of
        ON
            befores.restatement = submissions_of.restatement
            AND befores.indicator = submissions_of.indicator
            AND befores.as_of_on = submissions_of.as_of_on
            AND befores.province_code IN ('VN', submissions_of.province_code)
    WHERE befores.side = 'before' AND befores.status <> afters.status
),

status_changes AS (
    SELECT
        restatement,
        province_code,
        indicator,
        as_of_on,
        ARRAY_TO_STRING(LIST_SORT(ARRAY_AGG(change)), ';') AS status_change
    FROM changes
    GROUP BY restatement, province_code, indicator, as_of_on
),

-- A completion is taken back where a flag falls to 0, or where the province had met a directive before.
taken_back AS (
    SELECT DISTINCT
        restatement,
        province_code,
        indicator,
        as_of_on
    FROM judged
    WHERE was_met = 'yes' AND now_met = 'no' AND province_code <> 'VN'
)

SELECT
    restated_values.indicator,
    restated_values.unit_code,
    restated_values.as_of_on,
    restated_values.old_value,
    restated_values.new_value,
    restated_values.old_submission_id,
    restated_values.new_submission_id,
    restated_values.restated_at,
    CASE WHEN country.effect IS NOT NULL THEN restated_values.new_value - restated_values.old_value END
        AS national_effect,
    status_changes.status_change,
    restated_values.province_code,
    restated_values.restatement,
    restated_values.correction,
    restated_values.source_place,
    own.effect AS province_effect,
    country.effect AS whole_effect,
    restated_values.new_value < restated_values.old_value
    AND (indicators.value_type = 'flag' OR taken_back.restatement IS NOT NULL)
    AND restated_values.correction IS NULL AS asks_reason,
    reasons.reason,
    reasons.document_no AS reason_document_no,
    restated_values.origin
FROM facts.restated_values AS restated_values
INNER JOIN reference.indicators AS indicators ON restated_values.indicator = indicators.indicator
LEFT JOIN marts.restated_progress AS own
    ON
        restated_values.restatement = own.restatement
        AND restated_values.province_code = own.province_code
        AND restated_values.indicator = own.indicator
        AND restated_values.as_of_on = own.as_of_on
LEFT JOIN marts.restated_progress AS country
    ON
        restated_values.restatement = country.restatement
        AND country.province_code = 'VN'
        AND restated_values.indicator = country.indicator
        AND restated_values.as_of_on = country.as_of_on
        AND own.restatement IS NOT NULL
LEFT JOIN status_changes
    ON
        restated_values.restatement = status_changes.restatement
        AND restated_values.province_code = status_changes.province_code
        AND restated_values.indicator = status_changes.indicator
        AND restated_values.as_of_on = status_changes.as_of_on
LEFT JOIN taken_back
    ON
        restated_values.restatement = taken_back.restatement
        AND restated_values.province_code = taken_back.province_code
        AND restated_values.indicator = taken_back.indicator
        AND restated_values.as_of_on = taken_back.as_of_on
LEFT JOIN reference.restatement_reasons AS reasons
    ON
        restated_values.unit_code = reasons.unit_code
        AND restated_values.indicator = reasons.indicator
        AND restated_values.as_of_on = reasons.as_of_on
        AND restated_values.new_submission_id = reasons.new_submission_id
