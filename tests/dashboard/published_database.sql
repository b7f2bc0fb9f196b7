-- A tiny published database with the tables of the public contract; the caller sets the variables
-- `reference` (folder of CSVs), `days` (list of reporting days, possibly empty), `missing` (provinces that
-- never report), `origin`, `known_at`. Values follow simple rules, so that a reader can check a page by hand:
-- province-level flags turn 1 on the day whose position is (province code mod 9) + 1, shifted by indicator;
-- Lạng Sơn has placed extension staff without the provincial decision.
CREATE SCHEMA reference;
CREATE SCHEMA facts;
CREATE SCHEMA marts;

CREATE TABLE reference.province_history AS
SELECT * FROM read_csv(getvariable('reference') || '/provinces.csv', header = true, types = {'province_code': 'VARCHAR'});
CREATE TABLE reference.provinces AS SELECT * FROM reference.province_history WHERE valid_from_on = DATE '2025-07-01';
ALTER TABLE reference.provinces ALTER has_single_tier_centre TYPE BOOLEAN USING has_single_tier_centre = 'yes';
CREATE TABLE reference.commune_history AS
SELECT * FROM read_csv(getvariable('reference') || '/communes.csv', header = true,
                       types = {'province_code': 'VARCHAR', 'commune_code': 'VARCHAR'});
CREATE TABLE reference.communes AS SELECT * FROM reference.commune_history WHERE valid_from_on = DATE '2025-07-01';
CREATE TABLE reference.aliases AS
SELECT * FROM read_csv(getvariable('reference') || '/aliases.csv', header = true, types = {'unit_code': 'VARCHAR'});
CREATE TABLE reference.indicators AS SELECT * FROM read_csv(getvariable('reference') || '/indicators.csv', header = true);
CREATE TABLE reference.directives AS SELECT * FROM read_csv(getvariable('reference') || '/directives.csv', header = true);
ALTER TABLE reference.directives ALTER due_inclusive TYPE BOOLEAN USING due_inclusive = 'yes';
-- One deadline was extended: 145/CV-BCĐ named 15/10/2025 first.
CREATE TABLE reference.deadlines AS
SELECT directive, DATE '2025-07-01' AS valid_from_on, CAST(NULL AS DATE) AS valid_to_on, due_on,
    CASE WHEN due_inclusive THEN due_on ELSE due_on - 1 END AS last_day_on, due_text_vi, false AS is_amended, document_no,
    source_file, source_note
FROM reference.directives WHERE directive <> 'letter145_commune_service_unit'
UNION ALL
SELECT directive, valid_from_on, valid_to_on, due_on, due_on - 1, due_text_vi, is_amended, no, 'letter145.txt', NULL
FROM (VALUES
    ('letter145_commune_service_unit', DATE '2025-07-01', DATE '2025-10-09', DATE '2025-10-15', 'trước ngày 15/10/2025', false, '145/CV-BCĐ'),
    ('letter145_commune_service_unit', DATE '2025-10-10', NULL, DATE '2025-10-30', 'trước ngày 30/10/2025', true, '162/CV-BCĐ')
) AS deadline (directive, valid_from_on, valid_to_on, due_on, due_text_vi, is_amended, no);
CREATE TABLE reference.directive_deadlines AS
SELECT * FROM read_csv(getvariable('reference') || '/directive_deadlines.csv', header = true, types = {'announced_on': 'DATE', 'document_no': 'VARCHAR'});
ALTER TABLE reference.directive_deadlines ALTER due_inclusive TYPE BOOLEAN USING due_inclusive = 'yes';
CREATE TABLE reference.status_rules AS SELECT * FROM read_csv(getvariable('reference') || '/status_rules.csv', header = true);
CREATE TABLE reference.published_figures AS
SELECT * FROM read_csv(getvariable('reference') || '/published_figures.csv', header = true);
CREATE TABLE reference.explanation_codes AS
SELECT * FROM read_csv(getvariable('reference') || '/explanation_codes.csv', header = true);
CREATE TABLE reference.chains AS SELECT * FROM read_csv(getvariable('reference') || '/chains.csv', header = true);
CREATE TABLE reference.chain_requirements AS
SELECT chain, indicator, UNNEST(string_split(requires, '|')) AS required_indicator FROM reference.chains WHERE requires <> '';
CREATE TABLE reference.staffing_baselines AS
SELECT * FROM read_csv(getvariable('reference') || '/staffing_baselines.csv', header = true,
                       types = {'province_code': 'VARCHAR', 'valid_to_on': 'DATE'});
