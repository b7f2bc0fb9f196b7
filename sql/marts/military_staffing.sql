-- Kiện toàn Ban Chỉ huy quân sự cấp xã ở từng tỉnh vào từng ngày báo cáo. | Staffing of commune military commands by province and reporting day.
-- grain: province_code, as_of_on
-- refresh: as_of_on
-- clearance: from restricted
-- columns:
--   province_code: Mã tỉnh, thành phố | Province code
--   as_of_on: Ngày báo cáo | Reporting day
--   posts_required: Định biên đã báo cáo; trống là chưa báo cáo | Posts required; NULL = not reported
--   posts_filled: Số chức vụ đã bố trí | Posts filled
--   filled_pct: Tỷ lệ đã bố trí (%), không chặn ở 100 | Share filled (%), not clamped
--   commanders_appointed: Số Chỉ huy trưởng đã bổ nhiệm | Commanders appointed
--   deputies_appointed: Số Phó Chỉ huy trưởng đã bổ nhiệm | Deputy commanders appointed
--   political_deputies_appointed: Số Chính trị viên phó đã bổ nhiệm | Deputy political officers appointed
--   assistants: Số trợ lý | Assistants
--   technical_staff: Số nhân viên chuyên môn kỹ thuật | Technical staff
--   communes_expected: Số xã, phường, đặc khu phải có Chỉ huy trưởng | Communes that must have a commander
--   origin: Nguồn | Origin
SELECT
    progress.province_code,
    progress.as_of_on,
    MAX(progress.value) FILTER (WHERE progress.indicator = 'military_posts_required') AS posts_required,
    MAX(progress.value) FILTER (WHERE progress.indicator = 'military_posts_filled') AS posts_filled,
    MAX(progress.progress_pct) FILTER (WHERE progress.indicator = 'military_posts_filled') AS filled_pct,
    MAX(progress.value) FILTER (WHERE progress.indicator = 'military_commander_appointed') AS commanders_appointed,
    MAX(progress.value) FILTER (WHERE progress.indicator = 'military_deputy_commander_appointed') AS deputies_appointed,
    MAX(progress.value) FILTER (
        WHERE progress.indicator = 'military_deputy_political_officer_appointed'
    ) AS political_deputies_appointed,
    MAX(progress.value) FILTER (WHERE progress.indicator = 'military_assistants') AS assistants,
    MAX(progress.value) FILTER (WHERE progress.indicator = 'military_technical_staff') AS technical_staff,
    MAX(progress.expected_unit_count) FILTER (
        WHERE progress.indicator = 'military_commander_appointed'
    ) AS communes_expected,
    MAX(progress.origin) AS origin
FROM marts.province_progress AS progress
INNER JOIN work.refresh_days AS refresh_days ON progress.as_of_on = refresh_days.as_of_on
WHERE
    progress.indicator IN (
        'military_posts_required',
        'military_posts_filled',
        'military_commander_appointed',
        'military_deputy_commander_appointed',
        'military_deputy_political_officer_appointed',
        'military_assistants',
        'military_technical_staff'
    )
GROUP BY progress.province_code, progress.as_of_on
