-- Đính chính của Bộ và tình trạng áp dụng: số nào được sửa, vì sao sửa hay không sửa. | Corrections by the Ministry and whether they apply: which value is put right, why or why not.
-- grain: correction
-- clearance: rows by indicator; texts reason, status_reason_vi, status_reason_en
-- columns:
--   correction: Mã đính chính | Correction
--   unit_code: Mã đơn vị: xã (5 số) hoặc tỉnh (2 số) | Commune or province code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày mà số liệu phản ánh | Day that the figure describes
--   status: applied, guard_failed, expired, not_entered hoặc no_value | applied, guard_failed, expired, not_entered or no_value
--   expected_given: Giá trị phải đang có thì mới áp dụng | Value that must be there for it to apply
--   given_value: Giá trị tỉnh báo cáo đang có; trống nếu chưa báo cáo | Reported value in force, NULL if there is none
--   corrected_value: Giá trị đúng theo đính chính | Value that the correction gives
--   reason: Lý do đính chính | Reason of the correction
--   status_reason_vi: Vì sao áp dụng hay không, tiếng Việt | Why it applies or not, in Vietnamese
--   status_reason_en: Vì sao áp dụng hay không, tiếng Anh | Why it applies or not, in English
--   document_no: Số, ký hiệu văn bản đính chính | Number of the document
--   submission_id: Lần gửi chứa giá trị đang có | Submission that holds the reported value
--   entered_on: Ngày nhập | Entered on
--   expires_on: Hết hiệu lực từ ngày này | No longer applies from this day on
WITH reported AS (
    SELECT
        observations.unit_code,
        observations.indicator,
        observations.as_of_on,
        observations.value,
        observations.submission_id
    FROM facts.observations AS observations
    INNER JOIN reference.corrections AS corrections
        ON
            observations.unit_code = corrections.unit_code
            AND observations.indicator = corrections.indicator
            AND observations.as_of_on = corrections.as_of_on
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY observations.unit_code, observations.indicator, observations.as_of_on
            ORDER BY observations.received_at DESC, observations.submission_id DESC, observations.source_place DESC
        ) = 1
),

judged AS (
    SELECT
        corrections.correction,
        corrections.unit_code,
        corrections.indicator,
        corrections.as_of_on,
        CASE
            WHEN CAST(run.known_at AS DATE) < corrections.entered_on THEN 'not_entered'
            WHEN CAST(run.known_at AS DATE) >= corrections.expires_on THEN 'expired'
            WHEN reported.submission_id IS NULL THEN 'no_value'
            WHEN reported.value <> corrections.expected_given THEN 'guard_failed'
            ELSE 'applied'
        END AS status,
        corrections.expected_given,
        reported.value AS given_value,
        corrections.corrected_value,
        corrections.reason,
        corrections.document_no,
        reported.submission_id,
        corrections.entered_on,
        corrections.expires_on
    FROM reference.corrections AS corrections
    CROSS JOIN reference.run AS run
    LEFT JOIN reported
        ON
            corrections.unit_code = reported.unit_code
            AND corrections.indicator = reported.indicator
            AND corrections.as_of_on = reported.as_of_on
)

SELECT
    correction,
    unit_code,
    indicator,
    as_of_on,
    status,
    expected_given,
    given_value,
    corrected_value,
    reason,
    CASE status
        WHEN 'applied' THEN 'Số báo cáo đúng là số cần sửa; đã thay bằng số đính chính.'
        WHEN 'guard_failed' THEN 'Số báo cáo nay đã khác số cần sửa; giữ số báo cáo, cần xem lại đính chính này.'
        WHEN 'expired' THEN 'Đính chính đã hết hiệu lực; dùng số báo cáo.'
        WHEN 'not_entered' THEN 'Vào thời điểm chốt số liệu, đính chính chưa được nhập.'
        ELSE 'Đơn vị chưa có số báo cáo cho ngày này; không có gì để sửa.'
    END AS status_reason_vi,
    CASE status
        WHEN 'applied' THEN 'The reported value is the one to be put right; the correction takes its place.'
        WHEN 'guard_failed' THEN 'The reported value is another by now and stays; look at this correction again.'
        WHEN 'expired' THEN 'The correction has expired; the reported value counts.'
        WHEN 'not_entered' THEN 'When the figures were known, the correction had not been entered.'
        ELSE 'The unit has reported nothing for this day; there is nothing to put right.'
    END AS status_reason_en,
    document_no,
    submission_id,
    entered_on,
    expires_on
FROM judged