CREATE TABLE reference.staffing_fields AS
SELECT * FROM read_csv(getvariable('reference') || '/staffing_fields.csv', header = true);
CREATE TABLE reference.parameters AS SELECT * FROM read_csv(getvariable('reference') || '/parameters.csv', header = true);
ALTER TABLE reference.parameters ALTER value TYPE DOUBLE;
CREATE TABLE reference.follow_ups (unit_code VARCHAR, indicator VARCHAR, as_of_on DATE, value DOUBLE, state VARCHAR,
    note VARCHAR, document_no VARCHAR, entered_on DATE);
CREATE TABLE reference.reporting_days AS SELECT * FROM read_csv(getvariable('reference') || '/reporting_days.csv', header = true);
CREATE TABLE reference.forms AS SELECT * FROM read_csv(getvariable('reference') || '/forms.csv', header = true);
CREATE TABLE reference.rules AS
SELECT * FROM (VALUES
    ('value_not_a_number', 'critical', 'Ô không phải là số', 'Not a number', 'Một số nguyên', 'Ô này không phải là số.',
        'The cell holds no number.', 'Ghi số, hoặc để trống nếu chưa có số liệu', 'Write a number or leave it empty'),
    ('above_upper_bound', 'critical', 'Giá trị vượt giới hạn', 'Value above its bound', 'Không quá 1', 'Giá trị vượt giới hạn 1.',
        'The value is above its bound, 1.', 'Ghi 1 nếu đã xong, 0 nếu chưa', 'Write 1 if done, 0 if not'),
    ('cumulative_fell', 'warning', 'Số lũy kế giảm', 'Cumulative value fell', 'Không giảm so với kỳ trước', 'Số lũy kế đã giảm.',
        'A cumulative value fell.', 'Kiểm tra lại, nếu đúng thì ghi chú lý do', 'Check it; if it is right, note the reason')
) AS rule (rule, severity, title_vi, title_en, expected_vi, message_vi, message_en, fix_vi, fix_en);
CREATE TABLE reference.run AS
SELECT
    'run-' || strftime(getvariable('known_at')::TIMESTAMP, '%Y%m%d') AS run_id,
    list_max(getvariable('days')::DATE[]) AS as_of_on,
    getvariable('known_at')::TIMESTAMP AS known_at,
    getvariable('known_at')::TIMESTAMP + INTERVAL 2 MINUTE AS built_at,
    '0.1.0' AS code_version, md5('reference') AS reference_sha256,
    CASE WHEN len(getvariable('days')) = 0 THEN 'published' ELSE getvariable('origin') || '+published' END AS origin_mix;

CREATE TEMP TABLE days AS
SELECT UNNEST(getvariable('days')::DATE[]) AS as_of_on, UNNEST(range(1, len(getvariable('days')) + 1)) AS position;
CREATE TEMP TABLE senders AS
SELECT *, CAST(province_code AS INTEGER) AS number FROM reference.provinces
WHERE NOT list_contains(getvariable('missing')::VARCHAR[], province_code);

-- submissions: one file per sender and day; province 12 skips the newest day, 44 is late on it, 91 corrects itself
CREATE TABLE facts.submissions AS
WITH sent AS (
    SELECT s.province_code, s.number, s.short_name, d.as_of_on, d.position, r.revision
    FROM senders AS s CROSS JOIN days AS d CROSS JOIN (VALUES (1), (2)) AS r (revision)
    WHERE (r.revision = 1 OR (s.province_code = '91' AND d.as_of_on = (SELECT max(as_of_on) FROM days)))
      AND NOT (s.province_code = '12' AND d.as_of_on = (SELECT max(as_of_on) FROM days))
)
SELECT
    format('{}-{}-{}', province_code, strftime(as_of_on, '%Y%m%d'), revision) AS submission_id,
    province_code, 'CQDP2C' AS form, as_of_on,
    as_of_on + CASE WHEN province_code = '44' THEN INTERVAL 75 HOUR ELSE INTERVAL 38 HOUR END
        + revision * INTERVAL 5 MINUTE AS received_at,
    CAST(revision AS INTEGER) AS revision,
    format('{}_{}{}.xlsx', province_code, strftime(as_of_on, '%Y-%m-%d'), CASE WHEN revision = 2 THEN '_sua' ELSE '' END) AS file_name,
    md5(province_code || as_of_on || revision) || md5('x') AS sha256,
    CAST(81234 + number AS BIGINT) AS byte_count,
    CASE WHEN number % 7 = 0 THEN 'partial' ELSE 'accepted' END AS status,
    CAST(1500 + number AS BIGINT) AS accepted_count,
    CAST(CASE WHEN number % 7 = 0 THEN 2 ELSE 0 END AS BIGINT) AS rejected_count,
    CASE WHEN revision = 2 THEN format('{}-{}-1', province_code, strftime(as_of_on, '%Y%m%d')) END AS supersedes_submission_id,
    getvariable('origin') AS origin
