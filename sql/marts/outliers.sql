-- Giá trị khác thường trong số liệu mới nhất, so với chính đơn vị và các đơn vị khác; chỉ là lưu ý, không để riêng giá trị nào. | Values that stand out among the newest ones, against the unit's own history and its peers; a warning that sets nothing aside.
-- grain: unit_code, indicator, as_of_on
-- clearance: rows by indicator; texts note; places source_place
-- columns:
--   unit_code: Mã xã, phường, đặc khu, hoặc mã tỉnh | Commune or province code
--   province_code: Mã tỉnh, thành phố | Province code
--   indicator: Mã chỉ tiêu | Indicator code
--   as_of_on: Ngày mà số liệu phản ánh | Day that the figure describes
--   value: Giá trị khác thường | The value that stands out
--   current_value: Giá trị đang có hiệu lực; khác value khi đã sửa | Value in force; another than value once corrected
--   previous_value: Giá trị khác gần nhất trước đó; trống nếu không có | Last different value before; NULL if there is none
--   previous_on: Kỳ của giá trị đó | Day of that value
--   history_count: Số giá trị trước đó được so | Earlier values compared with
--   history_median: Trung vị của các giá trị trước đó | Median of the earlier values
--   peer_count: Số đơn vị khác được so: xã cùng tỉnh, hoặc tỉnh khác | Other units compared with: communes of the province, or other provinces
--   peer_low: Mức mà 10% các đơn vị khác không vượt | Level that 10 % of the other units do not exceed
--   peer_high: Mức mà 90% các đơn vị khác không vượt | Level that 90 % of the other units do not exceed
--   score: Độ lệch theo số lần độ phân tán thường thấy (thang lôgarit, MAD) | Distance in usual spreads (log scale, MAD)
--   kind: own_history (lệch với chính đơn vị), peers (lệch với đơn vị khác) hoặc both | own_history, peers or both
--   state: open (chưa xác minh), confirmed (tỉnh xác nhận đúng) hoặc corrected (giá trị đã được sửa) | open, confirmed by the province, or corrected
--   changed_by: newer_revision hoặc correction, khi đã sửa | newer_revision or correction, where corrected
--   note: Ghi chú khi xác nhận | Note of the confirmation
--   document_no: Văn bản xác nhận | Document of the confirmation
--   confirmed_on: Ngày ghi xác nhận | Day on which the confirmation was entered
--   submission_id: Lần gửi chứa giá trị đang có hiệu lực | Submission that holds the value in force
--   source_place: Vị trí trong tệp: trang tính!ô | Place in the file: sheet!cell
--   origin: Nguồn: reported hoặc simulated | Origin: reported or simulated
-- Only the newest days are read, as many as reference.parameters says. Yes/no values are left out. What counts a period
-- is compared with peers alone: periods differ in length.
WITH limits AS (
    SELECT
        MAX(value) FILTER (WHERE parameter = 'outlier_days') AS days,
        MAX(value) FILTER (WHERE parameter = 'outlier_history') AS history,
        MAX(value) FILTER (WHERE parameter = 'outlier_peers') AS peers,
        LN(MAX(value) FILTER (WHERE parameter = 'outlier_ratio')) AS own_step,
        LN(MAX(value) FILTER (WHERE parameter = 'outlier_peer_ratio')) AS peer_step,
        MAX(value) FILTER (WHERE parameter = 'outlier_score') AS score,
        MAX(value) FILTER (WHERE parameter = 'outlier_difference') AS difference
    FROM reference.parameters
),

days AS (
    SELECT
        contents.as_of_on,
        ROW_NUMBER() OVER (ORDER BY contents.as_of_on DESC) AS newest_first
    FROM marts.submission_contents AS contents
    INNER JOIN reference.run AS run ON contents.as_of_on <= run.as_of_on
    GROUP BY contents.as_of_on
),

values_known AS (
    SELECT
        observations.unit_code,
        observations.province_code,
        CASE WHEN observations.unit_level = 'commune' THEN observations.province_code ELSE 'VN' END AS peer_group,
        observations.indicator,
        observations.as_of_on,
        observations.value,
        LN(observations.value + 1.0) AS level,
        CASE
            WHEN observations.correction IS NOT NULL AND observations.reported_value <> observations.value
                THEN observations.reported_value
            WHEN observations.superseded_value <> observations.value THEN observations.superseded_value
        END AS earlier_value,
        observations.why,
        observations.submission_id,
        observations.source_place,
        observations.origin,
        indicators.is_period_count
    FROM days
    CROSS JOIN limits
    INNER JOIN facts.current_observations AS observations ON days.as_of_on = observations.as_of_on
    INNER JOIN reference.indicators AS indicators ON observations.indicator = indicators.indicator
    WHERE CAST(days.newest_first AS DOUBLE) <= limits.days AND indicators.value_type = 'count'
),

