-- One row per wording of a deadline of $directive: the one in force on the day of the figures, those before it, other
-- wordings of the same text (kind: in_force, before, conflict). until_on is the last day on which it held.
SELECT
    CASE
        WHEN coalesce(run.as_of_on, CAST(run.known_at AS DATE)) BETWEEN t.valid_from_on AND coalesce(t.valid_to_on, DATE '9999-12-31')
            THEN 'in_force'
        ELSE 'before'
    END AS kind,
    t.due_on, t.last_day_on = t.due_on AS due_inclusive, t.due_text_vi, t.is_amended, t.valid_from_on AS since_on,
    t.valid_to_on AS until_on, t.document_no, t.source_file, t.source_note
FROM reference.deadlines AS t
CROSS JOIN reference.run AS run
WHERE t.directive = $directive AND t.valid_from_on <= coalesce(run.as_of_on, CAST(run.known_at AS DATE))
UNION ALL
SELECT
    'conflict', due_on, due_inclusive, due_text_vi, false, announced_on, NULL, document_no, source_file, source_note
FROM reference.directive_deadlines
WHERE directive = $directive AND kind = 'conflict'
ORDER BY list_position(['in_force', 'conflict', 'before'], kind), since_on DESC
