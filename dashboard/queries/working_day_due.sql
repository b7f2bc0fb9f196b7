-- One row: the newest working day whose figures are due at $moment (from $fresh_by o'clock on), and the calendar's end.
SELECT
    max(as_of_on) FILTER (WHERE is_working_day AND as_of_on + $fresh_by::TIME <= $moment::TIMESTAMP) AS due_on,
    max(as_of_on) AS calendar_ends_on
FROM reference.calendar