FROM sent;

CREATE TEMP TABLE latest_submissions AS
SELECT s.*, d.position, CAST(s.province_code AS INTEGER) AS number
FROM facts.submissions AS s JOIN days AS d USING (as_of_on)
QUALIFY row_number() OVER (PARTITION BY s.province_code, s.as_of_on ORDER BY s.revision DESC) = 1;

CREATE TABLE facts.current_observations AS
WITH province_values AS (
    SELECT s.province_code AS unit_code, 'province' AS unit_level, s.province_code, i.indicator, s.as_of_on,
        CASE
            WHEN i.indicator = 'extension_centre_decided' AND s.province_code = '20' THEN 0
            WHEN i.indicator = 'procedures_to_review' THEN 300 + s.number
            WHEN i.indicator = 'procedures_reviewed' THEN least(300 + s.number, round((300 + s.number) * (0.35 + 0.1 * s.position + s.number % 5 * 0.04)))
            ELSE CASE WHEN s.position >= s.number % 9 + 1 + length(i.indicator) % 3 - 1 THEN 1 ELSE 0 END
        END AS value,
        'Biểu 01!E' || (9 + row_number() OVER (PARTITION BY s.province_code, s.as_of_on ORDER BY i.indicator)) AS source_place,
        s.submission_id, s.received_at
    FROM latest_submissions AS s
    JOIN reference.indicators AS i ON i.unit_level = 'province' AND i.form_sheet <> ''
), commune_values AS (
    SELECT c.commune_code AS unit_code, 'commune' AS unit_level, c.province_code, i.indicator, s.as_of_on,
        CASE
            WHEN c.commune_name IN ('Đặc khu Hoàng Sa', 'Đặc khu Trường Sa') AND i.value_type = 'flag' THEN 0
            WHEN i.value_type = 'flag' THEN CASE WHEN CAST(c.commune_code AS INTEGER) % 8 < s.position + 2 THEN 1 ELSE 0 END
            WHEN i.indicator = 'obstacles_raised' THEN 12 + CAST(c.commune_code AS INTEGER) % 7
            WHEN i.indicator = 'obstacles_resolved' THEN CAST(c.commune_code AS INTEGER) % 7 + s.position
            WHEN i.indicator = 'staff_allocated' THEN 49
            WHEN i.indicator LIKE 'staff_gap_%' THEN CAST(c.commune_code AS INTEGER) % 4
            WHEN i.indicator = 'staff_contracted' AND c.commune_code = '30292' THEN 400
            WHEN i.indicator IN ('staff_seconded_in', 'staff_contracted') THEN CAST(c.commune_code AS INTEGER) % 3
            WHEN i.indicator = 'military_posts_required' THEN 8
            WHEN i.indicator = 'military_posts_filled' THEN 4 + CAST(c.commune_code AS INTEGER) % 3
            WHEN i.indicator IN ('military_assistants', 'military_technical_staff') THEN CAST(c.commune_code AS INTEGER) % 2
            ELSE 40 + CAST(c.commune_code AS INTEGER) % 12
        END AS value,
        CASE WHEN i.form_sheet = 'Biểu 02' THEN i.form_sheet || '!D' ELSE i.form_sheet || '!F' END
            || (11 + row_number() OVER (PARTITION BY s.province_code, s.as_of_on, i.indicator ORDER BY c.commune_code)) AS source_place,
        s.submission_id, s.received_at
    FROM latest_submissions AS s
    JOIN reference.communes AS c USING (province_code)
    JOIN reference.indicators AS i ON i.indicator IN
        ('pvhcc_commune_operating', 'office_adequate', 'staff_allocated', 'staff_present', 'obstacles_raised', 'obstacles_resolved',
         'staff_seconded_in', 'staff_contracted', 'military_posts_required', 'military_posts_filled', 'military_assistants',
         'military_technical_staff', 'military_commander_appointed', 'military_deputy_commander_appointed',
         'military_deputy_political_officer_appointed', 'staff_gap_land', 'staff_gap_finance', 'staff_gap_it',
         'staff_gap_education', 'staff_gap_health')
    WHERE s.position > (SELECT max(position) - 2 FROM days)
      AND NOT (i.indicator = 'pvhcc_commune_operating' AND c.province_code = '01')
      AND CAST(c.commune_code AS INTEGER) % 97 <> 5
)
SELECT *, CASE WHEN value = 1 AND unit_level = 'province' THEN as_of_on - 3 END AS done_on,
    CASE WHEN value = 1 AND unit_level = 'province' THEN unit_code || '/QĐ-UBND' END AS evidence,
    CAST('only' AS VARCHAR) AS why, value AS reported_value, CAST(NULL AS DOUBLE) AS superseded_value,
    CAST(NULL AS VARCHAR) AS correction,
    getvariable('origin') AS origin
