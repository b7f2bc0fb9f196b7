-- Tình hình gửi báo cáo của từng tỉnh cho từng ngày trong lịch báo cáo. | Whether each province has reported for each day of the reporting calendar.
-- grain: province_code, form, as_of_on
-- clearance: derived
-- columns:
--   province_code: Mã tỉnh, thành phố | Province code
--   form: Mã biểu mẫu | Report form
--   as_of_on: Ngày mà báo cáo phải phản ánh | Day that the report must describe
--   due_at: Hạn gửi (giờ Việt Nam) | Due time (Vietnamese time)
--   received_at: Lần đầu nhận được số liệu, nếu chưa có số liệu thì lần nhận đầu tiên; trống là chưa nhận | First received with values, without any the first received; NULL = not received
--   status: on_time, late, missing, empty (đã nhận nhưng không có giá trị nào dùng được) hoặc not_due | Status; empty = received without a value that could be taken
--   days_late: Số ngày chậm; trống nếu không chậm | Days late; NULL if not late
--   revision: Số lần tỉnh gửi | Number of revisions received from the province
--   accepted_count: Số giá trị đã nhận, tính cả các lần gửi | Values taken, all revisions together
--   rejected_count: Số giá trị để riêng ở lần tỉnh gửi mới nhất | Values set aside in the province's newest revision
--   sent_by: province (tỉnh tự gửi) hoặc compilation (chỉ có trong bản tổng hợp nhiều tỉnh); trống là chưa nhận | province, or compilation (only within a file of several provinces); NULL = not received
--   filled_count: Số ô của biểu đang có giá trị | Cells of the form that hold a value
--   expected_count: Số ô của biểu mà tỉnh phải điền | Cells of the form that the province must fill
--   filled_pct: filled_count trên expected_count (%), không chặn ở 100; trống nếu chưa đến hạn và chưa nhận | filled_count of expected_count (%), not clamped; NULL before it is due or received
--   origin: Nguồn của báo cáo | Origin of the report
-- A file that was refused as a whole (a day that has not come, not the form) is no report. A compilation that names no
-- sender counts for each province of which it holds a value: those figures are here, whoever wrote them down; it is
-- never an empty report of the others.
WITH reports AS (
    SELECT
        submissions.submission_id,
        submissions.province_code,
        submissions.form,
        submissions.as_of_on,
        submissions.received_at,
        submissions.revision,
        submissions.accepted_count,
        submissions.rejected_count,
        submissions.origin
    FROM facts.submissions AS submissions
    WHERE
        submissions.province_code IS NOT NULL
        AND submissions.status IN ('accepted', 'partial', 'rejected')
        AND NOT EXISTS (
            SELECT 1
            FROM facts.rejected_values AS rejected_values
            WHERE rejected_values.submission_id = submissions.submission_id AND rejected_values.severity = 'file'
        )
),

arrivals AS (
    SELECT
        province_code,
        form,
        as_of_on,
        received_at,
        revision,
        accepted_count,
        origin,
        'province' AS sent_by
    FROM reports
    UNION ALL
    SELECT
        province_code,
        form,
        as_of_on,
        received_at,
        CAST(NULL AS INTEGER) AS revision,
        CAST(accepted_count AS INTEGER) AS accepted_count,
        origin,
        'compilation' AS sent_by
    FROM marts.submission_contents
    WHERE is_compilation
),

-- An empty report in time does not make the values that come later punctual. `province` is the larger of the two words.
received AS (
    SELECT
        province_code,
        form,
        as_of_on,
        COALESCE(MIN(received_at) FILTER (WHERE accepted_count > 0), MIN(received_at)) AS received_at,
        MAX(revision) AS revision,
        SUM(accepted_count) AS accepted_count,
        MAX(sent_by) AS sent_by,
        MAX(origin) AS origin
    FROM arrivals
    GROUP BY province_code, form, as_of_on
),

newest AS (
    SELECT
        province_code,
        form,
        as_of_on,
        rejected_count
    FROM reports
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY province_code, form, as_of_on
            ORDER BY received_at DESC, submission_id DESC
        ) = 1
),