newest_days AS (
    SELECT
        unit_code,
        indicator,
        MAX(as_of_on) AS as_of_on
    FROM values_known
    GROUP BY unit_code, indicator
),

newest AS (
    SELECT
        values_known.unit_code,
        values_known.province_code,
        values_known.peer_group,
        values_known.indicator,
        values_known.as_of_on,
        values_known.value,
        values_known.level,
        values_known.earlier_value,
        values_known.why,
        values_known.submission_id,
        values_known.source_place,
        values_known.origin,
        values_known.is_period_count
    FROM values_known
    INNER JOIN newest_days
        ON
            values_known.unit_code = newest_days.unit_code
            AND values_known.indicator = newest_days.indicator
            AND values_known.as_of_on = newest_days.as_of_on
),

-- A first look at the whole group; only what is far from its middle is compared with each of the others.
groups AS (
    SELECT
        peer_group,
        indicator,
        as_of_on,
        COUNT(*) AS unit_count,
        MEDIAN(level) AS middle
    FROM newest
    GROUP BY peer_group, indicator, as_of_on
),

ranges AS (
    SELECT
        unit_code,
        peer_group,
        indicator,
        MAX(level) - MIN(level) AS level_range,
        MAX(value) - MIN(value) AS value_range
    FROM values_known
    WHERE NOT is_period_count
    GROUP BY unit_code, peer_group, indicator
),

-- Only groups in which some unit has moved far, stands far from the middle, or was put right can hold one that stands
-- out; for all others the histories need not be looked at.
watched AS (
    SELECT
        ranges.peer_group,
        ranges.indicator
    FROM ranges
    CROSS JOIN limits
    WHERE ranges.level_range >= limits.own_step AND ranges.value_range >= limits.difference
    UNION
    SELECT
        newest.peer_group,
        newest.indicator
    FROM newest
    CROSS JOIN limits
    INNER JOIN groups
        ON
            newest.peer_group = groups.peer_group
            AND newest.indicator = groups.indicator
            AND newest.as_of_on = groups.as_of_on
    WHERE ABS(newest.level - groups.middle) >= limits.peer_step OR newest.earlier_value IS NOT NULL
),

-- What is in force, and what was before it was put right.
versions AS (
    SELECT
        newest.unit_code,
        newest.peer_group,
        newest.indicator,
        newest.as_of_on,
        newest.value,
        newest.level,
        TRUE AS is_in_force,
        newest.is_period_count
    FROM newest
    INNER JOIN watched ON newest.peer_group = watched.peer_group AND newest.indicator = watched.indicator
    UNION ALL
    SELECT
        unit_code,
        peer_group,
        indicator,
        as_of_on,
        earlier_value AS value,
        LN(earlier_value + 1.0) AS level,
        FALSE AS is_in_force,
        is_period_count
    FROM newest
    WHERE earlier_value IS NOT NULL
),

-- A value that has stood since it came is judged against what was before it came.
spells AS (
    SELECT
        versions.unit_code,
        versions.indicator,
        versions.is_in_force,
        MAX(earlier.as_of_on) AS other_on
    FROM versions
    INNER JOIN values_known AS earlier
        ON
            versions.unit_code = earlier.unit_code
            AND versions.indicator = earlier.indicator
            AND earlier.as_of_on < versions.as_of_on
    WHERE earlier.value <> versions.value
    GROUP BY versions.unit_code, versions.indicator, versions.is_in_force
),

history AS (
    SELECT
        spells.unit_code,
        spells.indicator,
        spells.is_in_force,
        earlier.as_of_on,
        earlier.value,
        earlier.level,
        ROW_NUMBER() OVER (
            PARTITION BY spells.unit_code, spells.indicator, spells.is_in_force
            ORDER BY earlier.as_of_on DESC
        ) AS newest_first
    FROM spells
    INNER JOIN values_known AS earlier
        ON
            spells.unit_code = earlier.unit_code
            AND spells.indicator = earlier.indicator
            AND earlier.as_of_on <= spells.other_on
),