FROM (SELECT * FROM province_values UNION ALL SELECT * FROM commune_values);
CREATE TABLE facts.observations AS SELECT * FROM facts.current_observations;
-- As of the first day of each month with a report: what was in force then.
CREATE TABLE facts.opening_values AS
SELECT
    o.unit_code, o.unit_level, o.province_code, o.indicator, m.opens_on, max(o.as_of_on) AS reported_on,
    arg_max(o.value, o.as_of_on) AS value, arg_max(o.origin, o.as_of_on) AS origin
FROM (SELECT DISTINCT CAST(date_trunc('month', as_of_on) AS DATE) AS opens_on FROM days) AS m
JOIN facts.current_observations AS o ON o.as_of_on < m.opens_on
GROUP BY o.unit_code, o.unit_level, o.province_code, o.indicator, m.opens_on;
-- One value that An Giang sent twice for the newest day: 0 first, then what is in force.
INSERT INTO facts.observations
SELECT o.* REPLACE (0 AS value, s.submission_id AS submission_id, s.received_at AS received_at)
FROM facts.current_observations AS o
JOIN facts.submissions AS s ON s.province_code = '91' AND s.as_of_on = o.as_of_on AND s.revision = 1
WHERE o.unit_code = '91' AND o.indicator = 'extension_scheme_drafted' AND o.as_of_on = (SELECT max(as_of_on) FROM days);

CREATE TABLE facts.rejected_values AS
SELECT s.submission_id, s.file_name, 'Biểu 02!D' || (11 + s.number) AS source_place, c.commune_name AS unit_text,
    'pvhcc_commune_operating' AS indicator, f.given AS given_text, r.expected_vi AS expected_text, r.rule, r.severity,
    r.message_vi, r.message_en, r.fix_vi, r.fix_en, NULL::VARCHAR AS cause_place, s.province_code, s.as_of_on, s.received_at, s.origin
FROM latest_submissions AS s
JOIN (VALUES ('value_not_a_number', 'đang thực hiện'), ('above_upper_bound', '3')) AS f (rule, given) ON s.number % 7 = 0
JOIN reference.rules AS r USING (rule)
JOIN (SELECT province_code, min(commune_name) AS commune_name FROM reference.communes GROUP BY province_code) AS c
    USING (province_code);

-- marts -------------------------------------------------------------------------------------------------------
CREATE TEMP TABLE targets AS
SELECT p.province_code, i.indicator,
    CASE
        WHEN i.target_rule = 'all_provinces' THEN 1
        WHEN i.target_rule = 'one_per_commune' AND i.indicator LIKE 'pvhcc%' AND p.province_code = '01' THEN 0
        WHEN i.target_rule = 'one_per_commune' THEN p.commune_count
    END AS fixed_target,
    coalesce(fixed_target, CASE WHEN i.unit_level = 'commune' THEN p.commune_count ELSE 1 END) AS expected_unit_count
FROM reference.provinces AS p CROSS JOIN reference.indicators AS i WHERE i.form_sheet <> '';
CREATE TABLE reference.denominators AS
SELECT indicator, province_code, CAST(expected_unit_count AS INTEGER) AS expected_count,
    CASE WHEN fixed_target = 0 THEN 'Hà Nội tổ chức một Trung tâm một cấp' ELSE '' END AS reason,
    DATE '2025-07-01' AS valid_from_on, CAST(NULL AS DATE) AS valid_to_on
FROM targets;

