-- Từng bước của mỗi chuỗi công việc trong cả nước: bao nhiêu tỉnh đã xong, đang làm, còn chờ, chưa báo cáo. | Each stage of every chain in the country: provinces that have reached it, work on it, wait for it, have not reported.
-- grain: chain, stage_order
-- clearance: rows by chain
-- columns:
--   chain: Mã chuỗi công việc | Chain of tasks
--   stage_order: Thứ tự của bước | Order of the stage
--   indicator: Chỉ tiêu đo bước này | Indicator that measures the stage
--   as_of_on: Ngày số liệu | Day of the figures
--   expected_count: Số tỉnh, thành phố được tính | Provinces that can count
--   reported_count: Số tỉnh đã có báo cáo về bước này | Provinces that have reported on the stage
--   reached_count: Số tỉnh đã xong; trống là chưa tỉnh nào báo cáo | Provinces that have reached it; NULL = no report
--   reached_with_all_before_count: Số tỉnh đã xong bước này và mọi bước có thứ tự nhỏ hơn | Provinces that have reached it and every stage before it
--   in_progress_count: Số tỉnh đang làm: các bước phải xong trước đã xong | Provinces that work on it: every required stage is done
--   waiting_count: Số tỉnh còn chờ bước phải xong trước | Provinces that wait for a required stage
--   not_reported_count: Số tỉnh chưa có báo cáo về bước này | Provinces that have not reported on the stage
--   problem_count: Số tỉnh có trình tự bất hợp lý ở bước này | Provinces with an impossible sequence at this stage
--   dated_count: Số tỉnh đã xong có ghi ngày hoàn thành | Provinces that have reached it and gave the date
--   median_days_done: Trung vị số ngày của các tỉnh đã xong | Median days of the provinces that have reached it
--   median_days_in_progress: Trung vị số ngày đến nay của các tỉnh đang làm | Median days so far of the provinces that work on it
--   last_reported_on: Ngày báo cáo gần nhất | Newest day reported
--   origin: Nguồn; có một giá trị mô phỏng là simulated | Origin; one simulated value makes it simulated
WITH stages AS (
    SELECT
        chain,
        province_code,
        stage_order,
        indicator,
        as_of_on,
        status,
        reached_basis,
        days_in_stage,
        sequence_problem,
        last_reported_on,
        origin,
        SUM(CASE WHEN status = 'done' THEN 1 ELSE 0 END) OVER (
            PARTITION BY chain, province_code
            ORDER BY stage_order
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS done_so_far,
        ROW_NUMBER() OVER (PARTITION BY chain, province_code ORDER BY stage_order) AS stages_so_far
    FROM marts.chain_stages
)

SELECT
    chain,
    stage_order,
    indicator,
    as_of_on,
    COUNT(*) AS expected_count,
    COUNT(*) FILTER (WHERE status <> 'not_reported') AS reported_count,
    CASE
        WHEN COUNT(*) FILTER (WHERE status <> 'not_reported') > 0 THEN COUNT(*) FILTER (WHERE status = 'done')
    END AS reached_count,
    CASE
        WHEN COUNT(*) FILTER (WHERE status <> 'not_reported') > 0
            THEN COUNT(*) FILTER (WHERE done_so_far = stages_so_far)
    END AS reached_with_all_before_count,
    COUNT(*) FILTER (WHERE status = 'in_progress') AS in_progress_count,
    COUNT(*) FILTER (WHERE status = 'waiting') AS waiting_count,
    COUNT(*) FILTER (WHERE status = 'not_reported') AS not_reported_count,
    COUNT(sequence_problem) AS problem_count,
    COUNT(*) FILTER (WHERE reached_basis = 'evidence') AS dated_count,
    MEDIAN(days_in_stage) FILTER (WHERE status = 'done') AS median_days_done,
    MEDIAN(days_in_stage) FILTER (WHERE status = 'in_progress') AS median_days_in_progress,
    MAX(last_reported_on) AS last_reported_on,
    MAX(origin) AS origin
FROM stages
GROUP BY chain, stage_order, indicator, as_of_on
