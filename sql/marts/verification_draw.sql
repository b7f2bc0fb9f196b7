-- Mẫu ngẫu nhiên để gọi điện xác minh, với mã rút mẫu và cỡ mẫu tự chọn. | A random sample to verify by phone, with a seed and a size of one's own.
-- parameters: seed_number, size_per_stratum
-- grain: unit_code, indicator
-- clearance: derived
-- columns:
--   draw: Thứ tự rút trong mẫu của tỉnh và chỉ tiêu | Order of the draw within province and indicator
--   province_code: Mã tỉnh, thành phố | Province code
--   indicator: Mã chỉ tiêu | Indicator code
--   directive: Chỉ đạo có hạn gần ngày số liệu nhất | Directive due nearest to the day of the figures
--   unit_code: Mã xã, phường, đặc khu, hoặc mã tỉnh | Commune or province code
--   unit_name: Tên đơn vị | Name of the unit
--   as_of_on: Kỳ báo cáo chứa giá trị | Reporting day that holds the value
--   value: Giá trị báo cáo | Value reported
--   target: Mục tiêu của đơn vị | Target of the unit
--   done_on: Ngày hoàn thành đơn vị đã ghi | Completion date given
--   evidence: Số, ký hiệu văn bản đã ghi | Document number given
--   file_name: Tệp chứa giá trị | File that holds the value
--   source_place: Vị trí trong tệp: trang tính!ô | Place in the file: sheet!cell
--   received_at: Thời điểm nhận (giờ Việt Nam) | When it was received (Vietnamese time)
--   submission_id: Lần gửi | Submission
--   claim_count: Số nơi báo cáo đã xong mà mẫu rút từ đó | Units reported as done that the draw was made from
--   seed: Mã rút mẫu | Seed
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
-- Same seed, same figures: same sample, whatever the order of the rows. Another unit that reports done moves no other.
WITH ranked AS (
    SELECT
        claims.unit_code,
        claims.indicator,
        claims.province_code,
        claims.unit_name,
        claims.directive,
        claims.value,
        claims.target,
        claims.reported_on,
        claims.origin,
        CAST(seed_number AS BIGINT) AS seed,
        COUNT(*) OVER (PARTITION BY claims.province_code, claims.indicator) AS claim_count,
        ROW_NUMBER() OVER (
            PARTITION BY claims.province_code, claims.indicator
            ORDER BY
                MD5(CAST(CAST(seed_number AS BIGINT) AS VARCHAR) || '|' || claims.unit_code || '|' || claims.indicator),
                claims.unit_code
        ) AS draw
    FROM marts.verification_claims AS claims
),

drawn AS (
    SELECT
        unit_code,
        indicator,
        province_code,
        unit_name,
        directive,
        value,
        target,
        reported_on,
        origin,
        seed,
        claim_count,
        draw
    FROM ranked
    WHERE draw <= CAST(size_per_stratum AS BIGINT)
),

-- One day after the other, so that only the days that are needed are read.
sources AS (
    SELECT
        current_observations.unit_code,
        current_observations.indicator,
        current_observations.as_of_on,
        current_observations.done_on,
        current_observations.evidence,
        current_observations.source_place,
        current_observations.received_at,
        current_observations.submission_id
    FROM facts.current_observations AS current_observations
    WHERE
        current_observations.as_of_on IN (SELECT drawn.reported_on FROM drawn)
        AND current_observations.indicator IN (SELECT drawn.indicator FROM drawn)
)

SELECT
    drawn.draw,
    drawn.province_code,
    drawn.indicator,
    drawn.directive,
    drawn.unit_code,
    drawn.unit_name,
    drawn.reported_on AS as_of_on,
    drawn.value,
    drawn.target,
    sources.done_on,
    sources.evidence,
    submissions.file_name,
    sources.source_place,
    sources.received_at,
    sources.submission_id,
    drawn.claim_count,
    drawn.seed,
    drawn.origin
FROM drawn
LEFT JOIN sources
    ON
        drawn.unit_code = sources.unit_code
        AND drawn.indicator = sources.indicator
        AND drawn.reported_on = sources.as_of_on
LEFT JOIN facts.submissions AS submissions ON sources.submission_id = submissions.submission_id
