"""What readers ask a published database: the dashboard's queries, the analysts' questions; and the same elsewhere.

Each is called again and again with the arguments of one reader after the other, on one open connection.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import duckdb

from bench.arguments import Arguments, dashboard_queries
from bench.parquet_copy import parquet_views, write_parquet
from bench.raw_facts import PAIRS
from bench.report import Section, milliseconds, percentile, verdict
from dashboard.console.ready_made import questions
from dashboard.console.sandbox import Fault, run
from pipelines.database import open_for_reading
from pipelines.publish.versions import current_database
from pipelines.settings import Settings

QUERY_TARGET_MS, QUESTION_TARGET_MS = 30.0, 300.0
FEWEST_CALLS = 40
_SLOWEST = 12
_SANDBOX_CALLS = 5
_FACTS_CALLS = 5
_PARQUET_CALLS = 5
Waits = dict[str, list[float]]


def measure_queries(home: Path, scratch: Path, calls: int) -> list[Section]:
    """Three sections: the dashboard's queries and the questions, beside Parquet; the marts beside the raw facts."""
    database = current_database(Settings(home=home).folders().published)
    folder = scratch / "parquet"
    parquet_bytes = write_parquet(database, folder)
    ready_made = {name: question.select for name, question in questions().items()}
    with closing(open_for_reading(database)) as connection, parquet_views(folder) as on_parquet:
        arguments = Arguments(connection)
        (values,) = connection.execute("SELECT COUNT(*) FROM facts.observations").fetchall()[0]
        size = (
            f"{arguments.day_count} reporting days, {values / 1e6:.1f} million values; "
            f"{database.stat().st_size / 1e6:,.0f} MB, the same tables as Parquet {parquet_bytes / 1e6:,.0f} MB"
        )
        dashboard = _both(connection, on_parquet, dashboard_queries(), arguments, calls)
        asked = _both(connection, on_parquet, ready_made, arguments, calls)
        pairs = _pairs(connection, arguments)
    shutil.rmtree(folder)
    in_sandbox = {name: [_in_sandbox(database, sql) for _ in range(_SANDBOX_CALLS)] for name, sql in ready_made.items()}
    return [
        _dashboard_section(*dashboard, calls, size),
        _questions_section(*asked, in_sandbox, calls, size),
        _facts_section(pairs, size),
    ]


def _both(
    connection: duckdb.DuckDBPyConnection,
    on_parquet: duckdb.DuckDBPyConnection,
    queries: Mapping[str, str],
    arguments: Arguments,
    calls: int,
) -> tuple[Waits, Waits]:
    """Waits by query, on the database and on Parquet; the first call of each is not counted."""
    waits: Waits = {name: [] for name in queries}
    elsewhere: Waits = {name: [] for name in queries}
    for name, sql in queries.items():
        for number in range(calls + 1):
            bound = arguments.bound(sql, number)
            waits[name].append(_wait(connection, sql, bound))
            if number <= _PARQUET_CALLS:
                elsewhere[name].append(_wait(on_parquet, sql, bound))
    return {name: each[1:] for name, each in waits.items()}, {name: each[1:] for name, each in elsewhere.items()}


def _wait(connection: duckdb.DuckDBPyConnection, sql: str, bound: dict[str, object]) -> float:
    started = time.perf_counter()
    connection.cursor().execute(sql, bound).fetchall()
    return time.perf_counter() - started


def _in_sandbox(database: Path, sql: str) -> float:
    started = time.perf_counter()
    outcome = run(str(database), sql)
    if isinstance(outcome, Fault):
        raise RuntimeError(f"the sandbox answers {outcome}")
    return time.perf_counter() - started


