-- Nhân lực từng xã so với từng mốc so sánh, chung và theo lĩnh vực; thừa và thiếu để riêng. | Staffing of each commune against each baseline, in all and by field; surplus and shortage kept apart.
-- grain: commune_code, baseline, field
-- clearance: derived; same with staffing; from internal
-- columns:
--   province_code: Mã tỉnh, thành phố | Province code
--   commune_code: Mã xã, phường, đặc khu | Commune code
--   as_of_on: Ngày số liệu | Day of the figures
--   baseline: Mã mốc so sánh (reference.staffing_baselines) | Baseline (reference.staffing_baselines)
--   allocated: Số người theo mốc; trống là chưa biết, ở từng lĩnh vực thì biểu không hỏi | Posts by the baseline; NULL = not known, and not asked by field
--   present: Số cán bộ, công chức hiện có; không cộng người biệt phái và hợp đồng; trống là chưa báo cáo | Cadres and civil servants present; seconded and contracted staff are not added; NULL = not reported
--   gap: Mốc trừ số hiện có: dương là thiếu, âm là dư; trống là chưa biết | Baseline minus present: positive is missing, negative is surplus; NULL = not known
--   gap_pct: gap trên mốc (%) | gap of the baseline (%)
--   field: all là chung; nếu không là mã lĩnh vực (reference.staffing_fields) | all, or a field of work (reference.staffing_fields)
--   shortage: Số thiếu; 0 là không thiếu, trống là chưa biết | Missing staff; 0 = none, NULL = not known
--   surplus: Số dư; 0 là không dư, trống là chưa biết hoặc mốc không kết luận được | Staff in surplus; 0 = none, NULL = not known or not provable by the baseline
--   is_minimum: 1 nếu số thiếu thật có thể lớn hơn: mốc hẹp hơn số hiện có, hoặc chỉ hỏi một số lĩnh vực | 1 where the true shortage may be larger: the baseline covers fewer people than present, or only some fields are asked
--   seconded_in: Số biệt phái, điều động, tiếp nhận về xã, để riêng; chỉ ở dòng all | Seconded, transferred or received, apart; on rows of all only
--   contracted: Số lao động hợp đồng chuyên môn, để riêng; chỉ ở dòng all | Professional contracts, apart; on rows of all only
--   last_reported_on: Ngày báo cáo gần nhất của các số đã dùng | Newest day reported of the figures used
--   origin: Nguồn; trống là chưa báo cáo | Origin; NULL = not reported
WITH reported AS (
    SELECT
        communes.province_code,
        communes.commune_code,
        commune_progress.as_of_on,
        commune_progress.indicator,
        commune_progress.value,
        commune_progress.last_reported_on,
        commune_progress.origin
    FROM marts.commune_progress AS commune_progress
    INNER JOIN reference.communes AS communes ON commune_progress.commune_code = communes.commune_code
),

-- Every commune that is to report its staff, with what it reported.
staff AS (
    SELECT
        present.province_code,
        present.commune_code,
        present.as_of_on,
        present.value AS present,
        seconded.value AS seconded_in,
        contracted.value AS contracted,
        present.last_reported_on,
        present.origin
    FROM reported AS present
    LEFT JOIN reported AS seconded
        ON present.commune_code = seconded.commune_code AND seconded.indicator = 'staff_seconded_in'
    LEFT JOIN reported AS contracted
        ON present.commune_code = contracted.commune_code AND contracted.indicator = 'staff_contracted'
    WHERE present.indicator = 'staff_present'
),

-- A row of the table that is for one province takes the place of the one for all, there.
baselines AS (
    SELECT
        staff.commune_code,
        baselines.baseline,
        baselines.kind,
        baselines.indicator,
        baselines.posts_per_commune,
        baselines.covers
    FROM staff
    INNER JOIN reference.staffing_baselines AS baselines
        ON
            (baselines.province_code IS NULL OR staff.province_code = baselines.province_code)
            AND baselines.valid_from_on <= staff.as_of_on
            AND (baselines.valid_to_on IS NULL OR staff.as_of_on <= baselines.valid_to_on)
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY staff.commune_code, baselines.baseline
            ORDER BY CASE WHEN baselines.province_code IS NULL THEN 1 ELSE 0 END, baselines.valid_from_on DESC
        ) = 1
),