cells AS (
    SELECT
        denominators.province_code,
        reporting_days.form,
        reporting_days.as_of_on,
        SUM(denominators.expected_count) AS expected_count
    FROM reference.reporting_days AS reporting_days
    INNER JOIN reference.forms AS forms ON reporting_days.form = forms.form
    INNER JOIN reference.indicators AS indicators ON forms.sheet = indicators.form_sheet
    INNER JOIN reference.denominators AS denominators
        ON
            indicators.indicator = denominators.indicator
            AND denominators.valid_from_on <= reporting_days.as_of_on
            AND (denominators.valid_to_on IS NULL OR reporting_days.as_of_on <= denominators.valid_to_on)
    GROUP BY denominators.province_code, reporting_days.form, reporting_days.as_of_on
),

expected AS (
    SELECT
        provinces.province_code,
        reporting_days.form,
        reporting_days.as_of_on,
        CAST(reporting_days.due_on + 1 AS TIMESTAMP) AS due_at,
        run.known_at
    FROM reference.provinces AS provinces
    CROSS JOIN reference.reporting_days AS reporting_days
    CROSS JOIN reference.run AS run
),

-- A report that never came has filled no cell: that count is known, and is 0.
filled AS (
    SELECT
        province_code,
        form,
        as_of_on,
        SUM(in_force_count) AS filled_count
    FROM (
        SELECT
            province_code,
            form,
            as_of_on,
            in_force_count
        FROM marts.submission_contents
        UNION ALL
        SELECT
            province_code,
            form,
            as_of_on,
            0 AS in_force_count
        FROM expected
    ) AS counts
    GROUP BY province_code, form, as_of_on
),

judged AS (
    SELECT
        expected.province_code,
        expected.form,
        expected.as_of_on,
        expected.due_at,
        received.received_at,
        CASE
            WHEN received.received_at IS NULL AND expected.known_at < expected.due_at THEN 'not_due'
            WHEN received.received_at IS NULL THEN 'missing'
            WHEN received.accepted_count = 0 THEN 'empty'
            WHEN received.received_at < expected.due_at THEN 'on_time'
            ELSE 'late'
        END AS status,
        CASE
            WHEN received.received_at >= expected.due_at
                THEN CAST(date_diff('day', CAST(expected.due_at AS DATE), CAST(received.received_at AS DATE)) + 1 AS INTEGER)
        END AS days_late,
        received.revision,
        received.accepted_count,
        received.sent_by,
        received.origin
    FROM expected
    LEFT JOIN received
        ON
            expected.province_code = received.province_code
            AND expected.form = received.form
            AND expected.as_of_on = received.as_of_on
)

SELECT
    judged.province_code,
    judged.form,
    judged.as_of_on,
    judged.due_at,
    judged.received_at,
    judged.status,
    judged.days_late,
    judged.revision,
    CAST(judged.accepted_count AS BIGINT) AS accepted_count,
    newest.rejected_count,
    judged.sent_by,
    CAST(CASE WHEN judged.status <> 'not_due' THEN filled.filled_count END AS BIGINT) AS filled_count,
    CAST(cells.expected_count AS BIGINT) AS expected_count,
    100.0
    * CAST(CASE WHEN judged.status <> 'not_due' THEN filled.filled_count END AS DOUBLE)
    / CAST(NULLIF(cells.expected_count, 0) AS DOUBLE) AS filled_pct,
    judged.origin
FROM judged
LEFT JOIN newest
    ON
        judged.province_code = newest.province_code
        AND judged.form = newest.form
        AND judged.as_of_on = newest.as_of_on
LEFT JOIN filled
    ON
        judged.province_code = filled.province_code
        AND judged.form = filled.form
        AND judged.as_of_on = filled.as_of_on
LEFT JOIN cells
    ON
        judged.province_code = cells.province_code
        AND judged.form = cells.form
        AND judged.as_of_on = cells.as_of_on