-- The last three values are the present level of what grows; the spread is that of the steps around the median.
own AS (
    SELECT
        unit_code,
        indicator,
        is_in_force,
        COUNT(*) AS history_count,
        MEDIAN(value) AS history_median,
        MEDIAN(level) AS level_median,
        MEDIAN(level) FILTER (WHERE newest_first <= 3) AS recent_level,
        MAX(value) FILTER (WHERE newest_first = 1) AS previous_value,
        MAX(as_of_on) FILTER (WHERE newest_first = 1) AS previous_on
    FROM history
    GROUP BY unit_code, indicator, is_in_force
),

stepped AS (
    SELECT
        versions.unit_code,
        versions.peer_group,
        versions.indicator,
        versions.as_of_on,
        versions.value,
        versions.level,
        versions.is_in_force,
        versions.is_period_count,
        own.history_count,
        own.history_median,
        own.level_median,
        own.previous_value,
        own.previous_on,
        CASE
            WHEN versions.level > own.level_median AND versions.level > own.recent_level
                THEN LEAST(versions.level - own.level_median, versions.level - own.recent_level)
            WHEN versions.level < own.level_median AND versions.level < own.recent_level
                THEN GREATEST(versions.level - own.level_median, versions.level - own.recent_level)
            WHEN own.level_median IS NOT NULL THEN 0.0
        END AS own_step
    FROM versions
    LEFT JOIN own
        ON
            versions.unit_code = own.unit_code
            AND versions.indicator = own.indicator
            AND versions.is_in_force = own.is_in_force
),

-- Where the whole province moves at once (a training begins), a unit that moves with it does not stand out.
moves AS (
    SELECT
        stepped.peer_group,
        stepped.indicator,
        stepped.as_of_on,
        MEDIAN(stepped.own_step) AS middle,
        COUNT(stepped.own_step) AS unit_count
    FROM stepped
    WHERE stepped.is_in_force
    GROUP BY stepped.peer_group, stepped.indicator, stepped.as_of_on
),

move_spreads AS (
    SELECT
        moves.peer_group,
        moves.indicator,
        moves.as_of_on,
        moves.middle,
        MEDIAN(ABS(stepped.own_step - moves.middle)) AS spread
    FROM moves
    CROSS JOIN limits
    INNER JOIN stepped
        ON
            moves.peer_group = stepped.peer_group
            AND moves.indicator = stepped.indicator
            AND moves.as_of_on = stepped.as_of_on
            AND stepped.is_in_force
    WHERE CAST(moves.unit_count AS DOUBLE) > limits.peers
    GROUP BY moves.peer_group, moves.indicator, moves.as_of_on, moves.middle
),

own_candidates AS (
    SELECT
        stepped.unit_code,
        stepped.indicator,
        stepped.is_in_force,
        stepped.level_median,
        CASE
            WHEN move_spreads.middle IS NULL THEN ABS(stepped.own_step)
            ELSE LEAST(ABS(stepped.own_step), ABS(stepped.own_step - move_spreads.middle))
        END AS own_step,
        move_spreads.spread
    FROM stepped
    CROSS JOIN limits
    LEFT JOIN move_spreads
        ON
            stepped.peer_group = move_spreads.peer_group
            AND stepped.indicator = move_spreads.indicator
            AND stepped.as_of_on = move_spreads.as_of_on
    WHERE
        NOT stepped.is_period_count
        AND CAST(stepped.history_count AS DOUBLE) >= limits.history
        AND ABS(stepped.own_step) >= limits.own_step
        AND (move_spreads.middle IS NULL OR ABS(stepped.own_step - move_spreads.middle) >= limits.own_step)
        AND ABS(stepped.value - stepped.history_median) >= limits.difference
),

own_spreads AS (
    SELECT
        own_candidates.unit_code,
        own_candidates.indicator,
        own_candidates.is_in_force,
        own_candidates.own_step,
        own_candidates.spread AS move_spread,
        MEDIAN(ABS(history.level - own_candidates.level_median)) AS own_spread
    FROM own_candidates
    INNER JOIN history
        ON
            own_candidates.unit_code = history.unit_code
            AND own_candidates.indicator = history.indicator
            AND own_candidates.is_in_force = history.is_in_force
    GROUP BY
        own_candidates.unit_code,
        own_candidates.indicator,
        own_candidates.is_in_force,
        own_candidates.own_step,
        own_candidates.spread
),

own_scores AS (
    SELECT
        unit_code,
        indicator,
        is_in_force,
        own_step
        / NULLIF(
            GREATEST(
                1.4826 * own_spread, 0.1, CASE WHEN move_spread IS NULL THEN 0.1 ELSE 1.4826 * move_spread END
            ),
            0.0
        ) AS score
    FROM own_spreads
),

