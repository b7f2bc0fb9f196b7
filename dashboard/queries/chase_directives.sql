-- One row per directive with calls to make, most urgent first. `call_count` of them all is in every row.
SELECT
    c.directive, d.title_vi, d.title_en, max(c.due_on) AS due_on, d.due_inclusive,
    CASE
        WHEN max(c.due_on) = d.due_on THEN d.due_text_vi
        ELSE 'hạn mới ' || strftime(max(c.due_on), '%d/%m/%Y')
    END AS due_text_vi,
    min(c.days_to_due) AS days_to_due,
    min(c.rank) AS first_rank, count(*) AS call_count, count(DISTINCT c.indicator) AS indicator_count
FROM marts.chase_list AS c
JOIN reference.directives AS d USING (directive)
GROUP BY c.directive, d.title_vi, d.title_en, d.due_on, d.due_inclusive, d.due_text_vi
ORDER BY first_rank
