-- Số đã công bố đặt cạnh số cộng từ báo cáo, với chênh lệch và lý do theo danh mục reference.explanation_codes. | Published figures beside the sums of reports, with the difference and its reason from reference.explanation_codes.
-- grain: figure
-- clearance: rows by indicator; lists conflicting_figures
-- columns:
--   figure: Mã số liệu công bố | Published figure
--   indicator: Mã chỉ tiêu | Indicator code
--   scope: national, national_province_count hoặc province:NN | Scope
--   as_of_on: Ngày của số công bố | Day of the published figure
--   published_value: Giá trị công bố | Published value
--   published_denominator: Mẫu số công bố | Published denominator
--   approximation: Cách nói: exact, nearly (gần), over (hơn), about (khoảng) | As worded
--   tolerance: Nấc của chữ số cuối được công bố; trống là số viết đủ, không cho phép chênh | Worth of the last digit published; NULL = in full, no difference allowed
--   reported_on: Ngày báo cáo được so: trùng ngày, nếu không thì ngày báo cáo đầu tiên sau đó | Reporting day compared: same day, otherwise the next
--   reported_value: Giá trị từ báo cáo; trống là chưa có | Value from reports; NULL = none
--   reported_target: Mẫu số từ báo cáo | Denominator from reports
--   reported_unit_count: Số đơn vị có giá trị vào ngày được so | Units with a value on the day compared
--   expected_unit_count: Số đơn vị được tính vào ngày được so | Units that can count on the day compared
--   difference: Giá trị báo cáo trừ giá trị công bố | Reported minus published
--   difference_pct: Chênh lệch trên giá trị công bố (%) | Difference as a share of the published value (%)
--   explanation: Lý do đứng trước nhất | Explanation code, the first that holds
--   also: Các lý do khác cùng đúng, ngăn bằng dấu sổ; trống nếu không có | Other codes that hold, separated by bars; NULL if none
--   conflicting_figures: Mã các số công bố không thể cùng đúng với số này, ngăn bằng dấu sổ | Published figures that cannot be true with it, separated by bars
--   published_pct: Tỷ lệ do chính nguồn công bố ghi (%) | Share that the publication states (%)
--   computed_pct: Giá trị công bố trên mẫu số công bố (%) | Published value of the published denominator (%)
--   pct_explanation: equal, rounded, truncated hoặc differs: tỷ lệ công bố so với computed_pct; trống nếu thiếu một vế | Stated share against computed_pct; NULL where either is missing
--   reported_origin: Nguồn của giá trị báo cáo; trống nếu chưa có | Origin of the reported value; NULL if none
--   origin: Nguồn chung của dòng: published nếu chỉ có số công bố | Origin of the row: published where there is nothing else
WITH figures AS (
    SELECT
        published_figures.figure,
        published_figures.indicator,
        published_figures.scope,
        published_figures.as_of AS as_of_on,
        published_figures.value AS published_value,
        published_figures.denominator AS published_denominator,
        published_figures.approximation,
        published_figures.value_step,
        published_figures.published_pct,
        published_figures.pct_step,
        published_figures.conflicts_with,
        100.0 * published_figures.value / NULLIF(published_figures.denominator, 0.0) AS computed_pct,
        indicators.form_sheet,
        indicators.value_type,
        CASE
            WHEN published_figures.scope LIKE 'province:%' THEN SPLIT_PART(published_figures.scope, ':', 2)
            ELSE 'VN'
        END AS unit_code
    FROM reference.published_figures AS published_figures
    INNER JOIN reference.indicators AS indicators ON published_figures.indicator = indicators.indicator
),

-- What the true value may be if the publication is right, by its wording and its digits; both ends may be reached.
ranges AS (
    SELECT
        figure,
        indicator,
        scope,
        as_of_on,
        conflicts_with,
        CASE
            WHEN value_step IS NULL OR approximation = 'over' THEN published_value
            WHEN approximation = 'exact' THEN published_value - value_step / 2.0
            ELSE published_value - value_step
        END AS least_value,
        CASE
            WHEN value_step IS NULL OR approximation = 'nearly' THEN published_value
            ELSE published_value + value_step
        END AS most_value
    FROM figures
),

