-- Giá trị đang có hiệu lực và vì sao: lần gửi mới nhất cho mỗi đơn vị, chỉ tiêu và ngày, đã áp dụng đính chính. | The value in force and why: the latest accepted revision per unit, indicator and day, corrections applied.
-- grain: unit_code, indicator, as_of_on
-- refresh: as_of_on
-- kind: view
-- clearance: rows by indicator; texts evidence; places source_place
-- columns:
--   unit_code: Mã đơn vị: xã (5 số) hoặc tỉnh (2 số) | Commune or province code
--   unit_level: commune hoặc province | commune or province
--   province_code: Mã tỉnh, thành phố | Province code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày mà số liệu phản ánh | Day that the figure describes
--   value: Giá trị theo đơn vị tính của chỉ tiêu; có/không là 1/0 | Value in the indicator's unit; flags are 1/0
--   done_on: Ngày hoàn thành tỉnh đã ghi | Completion date given by the sender
--   evidence: Số, ký hiệu văn bản tỉnh đã ghi | Document number given by the sender
--   submission_id: Lần gửi chứa giá trị này | Submission that holds the value
--   source_place: Vị trí trong tệp: trang tính!ô | Place in the file: sheet!cell
--   received_at: Thời điểm nhận (giờ Việt Nam) | When we learned it (Vietnamese time)
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
--   why: only: chỉ có một lần gửi; newer_revision: lần gửi sau thay lần trước; correction: Bộ đính chính | only, newer_revision or correction
--   reported_value: Giá trị tỉnh báo cáo, trước khi đính chính | Value as reported, before any correction
--   superseded_value: Giá trị của lần gửi ngay trước, đã bị thay | Value of the submission before, superseded
--   superseded_submission_id: Lần gửi ngay trước | The submission before
--   correction: Mã đính chính đã áp dụng | Correction applied
--   correction_document_no: Số, ký hiệu văn bản đính chính | Number of the correction's document
SELECT
    observations.unit_code,
    observations.unit_level,
    observations.province_code,
    observations.indicator,
    observations.as_of_on,
    CASE WHEN applied.correction IS NULL THEN observations.value ELSE applied.corrected_value END AS value,
    observations.done_on,
    observations.evidence,
    observations.submission_id,
    observations.source_place,
    observations.received_at,
    observations.origin,
    CASE
        WHEN applied.correction IS NOT NULL THEN 'correction'
        WHEN revised_values.submission_id IS NOT NULL THEN 'newer_revision'
        ELSE 'only'
    END AS why,
    observations.value AS reported_value,
    revised_values.superseded_value,
    revised_values.superseded_submission_id,
    applied.correction,
    applied.document_no AS correction_document_no
FROM facts.observations AS observations
LEFT JOIN facts.revised_values AS revised_values
    ON
        observations.unit_code = revised_values.unit_code
        AND observations.indicator = revised_values.indicator
        AND observations.as_of_on = revised_values.as_of_on
LEFT JOIN facts.corrections_applied AS applied
    ON
        observations.unit_code = applied.unit_code
        AND observations.indicator = applied.indicator
        AND observations.as_of_on = applied.as_of_on
        AND applied.status = 'applied'
WHERE
    revised_values.submission_id IS NULL
    OR (
        observations.submission_id = revised_values.submission_id
        AND observations.source_place = revised_values.source_place
    )
