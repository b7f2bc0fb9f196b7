-- One row per province that sent a corrected file for the newest day.
SELECT s.province_code, p.short_name, s.revision, s.received_at, s.file_name
FROM facts.submissions AS s
JOIN reference.provinces AS p USING (province_code)
WHERE s.as_of_on = $as_of_on AND s.revision > 1 AND s.status IN ('accepted', 'partial')
QUALIFY row_number() OVER (PARTITION BY s.province_code ORDER BY s.revision DESC) = 1
ORDER BY s.received_at DESC
