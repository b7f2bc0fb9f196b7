"""A month at full scale is the same, table by table, whether Sail derives it or DuckDB."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from pipelines.marts.build import IN_PLACE
from pipelines.spark.engine import SparkEngine
from pipelines.spark.session import connect
from tests.soak import note
from tests.spark.equality import DIGITS, TABLES
from tests.spark.month import NIGHTS, derive, different_tables, nights, reference_of_a_month
from tests.spark.servers import sail


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@pytest.mark.soak
def test_a_month_of_the_whole_country_is_the_same_on_sail(tmp_path: Path) -> None:
    reference = reference_of_a_month(tmp_path / "reference")
    expected, found = tmp_path / "duckdb.duckdb", tmp_path / "sail.duckdb"
    with sail() as address, connect(address) as session:
        for name, database in (("DuckDB", expected), ("Sail", found)):
            for connection, days in zip(nights(database, reference), NIGHTS, strict=True):
                engine = IN_PLACE if database is expected else SparkEngine(session, tmp_path / "archive")
                started, used = time.monotonic(), processor_seconds()
                derive(connection, engine)
                (rows,) = connection.execute("SELECT COUNT(*) FROM facts.observations").fetchall()[0]
                note(
                    f"{days} days of {rows / 1e6:.1f} M values on {name}: {time.monotonic() - started:.0f} s, "
                    f"{processor_seconds() - used:.0f} s of processor time, at most "
                    f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB so far"
                )
    assert different_tables(expected, found, TABLES, DIGITS) == []
