-- One row per status that a restatement changed: of which directive, of whom (short_name NULL: the country), before, after.
SELECT DISTINCT
    r.restatement, r.province_code, r.as_of_on, r.indicator, d.directive, d.title_vi, d.title_en,
    change[2] AS changed_code, p.short_name, change[3] AS status_before, change[4] AS status_after
FROM (
    SELECT restatement, province_code, as_of_on, indicator, string_split(UNNEST(string_split(status_change, ';')), '|') AS change
    FROM marts.restatements
    WHERE status_change IS NOT NULL
) AS r
JOIN reference.directives AS d ON d.directive = change[1]
LEFT JOIN reference.provinces AS p ON p.province_code = change[2]
ORDER BY r.restatement, r.indicator, d.directive, changed_code
