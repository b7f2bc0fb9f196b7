-- One row: what the figures of $unit ('VN' is the country) rest on, files and values.
SELECT
    count(*) AS file_count, count(DISTINCT s.province_code) AS sender_count,
    count(*) FILTER (WHERE s.status IN ('accepted', 'partial')) AS taken_count,
    count(*) FILTER (WHERE s.status = 'needs_review') AS review_count,
    sum(s.accepted_count) AS accepted_count, min(s.as_of_on) AS first_on, max(s.received_at) AS last_received_at,
    (
        SELECT count(*)
        FROM facts.rejected_values AS v
        WHERE v.severity <> 'warning' AND ($unit = 'VN' OR v.province_code = $unit)
    ) AS set_aside_count,
    (SELECT count(*) FROM reference.provinces) AS province_count
FROM facts.submissions AS s
WHERE $unit = 'VN' OR s.province_code = $unit
