-- Từng bước của mỗi chuỗi công việc ở từng tỉnh vào ngày số liệu: xong ngày nào, bao nhiêu ngày, có trái trình tự không. | Each stage of every chain in each province on the day of the figures: when it was reached, how long it took, whether the order is impossible.
-- grain: chain, province_code, stage_order
-- clearance: rows by chain; texts evidence
-- columns:
--   chain: Mã chuỗi công việc | Chain of tasks
--   province_code: Mã tỉnh, thành phố | Province code
--   stage_order: Thứ tự của bước | Order of the stage
--   indicator: Chỉ tiêu đo bước này | Indicator that measures the stage
--   as_of_on: Ngày số liệu | Day of the figures
--   status: done: đã xong; in_progress: các bước phải xong trước đã xong, đang làm; waiting: còn chờ bước trước; not_reported: chưa có báo cáo | done, in_progress (all required stages are done), waiting (one of them is not) or not_reported
--   started_on: Ngày có thể bắt đầu: khi mọi bước phải xong trước đã xong, bước đầu là ngày ghi trong danh mục; trống là chưa biết | Day from which it could be done: when every required stage was reached, for a first stage the day in the table; NULL = not known
--   reached_on: Ngày xong: ngày hoàn thành tỉnh ghi, nếu không thì ngày báo cáo đầu tiên của đợt đã xong hiện nay; trống là chưa xong | Completion date given, otherwise first reporting day of the present spell; NULL = not reached
--   reached_basis: evidence (ngày hoàn thành tỉnh ghi) hoặc first_report (ngày báo cáo đầu tiên) | What reached_on rests on
--   days_in_stage: Số ngày ở bước này: từ started_on đến reached_on, nếu chưa xong thì đến ngày số liệu; trống nếu không biết một trong hai hoặc ngày không tin được | Days from started_on to reached_on, or to the day of the figures if it is not reached; NULL where one is not known or the dates can't be believed
--   evidence: Số, ký hiệu văn bản | Document number
--   last_reported_on: Ngày báo cáo gần nhất | Newest day reported
--   went_back_on: Ngày báo cáo gần nhất chuyển từ đã xong về chưa xong | Newest day on which a report took back what was done
--   sequence_problem: went_back: đã xong rồi báo chưa xong; dated_after_report: ngày hoàn thành sau ngày số liệu của báo cáo; previous_missing: đã xong khi bước phải xong trước báo chưa xong; before_previous: xong trước bước phải xong trước; trống nếu không có hoặc chưa đủ báo cáo để kết luận | went_back, dated_after_report, previous_missing or before_previous; NULL if none, or none that reports prove
--   problem_indicator: Bước phải xong trước có liên quan | The required stage that it is about
--   origin: Nguồn; có một giá trị mô phỏng là simulated | Origin; one simulated value makes it simulated
WITH stages AS (
    SELECT
        chains.chain,
        chains.stage_order,
        chains.indicator,
        chains.starts_on,
        denominators.province_code,
        run.as_of_on
    FROM reference.chains AS chains
    CROSS JOIN reference.run AS run
    INNER JOIN reference.denominators AS denominators
        ON
            chains.indicator = denominators.indicator
            AND denominators.expected_count > 0
            AND denominators.valid_from_on <= run.as_of_on
            AND (denominators.valid_to_on IS NULL OR run.as_of_on <= denominators.valid_to_on)
),

-- Province-level flags only: a few dozen rows per province and year.
history AS (
    SELECT
        current_observations.unit_code AS province_code,
        current_observations.indicator,
        current_observations.as_of_on,
        current_observations.done_on,
        current_observations.evidence,
        current_observations.origin,
        CASE WHEN current_observations.value >= 1.0 THEN 1 ELSE 0 END AS is_done,
        LAG(CASE WHEN current_observations.value >= 1.0 THEN 1 ELSE 0 END) OVER (
            PARTITION BY current_observations.unit_code, current_observations.indicator
            ORDER BY current_observations.as_of_on
        ) AS was_done,
        ROW_NUMBER() OVER (
            PARTITION BY current_observations.unit_code, current_observations.indicator
            ORDER BY current_observations.as_of_on DESC
        ) AS newest_first
    FROM facts.current_observations AS current_observations
    CROSS JOIN reference.run AS run
    WHERE
        current_observations.unit_level = 'province'
        AND current_observations.indicator IN (SELECT chains.indicator FROM reference.chains AS chains)
        AND current_observations.as_of_on <= run.as_of_on
        AND current_observations.value IS NOT NULL
),

turns AS (
    SELECT
        province_code,
        indicator,
        MAX(as_of_on) FILTER (WHERE is_done = 0) AS last_not_done_on,
        MAX(as_of_on) FILTER (WHERE is_done = 0 AND was_done = 1) AS went_back_on,
        MAX(as_of_on) AS last_reported_on,
        MAX(is_done) FILTER (WHERE newest_first = 1) AS is_done,
        MAX(origin) FILTER (WHERE newest_first = 1) AS origin
    FROM history
    GROUP BY province_code, indicator
),

spells AS (
    SELECT
        history.province_code,
        history.indicator,
        MIN(history.as_of_on) AS done_since_on,
        MAX(history.origin) AS origin
    FROM history
    INNER JOIN turns ON history.province_code = turns.province_code AND history.indicator = turns.indicator
    WHERE turns.is_done = 1 AND (turns.last_not_done_on IS NULL OR history.as_of_on > turns.last_not_done_on)
    GROUP BY history.province_code, history.indicator
),

