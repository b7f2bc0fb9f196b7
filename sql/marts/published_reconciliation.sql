-- Số đã công bố đặt cạnh số cộng từ báo cáo, với chênh lệch và lý do. | Published figures beside the sums of reports, with the difference and its reason.
-- grain: figure
-- columns:
--   figure: Mã số liệu công bố | Published figure
--   indicator: Mã chỉ tiêu | Indicator code
--   scope: national, national_province_count hoặc province:NN | Scope
--   as_of_on: Ngày của số công bố | Day of the published figure
--   published_value: Giá trị công bố | Published value
--   published_denominator: Mẫu số công bố | Published denominator
--   reported_on: Ngày báo cáo được so: trùng ngày, nếu không thì ngày báo cáo đầu tiên sau đó | Reporting day compared: same day, otherwise the next
--   reported_value: Giá trị từ báo cáo; trống là chưa có | Value from reports; NULL = none
--   reported_target: Mẫu số từ báo cáo | Denominator from reports
--   difference: Giá trị báo cáo trừ giá trị công bố | Reported minus published
--   explanation: equal, conflicting_publications, rounded, incomplete_reports, different_day, differs, not_reported hoặc published_only | Explanation code
--   origin: Nguồn của giá trị báo cáo | Origin of the reported value
WITH figures AS (
    SELECT
        published_figures.figure,
        published_figures.indicator,
        published_figures.scope,
        published_figures.as_of AS as_of_on,
        published_figures.value AS published_value,
        published_figures.denominator AS published_denominator,
        published_figures.approximation,
        indicators.form_sheet,
        CASE
            WHEN published_figures.scope LIKE 'province:%' THEN SPLIT_PART(published_figures.scope, ':', 2)
            ELSE 'VN'
        END AS unit_code
    FROM reference.published_figures AS published_figures
    INNER JOIN reference.indicators AS indicators ON published_figures.indicator = indicators.indicator
),

conflicts AS (
    SELECT figures.figure
    FROM figures
    INNER JOIN figures AS others
        ON
            figures.indicator = others.indicator
            AND figures.scope = others.scope
            AND figures.as_of_on = others.as_of_on
            AND figures.published_value <> others.published_value
    GROUP BY figures.figure
),

reported AS (
    SELECT
        'VN' AS unit_code,
        'national' AS kind,
        indicator,
        as_of_on,
        value,
        target,
        reported_unit_count < expected_unit_count AS is_incomplete,
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
        national_progress.reported_unit_count < national_progress.expected_unit_count AS is_incomplete,
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
        reported_unit_count < expected_unit_count AS is_incomplete,
        origin
    FROM marts.province_progress
),

nearest AS (
    SELECT
        figures.figure,
        reported.as_of_on AS reported_on,
        reported.value AS reported_value,
        reported.target AS reported_target,
        reported.is_incomplete,
        reported.origin
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
)

SELECT
    figures.figure,
    figures.indicator,
    figures.scope,
    figures.as_of_on,
    figures.published_value,
    figures.published_denominator,
    nearest.reported_on,
    nearest.reported_value,
    nearest.reported_target,
    nearest.reported_value - figures.published_value AS difference,
    CASE
        WHEN figures.form_sheet IS NULL THEN 'published_only'
        WHEN nearest.reported_value IS NULL THEN 'not_reported'
        WHEN nearest.reported_value = figures.published_value THEN 'equal'
        WHEN conflicts.figure IS NOT NULL THEN 'conflicting_publications'
        WHEN
            figures.approximation <> 'exact'
            AND ABS(nearest.reported_value - figures.published_value) <= 0.02 * figures.published_value
            THEN 'rounded'
        WHEN nearest.is_incomplete AND nearest.reported_value < figures.published_value THEN 'incomplete_reports'
        WHEN nearest.reported_on <> figures.as_of_on THEN 'different_day'
        ELSE 'differs'
    END AS explanation,
    nearest.origin
FROM figures
LEFT JOIN nearest ON figures.figure = nearest.figure
LEFT JOIN conflicts ON figures.figure = conflicts.figure
