-- Số đã công bố so với số cộng từ báo cáo | Published figures against the sum of reports
-- question: Bao nhiêu số đã công bố chênh với báo cáo mà chưa rõ lý do? | How many published figures differ from reports for no known reason?
-- page: reconciliation
-- choose:
-- codes:
-- answer: unexplained_count

SELECT i.name_vi, r.scope, r.as_of_on, r.published_value, r.reported_on, r.reported_value, r.difference,
    r.difference_pct, r.explanation, r.also, r.reported_unit_count, r.expected_unit_count,
    COUNT(CASE WHEN r.explanation = 'differs' THEN 1 END) OVER () AS unexplained_count
FROM marts.published_reconciliation AS r
INNER JOIN reference.indicators AS i ON i.indicator = r.indicator
ORDER BY (r.explanation = 'differs') DESC, ABS(r.difference_pct) DESC NULLS LAST, r.figure
