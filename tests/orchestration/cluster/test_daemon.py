"""Dagster's daemon sees a file in the inbox and starts the run; its steps work on the worker."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from tests.durability.nights import published_rows
from tests.orchestration.cluster.conftest import PATIENCE_SECONDS, Cluster, kill
from tests.orchestration.cluster.services import free_port, wait_for

pytestmark = pytest.mark.cluster


def test_a_file_in_the_inbox_starts_a_run_on_the_worker(
    make_cluster: Callable[[], Cluster], workers: Callable[[Cluster], subprocess.Popen[str]]
) -> None:
    cluster = make_cluster()
    ports = ("--port", str(free_port()), "--dagster-port", str(free_port()))
    served = cluster.start("tiendo", "serve", *ports)
    try:
        workers(cluster)
        wait_for("a version", (cluster.folders.published / "current").exists, PATIENCE_SECONDS)
        wait_for("the end of the run", lambda: cluster.statuses() == ["SUCCESS"], PATIENCE_SECONDS, every=1)
    finally:
        served.terminate()
        _, said = served.communicate(timeout=PATIENCE_SECONDS)
        kill(served)
    with cluster.instance() as instance:
        (run,) = instance.get_runs()
        events = [record.get_dagster_event() for record in instance.all_logs(run.run_id) if record.is_dagster_event]
    assert run.tags["dagster/sensor_name"] == "inbox_has_files"
    assert any("in celery worker" in (event.message or "") for event in events), said
    assert len(published_rows(cluster.home)["facts.submissions"]) == len(list((cluster.home / "inbox").rglob("*.xlsx")))
