-- One row per table and view of this published file: schema and name, as queries write them.
SELECT schema_name || '.' || table_name AS table_name FROM duckdb_tables() WHERE NOT internal
UNION ALL
SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal
ORDER BY table_name
