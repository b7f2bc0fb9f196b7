-- Xã chưa đạt một chỉ tiêu trong một tỉnh | Communes of a province that have not met an indicator
-- question: Ở An Giang, bao nhiêu xã có trụ sở làm việc bảo đảm, xã nào chưa? | How many communes of An Giang have an adequate office, and which have not?
-- page: province
-- choose: Tỉnh, thành phố = An Giang › Chỉ tiêu = Trụ sở làm việc cấp xã bảo đảm
-- codes: tinh=91&chi-tieu=office_adequate
-- answer: done_count

WITH chosen AS (
    SELECT '91' AS province_code, 'office_adequate' AS indicator
)
SELECT u.commune_code, u.commune_name, m.value, m.target, m.last_reported_on, m.origin,
    COUNT(CASE WHEN m.value >= m.target THEN 1 END) OVER () AS done_count,
    COUNT(CASE WHEN m.value IS NULL THEN 1 END) OVER () AS not_reported_count
FROM marts.commune_progress AS m
INNER JOIN reference.communes AS u ON u.commune_code = m.commune_code
INNER JOIN chosen AS c ON c.province_code = u.province_code AND c.indicator = m.indicator
ORDER BY m.value NULLS FIRST, u.commune_code