def _pairs(connection: duckdb.DuckDBPyConnection, arguments: Arguments) -> dict[str, tuple[list[float], list[float]]]:
    """Waits on marts and on facts by question. Raises AssertionError where the answers differ."""
    waits: dict[str, tuple[list[float], list[float]]] = {}
    for pair in PAIRS:
        on_marts: list[float] = []
        on_facts: list[float] = []
        for number in range(_FACTS_CALLS + 1):
            bound = arguments.bound(pair.on_marts, number)
            answers = [connection.execute(sql, bound).fetchall() for sql in (pair.on_marts, pair.on_facts)]
            if answers[0] != answers[1]:
                raise AssertionError(
                    f"{pair.title}, {bound}: the marts say {answers[0][:3]}, the facts {answers[1][:3]}"
                )
            on_marts.append(_wait(connection, pair.on_marts, bound))
            on_facts.append(_wait(connection, pair.on_facts, bound))
        waits[pair.title] = on_marts[1:], on_facts[1:]
    return waits


def _figures(waits: list[float]) -> tuple[str, str]:
    return milliseconds(percentile(waits, 0.5)), milliseconds(percentile(waits, 0.95))


def _dashboard_section(waits: Waits, on_parquet: Waits, calls: int, size: str) -> Section:
    late = {name: percentile(each, 0.95) for name, each in waits.items()}
    slowest = sorted(late, key=lambda name: -late[name])
    middles = [percentile(each, 0.5) for each in waits.values()]
    return Section(
        "Queries of the dashboard",
        f"{size}. {len(waits)} queries, {calls} calls each with changing arguments (Parquet: {_PARQUET_CALLS}), the "
        f"{_SLOWEST} slowest; milliseconds.",
        ("query", "p50", "p95", "p50 on Parquet"),
        [
            *((name, *_figures(waits[name]), _figures(on_parquet[name])[0]) for name in slowest[:_SLOWEST]),
            (
                "median of all",
                milliseconds(percentile(middles, 0.5)),
                milliseconds(percentile(list(late.values()), 0.5)),
                milliseconds(percentile([percentile(each, 0.5) for each in on_parquet.values()], 0.5)),
            ),
        ],
        [verdict(f"slowest at p95, {slowest[0]}", late[slowest[0]] * 1000, QUERY_TARGET_MS, "ms")],
    )


def _questions_section(waits: Waits, on_parquet: Waits, in_sandbox: Waits, calls: int, size: str) -> Section:
    late = {name: percentile(each, 0.95) for name, each in waits.items()}
    slowest = max(late, key=lambda name: late[name])
    outside = {name: max(each) for name, each in in_sandbox.items()}
    outmost = max(outside, key=lambda name: outside[name])
    return Section(
        "The analysts' twenty questions",
        f"{size}. {calls} calls each; as analysts ask them, each in a process of the sandbox, "
        f"{_SANDBOX_CALLS} calls; milliseconds.",
        ("question", "p50", "p95", "p50 on Parquet", "p50 in the sandbox"),
        [
            (name, *_figures(waits[name]), _figures(on_parquet[name])[0], _figures(in_sandbox[name])[0])
            for name in sorted(waits)
        ],
        [
            verdict(f"slowest at p95, {slowest}", late[slowest] * 1000, QUESTION_TARGET_MS, "ms"),
            verdict(f"slowest call in the sandbox, {outmost}", outside[outmost] * 1000, QUESTION_TARGET_MS, "ms"),
        ],
    )


def _facts_section(pairs: dict[str, tuple[list[float], list[float]]], size: str) -> Section:
    rows = []
    for title, (on_marts, on_facts) in pairs.items():
        one, other = percentile(on_marts, 0.5), percentile(on_facts, 0.5)
        rows.append((title, milliseconds(one), milliseconds(other), f"{other / one:,.0f} ×"))
    return Section(
        "Marts against raw facts",
        f"{size}. The same rows from both, as is asserted; medians of {_FACTS_CALLS} calls with changing arguments; "
        "milliseconds.",
        ("question", "marts", "facts.observations", "ratio"),
        rows,
    )
