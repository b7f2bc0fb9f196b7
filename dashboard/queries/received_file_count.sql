-- One row: how many files `received_files.sql` finds for $search.
SELECT count(*) AS file_count
FROM facts.submissions AS s
LEFT JOIN reference.provinces AS p USING (province_code)
-- Only what can have accents is searched for them: that is most of the work among thousands of files.
WHERE $search = '' OR contains(
    concat_ws(
        ' ', replace(strip_accents(lower(concat_ws(' ', p.short_name, s.file_name))), 'đ', 'd'),
        strftime(s.as_of_on, '%d/%m/%Y'), strftime(s.received_at, '%d/%m/%Y'), s.sha256
    ),
    replace(strip_accents(lower($search)), 'đ', 'd')
)
