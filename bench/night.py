"""One night by its plain steps, without Dagster around them: what the benchmarks time."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.laps import Laps
from pipelines import nightly
from pipelines.durable import writer_lock
from pipelines.marts.build import build_model
from pipelines.marts.models import load_models
from pipelines.publish.files import write_files
from pipelines.settings import SQL_DIRECTORY, Settings

OPEN, CLOSE = "open warehouse, load reference tables", "close"
LAND, GATE, REFERENCE = "land", "gate: read, check, append to the ledger", "reference tables"
MODELS, CHECKS, ANSWERS = "models, two at once", "checks before publishing", "answers"
COPY, LOWER, FLIP = "publish: copy", "publish: the files of lower clearances", "publish: flush, flip"
PUBLISHING = (COPY, LOWER, FLIP)


class CheckFailed(RuntimeError):
    """A check before publishing found rows: the benchmark's data are not what a night would publish."""


def take_night(
    settings: Settings,
    files: Sequence[Path],
    as_of_on: datetime.date,
    known_at: datetime.datetime,
    laps: Laps,
    models: Laps | None = None,
) -> None:
    """Takes some files in and publishes, each step a lap of the present round; with `models` these are built one after
    the other, each a lap there. Raises CheckFailed.
    """
    with ExitStack() as opened:
        opened.enter_context(writer_lock(settings.folders().warehouse))
        with laps.lap(OPEN):
            warehouse = opened.enter_context(nightly.open_warehouse(settings))
        with laps.lap(LAND):
            nightly.land(warehouse, files, known_at)
            run = nightly.note_run(warehouse, f"bench {as_of_on}", as_of_on, known_at)
        with laps.lap(GATE):
            nightly.gate(warehouse, run)
        with laps.lap(REFERENCE):
            nightly.write_reference_tables(warehouse, run, known_at)
        with laps.lap(MODELS):
            _build(warehouse, models)
        with laps.lap(CHECKS):
            _check(warehouse)
        with laps.lap(ANSWERS):
            nightly.answer(warehouse)
        with laps.lap(COPY):
            copy = nightly.copy_to_publish(warehouse)
        with laps.lap(LOWER):
            written = write_files(copy, settings.folders().warehouse, nightly.since_published(warehouse))
        with laps.lap(FLIP):
            nightly.make_version(warehouse, written)
        with laps.lap(CLOSE):
            opened.close()


def _build(warehouse: nightly.Warehouse, laps: Laps | None) -> None:
    if laps is None:
        for _ in nightly.build_all_models(warehouse):
            pass
        return
    for model in load_models():
        with laps.lap(model.name):
            build_model(warehouse.connection, model)


def _check(warehouse: nightly.Warehouse) -> None:
    """The checks of `sql/checks/`, as the night runs them; those that only warn are not held against the data."""
    for path in sorted((SQL_DIRECTORY / "checks").glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        rows = warehouse.connection.execute(sql).fetchall()
        if rows and "-- severity: warning" not in sql:
            raise CheckFailed(f"{path.name}: {len(rows)} rows, first {rows[0]}")
