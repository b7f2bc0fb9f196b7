-- Khuyến nông: từng bước, cả nước | Agricultural extension: each stage, country
-- question: Bao nhiêu địa phương đã xong đủ các bước kiện toàn hệ thống khuyến nông? | How many provinces have completed every stage of the extension reform?
-- page: chain
-- choose:
-- codes:
-- answer: reached_with_all_before_count

WITH chosen AS (
    SELECT 'extension' AS chain
)
SELECT f.stage_order, s.title_vi, f.reached_with_all_before_count, f.reached_count, f.in_progress_count, f.waiting_count,
    f.not_reported_count, f.problem_count, f.median_days_done, f.median_days_in_progress, f.expected_count, f.origin
FROM marts.chain_funnel AS f
INNER JOIN chosen AS c ON c.chain = f.chain
INNER JOIN reference.chains AS s ON s.chain = f.chain AND s.stage_order = f.stage_order
ORDER BY f.stage_order DESC
