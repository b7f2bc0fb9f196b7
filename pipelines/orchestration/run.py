"""Runs the nightly job from this process: the same job as the schedule's and the sensor's, started by hand."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.orchestration.cluster import PARTITION_TAG, is_on_workers
from pipelines.orchestration.instance import end_dead_runs, open_instance, prepare_instance
from pipelines.settings import Settings

if TYPE_CHECKING:
    import dagster as dg

TRIGGER_TAG = "tiendo/started_by"


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How a run ended. `problems` holds the first line of each error, in the order in which they came."""

    run_id: str
    is_success: bool
    problems: list[str]


def run_nightly(
    settings: Settings,
    *,
    known_at: datetime.datetime,
    as_of_on: datetime.date,
    paths: Sequence[Path] = (),
    started_by: str = "command",
) -> RunOutcome:
    """Takes in what is new below `paths` (the inbox if empty) and publishes the figures of `as_of_on`.

    A failed run leaves the last published version as it was.
    """
    prepare_instance(settings)
    from pipelines.orchestration.alarms import note_failed_run
    from pipelines.orchestration.definitions import run_config

    logging.getLogger("dagster").setLevel(logging.ERROR)
    config = run_config(known_at, [str(path.resolve()) for path in paths])
    config["loggers"] = {"console": {"config": {"log_level": "CRITICAL"}}}
    with open_instance() as instance:
        end_dead_runs(settings, instance)
        result = _execute(instance, config, as_of_on.isoformat(), {TRIGGER_TAG: started_by})
    errors = [error for event in result.all_events if (error := _error_of(event))]
    if not result.success:
        note_failed_run(settings, result.run_id, str(errors[0].cls_name) if errors else "")
    problems = [str(error.message).strip() for error in errors]
    return RunOutcome(result.run_id, result.success, problems)


def _execute(
    instance: dg.DagsterInstance, config: dict[str, Any], day: str, tags: dict[str, str]
) -> dg.ExecutionResult:
    """In this process, or with its steps on workers."""
    import dagster as dg

    from pipelines.orchestration.definitions import NIGHTLY, defs

    if is_on_workers():
        from pipelines.orchestration.workers import REPOSITORY

        job = REPOSITORY.get_reconstructable_job(NIGHTLY.name)
        return dg.execute_job(job, instance, run_config=config, tags={**tags, PARTITION_TAG: day})
    return defs.resolve_job_def(NIGHTLY.name).execute_in_process(
        instance=instance, partition_key=day, run_config=config, raise_on_error=False, tags=tags
    )


def _error_of(event: object) -> Any:
    """What a step failed of, without Dagster's words around it; None for other events and steps that only waited."""
    data = getattr(event, "event_specific_data", None)
    error = getattr(data, "error", None)
    if error is None or not getattr(event, "is_failure", False):
        return None
    while error.cause is not None and str(error.cls_name).startswith("Dagster"):
        error = error.cause
    return error
