-- Tình trạng mới nhất của từng xã, phường, đặc khu theo từng chỉ tiêu. | Newest state of each commune for each indicator.
-- grain: commune_code, indicator
-- columns:
--   commune_code: Mã xã, phường, đặc khu | Commune code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày mà bảng này mô tả | Day that this table describes
--   value: Giá trị gần nhất; trống là chưa báo cáo | Newest value; NULL = not reported
--   target: Mục tiêu của đơn vị; trống nếu không có | Target of the unit; NULL if none
--   last_reported_on: Ngày báo cáo gần nhất | Newest day reported
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
WITH newest AS (
    SELECT
        current_observations.unit_code,
        current_observations.indicator,
        MAX(current_observations.as_of_on) AS reported_on
    FROM facts.current_observations AS current_observations
    CROSS JOIN reference.run AS run
    WHERE current_observations.unit_level = 'commune' AND current_observations.as_of_on <= run.as_of_on
    GROUP BY current_observations.unit_code, current_observations.indicator
),

in_force AS (
    SELECT
        newest.unit_code,
        newest.indicator,
        newest.reported_on,
        current_observations.value,
        current_observations.origin
    FROM newest
    INNER JOIN facts.current_observations AS current_observations
        ON
            newest.unit_code = current_observations.unit_code
            AND newest.indicator = current_observations.indicator
            AND newest.reported_on = current_observations.as_of_on
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
