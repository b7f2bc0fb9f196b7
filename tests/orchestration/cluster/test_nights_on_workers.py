"""A night on a celery worker publishes what one in one process publishes; its failures are told once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from pipelines.operation.failures import read_failures
from pipelines.publish.versions import versions
from tests.durability.nights import Rows, published_rows
from tests.durability.small_country import write_reference
from tests.orchestration.cluster.conftest import NIGHT, Cluster
from tests.orchestration.cluster.services import PASSWORD

pytestmark = pytest.mark.cluster
Workers = Callable[[Cluster], subprocess.Popen[str]]


def parent(process: int) -> int:
    """The process that started another one."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def step_processes(instance: dg.DagsterInstance, run_id: str) -> dict[str, int]:
    """Which process did each step of a run."""
    records = instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_SUCCESS)
    events = [record.get_dagster_event() for record in records]
    return {str(event.step_key): int(event.pid or 0) for event in events}


def test_a_night_on_a_worker(make_cluster: Callable[[], Cluster], workers: Workers, expected: Rows) -> None:
    cluster = make_cluster()
    worker = workers(cluster)

    night = cluster.tiendo(*NIGHT)

    assert night.returncode == 2, night.stderr
    assert "04-cao-bang.xlsx: nhận một phần" in night.stdout
    assert published_rows(cluster.home) == expected
    with cluster.instance() as instance:
        assert type(instance.run_storage).__name__ == "PostgresRunStorage"
        (run,) = instance.get_runs()
        assert run.status is dg.DagsterRunStatus.SUCCESS
        processes = step_processes(instance, run.run_id)
    assert {"landing__files", "ledger", "reference_tables", "models", "published__database"} <= processes.keys()
    assert {parent(process) for process in set(processes.values())} == {worker.pid}
    verified = cluster.tiendo("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    backed_up = cluster.tiendo("backup", str(cluster.home.parent / "backup.tar.gz"))
    assert backed_up.returncode == 0, backed_up.stderr
    assert not [path for path in cluster.home.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]

    # The next night fails in a check, on the worker.
    before = versions(cluster.folders.published)
    write_reference(cluster.folders.reference)
    failed = cluster.tiendo(*NIGHT)
    assert failed.returncode == 1
    assert "registry_is_complete" in failed.stderr
    assert "Bản công bố trước vẫn giữ nguyên" in failed.stderr
    (failure,) = read_failures(cluster.folders.operation)
    assert (failure.step, failure.error) == (
        "reference__communes_registry_is_complete", "DagsterAssetCheckFailedError",
    )  # fmt: skip
    assert versions(cluster.folders.published) == before


def test_a_night_without_a_worker_says_so_and_changes_nothing(make_cluster: Callable[[], Cluster]) -> None:
    cluster = make_cluster()
    night = cluster.tiendo(*NIGHT)
    assert night.returncode == 1
    assert "No worker has answered" in night.stderr
    assert PASSWORD not in night.stdout + night.stderr
    assert not (cluster.folders.landing / "journal.jsonl").exists()
    (failure,) = read_failures(cluster.folders.operation)
    assert (failure.step, failure.error) == ("", "NoWorkerAnswers")
