-- Danh sách đôn đốc: tỉnh nào, việc gì, chiếm bao nhiêu phần còn thiếu của cả nước, gấp nhất trước. | Whom to call: which province about what, and how much of the national gap that call would close, most urgent first.
-- grain: directive, province_code, indicator
-- clearance: derived
-- columns:
--   rank: Thứ tự gọi | Order of the calls
--   province_code: Mã tỉnh, thành phố | Province code
--   indicator: Mã chỉ tiêu | Indicator code
--   directive: Mã chỉ đạo | Directive
--   missing_units: Số đơn vị chưa đạt, kể cả chưa có báo cáo | Units that fall short, silent ones included
--   days_to_due: Số ngày còn lại đến ngày cuối; âm là đã quá hạn | Days left to the last day; negative = past it
--   effect_pct: Phần của tỉnh trong phần còn thiếu của cả nước, cùng chỉ đạo và chỉ tiêu (%) | Share of the national gap of this directive and indicator that the province accounts for (%)
--   reason: Vì sao phải gọi, tiếng Việt | Why to call, in Vietnamese
--   reason_en: Vì sao phải gọi, tiếng Anh | Why to call, in English
--   kind: report (thiếu báo cáo), set_aside (giá trị chờ tỉnh sửa), regressed (đã đạt rồi giảm) hoặc unit_missing (chưa làm) | What the call is about: report, set_aside, regressed or unit_missing
--   due_on: Thời hạn ghi trong chỉ đạo | Due date as worded
--   unit_names: Tên các xã, phường, đặc khu chưa đạt, khi còn ít | Names of the communes that fall short, while they are few
--   unit_count: Số đơn vị được tính | Units that count
--   silent_units: Trong số chưa đạt, số chưa có báo cáo | Of those that fall short, units that have not reported
--   missing_value: Phần còn thiếu theo đơn vị tính của chỉ tiêu; trống nếu chưa biết hết mục tiêu | What is missing, in the indicator's unit; NULL while targets are unknown
--   effect_basis: value (theo missing_value) hoặc units (theo số đơn vị, khi có tỉnh chưa biết hết mục tiêu) | effect_pct by missing_value, or by units where the targets of some province are not all known
--   set_aside_count: Số giá trị của chỉ tiêu bị để riêng ở báo cáo mới nhất của tỉnh | Values of the indicator set aside in the province's newest report
--   report_on: Kỳ báo cáo gần nhất đã hết hạn gửi | Newest reporting period past its due time
--   report_status: Tình hình gửi báo cáo kỳ đó | What became of the report of that period
--   status: Tình trạng theo marts.directive_status | Status as in marts.directive_status
--   as_of_on: Ngày số liệu | Day of the figures
--   origin: Nguồn của giá trị; trống nếu chưa có báo cáo nào | Origin of the value; NULL if nothing was reported
-- Directives that are due in more than 180 days, and what is met, need no call. One call about a task is one row.
WITH tasks AS (
    SELECT
        statuses.directive,
        statuses.province_code,
        statuses.indicator,
        statuses.due_on,
        statuses.days_to_due,
        statuses.value,
        statuses.target,
        statuses.progress_pct,
        statuses.target_pct,
        statuses.expected_unit_count,
        statuses.status,
        statuses.as_of_on,
        statuses.origin,
        indicators.unit_level,
        indicators.value_type,
        indicators.target_rule IN ('one_per_commune', 'all_provinces') AS is_counted,
        indicators.form_sheet
    FROM marts.directive_status AS statuses
    INNER JOIN reference.indicators AS indicators ON statuses.indicator = indicators.indicator
    WHERE
        statuses.province_code <> 'VN'
        AND statuses.status NOT IN ('met_on_time', 'met_late')
        AND statuses.days_to_due <= 180
),

-- A target of 0 (no obstacle raised) is met as it stands.
communes AS (
    SELECT
        tasks.directive,
        tasks.province_code,
        tasks.indicator,
        communes.commune_code,
        communes.commune_name,
        progress.value IS NULL OR progress.target IS NULL AS is_silent,
        progress.value IS NOT NULL
        AND progress.target IS NOT NULL
        AND 100.0 * progress.value >= tasks.target_pct * progress.target AS is_met
    FROM tasks
    INNER JOIN reference.communes AS communes ON tasks.province_code = communes.province_code
    INNER JOIN marts.commune_progress AS progress
        ON communes.commune_code = progress.commune_code AND tasks.indicator = progress.indicator
    WHERE tasks.unit_level = 'commune'
),

