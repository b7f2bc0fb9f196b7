"""Dagster's daemon sees a file in the inbox and starts the run; its steps work on the worker."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from tests.durability.nights import published_rows
from tests.orchestration.cluster.conftest import BIN, PATIENCE_SECONDS, Cluster, kill
from tests.orchestration.cluster.services import free_port, wait_for

pytestmark = pytest.mark.cluster


def test_a_file_in_the_inbox_starts_a_run_on_the_worker(
    make_cluster: Callable[[], Cluster], workers: Callable[[Cluster], subprocess.Popen[str]]
) -> None:
    cluster = make_cluster()
    ports = ("--port", str(free_port()), "--dagster-port", str(free_port()))
    said = cluster.home / "serve.log"
    # A file, not a pipe: nobody would read it while the test waits, and a service waits for whoever reads it.
    with said.open("wb") as log:
        command = [str(BIN / "tiendo"), "serve", *ports]
        served = subprocess.Popen(command, env=cluster.environment, start_new_session=True, stdout=log, stderr=log)
        try:
            workers(cluster)
            wait_for("a version", (cluster.folders.published / "current").exists, PATIENCE_SECONDS)
            wait_for("the end of the run", lambda: cluster.statuses() == ["SUCCESS"], PATIENCE_SECONDS, every=1)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{said.read_text(encoding='utf-8')}") from error
        finally:
            served.terminate()
            served.wait(timeout=PATIENCE_SECONDS)
            kill(served)
    with cluster.instance() as instance:
        (run,) = instance.get_runs()
        events = [record.get_dagster_event() for record in instance.all_logs(run.run_id) if record.is_dagster_event]
    assert run.tags["dagster/sensor_name"] == "inbox_has_files"
    assert any("in celery worker" in (event.message or "") for event in events), said.read_text(encoding="utf-8")
    assert len(published_rows(cluster.home)["facts.submissions"]) == len(list((cluster.home / "inbox").rglob("*.xlsx")))
