-- One row: how many reporting days the calendar has, how many days after each the report is due, which one comes next.
SELECT
    count(*) AS day_count, min(d.due_on - d.as_of_on) AS shortest_days, max(d.due_on - d.as_of_on) AS longest_days,
    min(d.as_of_on) FILTER (WHERE d.due_on >= $today) AS next_on, min(d.due_on) FILTER (WHERE d.due_on >= $today) AS next_due_on
FROM reference.reporting_days AS d
