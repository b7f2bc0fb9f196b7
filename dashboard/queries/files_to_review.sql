-- One row per file that nobody could use as it is: refused, or waiting for a person. Of several reasons the gravest.
SELECT
    s.received_at, s.province_code, p.short_name, s.as_of_on, s.file_name, s.status, v.rule, v.message_vi, v.message_en,
    v.fix_vi, v.fix_en
FROM facts.submissions AS s
LEFT JOIN reference.provinces AS p USING (province_code)
LEFT JOIN (
    SELECT *
    FROM facts.rejected_values
    QUALIFY
        row_number() OVER (
            PARTITION BY submission_id ORDER BY list_position(['file', 'critical', 'warning'], severity), source_place
        ) = 1
) AS v USING (submission_id)
WHERE s.status IN ('rejected', 'needs_review')
ORDER BY s.received_at DESC, s.submission_id
