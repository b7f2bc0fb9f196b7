-- One row per rule: which status holds when, in the order in which they are tried.
SELECT rank, status, meaning_vi, meaning_en
FROM reference.status_rules
ORDER BY rank
