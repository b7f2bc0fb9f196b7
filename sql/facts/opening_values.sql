-- Giá trị có hiệu lực khi mỗi tháng bắt đầu, như số dư đầu kỳ: nhờ nó một đêm không phải đọc lại những tháng đã qua. | The value in force when each month begins, like an opening balance: so that no night has to read the months that are over.
-- grain: unit_code, indicator, opens_on
-- refresh: opens_on
-- turns: month
-- carries: unit_code VARCHAR, unit_level VARCHAR, province_code VARCHAR, indicator VARCHAR, opens_on DATE, reported_on DATE, value DOUBLE, origin VARCHAR
-- clearance: rows by indicator
-- columns:
--   unit_code: Mã đơn vị: xã (5 số) hoặc tỉnh (2 số) | Commune or province code
--   unit_level: commune hoặc province | commune or province
--   province_code: Mã tỉnh, thành phố | Province code
--   indicator: Mã chỉ tiêu | Indicator code
--   opens_on: Ngày đầu tháng | First day of the month
--   reported_on: Ngày mà giá trị phản ánh, trước opens_on | Day that the value describes, before opens_on
--   value: Giá trị | Value
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
WITH read_days AS (
    SELECT DISTINCT
        turn.turn_on AS opens_on,
        submissions.as_of_on AS reported_on
    FROM work.turn AS turn
    INNER JOIN facts.submissions AS submissions
        ON
            submissions.as_of_on < turn.turn_on
            AND (turn.previous_on IS NULL OR submissions.as_of_on >= turn.previous_on)
),

known AS (
    SELECT
        current_observations.unit_code,
        current_observations.unit_level,
        current_observations.province_code,
        current_observations.indicator,
        read_days.opens_on,
        read_days.reported_on,
        current_observations.value,
        current_observations.origin
    FROM read_days
    INNER JOIN facts.current_observations AS current_observations
        ON read_days.reported_on = current_observations.as_of_on
    UNION ALL
    SELECT
        before.unit_code,
        before.unit_level,
        before.province_code,
        before.indicator,
        turn.turn_on AS opens_on,
        before.reported_on,
        before.value,
        before.origin
    FROM facts.opening_values AS before
    INNER JOIN work.turn AS turn ON before.opens_on = turn.previous_on
),

newest AS (
    SELECT
        unit_code,
        indicator,
        MAX(reported_on) AS reported_on
    FROM known
    GROUP BY unit_code, indicator
)

SELECT
    known.unit_code,
    known.unit_level,
    known.province_code,
    known.indicator,
    known.opens_on,
    known.reported_on,
    known.value,
    known.origin
FROM known
INNER JOIN newest
    ON
        known.unit_code = newest.unit_code
        AND known.indicator = newest.indicator
        AND known.reported_on = newest.reported_on
