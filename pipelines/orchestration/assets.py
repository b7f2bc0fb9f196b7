"""Assets: the landing, the ledger, the reference tables, one asset per SQL file, the outbox, the published version.

An asset has the name of its table. All of them are partitioned by the day that the figures describe.
"""

# Dagster reads annotations as objects, so this file does without postponed ones.

import datetime
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
from pydantic import Field

from log_lines.events import write
from pipelines import nightly
from pipelines.clock import vietnamese_now
from pipelines.facts.ledger import unaccounted
from pipelines.facts.tables import LEDGER
from pipelines.landing.store import incoming_files
from pipelines.marts.build import GrainBroken
from pipelines.marts.models import LAYERS, Model, load_models
from pipelines.marts.reference_notes import TABLE_NOTES
from pipelines.orchestration.figures import files_taken, ledger_metadata, model_metadata
from pipelines.orchestration.resource import EngineResource
from pipelines.publish.leaks import LeakFound
from pipelines.settings import TIMEZONE

FIRST_DAY = "2025-07-01"
DAYS = dg.DailyPartitionsDefinition(start_date=FIRST_DAY, timezone=TIMEZONE, end_offset=1)
LANDED = dg.AssetKey(["landing", "files"])
PUBLISHED = dg.AssetKey(["published", "database"])
OUTBOX = dg.AssetKey(["outbox", "answers"])
LEDGER_KEYS = [dg.AssetKey(table.name.split(".")) for table in LEDGER]
REFERENCE_KEYS = [dg.AssetKey(["reference", name]) for name in TABLE_NOTES]
ONE_ROW_PER_KEY = "one_row_per_key"
ACCOUNTED_FOR = "every_value_is_accounted_for"
CLEARED = "nothing_above_its_clearance"


class LandingConfig(dg.Config):
    """Where to look for files (the inbox if empty), and the moment that counts as now (Vietnamese time, ISO)."""

    paths: list[str] = Field(default_factory=list)
    known_at: str = ""


def asset_key(table: str) -> dg.AssetKey:
    """`marts.national_progress` → its asset key."""
    return dg.AssetKey(table.split("."))


@dg.asset(key=LANDED, partitions_def=DAYS, group_name="landing", retry_policy=dg.RetryPolicy(max_retries=2, delay=1))
def landed_files(
    context: dg.AssetExecutionContext, config: LandingConfig, warehouse: dg.ResourceParam[nightly.Warehouse]
) -> dg.MaterializeResult:
    """Every file ever received, byte for byte; this step takes what is new."""
    known_at = datetime.datetime.fromisoformat(config.known_at) if config.known_at else vietnamese_now()
    paths = [Path(path) for path in config.paths] or [warehouse.settings.folders().inbox]
    journal, arrivals = warehouse.landing.journal, []
    # A worker that was killed in this step may have done all of it.
    if context.run_id not in {run.run_id for run in journal.runs}:
        arrivals = nightly.land(warehouse, incoming_files(paths), known_at, handed_in=bool(config.paths))
        as_of_on = datetime.date.fromisoformat(context.partition_key)
        nightly.note_run(warehouse, context.run_id, as_of_on, known_at)
    write("files_landed", count=len(arrivals), total_count=len(journal.arrivals))
    return dg.MaterializeResult(metadata={"new_file_count": len(arrivals), "file_count": len(journal.arrivals)})


@dg.multi_asset(
    specs=[
        dg.AssetSpec(key, deps=[LANDED], partitions_def=DAYS, group_name="facts", description=table.grain_en)
        for key, table in zip(LEDGER_KEYS, LEDGER, strict=True)
    ],
    check_specs=[
        dg.AssetCheckSpec(ACCOUNTED_FOR, asset=LEDGER_KEYS[0], blocking=True),
        dg.AssetCheckSpec("great_expectations", asset=LEDGER_KEYS[1]),
    ],
    partitions_def=DAYS,
    name="ledger",
)
def ledger(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[nightly.Warehouse]
) -> Iterator[dg.MaterializeResult]:
    """Reads and checks the new files and appends what they say to the ledger."""
    taken = nightly.gate(warehouse)
    for file in files_taken(warehouse, taken):
        write("file_taken", **file)
    metadata = ledger_metadata(warehouse, taken)
    checks = {
        LEDGER_KEYS[0]: _accounted_for(warehouse),
        LEDGER_KEYS[1]: dg.AssetCheckResult(
            asset_key=LEDGER_KEYS[1],
            check_name="great_expectations",
            passed=not metadata["broken_rules"],
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"set_aside_by_rule": dg.MetadataValue.json(metadata["broken_rules"])},
        ),
    }
    for key in LEDGER_KEYS:
        results = [checks[key]] if key in checks else []
        yield dg.MaterializeResult(
            asset_key=key, metadata=metadata["tables"][".".join(key.path)], check_results=results
        )


def _accounted_for(warehouse: nightly.Warehouse) -> dg.AssetCheckResult:
    """The counts that a new submission states are the rows that the ledger holds: nothing was lost on the way."""
    wrong = unaccounted(warehouse.connection)
    return dg.AssetCheckResult(
        asset_key=LEDGER_KEYS[0],
        check_name=ACCOUNTED_FOR,
        passed=not wrong,
        metadata={"failing_rows": dg.MetadataValue.json(wrong[:20])},
    )


