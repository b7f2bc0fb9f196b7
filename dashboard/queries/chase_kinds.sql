-- One row per kind of call: how many calls, to how many provinces.
SELECT kind, count(*) AS call_count, count(DISTINCT province_code) AS province_count,
    (SELECT count(DISTINCT province_code) FROM marts.chase_list) AS all_province_count
FROM marts.chase_list
GROUP BY kind
ORDER BY call_count DESC, kind
