-- Giá trị bị để riêng hoặc có lưu ý, theo quy tắc | Values set aside or remarked, by rule
-- question: Bao nhiêu giá trị bị để riêng hoặc có lưu ý, vì quy tắc nào? | How many values were set aside or remarked, and by which rules?
-- page: quality
-- choose:
-- codes:
-- answer: every_value_count

WITH counted AS (
    SELECT v.rule, v.severity, COUNT(*) AS value_count, COUNT(DISTINCT v.submission_id) AS file_count,
        COUNT(DISTINCT v.province_code) AS province_count, MAX(v.received_at) AS newest_at
    FROM facts.rejected_values AS v
    GROUP BY v.rule, v.severity
)
SELECT c.rule, r.title_vi, c.severity, c.value_count, c.file_count, c.province_count, c.newest_at,
    SUM(c.value_count) OVER () AS every_value_count
FROM counted AS c
LEFT JOIN reference.rules AS r ON r.rule = c.rule
ORDER BY c.value_count DESC, c.rule
