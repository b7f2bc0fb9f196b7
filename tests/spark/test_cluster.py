"""The same country on a standalone master with two workers, one of which is killed while a model is derived."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from pipelines.spark.engine import SparkEngine
from pipelines.spark.session import connect
from tests.soak import note
from tests.spark.country import new_country, nights
from tests.spark.equality import differences
from tests.spark.servers import cluster, spark_home

_SECONDS_INTO_THE_NIGHT = 20


@pytest.mark.soak
def test_a_night_is_right_though_a_worker_is_killed_on_its_way(tmp_path: Path) -> None:
    home = spark_home()
    assert home, "SPARK_HOME names no unpacked Apache Spark: make soak does it"
    started = time.monotonic()
    with cluster(home, tmp_path, workers=2) as running, connect(running.address) as session:
        expected, found = new_country(), new_country(lambda: SparkEngine(session, tmp_path / "archive"))
        killer = threading.Timer(_SECONDS_INTO_THE_NIGHT, running.workers[0].kill)
        for _ in zip(nights(expected), nights(found), strict=True):
            if not killer.ident:
                killer.start()
            assert list(differences(expected.connection, found.connection)) == []
            break
        assert killer.finished.is_set(), "the night was over before the worker was killed"
        assert running.workers[0].running.poll() is not None
        assert running.workers[1].running.poll() is None
    note(f"a night on two workers of Spark, one killed on the way: right, {time.monotonic() - started:.0f} s")
