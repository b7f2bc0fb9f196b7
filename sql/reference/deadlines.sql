-- Thời hạn có hiệu lực của từng chỉ đạo theo thời gian: thời hạn ban đầu, rồi từng lần gia hạn; thời hạn cũ vẫn được giữ. | The deadline of each directive that holds at each time: the first one, then each amendment; what held before is kept.
-- grain: directive, valid_from_on
-- clearance: rows by directive; texts source_note
-- columns:
--   directive: Mã chỉ đạo | Directive
--   valid_from_on: Có hiệu lực từ ngày; thời hạn ban đầu từ 01/07/2025 | Holds from this day; the first one from 01/07/2025
--   valid_to_on: Đến hết ngày; trống nếu đang có hiệu lực | Last day, NULL while it holds
--   due_on: Thời hạn ghi trong văn bản | Due date as worded
--   last_day_on: Ngày cuối còn đúng hạn ("trước ngày" không tính ngày đó) | Last day that is in time ("trước" excludes the day)
--   due_text_vi: Lời ghi thời hạn | Wording of the deadline
--   is_amended: Đã gia hạn so với ban đầu | Whether it is an amendment
--   document_no: Số, ký hiệu văn bản | Number of the document
--   source_file: Tệp nguồn | Source file
--   source_note: Vị trí trong nguồn | Where in the source
WITH held AS (
    SELECT
        directive,
        DATE '2025-07-01' AS valid_from_on,
        due_on,
        due_inclusive,
        due_text_vi,
        FALSE AS is_amended,
        document_no,
        source_file,
        source_note
    FROM reference.directives
    UNION ALL
    SELECT
        directive,
        announced_on AS valid_from_on,
        due_on,
        due_inclusive,
        due_text_vi,
        TRUE AS is_amended,
        document_no,
        source_file,
        source_note
    FROM reference.directive_deadlines
    WHERE kind = 'amendment'
)

SELECT
    directive,
    valid_from_on,
    LEAD(valid_from_on) OVER (PARTITION BY directive ORDER BY valid_from_on) - 1 AS valid_to_on,
    due_on,
    CASE WHEN due_inclusive THEN due_on ELSE due_on - 1 END AS last_day_on,
    due_text_vi,
    is_amended,
    document_no,
    source_file,
    source_note
FROM held