-- The ends of what 80 % of the others reported: without the unit itself, which stands beyond them, the positions of the
-- others are known from the order of the whole group.
ranked AS (
    SELECT
        newest.peer_group,
        newest.indicator,
        newest.as_of_on,
        newest.value,
        CAST(groups.unit_count - 1 AS DOUBLE) AS peer_count,
        CAST(
            ROW_NUMBER() OVER (
                PARTITION BY newest.peer_group, newest.indicator, newest.as_of_on
                ORDER BY newest.value, newest.unit_code
            ) AS DOUBLE
        ) AS position
    FROM newest
    INNER JOIN watched ON newest.peer_group = watched.peer_group AND newest.indicator = watched.indicator
    INNER JOIN groups
        ON
            newest.peer_group = groups.peer_group
            AND newest.indicator = groups.indicator
            AND newest.as_of_on = groups.as_of_on
),

ends AS (
    SELECT
        peer_group,
        indicator,
        as_of_on,
        MAX(value) FILTER (WHERE position = CEIL(0.1 * peer_count) + 1.0) AS low,
        MAX(value) FILTER (WHERE position = CEIL(0.9 * peer_count)) AS high
    FROM ranked
    GROUP BY peer_group, indicator, as_of_on
),

candidates AS (
    SELECT
        stepped.unit_code,
        stepped.peer_group,
        stepped.indicator,
        stepped.as_of_on,
        stepped.value,
        stepped.level,
        stepped.is_in_force,
        stepped.history_count,
        stepped.history_median,
        stepped.previous_value,
        stepped.previous_on,
        own_scores.score AS own_score
    FROM stepped
    CROSS JOIN limits
    INNER JOIN groups
        ON
            stepped.peer_group = groups.peer_group
            AND stepped.indicator = groups.indicator
            AND stepped.as_of_on = groups.as_of_on
    INNER JOIN ends
        ON
            stepped.peer_group = ends.peer_group
            AND stepped.indicator = ends.indicator
            AND stepped.as_of_on = ends.as_of_on
    LEFT JOIN own_scores
        ON
            stepped.unit_code = own_scores.unit_code
            AND stepped.indicator = own_scores.indicator
            AND stepped.is_in_force = own_scores.is_in_force
    WHERE
        own_scores.score >= limits.score
        OR (
            CAST(groups.unit_count AS DOUBLE) > limits.peers
            AND ABS(stepped.level - groups.middle) >= limits.peer_step
            AND (
                NOT stepped.is_in_force
                OR stepped.level - LN(ends.high + 1.0) >= limits.peer_step
                OR LN(ends.low + 1.0) - stepped.level >= limits.peer_step
            )
        )
),

others AS (
    SELECT
        candidates.unit_code,
        candidates.indicator,
        candidates.is_in_force,
        newest.value,
        newest.level,
        COUNT(*) OVER (
            PARTITION BY candidates.unit_code, candidates.indicator, candidates.is_in_force
        ) AS peer_count,
        ROW_NUMBER() OVER (
            PARTITION BY candidates.unit_code, candidates.indicator, candidates.is_in_force
            ORDER BY newest.value, newest.unit_code
        ) AS position
    FROM candidates
    INNER JOIN newest
        ON
            candidates.peer_group = newest.peer_group
            AND candidates.indicator = newest.indicator
            AND candidates.as_of_on = newest.as_of_on
            AND candidates.unit_code <> newest.unit_code
),

peers AS (
    SELECT
        unit_code,
        indicator,
        is_in_force,
        peer_count,
        MEDIAN(level) AS middle,
        MAX(value) FILTER (WHERE position = CEIL(0.1 * CAST(peer_count AS DOUBLE))) AS peer_low,
        MAX(value) FILTER (WHERE position = CEIL(0.9 * CAST(peer_count AS DOUBLE))) AS peer_high
    FROM others
    GROUP BY unit_code, indicator, is_in_force, peer_count
),

peer_spreads AS (
    SELECT
        peers.unit_code,
        peers.indicator,
        peers.is_in_force,
        GREATEST(1.4826 * MEDIAN(ABS(others.level - peers.middle)), 0.1) AS spread
    FROM peers
    INNER JOIN others
        ON
            peers.unit_code = others.unit_code
            AND peers.indicator = others.indicator
            AND peers.is_in_force = others.is_in_force
    GROUP BY peers.unit_code, peers.indicator, peers.is_in_force
),

