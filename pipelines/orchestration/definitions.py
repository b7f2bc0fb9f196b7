"""Everything Dagster loads: the assets, the nightly job, the schedule at 01:30 and the sensor on the inbox."""

from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Iterator

import dagster as dg

from pipelines.clock import vietnamese_now
from pipelines.landing.journal import Journal
from pipelines.landing.store import incoming_files
from pipelines.orchestration import assets
from pipelines.orchestration.checks import CHECKS
from pipelines.orchestration.resource import WarehouseResource
from pipelines.settings import TIMEZONE, Settings

NIGHTLY = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all(),
    partitions_def=assets.DAYS,
    executor_def=dg.in_process_executor,
    description="Takes in what is new, checks it, derives the tables and publishes them.",
)


def run_config(known_at: datetime.datetime, paths: list[str] | None = None) -> dict[str, object]:
    """Run config of the nightly job: the moment that counts as now, and where to look if not in the inbox."""
    config = {"known_at": known_at.isoformat(), "paths": paths or []}
    return {"ops": {"landing__files": {"config": config}}}


@dg.schedule(job=NIGHTLY, cron_schedule="30 1 * * *", execution_timezone=TIMEZONE)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """At 01:30 the figures describe the day that has just ended."""
    moment = context.scheduled_execution_time
    day = moment.date() - datetime.timedelta(days=1)
    known_at = moment.replace(tzinfo=None)
    return dg.RunRequest(run_key=day.isoformat(), partition_key=day.isoformat(), run_config=run_config(known_at))


@dg.sensor(job=NIGHTLY, minimum_interval_seconds=30)
def inbox_has_files(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Asks for a run when files have arrived and have not changed for some seconds."""
    settings = Settings()
    home = settings.folders()
    settled_before = time.time() - settings.inbox_settle_seconds
    seen = Journal(home.landing / "journal.jsonl", is_writer=False).seen_sources()
    stats = [(path, path.stat()) for path in incoming_files([home.inbox])] if home.inbox.is_dir() else []
    new = [
        (str(path.resolve()), stat.st_mtime_ns, stat.st_size)
        for path, stat in stats
        if stat.st_mtime <= settled_before and (str(path.resolve()), stat.st_mtime_ns, stat.st_size) not in seen
    ]
    if not new:
        yield dg.SkipReason("No new file in the inbox.")
        return
    key = hashlib.sha256(repr(new).encode()).hexdigest()
    if context.cursor == key:
        yield dg.SkipReason("These files were already asked for.")
        return
    context.update_cursor(key)
    now = vietnamese_now()
    yield dg.RunRequest(run_key=key, partition_key=now.date().isoformat(), run_config=run_config(now))


defs = dg.Definitions(
    assets=[
        assets.landed_files,
        assets.ledger,
        assets.reference_tables,
        *assets.MODEL_ASSETS,
        assets.outbox,
        assets.published_database,
    ],
    asset_checks=CHECKS,
    jobs=[NIGHTLY],
    schedules=[every_night],
    sensors=[inbox_has_files],
    resources={"warehouse": WarehouseResource()},
    executor=dg.in_process_executor,
)
