"""What analysts' SQL can't do: every known attack is refused or ends with its own process, and pages go on."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dashboard.console.sandbox import AT_ONCE, BYTE_LIMIT, LONGEST_QUERY, Fault, Limits, Query, Result, run
from dashboard.warehouse import DATABASE

QUICK, BRIEF = Limits(seconds=20), Limits(seconds=2)
ENDLESS = "SELECT COUNT(*) FROM range(100000000000) AS a, range(1000000) AS b"

# What is no single SELECT never reaches the engine.
NOT_ONE_SELECT = [
    "INSERT INTO reference.run SELECT * FROM reference.run",
    "UPDATE reference.run SET run_id = 'x'",
    "DELETE FROM reference.run",
    "DROP TABLE marts.chase_list",
    "CREATE TABLE t AS SELECT 1 AS a",
    "CREATE TEMP TABLE t AS SELECT 1 AS a",
    "CREATE TEMP MACRO sum(x) AS 0",
    "CREATE OR REPLACE VIEW marts.chase_list AS SELECT 1 AS a",
    "ALTER TABLE reference.run ADD COLUMN a INTEGER",
    "ATTACH ':memory:' AS other",
    "ATTACH '/tmp/other.duckdb' AS other",
    "DETACH restricted",
    "USE memory",
    "SELECT 1; DROP TABLE marts.chase_list",
    "SELECT 1; SELECT 2",
    "COPY marts.chase_list TO '/tmp/stolen.csv'",
    "COPY (SELECT 1) TO '/dev/stdout'",
    "EXPORT DATABASE '/tmp/stolen'",
    "IMPORT DATABASE '/tmp/stolen'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '/tmp/evil.duckdb_extension'",
    "UPDATE EXTENSIONS",
    "CREATE SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y')",
    "DROP SECRET s",
    "SET enable_external_access = true",
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
    "CHECKPOINT",
    "VACUUM",
    "BEGIN TRANSACTION",
    "PREPARE p AS SELECT 1",
    "EXPLAIN ANALYZE SELECT 1",
    "SET VARIABLE a = 1",
    "",
    "-- chỉ có chú thích",
]
# What is a SELECT and reaches outside is refused by the engine.
REACHES_OUTSIDE = [
    "SELECT content FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/**')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('/tmp/x.parquet')",
    "SELECT * FROM read_json('http://127.0.0.1:1/x.json')",
    "SELECT * FROM read_duckdb('/tmp/other.duckdb')",
    "SELECT * FROM asked",
    "SELECT * FROM connection",
    "SELECT * FROM query('DROP TABLE marts.chase_list')",
]
# What asks for more than there is ends in time, whatever ends it.
BOMBS = [
    ENDLESS,
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT MAX(n) FROM t",
    "SELECT repeat('x', 4000000000)",
    "SELECT LENGTH(repeat('x', 4000000000))",
    "SELECT flatten([range(100000000) FOR i IN range(20)])",
    "SELECT LIST(range) FROM range(500000000)",
    "SELECT range FROM range(300000000) ORDER BY hash(range)",
    "SELECT COUNT(DISTINCT hash(range)) FROM range(300000000)",
    "SELECT string_agg(repeat('x', 1000), '') FROM range(100000000)",
    "SELECT repeat('x', 100000000) FROM range(100)",
    "SELECT " + "1+" * 9_000 + "1",
    "SELECT " + "(" * 5_000 + "1" + ")" * 5_000,
]


@pytest.fixture
def database(homes: dict[str, Path]) -> str:
    return str((homes["normal"] / "published" / "current").resolve() / DATABASE)


@pytest.fixture(autouse=True)
def unchanged(database: str) -> Iterator[None]:
    """No attack leaves a trace in the folder of the database."""
    folder = Path(database).parent
    before = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.iterdir())]
    yield
    assert [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.iterdir())] == before


def refused(outcome: Result | Fault) -> Fault:
    assert isinstance(outcome, Fault), outcome
    return outcome


def answered(outcome: Result | Fault) -> Result:
    assert isinstance(outcome, Result), outcome
    return outcome


@pytest.mark.parametrize("sql", NOT_ONE_SELECT)
def test_only_one_select_is_taken(database: str, sql: str) -> None:
    assert refused(run(database, sql, QUICK)).kind in ("not_one_select", "ParserException")


@pytest.mark.parametrize("sql", REACHES_OUTSIDE)
def test_nothing_outside_the_database_is_read(database: str, sql: str) -> None:
    outcome = refused(run(database, sql, QUICK))
    assert outcome.message
    assert "root:" not in outcome.message


@pytest.mark.parametrize("sql", BOMBS, ids=lambda sql: sql[:60])
def test_a_bomb_ends_in_time_and_with_little_memory(database: str, sql: str) -> None:
    started = time.monotonic()
    refused(run(database, sql, BRIEF))
    assert time.monotonic() - started < BRIEF.seconds + 5


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT path FROM duckdb_databases()",
        "SELECT file FROM pragma_database_list",
        "SELECT value FROM duckdb_settings()",
        "SELECT * FROM duckdb_secrets()",
        "SELECT current_setting('secret_directory')",
        "SELECT getvariable('reference')",
    ],
)
def test_no_answer_tells_where_the_installation_is(database: str, sql: str) -> None:
    outcome = run(database, sql, QUICK)
    told = str(outcome.rows) if isinstance(outcome, Result) else outcome.message
    for part in (str(Path(database).parent), str(Path.home()), str(Path(__file__).parents[2]), "restricted"):
        assert part not in told


def test_the_schema_of_the_pipeline_is_not_there(database: str) -> None:
    schemas = answered(run(database, "SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1", QUICK))
    assert schemas.rows == [["facts"], ["marts"], ["reference"]]
    assert refused(run(database, "SELECT as_of_on FROM work.refresh_days", QUICK)).kind == "CatalogException"


def test_a_query_that_takes_too_long_is_killed(database: str) -> None:
    outcome = refused(run(database, ENDLESS, Limits(seconds=1)))
    assert outcome.kind == "timed_out"


def test_memory_is_named_as_the_reason(database: str) -> None:
    for sql in ("SELECT repeat('x', 4000000000)", "SELECT LIST(range) FROM range(500000000)"):
        assert refused(run(database, sql, QUICK)).kind == "memory"


def test_leaving_a_query_ends_its_process(database: str) -> None:
    with Query(database, ENDLESS, Limits(seconds=60)) as query:
        assert not query.advance(0.5)
        process = query._process
        assert isinstance(process, subprocess.Popen)
        assert process.poll() is None
    assert process.poll() is not None


def test_the_fifth_query_at_once_is_told_to_wait_and_the_next_one_runs(database: str) -> None:
    with ExitStack() as others:
        for _ in range(AT_ONCE):
            assert others.enter_context(Query(database, ENDLESS, Limits(seconds=60))).outcome is None
        assert refused(run(database, "SELECT 1 AS a", QUICK)).kind == "busy"
    assert answered(run(database, "SELECT 1 AS a", QUICK)).rows == [[1]]


def test_rows_stop_at_the_limit_and_say_so(database: str) -> None:
    assert answered(run(database, "SELECT range FROM range(200)", Limits(rows=200))).cut_by == ""
    cut = answered(run(database, "SELECT range FROM range(200000000)", Limits(rows=200)))
    assert (len(cut.rows), cut.cut_by) == (200, "row_limit")
    wide = answered(run(database, "SELECT repeat('x', 20000) AS a FROM range(10000)", Limits(rows=10_000)))
    assert wide.cut_by == "byte_limit"
    assert 1_000 <= len(wide.rows) * 20_000 <= BYTE_LIMIT


def test_values_come_back_as_what_they_are(database: str) -> None:
    sql = """SELECT 3153.0 AS a, 1.25::DECIMAL(10, 2) AS b, DATE '2026-02-25' AS c, TIMESTAMP '2026-02-28 01:30' AS d,
        true AS e, 'xã' AS f, NULL::INTEGER AS g, [1, 2] AS h, 'nan'::DOUBLE AS i,
        170141183460469231731687303715884105727 AS j"""
    found = answered(run(database, sql, QUICK))
    assert [column.kind for column in found.columns] == [
        *("number", "number", "day", "moment", "truth", "text"),
        *("number", "text", "number", "number"),
    ]
    assert found.rows == [
        [3153, 1.25, "2026-02-25", "2026-02-28T01:30:00", True, "xã", None, "[1, 2]", "nan", 2**127 - 1]
    ]


def test_a_fault_names_its_line(database: str) -> None:
    outcome = refused(run(database, "SELECT short_name\nFROM reference.provinces\nWHERE provnce_code = '91'", QUICK))
    assert (outcome.kind, outcome.line) == ("BinderException", 3)
    assert 'Referenced column "provnce_code" not found' in outcome.message


def test_a_query_that_is_too_long_does_not_start(database: str) -> None:
    assert refused(run(database, "SELECT 1 -- " + "x" * LONGEST_QUERY)).kind == "too_long"
