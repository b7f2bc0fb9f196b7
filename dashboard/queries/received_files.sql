-- One row per file received for $as_of_on (NULL: for any day) in whose province, name, days or fingerprint $search stands
-- ('' for all), newest first: at most $row_count (NULL: all) after the first $skipped_count.
SELECT
    s.submission_id, s.province_code, p.short_name, s.form, s.as_of_on, s.received_at, s.revision, s.file_name, s.sha256,
    s.byte_count, s.status, s.accepted_count, s.rejected_count, s.origin
FROM facts.submissions AS s
LEFT JOIN reference.provinces AS p USING (province_code)
WHERE ($as_of_on::DATE IS NULL OR s.as_of_on = $as_of_on::DATE)
  AND ($search = '' OR contains(
      concat_ws(
          ' ', replace(strip_accents(lower(concat_ws(' ', p.short_name, s.file_name))), 'đ', 'd'),
          strftime(s.as_of_on, '%d/%m/%Y'), strftime(s.received_at, '%d/%m/%Y'), s.sha256
      ),
      replace(strip_accents(lower($search)), 'đ', 'd')
  ))
ORDER BY s.received_at DESC, s.submission_id
LIMIT $row_count OFFSET $skipped_count
