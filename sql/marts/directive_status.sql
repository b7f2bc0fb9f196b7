-- Tình trạng thực hiện từng chỉ đạo, theo chỉ tiêu, ở từng tỉnh và cả nước (VN), vào ngày số liệu; không có dòng cho tỉnh không có đơn vị được tính. | State of each directive, by indicator, in each province and the country (VN), on the day of the figures; no row where a province has no unit that counts.
-- grain: directive, province_code, indicator
-- clearance: rows by directive, indicator; texts evidence
-- columns:
--   directive: Mã chỉ đạo | Directive
--   province_code: Mã tỉnh, thành phố; VN là cả nước | Province code; VN is the country
--   indicator: Mã chỉ tiêu | Indicator code
--   due_on: Thời hạn ghi trong chỉ đạo | Due date as worded
--   last_day_on: Ngày cuối còn đúng hạn ("trước ngày" không tính ngày đó) | Last day that is in time ("trước" excludes the day)
--   value: Giá trị mới nhất; trống là chưa báo cáo | Newest value; NULL = not reported
--   target: Mục tiêu | Target
--   progress_pct: Giá trị trên mục tiêu (%), không chặn ở 100; trống nếu mục tiêu là 0 | Value of target (%), not clamped; NULL where the target is 0
--   target_pct: Tỷ lệ chỉ đạo yêu cầu (%) | Share that the directive asks for (%)
--   met_on: Ngày đạt: ngày hoàn thành tỉnh ghi, nếu không thì ngày báo cáo đầu tiên của đợt đạt hiện nay; cả nước là ngày của tỉnh cuối cùng | Day it was met: completion date given, otherwise first reporting day of the present spell; for the country that of the last province
--   met_basis: evidence (ngày hoàn thành tỉnh ghi) hoặc first_report (ngày báo cáo đầu tiên) | What met_on rests on
--   evidence: Số, ký hiệu văn bản | Document number
--   expected_pct_today: Tỷ lệ cần đạt vào ngày số liệu nếu tiến đều từ đầu kỳ | Share needed by now at an even pace
--   days_to_due: Số ngày còn lại đến ngày cuối; âm là đã quá hạn | Days left to the last day; negative = past it
--   working_days_to_due: Số ngày làm việc còn lại đến ngày cuối, không kể thứ Bảy, Chủ nhật, lễ, Tết; âm là đã quá hạn; trống nếu lịch nghỉ chưa có | Working days left to the last day, without weekends and holidays; negative = past it; NULL where the calendar ends
--   due_text_vi: Lời ghi thời hạn | Wording of the deadline
--   is_amended: Thời hạn đã được gia hạn | Whether the deadline is an amended one
--   chance_on_time_pct: Khả năng kịp hạn theo dự báo (%); trống nếu không dự báo được | Chance of being in time (%), NULL where there is no forecast
--   reached_value: Giá trị khi đạt lần gần nhất, kể cả số đã bị rút lại; trống nếu chưa từng đạt | Value when it was last met, also one taken back since; NULL if it never was
--   reported_unit_count: Số đơn vị có giá trị | Units with a value
--   expected_unit_count: Số đơn vị được tính | Units that can count
--   as_of_on: Ngày số liệu | Day of the figures
--   status: met_on_time, met_late, on_track, at_risk, overdue, regressed, not_reported, not_due | Status
--   origin: Nguồn của giá trị | Origin of the value
SELECT
    history.directive,
    history.province_code,
    history.indicator,
    history.due_on,
    history.last_day_on,
    history.value,
    history.target,
    history.progress_pct,
    history.target_pct,
    history.met_on,
    history.met_basis,
    history.evidence,
    history.expected_pct_today,
    history.days_to_due,
    CAST(last_day.working_day_number - today.working_day_number AS INTEGER) AS working_days_to_due,
    history.due_text_vi,
    history.is_amended,
    history.chance_on_time_pct,
    history.reached_value,
    history.reported_unit_count,
    history.expected_unit_count,
    history.as_of_on,
    history.status,
    history.origin
FROM marts.directive_history AS history
INNER JOIN reference.run AS run ON history.as_of_on = run.as_of_on
LEFT JOIN reference.calendar AS last_day ON history.last_day_on = last_day.as_of_on
LEFT JOIN reference.calendar AS today ON history.as_of_on = today.as_of_on
