-- One row per column of a published table, view or table function that has $search in the names or notes of its table
-- or in its own ('' for all), tables in the order of the layers from marts back. `parameters` only for functions, whose
-- columns are not known before they are called.
WITH tables AS (
    SELECT schema_name, table_name, 'table' AS kind, comment, estimated_size AS row_count, NULL AS parameters
    FROM duckdb_tables()
    WHERE NOT internal
    UNION ALL
    SELECT schema_name, view_name, 'view', comment, NULL, NULL
    FROM duckdb_views()
    WHERE NOT internal
    UNION ALL
    SELECT schema_name, function_name, 'function', comment, NULL, array_to_string(parameters, ', ')
    FROM duckdb_functions()
    WHERE NOT internal AND function_type = 'table_macro'
), worded AS (
    SELECT *, replace(strip_accents(lower(schema_name || '.' || table_name || ' ' || coalesce(comment, ''))), 'đ', 'd') AS table_words
    FROM tables
    WHERE schema_name IN ('marts', 'facts', 'reference')
), described AS (
    SELECT
        t.schema_name, t.table_name, t.kind, coalesce(t.comment, '') AS table_note, t.row_count, t.parameters,
        c.column_index, c.column_name, c.data_type, coalesce(c.comment, '') AS column_note,
        t.table_words,
        replace(strip_accents(lower(coalesce(c.column_name, '') || ' ' || coalesce(c.comment, ''))), 'đ', 'd') AS column_words,
        replace(strip_accents(lower($search)), 'đ', 'd') AS wanted
    FROM worded AS t
    LEFT JOIN duckdb_columns() AS c ON c.schema_name = t.schema_name AND c.table_name = t.table_name
)
SELECT schema_name, table_name, kind, table_note, row_count, parameters, column_name, data_type, column_note
FROM described
WHERE contains(table_words, wanted) OR contains(column_words, wanted)
ORDER BY list_position(['marts', 'facts', 'reference'], schema_name), table_name, column_index
