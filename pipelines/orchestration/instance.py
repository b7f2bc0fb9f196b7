"""Dagster's storage and settings for this installation: no telemetry, one run at a time, SQLite by default."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import yaml

from pipelines.durable import AnotherRunHoldsTheLock, write_whole, writer_lock
from pipelines.orchestration.cluster import POSTGRES_URL, check_settings
from pipelines.settings import Home, Settings

if TYPE_CHECKING:
    import dagster as dg

CODE = "pipelines.orchestration.definitions"
# A run that has just begun, or is just ending, holds no lock for a moment.
_MOMENT_SECONDS = 5
_STATEMENT_MILLISECONDS = 60_000


def prepare_instance(settings: Settings) -> None:
    """Points Dagster at `<home>/warehouse/dagster`, and writes its settings there. Raises ClusterSettingsInvalid."""
    check_settings()
    home = settings.folders()
    home.make_folders()
    os.environ["TIENDO_HOME"] = str(home.root)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
    content = yaml.safe_dump(_instance_settings(home), sort_keys=False).encode()
    path = home.dagster / "dagster.yaml"
    if not path.exists() or path.read_bytes() != content:
        # A run and a worker that start together both write it: neither may move away what the other is writing.
        own = path.with_name(f".{os.getpid()}-{path.name}")
        write_whole(own, content)
        own.replace(path)


@contextmanager
def open_instance() -> Iterator[dg.DagsterInstance]:
    """Dagster's storage in the prepared home, with connections that stay open."""
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        keep_connection(instance)
        yield instance


def create_storage(instance: dg.DagsterInstance) -> None:
    """Creates Dagster's tables: processes that start together would each do it, and spoil them."""
    instance.get_runs_count()
    instance.all_instigator_state()


def keep_connection(instance: dg.DagsterInstance) -> None:
    """PostgreSQL's storage would sign in anew for each of hundreds of events: two thirds of what a night costs.

    SQLite's has nothing to do here.
    """
    instance.optimize_for_webserver(_STATEMENT_MILLISECONDS, pool_recycle=3600, max_overflow=20)


def end_dead_runs(settings: Settings, instance: dg.DagsterInstance) -> None:
    """Ends in Dagster's storage the runs whose processes were killed: they would keep every other one waiting.

    Who can take the writer lock knows that no run is going on. Where a run is, there is nothing to do.
    """
    import dagster as dg

    from pipelines.orchestration.alarms import note_failed_run

    going = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING])
    if not (seen := {run.run_id for run in instance.get_runs(going)}):
        return
    time.sleep(_MOMENT_SECONDS)
    with suppress(AnotherRunHoldsTheLock), writer_lock(settings.folders().warehouse):
        for run in instance.get_runs(going):
            if run.run_id in seen:
                instance.report_run_failed(run, "The run's process has ended without a word; another can begin.")
                note_failed_run(settings, run.run_id, "ProcessKilled")


def _instance_settings(home: Home) -> dict[str, object]:
    settings: dict[str, object] = {
        "telemetry": {"enabled": False},
        "nux": {"enabled": False},
        "concurrency": {"runs": {"max_concurrent_runs": 1}},
        "run_retries": {"enabled": True, "max_retries": 2},
        "run_monitoring": {"enabled": True, "start_timeout_seconds": 300},
        "python_logs": {"python_log_level": "WARNING"},
    }
    if os.environ.get(POSTGRES_URL):
        settings["storage"] = {"postgres": {"postgres_url": {"env": POSTGRES_URL}}}
    else:
        settings["event_log_storage"] = {
            "module": "pipelines.orchestration.event_log",
            "class": "OpenSqliteEventLogStorage",
            "config": {"base_dir": str(home.dagster / "history" / "runs")},
        }
    return settings