commune_counts AS (
    SELECT
        directive,
        province_code,
        indicator,
        COUNT(*) FILTER (WHERE is_met) AS met_count,
        COUNT(*) FILTER (WHERE NOT is_met) AS unmet_count,
        COUNT(*) FILTER (WHERE is_silent) AS silent_count,
        STRING_AGG(CASE WHEN NOT is_met THEN commune_name END, ', ' ORDER BY commune_code) AS unmet_names
    FROM communes
    GROUP BY directive, province_code, indicator
),

newest_periods AS (
    SELECT
        periods.form,
        MAX(periods.as_of_on) AS as_of_on
    FROM marts.reporting_periods AS periods
    CROSS JOIN reference.run AS run
    WHERE periods.is_due AND periods.as_of_on <= run.as_of_on
    GROUP BY periods.form
),

-- A report of a later period makes up for one that never came.
reports AS (
    SELECT
        coverage.province_code,
        coverage.form,
        coverage.as_of_on,
        coverage.status,
        coverage.origin,
        coverage.status IN ('missing', 'empty')
        AND NOT EXISTS (
            SELECT 1
            FROM marts.reporting_coverage AS later
            WHERE
                later.province_code = coverage.province_code
                AND later.form = coverage.form
                AND later.as_of_on > coverage.as_of_on
                AND later.status IN ('on_time', 'late')
        ) AS is_wanted
    FROM marts.reporting_coverage AS coverage
    INNER JOIN newest_periods ON coverage.form = newest_periods.form AND coverage.as_of_on = newest_periods.as_of_on
),

-- A file that was refused as a whole says nothing of single values: the faults of the one before it still stand.
newest_submissions AS (
    SELECT
        submissions.submission_id,
        submissions.province_code
    FROM facts.submissions AS submissions
    CROSS JOIN reference.run AS run
    WHERE
        submissions.province_code IS NOT NULL
        AND submissions.as_of_on <= run.as_of_on
        AND submissions.status IN ('accepted', 'partial', 'rejected')
        AND NOT EXISTS (
            SELECT 1
            FROM facts.rejected_values AS rejected_values
            WHERE rejected_values.submission_id = submissions.submission_id AND rejected_values.severity = 'file'
        )
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY submissions.province_code, submissions.form
            ORDER BY submissions.as_of_on DESC, submissions.received_at DESC, submissions.submission_id DESC
        ) = 1
),

set_aside AS (
    SELECT
        newest_submissions.province_code,
        rejected_values.indicator,
        COUNT(*) AS set_aside_count
    FROM newest_submissions
    INNER JOIN facts.rejected_values AS rejected_values
        ON newest_submissions.submission_id = rejected_values.submission_id
    WHERE rejected_values.severity = 'critical' AND rejected_values.indicator IS NOT NULL
    GROUP BY newest_submissions.province_code, rejected_values.indicator
),

measured AS (
    SELECT
        tasks.directive,
        tasks.province_code,
        tasks.indicator,
        tasks.due_on,
        tasks.days_to_due,
        tasks.progress_pct,
        tasks.expected_unit_count,
        tasks.status,
        tasks.as_of_on,
        tasks.unit_level,
        tasks.value_type,
        CASE
            WHEN tasks.unit_level = 'commune'
                THEN GREATEST(tasks.expected_unit_count - commune_counts.met_count, CAST(0 AS BIGINT))
            ELSE CAST(1 AS BIGINT)
        END AS missing_units,
        CASE
            WHEN tasks.unit_level = 'commune' THEN commune_counts.silent_count
            WHEN tasks.value IS NULL THEN CAST(1 AS BIGINT)
            ELSE CAST(0 AS BIGINT)
        END AS silent_units,
        CASE
            WHEN commune_counts.unmet_count <= parameters.value
                AND commune_counts.unmet_count = tasks.expected_unit_count - commune_counts.met_count
                THEN commune_counts.unmet_names
        END AS unit_names,
        -- Rounded, so that no sum of them depends on the order in which it is taken.
        ROUND(
            CASE
                WHEN tasks.value IS NULL AND tasks.is_counted THEN tasks.target * tasks.target_pct / 100.0
                WHEN tasks.is_counted OR tasks.unit_level = 'province' OR commune_counts.silent_count = 0
                    THEN tasks.target * (tasks.target_pct - tasks.progress_pct) / 100.0
            END,
            6
        ) AS missing_value,
        set_aside.set_aside_count,
        reports.as_of_on AS report_on,
        reports.status AS report_status,
        reports.is_wanted,
        COALESCE(tasks.origin, reports.origin) AS origin
    FROM tasks
    INNER JOIN reference.parameters AS parameters ON parameters.parameter = 'chase_names'
    LEFT JOIN commune_counts
        ON
            tasks.directive = commune_counts.directive
            AND tasks.province_code = commune_counts.province_code
            AND tasks.indicator = commune_counts.indicator
    LEFT JOIN reference.forms AS forms ON tasks.form_sheet = forms.sheet
    LEFT JOIN reports ON tasks.province_code = reports.province_code AND forms.form = reports.form
    LEFT JOIN set_aside ON tasks.province_code = set_aside.province_code AND tasks.indicator = set_aside.indicator
),

