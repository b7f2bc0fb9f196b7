-- Từng ngày của lịch làm việc: ngày làm việc hay ngày nghỉ, và số thứ tự ngày làm việc để đếm. Số ngày làm việc sau ngày A đến hết ngày B là working_day_number của B trừ của A (âm nếu B đã qua); nối hai lần bằng LEFT JOIN theo as_of_on, ngày ngoài lịch cho kết quả trống. | Every day of the working calendar: at work or off, with a running number to count by. The working days after day A up to and including day B are B's working_day_number minus A's (negative once B is past); LEFT JOIN twice by as_of_on, and a day outside the calendar gives NULL.
-- grain: as_of_on
-- clearance: everyone
-- columns:
--   as_of_on: Ngày, từ ngày đầu của mô hình hai cấp đến hết năm cuối có lịch nghỉ | Day, from the first of the two tiers to the end of the last year whose holidays are known
--   is_working_day: Công chức, viên chức làm việc: thứ Hai đến thứ Sáu trừ ngày nghỉ, cộng ngày làm bù | Offices work: Monday to Friday without days off, plus days worked instead
--   holiday_kind: holiday, day_off_in_lieu, day_off_swapped hoặc working_swapped; trống là ngày thường | Kind of special day; NULL for an ordinary one
--   name_vi: Tên ngày nghỉ hoặc ngày làm bù | Name of the special day in Vietnamese
--   name_en: Tên tiếng Anh | Name in English
--   working_day_number: Số ngày làm việc từ đầu lịch đến hết ngày này | Working days from the start of the calendar up to and including this day
WITH bounds AS (
    SELECT
        MIN(provinces.valid_from_on) AS first_on,
        (SELECT MAKE_DATE(MAX(EXTRACT(YEAR FROM public_holidays.day_on)), 12, 31) FROM reference.public_holidays AS public_holidays) AS last_on
    FROM reference.province_history AS provinces
),

moments AS (
    SELECT UNNEST(GENERATE_SERIES(first_on, last_on, INTERVAL 1 DAY)) AS moment_at
    FROM bounds
),

days AS (
    SELECT CAST(moment_at AS DATE) AS as_of_on
    FROM moments
),

-- 30/06/2025 was a Monday, and is before every day here: the remainder by 7 counts from Monday, 0.
kinds AS (
    SELECT
        days.as_of_on,
        public_holidays.kind AS holiday_kind,
        public_holidays.name_vi,
        public_holidays.name_en,
        CASE
            WHEN public_holidays.kind IS NOT NULL THEN public_holidays.kind = 'working_swapped'
            ELSE date_diff('day', CAST('2025-06-30' AS DATE), days.as_of_on) % 7 < 5
        END AS is_working_day
    FROM days
    LEFT JOIN reference.public_holidays AS public_holidays ON days.as_of_on = public_holidays.day_on
)

SELECT
    as_of_on,
    is_working_day,
    holiday_kind,
    name_vi,
    name_en,
    COUNT(CASE WHEN is_working_day THEN 1 END) OVER (
        ORDER BY as_of_on ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS working_day_number
FROM kinds