judged AS (
    SELECT
        candidates.unit_code,
        candidates.indicator,
        candidates.as_of_on,
        candidates.value,
        candidates.is_in_force,
        candidates.history_count,
        candidates.history_median,
        candidates.previous_value,
        candidates.previous_on,
        peers.peer_count,
        peers.peer_low,
        peers.peer_high,
        CASE WHEN candidates.own_score >= limits.score THEN candidates.own_score END AS own_score,
        CASE
            WHEN
                CAST(peers.peer_count AS DOUBLE) >= limits.peers
                AND ABS(candidates.level - peers.middle) >= limits.score * peer_spreads.spread
                AND (
                    (
                        candidates.level - LN(peers.peer_high + 1.0) >= limits.peer_step
                        AND candidates.value - peers.peer_high >= limits.difference
                    )
                    OR (
                        LN(peers.peer_low + 1.0) - candidates.level >= limits.peer_step
                        AND peers.peer_low - candidates.value >= limits.difference
                    )
                )
                THEN ABS(candidates.level - peers.middle) / NULLIF(peer_spreads.spread, 0.0)
        END AS peer_score
    FROM candidates
    CROSS JOIN limits
    LEFT JOIN peers
        ON
            candidates.unit_code = peers.unit_code
            AND candidates.indicator = peers.indicator
            AND candidates.is_in_force = peers.is_in_force
    LEFT JOIN peer_spreads
        ON
            candidates.unit_code = peer_spreads.unit_code
            AND candidates.indicator = peer_spreads.indicator
            AND candidates.is_in_force = peer_spreads.is_in_force
),

-- Where the value in force stands out itself, what was there before it no longer matters.
standing AS (
    SELECT
        unit_code,
        indicator,
        as_of_on,
        value,
        is_in_force,
        history_count,
        history_median,
        previous_value,
        previous_on,
        peer_count,
        peer_low,
        peer_high,
        own_score,
        peer_score
    FROM judged
    WHERE own_score IS NOT NULL OR peer_score IS NOT NULL
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY unit_code, indicator
            ORDER BY CASE WHEN is_in_force THEN 0 ELSE 1 END
        ) = 1
),

-- A confirmation holds for the spell of the value that it names.
confirmations AS (
    SELECT
        standing.unit_code,
        standing.indicator,
        follow_ups.state,
        follow_ups.note,
        follow_ups.document_no,
        follow_ups.entered_on
    FROM standing
    INNER JOIN newest ON standing.unit_code = newest.unit_code AND standing.indicator = newest.indicator
    CROSS JOIN reference.run AS run
    INNER JOIN reference.follow_ups AS follow_ups
        ON
            standing.unit_code = follow_ups.unit_code
            AND standing.indicator = follow_ups.indicator
            AND standing.value = follow_ups.value
            AND follow_ups.as_of_on <= standing.as_of_on
    WHERE
        standing.is_in_force
        AND follow_ups.entered_on <= CAST(run.known_at AS DATE)
        AND (follow_ups.as_of_on = standing.as_of_on OR NOT newest.is_period_count)
        AND (standing.previous_on IS NULL OR follow_ups.as_of_on > standing.previous_on)
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY standing.unit_code, standing.indicator
            ORDER BY follow_ups.as_of_on DESC
        ) = 1
)

SELECT
    standing.unit_code,
    newest.province_code,
    standing.indicator,
    standing.as_of_on,
    standing.value,
    newest.value AS current_value,
    standing.previous_value,
    standing.previous_on,
    standing.history_count,
    standing.history_median,
    standing.peer_count,
    standing.peer_low,
    standing.peer_high,
    CASE
        WHEN standing.own_score IS NULL THEN standing.peer_score
        WHEN standing.peer_score IS NULL THEN standing.own_score
        ELSE GREATEST(standing.own_score, standing.peer_score)
    END AS score,
    CASE
        WHEN standing.peer_score IS NULL THEN 'own_history'
        WHEN standing.own_score IS NULL THEN 'peers'
        ELSE 'both'
    END AS kind,
    CASE
        WHEN NOT standing.is_in_force THEN 'corrected'
        WHEN confirmations.state = 'confirmed' THEN 'confirmed'
        ELSE 'open'
    END AS state,
    CASE WHEN NOT standing.is_in_force THEN newest.why END AS changed_by,
    confirmations.note,
    confirmations.document_no,
    confirmations.entered_on AS confirmed_on,
    newest.submission_id,
    newest.source_place,
    newest.origin
FROM standing
INNER JOIN newest ON standing.unit_code = newest.unit_code AND standing.indicator = newest.indicator
LEFT JOIN confirmations ON standing.unit_code = confirmations.unit_code AND standing.indicator = confirmations.indicator
