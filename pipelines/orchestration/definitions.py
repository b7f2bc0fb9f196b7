"""Everything Dagster loads: the assets, the nightly job, the schedule at 01:30 and the sensor on the inbox."""

from __future__ import annotations

import datetime
import hashlib
import time
from zoneinfo import ZoneInfo

import dagster as dg

from pipelines.clock import vietnamese_now
from pipelines.landing.journal import Journal
from pipelines.landing.store import JOURNAL, incoming_files, source_of
from pipelines.orchestration import alarms, assets
from pipelines.orchestration.checks import CHECKS
from pipelines.orchestration.cluster import is_on_workers
from pipelines.orchestration.resource import EngineResource, WarehouseResource
from pipelines.settings import TIMEZONE, Settings


@dg.executor(name="celery", requirements=dg.multiple_process_executor_requirements())
def on_workers(_: dg.InitExecutorContext) -> dg.Executor:
    """Gives each step to a celery worker; loaded only where it is wanted, since its packages are an extra."""
    from pipelines.orchestration.workers import executor

    return executor()


EXECUTOR = on_workers if is_on_workers() else dg.in_process_executor
NIGHTLY = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all(),
    partitions_def=assets.DAYS,
    executor_def=EXECUTOR,
    hooks={alarms.note_failed_step},
    description="Takes in what is new, checks it, derives the tables and publishes them.",
)


def run_config(known_at: datetime.datetime, paths: list[str] | None = None) -> dict[str, object]:
    """Run config of the nightly job: the moment that counts as now, and where to look if not in the inbox."""
    config = {"known_at": known_at.isoformat(), "paths": paths or []}
    return {"ops": {"landing__files": {"config": config}}}


@dg.schedule(
    job=NIGHTLY,
    cron_schedule="30 1 * * *",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """At 01:30 the figures describe the day that has just ended."""
    known_at = context.scheduled_execution_time.astimezone(ZoneInfo(TIMEZONE)).replace(tzinfo=None)
    day = known_at.date() - datetime.timedelta(days=1)
    return dg.RunRequest(run_key=day.isoformat(), partition_key=day.isoformat(), run_config=run_config(known_at))


@dg.sensor(job=NIGHTLY, minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
def inbox_has_files(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Asks for a run when files have arrived and have not changed for some seconds.

    Files that were asked for and are still there belong to a run that failed: they wait for the night, or for others.
    """
    new = _settled_new_files(Settings())
    if not new:
        return dg.SkipReason("No new file in the inbox.")
    key = hashlib.sha256(repr(new).encode()).hexdigest()
    if context.cursor == key:
        return dg.SkipReason("These files were already asked for.")
    context.update_cursor(key)
    now = vietnamese_now()
    return dg.RunRequest(run_key=key, partition_key=now.date().isoformat(), run_config=run_config(now))


@dg.run_failure_sensor(monitored_jobs=[NIGHTLY], default_status=dg.DefaultSensorStatus.RUNNING)
def run_failed(context: dg.RunFailureSensorContext) -> None:
    """Writes down a run that failed before or beside its steps (its process was killed, the lock was held)."""
    error = context.failure_event.job_failure_data.error
    alarms.note_failed_run(Settings(), context.dagster_run.run_id, str(error.cls_name) if error else "")


@dg.sensor(minimum_interval_seconds=600, default_status=dg.DefaultSensorStatus.RUNNING)
def mail_is_due() -> dg.SkipReason:
    """Sends the digests that are due; starts no run."""
    return dg.SkipReason(alarms.send_mail(Settings()))


def _settled_new_files(settings: Settings) -> list[tuple[str, int, int]]:
    home = settings.folders()
    settled_before = time.time_ns() - settings.inbox_settle_seconds * 1_000_000_000
    seen = Journal(home.landing / JOURNAL, is_writer=False).seen_sources()
    sources = [source_of(path, home.root) for path in (incoming_files([home.inbox]) if home.inbox.is_dir() else [])]
    return [source for source in sources if source and source not in seen and source[1] <= settled_before]


defs = dg.Definitions(
    assets=[
        assets.landed_files,
        assets.ledger,
        assets.reference_tables,
        assets.models,
        assets.outbox,
        assets.published_database,
    ],
    asset_checks=CHECKS,
    jobs=[NIGHTLY],
    schedules=[every_night],
    sensors=[inbox_has_files, run_failed, mail_is_due],
    resources={
        "warehouse": WarehouseResource(is_opened_by_each_step=is_on_workers()),
        "engine": EngineResource(),
    },
    executor=EXECUTOR,
)
