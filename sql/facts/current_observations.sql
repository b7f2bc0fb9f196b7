-- Giá trị đang có hiệu lực: lần gửi mới nhất cho mỗi đơn vị, chỉ tiêu và ngày. | The value in force: the latest accepted revision per unit, indicator and day.
-- grain: unit_code, indicator, as_of_on
-- refresh: as_of_on
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
SELECT
    observations.unit_code,
    observations.unit_level,
    observations.province_code,
    observations.indicator,
    observations.as_of_on,
    observations.value,
    observations.done_on,
    observations.evidence,
    observations.submission_id,
    observations.source_place,
    observations.received_at,
    observations.origin
FROM facts.observations AS observations
INNER JOIN work.refresh_days AS refresh_days ON observations.as_of_on = refresh_days.as_of_on
QUALIFY
    ROW_NUMBER() OVER (
        PARTITION BY observations.unit_code, observations.indicator, observations.as_of_on
        ORDER BY observations.received_at DESC, observations.submission_id DESC, observations.source_place DESC
    ) = 1