conflicts AS (
    SELECT
        ranges.figure,
        STRING_AGG(others.figure, '|' ORDER BY others.figure) AS conflicting_figures
    FROM ranges
    INNER JOIN ranges AS others
        ON
            ranges.figure <> others.figure
            AND (
                ranges.conflicts_with = others.figure
                OR others.conflicts_with = ranges.figure
                OR (
                    ranges.indicator = others.indicator
                    AND ranges.scope = others.scope
                    AND ranges.as_of_on = others.as_of_on
                    AND (ranges.most_value < others.least_value OR others.most_value < ranges.least_value)
                )
            )
    GROUP BY ranges.figure
),

reported AS (
    SELECT
        'VN' AS unit_code,
        'national' AS kind,
        indicator,
        as_of_on,
        value,
        target,
        reported_unit_count,
        expected_unit_count,
        origin
    FROM marts.national_progress
    UNION ALL
    SELECT
        'VN' AS unit_code,
        'national_province_count' AS kind,
        national_progress.indicator,
        national_progress.as_of_on,
        CASE WHEN national_progress.value IS NOT NULL THEN CAST(national_progress.province_count AS DOUBLE) END AS value,
        CAST(provinces.province_count AS DOUBLE) AS target,
        national_progress.reported_unit_count,
        national_progress.expected_unit_count,
        national_progress.origin
    FROM marts.national_progress AS national_progress
    CROSS JOIN (SELECT COUNT(*) AS province_count FROM reference.provinces) AS provinces
    UNION ALL
    SELECT
        province_code AS unit_code,
        'province' AS kind,
        indicator,
        as_of_on,
        value,
        target,
        reported_unit_count,
        expected_unit_count,
        origin
    FROM marts.province_progress
),

nearest AS (
    SELECT
        figures.figure,
        reported.as_of_on AS reported_on,
        reported.value AS reported_value,
        reported.target AS reported_target,
        reported.reported_unit_count,
        reported.expected_unit_count,
        reported.origin AS reported_origin
    FROM figures
    CROSS JOIN reference.run AS run
    INNER JOIN reported
        ON
            figures.indicator = reported.indicator
            AND figures.unit_code = reported.unit_code
            AND (figures.scope = reported.kind OR (reported.kind = 'province' AND figures.scope LIKE 'province:%'))
            AND reported.as_of_on >= figures.as_of_on
            AND reported.as_of_on <= run.as_of_on
    WHERE reported.value IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (PARTITION BY figures.figure ORDER BY reported.as_of_on) = 1
),

-- `is_on_side`: the report lies where the wording says: above `hơn`, below `gần`.
-- `missing_could_hold`: what the silent units may add: of yes or no, one each; of a count, `incomplete_ratio` times the
-- average of the published figure each. More than that has another reason.
compared AS (
    SELECT
        figures.figure,
        figures.form_sheet,
        figures.as_of_on,
        figures.approximation,
        figures.value_step,
        figures.published_denominator,
        conflicts.conflicting_figures,
        nearest.reported_on,
        nearest.reported_target,
        nearest.reported_unit_count,
        nearest.expected_unit_count,
        nearest.reported_value - figures.published_value AS difference,
        CAST(nearest.expected_unit_count - nearest.reported_unit_count AS DOUBLE)
        * CASE
            WHEN figures.value_type = 'flag' OR figures.scope = 'national_province_count' THEN 1.0
            ELSE parameters.value * figures.published_value / NULLIF(CAST(nearest.expected_unit_count AS DOUBLE), 0.0)
        END AS missing_could_hold,
        CASE figures.approximation
            WHEN 'over' THEN nearest.reported_value >= figures.published_value
            WHEN 'nearly' THEN nearest.reported_value <= figures.published_value
            ELSE TRUE
        END AS is_on_side
    FROM figures
    INNER JOIN reference.parameters AS parameters ON parameters.parameter = 'incomplete_ratio'
    LEFT JOIN nearest ON figures.figure = nearest.figure
    LEFT JOIN conflicts ON figures.figure = conflicts.figure
),