CREATE TABLE marts.province_progress AS
WITH in_force AS (
    SELECT d.as_of_on, o.as_of_on AS reported_on, o.province_code, o.indicator, o.value
    FROM days AS d JOIN facts.current_observations AS o ON o.as_of_on <= d.as_of_on
    QUALIFY row_number() OVER (PARTITION BY d.as_of_on, o.unit_code, o.indicator ORDER BY o.as_of_on DESC) = 1
), sums AS (
    SELECT province_code, indicator, as_of_on, sum(value) AS value, count(*) AS reported_unit_count,
        count(*) FILTER (WHERE reported_on < as_of_on) AS stale_unit_count, max(reported_on) AS last_reported_on
    FROM in_force GROUP BY province_code, indicator, as_of_on
), with_target AS (
    SELECT s.*, coalesce(t.fixed_target, required.value) AS target, t.expected_unit_count,
        t.fixed_target IS NOT NULL AS is_counted
    FROM sums AS s JOIN targets AS t USING (province_code, indicator)
    LEFT JOIN sums AS required ON required.province_code = s.province_code AND required.as_of_on = s.as_of_on
        AND (s.indicator, required.indicator) IN
            (('procedures_reviewed', 'procedures_to_review'), ('obstacles_resolved', 'obstacles_raised'),
             ('staff_present', 'staff_allocated'), ('military_posts_filled', 'military_posts_required'))
)
SELECT province_code, indicator, as_of_on, CAST(value AS DOUBLE) AS value, CAST(target AS DOUBLE) AS target,
    100.0 * value / nullif(target, 0) AS progress_pct, reported_unit_count,
    CAST(value AS DOUBLE) AS comparable_value, reported_unit_count AS target_unit_count,
    CAST(expected_unit_count AS BIGINT) AS expected_unit_count, last_reported_on,
    CAST(target AS DOUBLE) AS comparable_target, reported_unit_count AS comparable_unit_count,
    stale_unit_count, CAST(CASE WHEN CAST(province_code AS INTEGER) % 7 = 0 THEN 1 ELSE 0 END AS BIGINT) AS set_aside_count,
    CAST(value AS DOUBLE) AS floor_value,
    CAST(CASE WHEN is_counted THEN value + expected_unit_count - reported_unit_count END AS DOUBLE) AS ceiling_value,
    100.0 * value / nullif(target, 0) AS floor_pct,
    CASE WHEN is_counted THEN 100.0 * (value + expected_unit_count - reported_unit_count) / nullif(target, 0) END AS ceiling_pct,
    CASE WHEN value > target THEN 'value_above_target' END AS rate_flag, getvariable('origin') AS origin
FROM with_target;

CREATE TABLE marts.national_progress AS
WITH whole AS (
    SELECT indicator, CAST(sum(expected_unit_count) AS BIGINT) AS expected_unit_count, CAST(sum(fixed_target) AS DOUBLE) AS fixed_target
    FROM targets GROUP BY indicator
)
SELECT p.indicator, as_of_on, sum(value) AS value, coalesce(any_value(w.fixed_target), sum(target)) AS target,
    100.0 * sum(value) / nullif(coalesce(any_value(w.fixed_target), sum(target)), 0) AS progress_pct, sum(comparable_value) AS comparable_value,
    CAST(sum(target_unit_count) AS BIGINT) AS target_unit_count,
    CAST(sum(reported_unit_count) AS BIGINT) AS reported_unit_count,
    any_value(w.expected_unit_count) AS expected_unit_count,
    CAST(sum(stale_unit_count) AS BIGINT) AS stale_unit_count, sum(floor_value) AS floor_value,
    CASE WHEN any_value(w.fixed_target) IS NOT NULL THEN sum(value) + any_value(w.expected_unit_count) - sum(reported_unit_count) END AS ceiling_value,
    count(*) FILTER (WHERE value > 0) AS province_count,
    sum(comparable_target) AS comparable_target, CAST(sum(comparable_unit_count) AS BIGINT) AS comparable_unit_count,
    100.0 * sum(value) / nullif(coalesce(any_value(w.fixed_target), sum(target)), 0) AS floor_pct,
    100.0 * (sum(value) + any_value(w.expected_unit_count) - sum(reported_unit_count)) / any_value(w.fixed_target) AS ceiling_pct,
    CASE WHEN sum(value) > sum(target) THEN 'value_above_target' END AS rate_flag,
    count(rate_flag) AS flagged_province_count,
    CAST(sum(set_aside_count) AS BIGINT) AS set_aside_count, count(*) AS reported_province_count, max(p.origin) AS origin
FROM marts.province_progress AS p JOIN whole AS w USING (indicator) GROUP BY p.indicator, as_of_on;

CREATE TABLE marts.commune_progress AS
SELECT c.commune_code, i.indicator, r.as_of_on, CAST(o.value AS DOUBLE) AS value,
    CASE WHEN i.target_rule = 'one_per_commune' THEN 1.0 END AS target,
    o.as_of_on AS last_reported_on, coalesce(o.origin, getvariable('origin')) AS origin
