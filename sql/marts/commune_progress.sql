-- Tình trạng mới nhất của từng xã, phường, đặc khu theo từng chỉ tiêu. | Newest state of each commune for each indicator.
-- grain: commune_code, indicator
-- clearance: rows by indicator
-- columns:
--   commune_code: Mã xã, phường, đặc khu | Commune code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày mà bảng này mô tả | Day that this table describes
--   value: Giá trị gần nhất; trống là chưa báo cáo | Newest value; NULL = not reported
--   target: Mục tiêu của đơn vị; trống nếu không có | Target of the unit; NULL if none
--   last_reported_on: Ngày báo cáo gần nhất | Newest day reported
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
WITH day AS (
    SELECT
        as_of_on,
        CAST(DATE_TRUNC('month', as_of_on) AS DATE) AS opens_on
    FROM reference.run
),

read_days AS (
    SELECT DISTINCT submissions.as_of_on AS reported_on
    FROM day
    INNER JOIN facts.submissions AS submissions
        ON submissions.as_of_on >= day.opens_on AND submissions.as_of_on <= day.as_of_on
),

known AS (
    SELECT
        current_observations.unit_code,
        current_observations.indicator,
        read_days.reported_on,
        current_observations.value,
        current_observations.origin
    FROM read_days
    INNER JOIN facts.current_observations AS current_observations
        ON read_days.reported_on = current_observations.as_of_on AND current_observations.unit_level = 'commune'
    UNION ALL
    SELECT
        opening_values.unit_code,
        opening_values.indicator,
        opening_values.reported_on,
        opening_values.value,
        opening_values.origin
    FROM day
    INNER JOIN facts.opening_values AS opening_values
        ON day.opens_on = opening_values.opens_on AND opening_values.unit_level = 'commune'
),

newest AS (
    SELECT
        unit_code,
        indicator,
        MAX(reported_on) AS reported_on
    FROM known
    GROUP BY unit_code, indicator
),

in_force AS (
    SELECT
        known.unit_code,
        known.indicator,
        known.reported_on,
        known.value,
        known.origin
    FROM newest
    INNER JOIN known
        ON
            newest.unit_code = known.unit_code
            AND newest.indicator = known.indicator
            AND newest.reported_on = known.reported_on
)

SELECT
    communes.commune_code,
    indicators.indicator,
    run.as_of_on,
    in_force.value,
    CASE WHEN indicators.target_rule = 'one_per_commune' THEN CAST(1 AS DOUBLE) ELSE companions.value END AS target,
    in_force.reported_on AS last_reported_on,
    in_force.origin
FROM reference.communes AS communes
CROSS JOIN reference.indicators AS indicators
CROSS JOIN reference.run AS run
INNER JOIN reference.denominators AS denominators
    ON
        indicators.indicator = denominators.indicator
        AND communes.province_code = denominators.province_code
        AND denominators.expected_count > 0
        AND denominators.valid_from_on <= run.as_of_on
        AND (denominators.valid_to_on IS NULL OR run.as_of_on <= denominators.valid_to_on)
LEFT JOIN in_force
    ON communes.commune_code = in_force.unit_code AND indicators.indicator = in_force.indicator
LEFT JOIN in_force AS companions
    ON communes.commune_code = companions.unit_code AND indicators.target_rule = companions.indicator
WHERE indicators.unit_level = 'commune'
