"""A run whose process was killed does not stand in Dagster's storage as running for ever."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipelines.durable import writer_lock
from pipelines.operation.failures import read_failures
from pipelines.orchestration import instance as ours
from pipelines.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home in which one run is noted as begun."""
    monkeypatch.setattr(ours, "_MOMENT_SECONDS", 0)
    settings = Settings(home=tmp_path)
    ours.prepare_instance(settings)
    with dg.DagsterInstance.get() as instance:
        instance.add_run(dg.DagsterRun(job_name="nightly", run_id="one", status=dg.DagsterRunStatus.STARTED))
    return settings


def end_dead_runs(settings: Settings) -> None:
    with ours.open_instance() as instance:
        ours.end_dead_runs(settings, instance)


def status() -> dg.DagsterRunStatus:
    with dg.DagsterInstance.get() as instance:
        (run,) = instance.get_runs()
    return run.status


def test_a_run_that_no_process_holds_the_lock_for_is_ended_and_told_once(settings: Settings) -> None:
    end_dead_runs(settings)
    end_dead_runs(settings)
    assert status() is dg.DagsterRunStatus.FAILURE
    (failure,) = read_failures(settings.folders().operation)
    assert (failure.run_id, failure.step, failure.error) == ("one", "", "ProcessKilled")


def test_a_run_that_goes_on_is_left_alone(settings: Settings) -> None:
    with writer_lock(settings.folders().warehouse):
        end_dead_runs(settings)
    assert status() is dg.DagsterRunStatus.STARTED
    assert read_failures(settings.folders().operation) == []
