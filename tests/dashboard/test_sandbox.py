"""Queries of analysts run in a process of their own, within limits (attacks on it: `tests/security`)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dashboard.console.sandbox import AT_ONCE, BYTE_LIMIT, LONGEST_QUERY, Fault, Limits, Query, Result, run
from dashboard.warehouse import DATABASE
from tests.security.sql_attacks import ENDLESS

QUICK = Limits(seconds=20)


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