-- The newest completion date within the present spell: a later report that leaves it blank does not withdraw it.
given_dates AS (
    SELECT
        history.province_code,
        history.indicator,
        history.as_of_on,
        history.done_on,
        history.evidence
    FROM history
    INNER JOIN spells ON history.province_code = spells.province_code AND history.indicator = spells.indicator
    WHERE
        history.as_of_on >= spells.done_since_on
        AND (history.done_on IS NOT NULL OR history.evidence IS NOT NULL)
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY history.province_code, history.indicator
            ORDER BY CASE WHEN history.done_on IS NULL THEN 1 ELSE 0 END, history.as_of_on DESC
        ) = 1
),

-- `earliest_on`: the stage can't have been done before this day, as far as the province itself says. A first report
-- alone proves nothing of the days before it.
reached AS (
    SELECT
        turns.province_code,
        turns.indicator,
        turns.is_done,
        turns.last_reported_on,
        turns.went_back_on,
        COALESCE(given_dates.done_on, spells.done_since_on) AS reached_on,
        CASE
            WHEN spells.done_since_on IS NULL THEN NULL
            WHEN given_dates.done_on IS NULL THEN 'first_report'
            ELSE 'evidence'
        END AS reached_basis,
        given_dates.evidence,
        CASE WHEN given_dates.done_on > given_dates.as_of_on THEN 1 ELSE 0 END AS is_dated_after_report,
        CASE
            WHEN spells.done_since_on IS NULL THEN NULL
            WHEN given_dates.done_on IS NULL THEN turns.last_not_done_on + 1
            ELSE given_dates.done_on
        END AS earliest_on,
        GREATEST(turns.origin, spells.origin) AS origin
    FROM turns
    LEFT JOIN spells ON turns.province_code = spells.province_code AND turns.indicator = spells.indicator
    LEFT JOIN given_dates
        ON turns.province_code = given_dates.province_code AND turns.indicator = given_dates.indicator
),

required AS (
    SELECT
        stages.chain,
        stages.province_code,
        stages.indicator,
        COUNT(*) AS required_count,
        COUNT(*) FILTER (WHERE before.is_done = 1) AS done_count,
        MAX(before.reached_on) AS reached_on,
        MIN(required_stages.stage_order) FILTER (WHERE before.is_done = 0) AS missing_order,
        MIN(required_stages.stage_order) FILTER (WHERE before.earliest_on > own.reached_on) AS later_order,
        MAX(before.origin) AS origin
    FROM stages
    INNER JOIN reference.chain_requirements AS requirements
        ON stages.chain = requirements.chain AND stages.indicator = requirements.indicator
    INNER JOIN stages AS required_stages
        ON
            requirements.chain = required_stages.chain
            AND requirements.required_indicator = required_stages.indicator
            AND stages.province_code = required_stages.province_code
    LEFT JOIN reached AS own
        ON stages.province_code = own.province_code AND stages.indicator = own.indicator
    LEFT JOIN reached AS before
        ON stages.province_code = before.province_code AND requirements.required_indicator = before.indicator
    GROUP BY stages.chain, stages.province_code, stages.indicator
),

judged AS (
    SELECT
        stages.chain,
        stages.province_code,
        stages.stage_order,
        stages.indicator,
        stages.as_of_on,
        reached.is_done,
        CASE
            WHEN required.required_count IS NULL THEN stages.starts_on
            WHEN required.done_count = required.required_count THEN required.reached_on
        END AS started_on,
        CASE
            WHEN required.required_count IS NULL OR required.done_count = required.required_count THEN 1
            ELSE 0
        END AS is_its_turn,
        reached.reached_on,
        reached.reached_basis,
        reached.evidence,
        reached.last_reported_on,
        reached.went_back_on,
        required.missing_order,
        required.later_order,
        CASE
            WHEN reached.is_done = 0 AND reached.went_back_on IS NOT NULL THEN 'went_back'
            WHEN reached.is_dated_after_report = 1 THEN 'dated_after_report'
            WHEN reached.is_done = 1 AND required.missing_order IS NOT NULL THEN 'previous_missing'
            WHEN required.later_order IS NOT NULL THEN 'before_previous'
        END AS sequence_problem,
        GREATEST(reached.origin, required.origin) AS origin
    FROM stages
    LEFT JOIN reached ON stages.province_code = reached.province_code AND stages.indicator = reached.indicator
    LEFT JOIN required
        ON
            stages.chain = required.chain
            AND stages.province_code = required.province_code
            AND stages.indicator = required.indicator
)

SELECT
    judged.chain,
    judged.province_code,
    CAST(judged.stage_order AS INTEGER) AS stage_order,
    judged.indicator,
    judged.as_of_on,
    CASE
        WHEN judged.is_done IS NULL THEN 'not_reported'
        WHEN judged.is_done = 1 THEN 'done'
        WHEN judged.is_its_turn = 1 THEN 'in_progress'
        ELSE 'waiting'
    END AS status,
    judged.started_on,
    judged.reached_on,
    judged.reached_basis,
    CASE
        WHEN judged.is_done = 0 THEN CAST(date_diff('day', judged.started_on, judged.as_of_on) AS INTEGER)
        WHEN judged.sequence_problem = 'dated_after_report' OR judged.reached_on < judged.started_on THEN NULL
        WHEN judged.is_done = 1 THEN CAST(date_diff('day', judged.started_on, judged.reached_on) AS INTEGER)
    END AS days_in_stage,
    judged.evidence,
    judged.last_reported_on,
    judged.went_back_on,
    judged.sequence_problem,
    problem_stages.indicator AS problem_indicator,
    judged.origin
FROM judged
LEFT JOIN reference.chains AS problem_stages
    ON
        judged.chain = problem_stages.chain
        AND problem_stages.stage_order = CASE
            WHEN judged.sequence_problem = 'previous_missing' THEN judged.missing_order
            WHEN judged.sequence_problem = 'before_previous' THEN judged.later_order
        END
