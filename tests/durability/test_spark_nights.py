"""A night that derives on Spark, in a home whose first night DuckDB has derived: killed on its way, it ends as any."""

from __future__ import annotations

import datetime
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.durable import writer_lock
from pipelines.settings import Settings
from pipelines.spark.session import REMOTE
from pipelines.verification import verify
from tests.durability.conftest import SECOND
from tests.durability.nights import PATIENCE_SECONDS, Death, Rows, in_child, published_rows, start, whole_night
from tests.spark.equality import rounded
from tests.spark.servers import sail


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with sail() as address:
        yield address


def spark_night(home: Path, address: str, death: Death | None = None) -> None:
    """The second night, in a process of its own whose environment says where to derive."""
    os.environ.update({"TIENDO_ENGINE": "spark", REMOTE: address})
    whole_night(home, SECOND, death)


def test_a_killed_night_on_spark_is_finished_by_the_next_and_gives_what_duckdb_gives(
    home: Path, expected: Rows, address: str
) -> None:
    before = published_rows(home)
    # Among the files of the archive: the days of the ledger come with the third table that is asked for.
    killed = start(spark_night, home, address, Death("pipelines.spark.archive:_write", nth=30))
    killed.join(PATIENCE_SECONDS)
    assert killed.exitcode == -signal.SIGKILL
    assert published_rows(home) == before
    in_child(spark_night, home, address)
    assert rounded(published_rows(home)) == rounded(expected)
    days = sorted(path.parent.name for path in (home / "archive" / "observations").rglob("*.parquet"))
    assert days == ["as_of_on=2025-07-15", "as_of_on=2025-07-31"]
    with writer_lock(home / "warehouse"):
        assert verify(Settings(home=home), datetime.datetime(2025, 8, 3, 9)) == []
