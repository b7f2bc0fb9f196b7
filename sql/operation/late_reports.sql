-- One row per report that has not come, or came without any value that could be taken, longest overdue first: province, day and due time.
SELECT
    coverage.province_code,
    provinces.province_name,
    coverage.form,
    coverage.as_of_on,
    coverage.due_at,
    coverage.status,
    run.known_at,
    run.origin_mix LIKE '%simulated%' AS is_simulated
FROM marts.reporting_coverage AS coverage
INNER JOIN reference.provinces AS provinces ON coverage.province_code = provinces.province_code
CROSS JOIN reference.run AS run
WHERE
    coverage.status IN ('missing', 'empty')
    AND coverage.due_at > ?
    AND coverage.due_at <= ?
ORDER BY coverage.due_at, coverage.province_code, coverage.form
