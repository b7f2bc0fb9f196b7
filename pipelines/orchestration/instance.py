"""Dagster's storage and settings for this installation: no telemetry, one run at a time, SQLite by default."""

from __future__ import annotations

import os

import yaml

from pipelines.durable import write_whole
from pipelines.settings import Home, Settings

CODE = "pipelines.orchestration.definitions"
POSTGRES_URL = "TIENDO_DAGSTER_POSTGRES_URL"


def prepare_instance(settings: Settings) -> None:
    """Points Dagster at `<home>/warehouse/dagster`, and writes its settings there."""
    home = settings.folders()
    home.make_folders()
    os.environ["TIENDO_HOME"] = str(home.root)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
    content = yaml.safe_dump(_instance_settings(home), sort_keys=False).encode()
    path = home.dagster / "dagster.yaml"
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)


def create_storage() -> None:
    """Creates Dagster's tables in the prepared home: processes that start together would each do it, and spoil them."""
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        instance.get_runs_count()
        instance.all_instigator_state()


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
