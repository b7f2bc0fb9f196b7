"""Every attack on analysts' SQL that was tried, by what it is after, with what stops it.

`test_sql_attacks.py` makes each of them; the list in `docs/security.md` is written from this table (`make docs`).
"""

from __future__ import annotations

from typing import NamedTuple


class Attack(NamedTuple):
    """`stopped_by` is a key of STOPS."""

    sql: str
    stopped_by: str
    family: str


STOPS = {
    "one_select": "only one SELECT is taken",
    "no_outside": "external access is off",
    "read_only": "the file is open for reading only",
    "locked": "the configuration is locked",
    "not_there": "no such function, table, type or extension",
    "wrong_kind": "the engine refuses the argument",
    "limits": "limits on time, memory, rows and bytes; the process is ended",
    "tells_nothing": "answers, and tells nothing of the installation",
}
ENDLESS = "SELECT COUNT(*) FROM range(100000000000) AS a, range(1000000) AS b"
# By family, by what stops them. Bombs are made by a process with limits, all others by the same code without one.
_TABLE: dict[str, dict[str, list[str]]] = {
    "Files read": {
        "no_outside": [
            "SELECT content FROM read_text('/etc/passwd')",
            "SELECT * FROM read_csv('/etc/passwd')",
            "SELECT * FROM read_csv(['/etc/passwd'], columns = {'a': 'VARCHAR'})",
            "SELECT * FROM read_csv('/dev/stdin')",
            "SELECT * FROM read_blob('/proc/self/environ')",
            "SELECT length(content) FROM read_blob('/proc/self/mem')",
            "SELECT * FROM read_blob('/proc/self/fd/0')",
            "SELECT * FROM read_text('file:///etc/passwd')",
            "SELECT * FROM read_json_objects('/proc/self/environ', format = 'auto')",
            "SELECT * FROM glob('/**')",
            "SELECT * FROM sniff_csv('/etc/passwd')",
            "SELECT * FROM parquet_metadata('/tmp/x.parquet')",
            "SELECT * FROM parquet_scan(['/a', '/b'])",
            "SELECT * FROM parquet_bloom_probe('/tmp/x', 'a', 1)",
            "SELECT * FROM read_json('http://127.0.0.1:1/x.json')",
            "SELECT * FROM read_duckdb('/tmp/other.duckdb')",
            "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
            "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_text(''/etc/passwd'')'))",
        ],
    },
    "Replacement scans": {
        "no_outside": [
            "FROM 'reference.run.csv'",
            "SELECT * FROM 's3://b/x.parquet'",
            "SELECT * FROM 'https://127.0.0.1/x.csv'",
        ],
        "not_there": [
            "SELECT * FROM '/etc/passwd'",
            'SELECT * FROM "/etc/passwd"',
            "SELECT * FROM query_table('/etc/passwd')",
            "SELECT * FROM query_table(['/etc/passwd'])",
            "SELECT * FROM asked",
            "SELECT * FROM connection",
        ],
    },
    "COPY, EXPORT, IMPORT": {
        "one_select": [
            "COPY marts.chase_list TO '/tmp/stolen.csv'",
            "COPY (SELECT 1) TO '/dev/stdout'",
            "COPY FROM DATABASE a TO b",
            "EXPORT DATABASE '/tmp/stolen'",
            "EXPORT DATABASE '/tmp/stolen' (FORMAT parquet)",
            "IMPORT DATABASE '/tmp/stolen'",
        ],
        "not_there": ["SELECT 1 INTO OUTFILE '/tmp/stolen'"],
    },
    "ATTACH, USE": {
        "one_select": [
            "ATTACH ':memory:' AS other",
            "ATTACH '/tmp/other.duckdb' AS other",
            "ATTACH 'http://127.0.0.1/x.duckdb'",
            "ATTACH '/proc/self/fd/5' AS other (READ_WRITE)",
            "DETACH restricted",
            "USE memory",
        ],
    },
    "INSTALL, LOAD, extensions": {
        "one_select": [
            "INSTALL httpfs",
            "FORCE INSTALL x FROM 'http://127.0.0.1'",
            "LOAD httpfs",
            "LOAD '/tmp/evil.duckdb_extension'",
            "UPDATE EXTENSIONS",
        ],
        "not_there": [
            "SELECT * FROM sqlite_scan('/etc/passwd', 'x')",
            "SELECT * FROM ST_Read('/etc/passwd')",
            "SELECT * FROM read_xlsx('/tmp/a.xlsx')",
            "SELECT * FROM postgres_scan('host=127.0.0.1', 'a', 'b')",
        ],
        "no_outside": [
            "SELECT * FROM duckdb_extensions()",
            "SELECT * FROM duckdb_extension_repositories()",
            "SELECT * FROM destroy_external_resource('read_text', '/etc/passwd')",
        ],
        "wrong_kind": [
            "SELECT * FROM create_external_resource('x', 'y')",
            "SELECT * FROM create_external_resource('x', MAP {'command': 'id'}, resource_name := 'y', handle := 'z')",
            "SELECT * FROM register_external_resource_type('x')",
            "SELECT * FROM deregister_external_resource('x')",
        ],
    },
    "PRAGMA, SET, CALL": {
        "one_select": [
            "SET enable_external_access = true",
            "SET GLOBAL enable_external_access = true",
            "PRAGMA enable_external_access = true",
            "SET memory_limit = '100GB'",
            "SET threads = 64",
            "SET lock_configuration = false",
            "SET disabled_filesystems = ''",
            "RESET memory_limit",
            "SET profiling_output = '/tmp/profile.json'",
            "SET log_query_path = '/tmp/log.sql'",
            "PRAGMA enable_profiling",
            "PRAGMA database_list",
            "CALL enable_logging(storage = 'file', storage_path = '/tmp/log')",
            "CALL pragma_version()",
            "SET VARIABLE a = 1",
        ],
        "locked": [
            "SELECT * FROM enable_logging()",
            "SELECT * FROM enable_logging(storage := 'file', storage_path := '/tmp/log')",
            "SELECT * FROM disable_logging()",
            "SELECT * FROM enable_profiling()",
        ],
    },
    "Writing": {
        "one_select": [
            "INSERT INTO reference.run SELECT * FROM reference.run",
            "UPDATE reference.run SET run_id = 'x'",
            "DELETE FROM reference.run",
            "MERGE INTO reference.run USING reference.run AS s ON true WHEN MATCHED THEN DELETE",
            "DROP TABLE marts.chase_list",
            "CREATE TABLE t AS SELECT 1 AS a",
            "CREATE TEMP TABLE t AS SELECT 1 AS a",
            "CREATE TEMP MACRO sum(x) AS 0",
            "CREATE FUNCTION f() AS 1",
            "CREATE OR REPLACE VIEW marts.chase_list AS SELECT 1 AS a",
            "ALTER TABLE reference.run ADD COLUMN a INTEGER",
            "COMMENT ON TABLE reference.run IS 'x'",
            "CHECKPOINT",
            "VACUUM",
            "BEGIN TRANSACTION",
        ],
        "read_only": [
            "WITH t AS (INSERT INTO reference.run SELECT * FROM reference.run RETURNING *) SELECT * FROM t",
            "WITH t AS MATERIALIZED (DELETE FROM reference.run RETURNING *) SELECT * FROM t",
        ],
        "wrong_kind": [
            "SELECT * FROM query('DROP TABLE marts.chase_list')",
            "SELECT * FROM force_checkpoint()",
        ],
    },
    "Comments, several statements, odd signs": {
        "one_select": [
            "SELECT 1; DROP TABLE marts.chase_list",
            "SELECT 1; SELECT 2",
            "SELECT 1 /* ; */ ; /* x */ DELETE FROM reference.run",
            "/* /* */ SELECT 1 */ DROP TABLE reference.run",
            "SELECT $$a$$; SELECT 2",
            "SELECT 1\0; DROP TABLE reference.run",
            "SELECT 1\u2028; DROP TABLE reference.run",
            "\ufeffSELECT 1; SELECT 2",
            "VALUES (1); ATTACH 'x'",
            "LOAD 'httpfs'; SELECT 1",
            "PIVOT facts.submissions ON status USING COUNT(*)",
            "PREPARE p AS SELECT 1",
            "EXECUTE p",
            "EXPLAIN SELECT 1",
            "EXPLAIN ANALYZE SELECT 1",
            "",
            "-- chỉ có chú thích",
        ],
        "not_there": [
            "SELECT 1;;; ; SHUTDOWN",
            ".read /etc/passwd",
            "\\! id",
            "ＳＥＬＥＣＴ 1",
            "KILL 1",
            "REFRESH MATERIALIZED VIEW x",
            "CREATE TRIGGER x AFTER INSERT ON reference.run EXECUTE SELECT 1",
        ],
    },
    "Settings, secrets, path, environment": {
        "one_select": [
            "CREATE SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y')",
            "DROP SECRET s",
        ],
        "no_outside": [
            "SELECT * FROM duckdb_secrets()",
            "SELECT * FROM which_secret('s3://x', 's3')",
        ],
        "not_there": ["SELECT getenv('HOME')"],
        "tells_nothing": [
            "SELECT path FROM duckdb_databases()",
            "SELECT file FROM pragma_database_list",
            "SHOW DATABASES",
            "SELECT * FROM duckdb_settings()",
            "SELECT current_setting('secret_directory')",
            "SELECT current_setting('temp_directory'), current_setting('home_directory')",
            "SELECT getvariable('reference')",
            "SELECT * FROM duckdb_variables()",
            "SELECT current_user, session_user, current_database(), current_query()",
            "SELECT * FROM duckdb_logs()",
            "SELECT * FROM duckdb_external_file_cache()",
            "SELECT * FROM pragma_database_size()",
            "SELECT sql FROM duckdb_views()",
            "SELECT * FROM pragma_user_agent()",
        ],
    },
    "Temporary files, memory of the process": {
        "tells_nothing": [
            "SELECT * FROM duckdb_temporary_files()",
            "SELECT * FROM duckdb_memory()",
            "SELECT write_log('x')",
            "SELECT * FROM truncate_duckdb_logs()",
        ],
        "wrong_kind": [
            "SELECT * FROM arrow_scan(1, 2, 3)",
            "SELECT * FROM pandas_scan(140000000)",
            "SELECT * FROM seq_scan('reference.run')",
            "SELECT * FROM python_map_function((SELECT 1 AS a), 140000000000)",
        ],
        "not_there": ["SELECT * FROM arrow_scan_dumb(1::POINTER, 2::POINTER, 3::POINTER)"],
    },
    "Recursion": {
        "limits": [
            "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT MAX(n) FROM t",
            "WITH RECURSIVE t(x) USING KEY (x) AS (SELECT 1 UNION SELECT x + 1 FROM t) SELECT COUNT(*) FROM t",
            "WITH RECURSIVE t(x) AS (SELECT 'a' UNION ALL SELECT x || x FROM t) SELECT MAX(LENGTH(x)) FROM t",
            "SELECT " + "1+" * 9_000 + "1",
            "SELECT " + "(" * 5_000 + "1" + ")" * 5_000,
        ],
    },
    "Huge joins": {
        "limits": [
            ENDLESS,
            "SELECT COUNT(*) FROM facts.observations a, facts.observations b, facts.observations c, range(1000000000)",
            "SELECT * FROM " + ", ".join(f"reference.run r{number}" for number in range(700)),
            "SELECT COUNT(*) FROM repeat_row(1, 2, num_rows := 1000000000000)",
            "SELECT COUNT(*) FROM generate_series(TIMESTAMP '1970-01-01', TIMESTAMP '290000-01-01', "
            "INTERVAL 1 MICROSECOND)",
            "SELECT sleep_ms(100000)",
        ],
    },
    "Huge results, huge values": {
        "limits": [
            "SELECT repeat('x', 4000000000)",
            "SELECT LENGTH(repeat('x', 4000000000))",
            "SELECT md5(repeat('x', 1000000000))",
            "SELECT lpad('x', 2147483647, 'y')",
            "SELECT bitstring('1', 2000000000)",
            "SELECT printf('%*d', 2000000000, 1)",
            "SELECT format('{:2000000000}', 1)",
            "SELECT list_resize([1], 4000000000)",
            "SELECT flatten([range(100000000) FOR i IN range(20)])",
            "SELECT list_reduce(range(1000000000), lambda a, b: a + b)",
            "SELECT LIST(range) FROM range(500000000)",
            "SELECT COUNT(*) FROM UNNEST(range(2000000000))",
            "SELECT range FROM range(300000000) ORDER BY hash(range)",
            "SELECT COUNT(DISTINCT hash(range)) FROM range(300000000)",
            "SELECT string_agg(repeat('x', 1000), '') FROM range(100000000)",
            "SELECT repeat('x', 100000000) FROM range(100)",
        ],
    },
}
ATTACKS = [
    Attack(sql, stopped_by, family)
    for family, stopped in _TABLE.items()
    for stopped_by, statements in stopped.items()
    for sql in statements
]
BOMBS = [attack for attack in ATTACKS if attack.stopped_by == "limits"]
