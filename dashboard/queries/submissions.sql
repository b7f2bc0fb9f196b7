-- One row per file received from $province_code ('': from everyone), newest first.
SELECT
    s.submission_id, s.province_code, p.short_name, s.form, s.as_of_on, s.received_at, s.revision, s.file_name, s.sha256,
    s.byte_count, s.status, s.accepted_count, s.rejected_count, s.supersedes_submission_id, s.origin
FROM facts.submissions AS s
LEFT JOIN reference.provinces AS p USING (province_code)
WHERE $province_code = '' OR s.province_code = $province_code
ORDER BY s.received_at DESC, s.submission_id