fields AS (
    SELECT
        staff.commune_code,
        fields.field,
        reported.value,
        reported.last_reported_on,
        reported.origin
    FROM staff
    CROSS JOIN reference.staffing_fields AS fields
    LEFT JOIN reported ON staff.commune_code = reported.commune_code AND fields.indicator = reported.indicator
),

-- Of a commune that left out one of the fields, the sum is not known.
field_totals AS (
    SELECT
        commune_code,
        CASE WHEN COUNT(value) = COUNT(*) THEN SUM(value) END AS value,
        MAX(last_reported_on) AS last_reported_on,
        MAX(origin) AS origin
    FROM fields
    GROUP BY commune_code
),

compared AS (
    SELECT
        staff.province_code,
        staff.commune_code,
        staff.as_of_on,
        baselines.baseline,
        'all' AS field,
        baselines.covers,
        baselines.kind,
        CASE
            WHEN baselines.kind = 'indicator' THEN figures.value
            WHEN baselines.kind = 'per_commune' THEN baselines.posts_per_commune
            WHEN baselines.kind = 'reported_shortage' THEN staff.present + field_totals.value
        END AS allocated,
        staff.present,
        CASE WHEN baselines.kind = 'reported_shortage' THEN field_totals.value END AS reported_shortage,
        staff.seconded_in,
        staff.contracted,
        CASE
            WHEN baselines.kind = 'reported_shortage'
                THEN GREATEST(staff.last_reported_on, field_totals.last_reported_on)
            ELSE GREATEST(staff.last_reported_on, figures.last_reported_on)
        END AS last_reported_on,
        CASE
            WHEN baselines.kind = 'reported_shortage' THEN GREATEST(staff.origin, field_totals.origin)
            ELSE GREATEST(staff.origin, figures.origin)
        END AS origin
    FROM staff
    INNER JOIN baselines ON staff.commune_code = baselines.commune_code
    LEFT JOIN reported AS figures
        ON staff.commune_code = figures.commune_code AND baselines.indicator = figures.indicator
    LEFT JOIN field_totals ON staff.commune_code = field_totals.commune_code
    UNION ALL
    SELECT
        staff.province_code,
        staff.commune_code,
        staff.as_of_on,
        baselines.baseline,
        fields.field,
        baselines.covers,
        baselines.kind,
        CAST(NULL AS DOUBLE) AS allocated,
        CAST(NULL AS DOUBLE) AS present,
        fields.value AS reported_shortage,
        CAST(NULL AS DOUBLE) AS seconded_in,
        CAST(NULL AS DOUBLE) AS contracted,
        fields.last_reported_on,
        fields.origin
    FROM staff
    INNER JOIN baselines ON staff.commune_code = baselines.commune_code AND baselines.kind = 'reported_shortage'
    INNER JOIN fields ON staff.commune_code = fields.commune_code
),

gaps AS (
    SELECT
        province_code,
        commune_code,
        as_of_on,
        baseline,
        field,
        covers,
        kind,
        allocated,
        present,
        CASE WHEN kind = 'reported_shortage' THEN reported_shortage ELSE allocated - present END AS gap,
        seconded_in,
        contracted,
        last_reported_on,
        origin
    FROM compared
)

SELECT
    province_code,
    commune_code,
    as_of_on,
    baseline,
    allocated,
    present,
    gap,
    100.0 * gap / NULLIF(allocated, 0.0) AS gap_pct,
    field,
    CASE
        WHEN gap > 0.0 THEN gap
        WHEN gap IS NOT NULL AND covers = 'same' THEN 0.0
    END AS shortage,
    CASE WHEN gap IS NOT NULL AND covers = 'same' AND kind <> 'reported_shortage' THEN GREATEST(0.0 - gap, 0.0) END
        AS surplus,
    CASE WHEN covers = 'narrower' OR (kind = 'reported_shortage' AND field = 'all') THEN 1 ELSE 0 END AS is_minimum,
    seconded_in,
    contracted,
    last_reported_on,
    origin
FROM gaps
