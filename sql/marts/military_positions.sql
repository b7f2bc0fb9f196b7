-- Chức vụ Ban Chỉ huy quân sự cấp xã: đã bố trí so với phải có, ở từng tỉnh và cả nước (VN), vào từng ngày báo cáo. | Posts of commune military commands by position: filled against required, in each province and the country (VN), on each reporting day.
-- grain: province_code, position, as_of_on
-- refresh: as_of_on
-- clearance: from restricted
-- columns:
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   position: all (mọi chức vụ), commander, deputy_commander, deputy_political_officer, assistant, technical_staff | all, commander, deputy_commander, deputy_political_officer, assistant or technical_staff
--   required: Số phải có: mỗi xã một Chỉ huy trưởng, một Phó Chỉ huy trưởng, một Chính trị viên phó; all là định biên đã báo cáo; trống với trợ lý và nhân viên kỹ thuật vì định biên theo chức vụ chưa công bố | Posts required: one commander, deputy commander and deputy political officer per commune; all = posts reported as required; NULL for assistants and technical staff, whose numbers by position are not public
--   filled: Số đã bố trí; trống là chưa báo cáo | Posts filled; NULL = not reported
--   filled_pct: Đã bố trí trên số phải có (%), chỉ tính xã đã biết cả hai, không chặn ở 100 | Share filled (%) over the communes where both are known, not clamped
--   communes_reported: Số xã đã báo cáo chức vụ này | Communes that have reported the position
--   communes_expected: Số xã được tính | Communes that can count
--   last_reported_on: Ngày báo cáo gần nhất; trống ở dòng cả nước | Newest day reported; NULL for the country
--   as_of_on: Ngày báo cáo | Reporting day
--   origin: Nguồn; có một giá trị mô phỏng là simulated | Origin; one simulated value makes it simulated
WITH progress AS (
    SELECT
        province_progress.province_code,
        province_progress.indicator,
        province_progress.as_of_on,
        province_progress.value,
        province_progress.target,
        province_progress.progress_pct,
        province_progress.reported_unit_count,
        province_progress.expected_unit_count,
        province_progress.last_reported_on,
        province_progress.origin
    FROM marts.province_progress AS province_progress
    INNER JOIN work.refresh_days AS refresh_days ON province_progress.as_of_on = refresh_days.as_of_on
    UNION ALL
    SELECT
        'VN' AS province_code,
        national_progress.indicator,
        national_progress.as_of_on,
        national_progress.value,
        national_progress.target,
        national_progress.progress_pct,
        national_progress.reported_unit_count,
        national_progress.expected_unit_count,
        CAST(NULL AS DATE) AS last_reported_on,
        national_progress.origin
    FROM marts.national_progress AS national_progress
    INNER JOIN work.refresh_days AS refresh_days ON national_progress.as_of_on = refresh_days.as_of_on
)

SELECT
    province_code,
    CASE indicator
        WHEN 'military_posts_filled' THEN 'all'
        WHEN 'military_commander_appointed' THEN 'commander'
        WHEN 'military_deputy_commander_appointed' THEN 'deputy_commander'
        WHEN 'military_deputy_political_officer_appointed' THEN 'deputy_political_officer'
        WHEN 'military_assistants' THEN 'assistant'
        WHEN 'military_technical_staff' THEN 'technical_staff'
    END AS position,
    target AS required,
    value AS filled,
    progress_pct AS filled_pct,
    reported_unit_count AS communes_reported,
    expected_unit_count AS communes_expected,
    last_reported_on,
    as_of_on,
    origin
FROM progress
WHERE
    indicator IN (
        'military_posts_filled',
        'military_commander_appointed',
        'military_deputy_commander_appointed',
        'military_deputy_political_officer_appointed',
        'military_assistants',
        'military_technical_staff'
    )