-- Rounding is half up: the number published stands for what lies from half a step below it to less than half above.
causes AS (
    SELECT figure, 'published_only' AS code FROM compared
    WHERE form_sheet IS NULL
    UNION ALL
    SELECT figure, 'not_reported' AS code FROM compared
    WHERE form_sheet IS NOT NULL AND difference IS NULL
    UNION ALL
    SELECT figure, 'equal' AS code FROM compared
    WHERE difference = 0.0
    UNION ALL
    SELECT figure, 'rounded' AS code FROM compared
    WHERE difference <> 0.0 AND is_on_side AND difference >= -value_step / 2.0 AND difference < value_step / 2.0
    UNION ALL
    SELECT figure, 'truncated' AS code FROM compared
    WHERE approximation = 'exact' AND difference >= value_step / 2.0 AND difference < value_step
    UNION ALL
    SELECT figure, 'approximate' AS code FROM compared
    WHERE
        approximation <> 'exact' AND is_on_side AND ABS(difference) < value_step
        AND (difference < -value_step / 2.0 OR difference >= value_step / 2.0)
    UNION ALL
    SELECT figure, 'conflicting_publications' AS code FROM compared
    WHERE conflicting_figures IS NOT NULL
    UNION ALL
    SELECT figure, 'different_denominator' AS code FROM compared
    WHERE published_denominator <> reported_target
    UNION ALL
    SELECT figure, 'incomplete_reports' AS code FROM compared
    WHERE difference < 0.0 AND reported_unit_count < expected_unit_count AND -difference <= missing_could_hold
    UNION ALL
    SELECT figure, 'different_day' AS code FROM compared
    WHERE reported_on <> as_of_on
),

ranked AS (
    SELECT
        causes.figure,
        causes.code,
        explanation_codes.precedence,
        ROW_NUMBER() OVER (PARTITION BY causes.figure ORDER BY explanation_codes.precedence) AS position
    FROM causes
    INNER JOIN reference.explanation_codes AS explanation_codes ON causes.code = explanation_codes.code
),

explanations AS (
    SELECT
        figure,
        MAX(code) FILTER (WHERE position = 1) AS explanation,
        STRING_AGG(code, '|' ORDER BY precedence) FILTER (WHERE position > 1) AS also
    FROM ranked
    GROUP BY figure
)

SELECT
    figures.figure,
    figures.indicator,
    figures.scope,
    figures.as_of_on,
    figures.published_value,
    figures.published_denominator,
    figures.approximation,
    figures.value_step AS tolerance,
    nearest.reported_on,
    nearest.reported_value,
    nearest.reported_target,
    nearest.reported_unit_count,
    nearest.expected_unit_count,
    compared.difference,
    100.0 * compared.difference / NULLIF(figures.published_value, 0.0) AS difference_pct,
    COALESCE(explanations.explanation, 'differs') AS explanation,
    explanations.also,
    compared.conflicting_figures,
    figures.published_pct,
    figures.computed_pct,
    CASE
        WHEN figures.published_pct IS NULL OR figures.computed_pct IS NULL THEN NULL
        WHEN ABS(figures.computed_pct - figures.published_pct) < 0.000000001 THEN 'equal'
        WHEN
            FLOOR(figures.computed_pct / NULLIF(figures.pct_step, 0.0) + 0.5 + 0.000000001)
            = ROUND(figures.published_pct / NULLIF(figures.pct_step, 0.0))
            THEN 'rounded'
        WHEN
            FLOOR(figures.computed_pct / NULLIF(figures.pct_step, 0.0) + 0.000000001)
            = ROUND(figures.published_pct / NULLIF(figures.pct_step, 0.0))
            THEN 'truncated'
        ELSE 'differs'
    END AS pct_explanation,
    nearest.reported_origin,
    CASE WHEN nearest.reported_origin IS NULL THEN 'published' ELSE nearest.reported_origin END AS origin
FROM figures
INNER JOIN compared ON figures.figure = compared.figure
LEFT JOIN nearest ON figures.figure = nearest.figure
LEFT JOIN explanations ON figures.figure = explanations.figure
