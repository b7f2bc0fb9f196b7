"""Workers and runs that are killed: another worker goes on, or the next night does; nothing lost, nothing double."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable

import pytest

from pipelines.landing.journal import Journal
from pipelines.operation.failures import read_failures
from pipelines.publish.versions import versions
from tests.durability.nights import Rows, published_rows
from tests.orchestration.cluster.conftest import NIGHT, PATIENCE_SECONDS, Cluster, kill
from tests.orchestration.cluster.services import wait_for

pytestmark = pytest.mark.cluster
Workers = Callable[[Cluster], subprocess.Popen[str]]


def test_whatever_is_killed_the_night_ends_as_if_nothing_had_been(
    make_cluster: Callable[[], Cluster], workers: Workers, expected: Rows
) -> None:
    cluster = make_cluster()
    lock = cluster.folders.warehouse / ".step"
    first = workers(cluster)

    # The run's own process dies while the worker is at a step: the step ends, no other begins, the next night can.
    run = cluster.start("tiendo", *NIGHT)
    cluster.wait_for_step("ledger")
    kill(run)
    os.kill(step := cluster.wait_for_step("ledger"), signal.SIGSTOP)
    refused = cluster.tiendo(*NIGHT)
    os.kill(step, signal.SIGCONT)
    assert refused.returncode == 1
    assert "Another run is writing" in refused.stderr and "step ledger (1), run " in refused.stderr
    wait_for("the end of the step", lambda: not lock.read_text(), PATIENCE_SECONDS)

    # The worker's process for steps dies in the next night's: celery gives the step to a new one.
    run = cluster.start("tiendo", *NIGHT)
    os.kill(cluster.wait_for_step("reference_tables"), signal.SIGKILL)

    # All of the worker dies: another worker takes the step over.
    cluster.wait_for_step("models")
    kill(first)
    workers(cluster)
    _, said = run.communicate(timeout=PATIENCE_SECONDS)

    assert run.returncode == 0, said
    assert cluster.statuses() == ["FAILURE", "FAILURE", "SUCCESS"]
    errors = [failure.error for failure in read_failures(cluster.folders.operation)]
    assert sorted(errors) == ["AnotherRunHoldsTheLock", "ProcessKilled"]
    assert published_rows(cluster.home) == expected
    assert len(versions(cluster.folders.published)) == 1
    journal = Journal(cluster.folders.landing / "journal.jsonl", is_writer=False)
    assert len(journal.arrivals) == len(list((cluster.home / "inbox").rglob("*.xlsx")))
    assert len(journal.publications) == 1
    verified = cluster.tiendo("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