weighed AS (
    SELECT
        directive,
        province_code,
        indicator,
        CASE
            WHEN COUNT(*) OVER (PARTITION BY directive, indicator)
                = COUNT(missing_value) OVER (PARTITION BY directive, indicator)
                THEN 'value'
            ELSE 'units'
        END AS effect_basis
    FROM measured
),

effects AS (
    SELECT
        measured.directive,
        measured.province_code,
        measured.indicator,
        weighed.effect_basis,
        ROUND(
            100.0
            * CASE
                WHEN weighed.effect_basis = 'value' THEN measured.missing_value
                ELSE CAST(measured.missing_units AS DOUBLE)
            END
            / NULLIF(
                SUM(
                    CASE
                        WHEN weighed.effect_basis = 'value' THEN measured.missing_value
                        ELSE CAST(measured.missing_units AS DOUBLE)
                    END
                ) OVER (PARTITION BY measured.directive, measured.indicator),
                0.0
            ),
            6
        ) AS effect_pct,
        CASE
            WHEN measured.is_wanted OR measured.status = 'not_reported' THEN 'report'
            WHEN measured.set_aside_count > 0 THEN 'set_aside'
            WHEN measured.status = 'regressed' THEN 'regressed'
            ELSE 'unit_missing'
        END AS kind
    FROM measured
    INNER JOIN weighed
        ON
            measured.directive = weighed.directive
            AND measured.province_code = weighed.province_code
            AND measured.indicator = weighed.indicator
),

