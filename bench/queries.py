"""Every query of the dashboard on the published database: first and later calls of one open connection."""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path

import duckdb

from bench.report import Section, milliseconds, verdict
from pipelines.database import open_for_reading
from pipelines.publish.versions import current_database
from pipelines.settings import REPOSITORY, Settings

QUERIES = REPOSITORY / "dashboard" / "queries"
TARGET_MS = 30.0
_PARAMETER = re.compile(r"\$(\w+)")
_SLOWEST = 8
# What a page asks for, by parameter: Hà Nội, the indicator of the headline, every status.
ARGUMENTS: dict[str, object] = {
    "directive": "",
    "indicator": "pvhcc_commune_operating",
    "indicators": ["pvhcc_commune_operating", "staff_present"],
    "province_code": "01",
    "rule": "",
    "search": "",
    "statuses": ["met_on_time", "met_late", "on_track", "at_risk", "overdue", "regressed", "not_reported", "not_due"],
}


def measure_queries(settings: Settings, rounds: int) -> Section:
    """Medians by query, the slowest first."""
    database = current_database(settings.folders().published)
    connection = open_for_reading(database)
    try:
        day = connection.execute("SELECT as_of_on FROM reference.run").fetchall()[0][0]
        arguments = ARGUMENTS | {"as_of_on": day, "newest_on": day, "today": day}
        medians = {path.stem: _median(connection, path, arguments, rounds) for path in sorted(QUERIES.glob("*.sql"))}
        values = connection.execute("SELECT COUNT(*) FROM facts.observations").fetchall()[0][0]
    finally:
        connection.close()
    slowest = sorted(medians, key=lambda name: -medians[name])
    return Section(
        "Queries of the dashboard",
        f"{len(medians)} queries on a published database with {values:,} values "
        f"({database.stat().st_size / 1e6:.0f} MB), medians of {rounds} calls, the {_SLOWEST} slowest.",
        ("query", "ms"),
        [(name, milliseconds(medians[name])) for name in slowest[:_SLOWEST]]
        + [("median of all", milliseconds(statistics.median(medians.values())))],
        [verdict("slowest query", medians[slowest[0]] * 1000, TARGET_MS, "ms")],
    )


def _median(connection: duckdb.DuckDBPyConnection, path: Path, arguments: dict[str, object], rounds: int) -> float:
    sql = path.read_text(encoding="utf-8")
    bound = {name: arguments[name] for name in set(_PARAMETER.findall(sql))}
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        connection.cursor().execute(sql, bound).fetchall()
        times.append(time.perf_counter() - started)
    return statistics.median(times)
