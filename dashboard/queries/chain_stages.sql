-- One row per province and stage of $chain ('' is every chain; $province_code '' is every province), in order.
SELECT
    s.chain, t.chain_title_vi, t.chain_title_en, s.province_code, p.short_name, p.region_name, s.stage_order, s.indicator, c.title_vi,
    c.title_en, i.name_vi, i.name_en, s.status, s.started_on, s.reached_on, s.reached_basis, s.days_in_stage, s.evidence, s.last_reported_on,
    s.went_back_on, s.sequence_problem, b.title_vi AS before_vi, b.title_en AS before_en, s.as_of_on, s.origin
FROM marts.chain_stages AS s
JOIN reference.provinces AS p USING (province_code)
JOIN reference.chains AS c ON c.chain = s.chain AND c.stage_order = s.stage_order
JOIN reference.chains AS t ON t.chain = s.chain AND t.chain_title_vi IS NOT NULL
JOIN reference.indicators AS i ON i.indicator = s.indicator
LEFT JOIN reference.chains AS b ON b.chain = s.chain AND b.indicator = s.problem_indicator
WHERE ($chain = '' OR s.chain = $chain) AND ($province_code = '' OR s.province_code = $province_code)
ORDER BY s.chain <> 'extension', s.chain, s.province_code, s.stage_order
