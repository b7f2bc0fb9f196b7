-- Giá trị có hiệu lực vào một ngày, theo những gì đã biết vào một ngày khác, đã áp dụng đính chính biết lúc đó. | The value in force on one day, as far as it was known on another, with the corrections known then.
-- parameters: effective_on, known_on
-- grain: unit_code, indicator
-- clearance: derived
-- columns:
--   unit_code: Mã đơn vị: xã (5 số) hoặc tỉnh (2 số) | Commune or province code
--   province_code: Mã tỉnh, thành phố | Province code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày mà số liệu phản ánh, không sau effective_on | Day that the figure describes, not after effective_on
--   value: Giá trị | Value
--   done_on: Ngày hoàn thành tỉnh đã ghi | Completion date given by the sender
--   evidence: Số, ký hiệu văn bản tỉnh đã ghi | Document number given by the sender
--   submission_id: Lần gửi chứa giá trị này | Submission that holds the value
--   source_place: Vị trí trong tệp: trang tính!ô | Place in the file: sheet!cell
--   received_at: Thời điểm nhận, không sau hết ngày known_on | When we learned it, not after the end of known_on
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
--   reported_value: Giá trị tỉnh báo cáo, trước khi đính chính | Value as reported, before any correction
--   correction: Mã đính chính đã áp dụng | Correction applied
WITH reported AS (
    SELECT
        unit_code,
        province_code,
        indicator,
        as_of_on,
        value,
        done_on,
        evidence,
        submission_id,
        source_place,
        received_at,
        origin
    FROM facts.observations
    WHERE as_of_on <= CAST(effective_on AS DATE) AND CAST(received_at AS DATE) <= CAST(known_on AS DATE)
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY unit_code, indicator
            ORDER BY as_of_on DESC, received_at DESC, submission_id DESC, source_place DESC
        ) = 1
)

SELECT
    reported.unit_code,
    reported.province_code,
    reported.indicator,
    reported.as_of_on,
    CASE WHEN corrections.correction IS NULL THEN reported.value ELSE corrections.corrected_value END AS value,
    reported.done_on,
    reported.evidence,
    reported.submission_id,
    reported.source_place,
    reported.received_at,
    reported.origin,
    reported.value AS reported_value,
    corrections.correction
FROM reported
LEFT JOIN reference.corrections AS corrections
    ON
        reported.unit_code = corrections.unit_code
        AND reported.indicator = corrections.indicator
        AND reported.as_of_on = corrections.as_of_on
        AND reported.value = corrections.expected_given
        AND corrections.entered_on <= CAST(known_on AS DATE)
        AND corrections.expires_on > CAST(known_on AS DATE)