FROM reference.communes AS c
JOIN reference.denominators AS d ON d.province_code = c.province_code AND d.expected_count > 0
JOIN reference.indicators AS i ON i.indicator = d.indicator AND i.unit_level = 'commune'
JOIN reference.run AS r ON r.as_of_on IS NOT NULL
LEFT JOIN (
    SELECT * FROM facts.current_observations
    QUALIFY row_number() OVER (PARTITION BY unit_code, indicator ORDER BY as_of_on DESC) = 1
) AS o ON o.unit_code = c.commune_code AND o.indicator = i.indicator;

CREATE TABLE marts.directive_status AS
WITH tasks AS (
    SELECT directive, due_on, due_inclusive, UNNEST(string_split(indicators, '|')) AS indicator
    FROM reference.directives WHERE indicators IS NOT NULL
), scopes AS (
    SELECT province_code FROM reference.provinces UNION ALL SELECT 'VN'
), progress AS (
    SELECT province_code, indicator, as_of_on, value, target, progress_pct, reported_unit_count, expected_unit_count, origin
    FROM marts.province_progress
    UNION ALL
    SELECT 'VN', indicator, as_of_on, value, target, progress_pct, reported_unit_count, expected_unit_count, origin
    FROM marts.national_progress
), newest AS (
    SELECT * FROM progress QUALIFY row_number() OVER (PARTITION BY province_code, indicator ORDER BY as_of_on DESC) = 1
), joined AS (
    SELECT t.directive, s.province_code, t.indicator, t.due_on, p.value, p.target, p.progress_pct,
        CASE WHEN p.progress_pct >= 100 THEN p.as_of_on - 20 END AS met_on,
        CASE WHEN t.due_inclusive THEN t.due_on ELSE t.due_on - 1 END AS last_day_on, r.as_of_on, p.origin,
        date_diff('day', coalesce(r.as_of_on, CAST(r.known_at AS DATE)), last_day_on) AS days_to_due,
        p.reported_unit_count, p.expected_unit_count
    FROM tasks AS t CROSS JOIN scopes AS s CROSS JOIN reference.run AS r
    LEFT JOIN newest AS p ON p.province_code = s.province_code AND p.indicator = t.indicator
)
SELECT directive, province_code, indicator, due_on, last_day_on, value, target, progress_pct, 100.0 AS target_pct, met_on,
    CASE WHEN met_on IS NOT NULL THEN 'first_report' END AS met_basis, CAST(NULL AS VARCHAR) AS evidence,
    least(100.0, 100.0 - days_to_due / 2.0) AS expected_pct_today, days_to_due, reported_unit_count, expected_unit_count, as_of_on,
    CASE
        WHEN days_to_due > 1000 THEN 'not_due'
        WHEN value IS NULL THEN 'not_reported'
        WHEN met_on <= last_day_on THEN 'met_on_time'
        WHEN met_on IS NOT NULL THEN 'met_late'
        WHEN days_to_due < 0 AND province_code = '20' THEN 'regressed'
        WHEN days_to_due < 0 THEN 'overdue'
        WHEN progress_pct < 60 THEN 'at_risk'
        ELSE 'on_track'
    END AS status, origin,
    CASE WHEN days_to_due < 1000 THEN CAST(days_to_due * 5 // 7 AS INTEGER) END AS working_days_to_due,
    (SELECT d.due_text_vi FROM reference.directives AS d WHERE d.directive = joined.directive) AS due_text_vi,
    directive = 'letter145_commune_service_unit' AS is_amended,
    CASE
        WHEN value IS NULL THEN NULL
        WHEN days_to_due < 0 THEN CASE WHEN met_on <= last_day_on THEN 100.0 ELSE 0.0 END
        WHEN met_on IS NOT NULL THEN 100.0
        ELSE 12.0
    END AS chance_on_time_pct,
    CASE WHEN province_code = '20' OR met_on IS NOT NULL THEN target END AS reached_value
FROM joined;

-- The newest day as it is, and the reporting day before it: what is full counts as met, what is past its day as overdue.
CREATE TABLE marts.directive_history AS
WITH before AS (
    SELECT province_code, indicator, as_of_on, value, target, progress_pct FROM marts.province_progress
    UNION ALL
    SELECT 'VN', indicator, as_of_on, value, target, progress_pct FROM marts.national_progress
)
SELECT directive, province_code, indicator, as_of_on, due_on, last_day_on, due_text_vi, is_amended, value, target,
    value AS comparable_value, progress_pct, progress_pct AS proven_pct, target_pct, reported_unit_count, expected_unit_count,
    reported_unit_count AS target_unit_count, as_of_on AS reported_on, CAST(met_on IS NOT NULL AS INTEGER) AS is_met,
    met_on AS met_since_on, CAST(NULL AS DATE) AS done_on, met_on, met_basis, evidence, reached_value,
    reached_value AS reached_before_value, days_to_due, expected_pct_today, chance_on_time_pct, status, origin
FROM marts.directive_status
UNION ALL
SELECT s.directive, s.province_code, s.indicator, b.as_of_on, s.due_on, s.last_day_on, s.due_text_vi, s.is_amended, b.value,
    b.target, b.value, b.progress_pct, b.progress_pct, s.target_pct, s.reported_unit_count, s.expected_unit_count,
    s.reported_unit_count, b.as_of_on, CAST(b.progress_pct >= 100 AS INTEGER), NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    date_diff('day', b.as_of_on, s.last_day_on), NULL, NULL,
    CASE
        WHEN b.value IS NULL THEN 'not_reported'
        WHEN b.progress_pct >= 100 THEN 'met_late'
        WHEN b.as_of_on > s.last_day_on THEN 'overdue'
        ELSE 'on_track'
    END, s.origin
FROM marts.directive_status AS s
JOIN before AS b USING (province_code, indicator)
WHERE b.as_of_on = (SELECT max(as_of_on) FROM days WHERE as_of_on < (SELECT max(as_of_on) FROM days));

-- Forecasts by kind: yes or no of one province, one province that stands still (24) and one that falls (20), the country.
CREATE TABLE marts.directive_forecast AS
WITH judged AS (
    SELECT *,
        CASE
            WHEN value IS NULL THEN 'not_reported'
            WHEN met_on IS NOT NULL THEN 'met'
            WHEN province_code <> 'VN' AND target = 1 THEN 'single_step'
            WHEN province_code = '24' THEN 'plateau'
            WHEN province_code = '20' THEN 'regressed'
            ELSE 'recent_rate'
        END AS method
    FROM marts.directive_status
)
SELECT directive, province_code, indicator,
    CASE WHEN method = 'recent_rate' THEN target / 100.0 END AS observed_rate_per_day,
    CASE WHEN method <> 'met' AND days_to_due > 0 THEN (target - value) / days_to_due END AS required_rate_per_day,
    CASE WHEN method = 'recent_rate' THEN as_of_on + 60 END AS expected_finish_on,
    CASE WHEN method = 'recent_rate' THEN as_of_on + 40 END AS early_finish_on,
    CASE WHEN method = 'recent_rate' AND CAST(replace(province_code, 'VN', '0') AS INTEGER) % 5 <> 1 THEN as_of_on + 110 END AS late_finish_on,
    chance_on_time_pct, method, as_of_on, last_day_on, progress_pct AS proven_pct, target - value AS remaining_value,
    60.0 AS unadjusted_days, CAST(6 AS BIGINT) AS point_count, 56 AS observed_days, as_of_on AS last_point_on, 500 AS case_count, origin
FROM judged;

-- Forecasts made two months before: what is met came within its range, where it fell (20) the range is over, the rest is open.
CREATE TABLE marts.forecast_history AS
SELECT directive, province_code, indicator, as_of_on - 60 AS as_of_on,
    CASE method WHEN 'met' THEN as_of_on - 25 WHEN 'regressed' THEN as_of_on - 40 ELSE early_finish_on END AS early_finish_on,
    CASE method WHEN 'met' THEN as_of_on + 10 WHEN 'regressed' THEN as_of_on - 30 ELSE late_finish_on END AS late_finish_on,
    chance_on_time_pct, method, origin
FROM marts.directive_forecast;

-- An Giang takes back its decision and one commune's staff, and the Ministry corrects one commune of Đà Nẵng.
CREATE TABLE marts.restated_progress AS
SELECT restatement, CASE WHEN kind = 'VN' THEN 'VN' ELSE sender END AS province_code, indicator, newest.as_of_on, restated_at, CAST(1 AS BIGINT) AS changed_unit_count, effect,
    value_before, value_before + effect AS value_after, value_before AS target, CAST(34 AS BIGINT) AS target_unit_count,
    CAST(34 AS BIGINT) AS expected_unit_count, getvariable('origin') AS origin
FROM (VALUES
    ('91-20260225-2', '91', 'extension_centre_decided', TIMESTAMP '2026-02-26 14:10', -1.0, 20.0),
    ('91-20260225-2', '91', 'staff_present', TIMESTAMP '2026-02-26 14:10', -7.0, 152000.0),
    ('c1', '48', 'staff_present', TIMESTAMP '2026-02-27 09:00', 3.0, 151993.0)
) AS r (restatement, sender, indicator, restated_at, effect, value_before)
CROSS JOIN (VALUES ('own'), ('VN')) AS scope (kind)
CROSS JOIN (SELECT max(as_of_on) AS as_of_on FROM days) AS newest
WHERE getvariable('origin') = 'simulated';
CREATE TABLE marts.restatements AS
SELECT indicator, unit_code, newest.as_of_on, old_value, new_value, old_submission_id,
    CASE WHEN correction IS NULL THEN restatement END AS new_submission_id, restated_at, new_value - old_value AS national_effect,
    status_change, province_code, restatement, correction, CASE WHEN correction IS NULL THEN 'Biểu 01!E12' END AS source_place,
    new_value - old_value AS province_effect, new_value - old_value AS whole_effect, asks_reason, CAST(NULL AS VARCHAR) AS reason,
    CAST(NULL AS VARCHAR) AS reason_document_no, getvariable('origin') AS origin
FROM (VALUES
    ('extension_centre_decided', '91', 1.0, 0.0, '91-20260225-1', '91-20260225-2', TIMESTAMP '2026-02-26 14:10',
        'steering_letter_apparatus|91|met_on_time|regressed;steering_letter_apparatus|VN|overdue|regressed', '91', NULL, true),
    ('staff_present', '30292', 47.0, 40.0, '91-20260225-1', '91-20260225-2', TIMESTAMP '2026-02-26 14:10', NULL, '91', NULL, false),
    ('staff_present', '20333', 37.0, 40.0, '48-20260225-1', 'c1', TIMESTAMP '2026-02-27 09:00', NULL, '48', 'c1', false)
) AS r (indicator, unit_code, old_value, new_value, old_submission_id, restatement, restated_at, status_change, province_code, correction,
    asks_reason)
CROSS JOIN (SELECT max(as_of_on) AS as_of_on FROM days) AS newest
WHERE getvariable('origin') = 'simulated';

CREATE TABLE marts.reporting_coverage AS
WITH calendar AS (
    SELECT p.province_code, d.form, d.as_of_on, CAST(d.due_on + 1 AS TIMESTAMP) AS due_at
    FROM reference.provinces AS p CROSS JOIN reference.reporting_days AS d
    WHERE d.as_of_on >= (SELECT coalesce(min(as_of_on), DATE '2026-01-31') FROM days)
      AND d.as_of_on <= (SELECT CAST(known_at AS DATE) + 30 FROM reference.run)
)
SELECT c.province_code, c.form, c.as_of_on, c.due_at, s.received_at,
    CASE
        WHEN c.due_at > (SELECT known_at FROM reference.run) THEN 'not_due'
        WHEN s.received_at IS NULL THEN 'missing'
        WHEN s.received_at > c.due_at THEN 'late'
        ELSE 'on_time'
    END AS status,
    CASE WHEN s.received_at IS NOT NULL THEN greatest(date_diff('day', c.due_at, s.received_at) + 1, 0) END AS days_late,
    s.revision, s.accepted_count, s.rejected_count, CASE WHEN s.province_code IS NOT NULL THEN 'province' END AS sent_by,
    CASE WHEN s.province_code IS NOT NULL OR c.due_at <= run.known_at THEN coalesce(s.accepted_count, 0) END
        AS filled_count,
    CAST(1500 + CAST(c.province_code AS INTEGER) AS BIGINT) AS expected_count,
    100.0 * filled_count / expected_count AS filled_pct, s.origin
FROM calendar AS c CROSS JOIN (SELECT known_at FROM reference.run) AS run LEFT JOIN latest_submissions AS s USING (province_code, as_of_on);

CREATE TABLE marts.changes_since_last AS
WITH progress AS (
    SELECT province_code, indicator, as_of_on, value, origin FROM marts.province_progress
    UNION ALL SELECT 'VN', indicator, as_of_on, value, origin FROM marts.national_progress
), stepped AS (
    SELECT *, lag(as_of_on) OVER w AS previous_as_of_on, lag(value) OVER w AS previous_value
    FROM progress WINDOW w AS (PARTITION BY province_code, indicator ORDER BY as_of_on)
)
SELECT province_code, indicator, as_of_on, previous_as_of_on, value, previous_value, value - previous_value AS change,
    CASE WHEN previous_value IS NULL THEN 'first_report' WHEN value > previous_value THEN 'up' ELSE 'down' END AS kind, origin
FROM stepped
WHERE as_of_on = (SELECT max(as_of_on) FROM days) AND value IS DISTINCT FROM previous_value;

