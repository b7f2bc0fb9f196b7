-- One row per chain of tasks with the indicators of its stages in order, the extension chain first.
SELECT
    chain, any_value(chain_title_vi) AS chain_title_vi, any_value(chain_title_en) AS chain_title_en,
    list(indicator ORDER BY stage_order) AS indicators
FROM reference.chains
GROUP BY chain
ORDER BY chain <> 'extension', chain
