-- Chuỗi kiện toàn hệ thống khuyến nông ở từng tỉnh: từng bước, ngày xong, số ngày, trái trình tự. | The extension chain in each province: stages, when each was reached, days, impossible sequences.
-- grain: province_code, stage_order
-- clearance: rows by chain; texts evidence
-- columns:
--   province_code: Mã tỉnh, thành phố | Province code
--   stage_order: Thứ tự của bước | Order of the stage
--   indicator: Chỉ tiêu đo bước này | Indicator that measures the stage
--   reached_on: Ngày xong: ngày hoàn thành tỉnh ghi, nếu không thì ngày báo cáo đầu tiên của đợt đã xong hiện nay; trống là chưa xong | Completion date given, otherwise first reporting day of the present spell; NULL = not reached
--   days_in_stage: Số ngày ở bước này: từ khi các bước phải xong trước đã xong đến khi xong, nếu chưa xong thì đến ngày số liệu; trống là không biết | Days from when the required stages were reached until it was reached, or until the day of the figures; NULL = not known
--   sequence_problem: Trái trình tự: went_back, dated_after_report, previous_missing, before_previous (xem marts.chain_stages); trống nếu không | Impossible sequence (see marts.chain_stages); NULL if none
--   chain: Mã chuỗi công việc: extension | Chain of tasks: extension
--   status: done, in_progress, waiting hoặc not_reported | done, in_progress, waiting or not_reported
--   started_on: Ngày có thể bắt đầu; trống là chưa biết | Day from which it could be done; NULL = not known
--   reached_basis: evidence (ngày hoàn thành tỉnh ghi) hoặc first_report (ngày báo cáo đầu tiên) | What reached_on rests on
--   evidence: Số, ký hiệu văn bản | Document number
--   last_reported_on: Ngày báo cáo gần nhất | Newest day reported
--   went_back_on: Ngày báo cáo gần nhất chuyển từ đã xong về chưa xong | Newest day on which a report took back what was done
--   problem_indicator: Bước phải xong trước có liên quan | The required stage that the problem is about
--   as_of_on: Ngày số liệu | Day of the figures
--   origin: Nguồn; có một giá trị mô phỏng là simulated | Origin; one simulated value makes it simulated
SELECT
    province_code,
    stage_order,
    indicator,
    reached_on,
    days_in_stage,
    sequence_problem,
    chain,
    status,
    started_on,
    reached_basis,
    evidence,
    last_reported_on,
    went_back_on,
    problem_indicator,
    as_of_on,
    origin
FROM marts.chain_stages
WHERE chain = 'extension'
