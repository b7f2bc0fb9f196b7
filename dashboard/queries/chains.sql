-- One row per chain of tasks, the extension chain first.
SELECT chain, chain_title_vi, chain_title_en
FROM reference.chains
WHERE chain_title_vi IS NOT NULL
ORDER BY chain <> 'extension', chain
