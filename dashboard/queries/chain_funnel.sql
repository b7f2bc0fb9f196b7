-- One row per stage of $chain: how many provinces have reached it, work on it, wait, have not reported.
SELECT
    f.stage_order, f.indicator, c.title_vi, c.title_en, i.name_vi, i.name_en, f.as_of_on, f.expected_count, f.reported_count, f.reached_count,
    f.reached_with_all_before_count, f.in_progress_count, f.waiting_count, f.not_reported_count, f.problem_count, f.dated_count,
    f.median_days_done, f.median_days_in_progress, f.last_reported_on, f.origin, c.source, c.note
FROM marts.chain_funnel AS f
JOIN reference.chains AS c ON c.chain = f.chain AND c.stage_order = f.stage_order
JOIN reference.indicators AS i ON i.indicator = f.indicator
WHERE f.chain = $chain
ORDER BY f.stage_order