worded AS (
    SELECT
        measured.directive,
        measured.province_code,
        measured.indicator,
        CASE
            WHEN effects.kind = 'report' AND measured.report_status = 'empty' AND measured.is_wanted
                THEN 'Báo cáo kỳ ' || strftime(measured.report_on, '%d/%m/%Y') || ' gửi lên không có số liệu; '
            WHEN effects.kind = 'report' AND measured.is_wanted
                THEN 'Chưa gửi báo cáo kỳ ' || strftime(measured.report_on, '%d/%m/%Y') || '; '
            WHEN effects.kind = 'report' THEN 'Chưa báo cáo đủ chỉ tiêu này; '
            WHEN effects.kind = 'set_aside'
                THEN CAST(measured.set_aside_count AS VARCHAR) || ' giá trị bị để riêng, chờ tỉnh sửa và gửi lại; '
            WHEN effects.kind = 'regressed' THEN 'Đã đạt rồi giảm; '
            ELSE ''
        END AS call_vi,
        CASE
            WHEN effects.kind = 'report' AND measured.report_status = 'empty' AND measured.is_wanted
                THEN 'The report for ' || strftime(measured.report_on, '%d %b %Y') || ' came without figures; '
            WHEN effects.kind = 'report' AND measured.is_wanted
                THEN 'No report for ' || strftime(measured.report_on, '%d %b %Y') || ' yet; '
            WHEN effects.kind = 'report' THEN 'This indicator is not fully reported; '
            WHEN effects.kind = 'set_aside' AND measured.set_aside_count = 1
                THEN '1 value set aside, waits for the province to put it right; '
            WHEN effects.kind = 'set_aside'
                THEN CAST(measured.set_aside_count AS VARCHAR)
                || ' values set aside, wait for the province to put them right; '
            WHEN effects.kind = 'regressed' THEN 'Was met and fell again; '
            ELSE ''
        END AS call_en,
        CASE
            WHEN measured.unit_level = 'commune'
                THEN 'còn ' || CAST(measured.missing_units AS VARCHAR) || '/'
                || CAST(measured.expected_unit_count AS VARCHAR) || ' xã, phường, đặc khu chưa đạt'
                || CASE
                    WHEN measured.silent_units = 1 AND measured.missing_units = 1 THEN ', chưa có báo cáo'
                    WHEN measured.silent_units > 0 AND measured.silent_units = measured.missing_units
                        THEN ', đều chưa có báo cáo'
                    WHEN measured.silent_units > 0
                        THEN ', trong đó ' || CAST(measured.silent_units AS VARCHAR) || ' chưa có báo cáo'
                    ELSE ''
                END
            WHEN measured.silent_units > 0 THEN 'chưa biết đã làm đến đâu'
            WHEN measured.value_type = 'flag' THEN 'chưa thực hiện'
            ELSE 'mới đạt ' || CAST(CAST(FLOOR(measured.progress_pct) AS INTEGER) AS VARCHAR) || '%'
        END AS state_vi,
        CASE
            WHEN measured.unit_level = 'commune'
                THEN CAST(measured.missing_units AS VARCHAR) || ' of ' || CAST(measured.expected_unit_count AS VARCHAR)
                || CASE WHEN measured.expected_unit_count = 1 THEN ' commune' ELSE ' communes' END
                || CASE WHEN measured.missing_units = 1 THEN ' falls short' ELSE ' fall short' END
                || CASE
                    WHEN measured.silent_units = 1 AND measured.missing_units = 1 THEN ', not reported'
                    WHEN measured.silent_units > 0 AND measured.silent_units = measured.missing_units
                        THEN ', none reported'
                    WHEN measured.silent_units > 0
                        THEN ', ' || CAST(measured.silent_units AS VARCHAR) || ' of them not reported'
                    ELSE ''
                END
            WHEN measured.silent_units > 0 THEN 'how far it is is not known'
            WHEN measured.value_type = 'flag' THEN 'not done'
            ELSE CAST(CAST(FLOOR(measured.progress_pct) AS INTEGER) AS VARCHAR) || '% reached'
        END AS state_en,
        CASE
            WHEN measured.days_to_due < 0 THEN '; quá hạn ' || CAST(-measured.days_to_due AS VARCHAR) || ' ngày.'
            WHEN measured.days_to_due = 0 THEN '; hôm nay là hạn.'
            ELSE '; còn ' || CAST(measured.days_to_due AS VARCHAR) || ' ngày.'
        END AS due_vi,
        CASE
            WHEN measured.days_to_due = -1 THEN '; 1 day overdue.'
            WHEN measured.days_to_due < 0 THEN '; ' || CAST(-measured.days_to_due AS VARCHAR) || ' days overdue.'
            WHEN measured.days_to_due = 0 THEN '; due today.'
            WHEN measured.days_to_due = 1 THEN '; 1 day left.'
            ELSE '; ' || CAST(measured.days_to_due AS VARCHAR) || ' days left.'
        END AS due_en
    FROM measured
    INNER JOIN effects
        ON
            measured.directive = effects.directive
            AND measured.province_code = effects.province_code
            AND measured.indicator = effects.indicator
)

SELECT
    ROW_NUMBER() OVER (
        ORDER BY
            CASE
                WHEN measured.days_to_due < 0 THEN 0
                WHEN measured.days_to_due <= 7 THEN 1
                WHEN measured.days_to_due <= 30 THEN 2
                WHEN measured.days_to_due <= 90 THEN 3
                ELSE 4
            END,
            effects.effect_pct DESC NULLS LAST,
            measured.missing_units DESC,
            measured.days_to_due,
            measured.directive,
            measured.indicator,
            measured.province_code
    ) AS rank,
    measured.province_code,
    measured.indicator,
    measured.directive,
    measured.missing_units,
    measured.days_to_due,
    effects.effect_pct,
    UPPER(SUBSTRING(worded.call_vi || worded.state_vi, 1, 1))
    || SUBSTRING(worded.call_vi || worded.state_vi || worded.due_vi, 2) AS reason,
    UPPER(SUBSTRING(worded.call_en || worded.state_en, 1, 1))
    || SUBSTRING(worded.call_en || worded.state_en || worded.due_en, 2) AS reason_en,
    effects.kind,
    measured.due_on,
    measured.unit_names,
    measured.expected_unit_count AS unit_count,
    measured.silent_units,
    measured.missing_value,
    effects.effect_basis,
    measured.set_aside_count,
    measured.report_on,
    measured.report_status,
    measured.status,
    measured.as_of_on,
    measured.origin
FROM measured
INNER JOIN effects
    ON
        measured.directive = effects.directive
        AND measured.province_code = effects.province_code
        AND measured.indicator = effects.indicator
INNER JOIN worded
    ON
        measured.directive = worded.directive
        AND measured.province_code = worded.province_code
        AND measured.indicator = worded.indicator
