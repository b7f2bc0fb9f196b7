-- Thừa và thiếu nhân lực cấp xã ở từng tỉnh và cả nước (VN), theo mốc và lĩnh vực; không bù trừ giữa các xã. | Surplus and shortage of commune staff in each province and the country (VN), by baseline and field; never netted between communes.
-- grain: province_code, baseline, field
-- clearance: derived; same with staffing; from internal
-- columns:
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   baseline: Mã mốc so sánh | Baseline
--   field: all là chung; nếu không là mã lĩnh vực | all, or a field of work
--   as_of_on: Ngày số liệu | Day of the figures
--   communes_expected: Số xã phải báo cáo | Communes that are to report
--   communes_compared: Số xã đủ số liệu để so sánh | Communes with what it takes to compare
--   communes_not_reported: Số xã chưa đủ số liệu để so sánh | Communes without it
--   communes_short: Số xã thiếu; trống là chưa xã nào so sánh được | Communes short of staff; NULL = none could be compared
--   communes_with_surplus: Số xã dư; trống là không kết luận được | Communes with a surplus; NULL = not provable
--   shortage: Tổng số thiếu của các xã thiếu; trống là chưa biết | Missing staff over the communes that are short; NULL = not known
--   surplus: Tổng số dư của các xã dư; trống là không kết luận được | Surplus staff over the communes that have one; NULL = not provable
--   allocated: Tổng theo mốc của các xã so sánh được | Sum of the baseline over the communes compared
--   present: Tổng số hiện có của các xã so sánh được | Staff present over the communes compared
--   seconded_in: Tổng biệt phái, điều động, tiếp nhận của các xã đã báo cáo, để riêng | Seconded, transferred or received in the communes that reported, apart
--   contracted: Tổng hợp đồng chuyên môn của các xã đã báo cáo, để riêng | Professional contracts in the communes that reported, apart
--   is_minimum: 1 nếu số thiếu là mức tối thiểu | 1 where the shortage is a minimum
--   last_reported_on: Ngày báo cáo gần nhất | Newest day reported
--   origin: Nguồn; có một giá trị mô phỏng là simulated | Origin; one simulated value makes it simulated
WITH scopes AS (
    SELECT
        province_code,
        baseline,
        field,
        as_of_on,
        gap,
        CASE WHEN gap IS NOT NULL THEN allocated END AS allocated,
        CASE WHEN gap IS NOT NULL THEN present END AS present,
        shortage,
        surplus,
        is_minimum,
        seconded_in,
        contracted,
        last_reported_on,
        origin
    FROM marts.staffing_gaps
    UNION ALL
    SELECT
        'VN' AS province_code,
        baseline,
        field,
        as_of_on,
        gap,
        CASE WHEN gap IS NOT NULL THEN allocated END AS allocated,
        CASE WHEN gap IS NOT NULL THEN present END AS present,
        shortage,
        surplus,
        is_minimum,
        seconded_in,
        contracted,
        last_reported_on,
        origin
    FROM marts.staffing_gaps
)

SELECT
    province_code,
    baseline,
    field,
    as_of_on,
    COUNT(*) AS communes_expected,
    COUNT(gap) AS communes_compared,
    COUNT(*) - COUNT(gap) AS communes_not_reported,
    CASE WHEN COUNT(gap) > 0 THEN COUNT(*) FILTER (WHERE shortage > 0.0) END AS communes_short,
    CASE WHEN COUNT(surplus) > 0 THEN COUNT(*) FILTER (WHERE surplus > 0.0) END AS communes_with_surplus,
    SUM(shortage) AS shortage,
    SUM(surplus) AS surplus,
    SUM(allocated) AS allocated,
    SUM(present) AS present,
    SUM(seconded_in) AS seconded_in,
    SUM(contracted) AS contracted,
    MAX(is_minimum) AS is_minimum,
    MAX(last_reported_on) AS last_reported_on,
    MAX(origin) AS origin
FROM scopes
GROUP BY province_code, baseline, field, as_of_on