@dg.multi_asset(
    specs=[
        dg.AssetSpec(key, deps=LEDGER_KEYS, partitions_def=DAYS, group_name="reference", description=TABLE_NOTES[name])
        for key, name in zip(REFERENCE_KEYS, TABLE_NOTES, strict=True)
    ],
    partitions_def=DAYS,
    name="reference_tables",
)
def reference_tables(warehouse: dg.ResourceParam[nightly.Warehouse]) -> Iterator[dg.MaterializeResult]:
    """The tables that people edit, checked against each other, as they are on the day of the figures."""
    nightly.write_reference_tables(warehouse, warehouse.landing.journal.runs[-1], vietnamese_now())
    for key in REFERENCE_KEYS:
        yield dg.MaterializeResult(asset_key=key)


MODELS = load_models()
_READ_BY_MODELS = {asset_key(table) for model in MODELS for table in model.reads}


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            asset_key(model.name),
            deps=[asset_key(table) for table in model.reads if table.split(".")[0] in LAYERS],
            partitions_def=DAYS,
            group_name=model.name.split(".")[0],
            description=model.title,
            code_version=model.digest[:12],
            kinds={"duckdb", "sql"},
        )
        for model in MODELS
    ],
    check_specs=[
        dg.AssetCheckSpec(ONE_ROW_PER_KEY, asset=asset_key(model.name), blocking=True)
        for model in MODELS
        if not model.parameters
    ],
    partitions_def=DAYS,
    name="models",
)
def models(warehouse: dg.ResourceParam[nightly.Warehouse], engine: EngineResource) -> Iterator[dg.MaterializeResult]:
    """Every table of the SQL files, in the order in which they read each other; the first broken grain ends it.

    One step for all: what Dagster notes about a step takes longer than most of these tables.
    """
    with engine.opened() as opened:
        yield from _built(warehouse, nightly.build_all_models(warehouse, opened))


def _built(warehouse: nightly.Warehouse, built: Iterator[tuple[Model, int]]) -> Iterator[dg.MaterializeResult]:
    """What Dagster notes of each model that is built. Raises dagster.Failure at a broken grain."""
    started = time.perf_counter()
    while True:
        try:
            model, rows = next(built)
        except StopIteration:
            write("models_built", count=len(MODELS), seconds=round(time.perf_counter() - started, 2))
            return
        except GrainBroken as error:
            key = asset_key(error.model.name)
            failed = dg.AssetCheckResult(
                asset_key=key, check_name=ONE_ROW_PER_KEY, passed=False, metadata={"failing_rows": str(error)}
            )
            yield dg.MaterializeResult(asset_key=key, check_results=[failed])
            raise dg.Failure(f"{ONE_ROW_PER_KEY}: {error}") from error
        key = asset_key(model.name)
        passed = dg.AssetCheckResult(
            asset_key=key, check_name=ONE_ROW_PER_KEY, passed=True, metadata={"row_count": rows}
        )
        yield dg.MaterializeResult(
            asset_key=key,
            metadata=model_metadata(warehouse, model, rows),
            check_results=[] if model.parameters else [passed],
        )


@dg.asset(key=OUTBOX, deps=LEDGER_KEYS, partitions_def=DAYS, group_name="outbox")
def outbox(warehouse: dg.ResourceParam[nightly.Warehouse]) -> dg.MaterializeResult:
    """A receipt for every file taken; where something must be put right, the marked workbook or a list to send back."""
    count = len(nightly.answer(warehouse))
    write("answers_written", count=count)
    return dg.MaterializeResult(metadata={"answer_count": count})


@dg.asset(
    key=PUBLISHED,
    # Dagster looks each of them up: what models read comes with these.
    deps=[*models.keys, *(key for key in REFERENCE_KEYS if key not in _READ_BY_MODELS), OUTBOX],
    partitions_def=DAYS,
    group_name="published",
    check_specs=[dg.AssetCheckSpec(CLEARED, asset=PUBLISHED, blocking=True)],
    freshness_policy=dg.FreshnessPolicy.cron(
        deadline_cron="0 6 * * *", lower_bound_delta=datetime.timedelta(hours=6), timezone=TIMEZONE
    ),
)
def published_database(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[nightly.Warehouse]
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """The version that the dashboard and the analysts read, made current once all blocking checks have passed.

    One file a clearance; a lower one that holds what it may not stops the run before anybody can open it.
    """
    started = time.perf_counter()
    try:
        version = nightly.finish_publication(warehouse, context.run_id) or nightly.publish(warehouse)
    except LeakFound as error:
        yield dg.AssetCheckResult(passed=False, check_name=CLEARED, metadata={"failing_places": str(error)})
        raise dg.Failure(f"{CLEARED}: {error}") from error
    sizes = {file.stem: file.stat().st_size for file in sorted(version.glob("*.duckdb"))}
    write(
        "version_published",
        version=version.name,
        byte_count=sum(sizes.values()),
        seconds=round(time.perf_counter() - started, 2),
    )
    yield dg.MaterializeResult(
        metadata={"version": version.name, **{f"{name}_byte_count": size for name, size in sizes.items()}},
        check_results=[dg.AssetCheckResult(passed=True, check_name=CLEARED)],
    )
