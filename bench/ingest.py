"""One reporting day into a warm process, step by step, against the least that any program would have to do."""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

from bench.laps import Laps, ratio
from bench.report import Section, milliseconds, verdict
from bench.season import SECOND_DAY, Season, known_at
from pipelines import nightly
from pipelines.database import open_for_writing, quoted
from pipelines.durable import writer_lock
from pipelines.orchestration.run import run_nightly
from pipelines.publish.files import write_files
from pipelines.settings import Settings

TARGET = 6.0
OPEN, CLOSE = "open warehouse, load reference tables", "close"
LOWER = "publish: the files of lower clearances"


def measure_ingest(season: Season, rounds: int) -> Section:
    """Runs the three ways in turn, so that a slow minute of the machine hits all of them."""
    steps, floor, through_dagster = Laps(), Laps(), []
    parquet = season.scratch / "values.parquet"
    value_count = _write_values(season, parquet)
    run_nightly(season.fresh_home("warm"), known_at=known_at(SECOND_DAY), as_of_on=SECOND_DAY)
    for _ in range(rounds):
        _plain_steps(season.fresh_home("steps"), season, steps)
        _floor(season, parquet, floor)
        through_dagster.append(_through_dagster(season.fresh_home("dagster"), season))
    files = season.files_of(SECOND_DAY)
    floor_totals = floor.totals()
    without_lower = [whole - lower for whole, lower in zip(steps.totals(), steps.seconds[LOWER], strict=True)]
    rows = [(name, milliseconds(steps.median(name))) for name in steps.seconds]
    rows += [
        ("**all steps**", milliseconds(statistics.median(steps.totals()))),
        *((f"floor: {name}", milliseconds(floor.median(name))) for name in floor.seconds),
        ("**floor**", milliseconds(statistics.median(floor_totals))),
        ("**the same through Dagster**, with its event log", milliseconds(statistics.median(through_dagster))),
    ]
    return Section(
        "Warm ingest of one reporting day",
        f"{len(files)} workbooks, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB, {value_count:,} values, "
        f"into a home that holds one earlier day. Medians of {rounds} rounds, the three ways in turn.",
        ("step", "ms"),
        rows,
        [
            verdict("one published file, plain steps / floor", ratio(without_lower, floor_totals), TARGET, "×"),
            f"with the files of lower clearances / floor: {ratio(steps.totals(), floor_totals):.1f} ×",
            f"through Dagster / floor: {ratio(through_dagster, floor_totals):.1f} ×",
        ],
    )


def _plain_steps(settings: Settings, season: Season, laps: Laps) -> None:
    moment = known_at(SECOND_DAY)
    with ExitStack() as opened:
        opened.enter_context(writer_lock(settings.folders().warehouse))
        with laps.lap(OPEN):
            warehouse = opened.enter_context(nightly.open_warehouse(settings))
        with laps.lap("land"):
            nightly.land(warehouse, season.files_of(SECOND_DAY), moment)
            run = nightly.note_run(warehouse, "second", SECOND_DAY, moment)
        with laps.lap("gate: read, check, append to the ledger"):
            nightly.gate(warehouse, run)
        with laps.lap("reference tables"):
            nightly.write_reference_tables(warehouse, run, moment)
        with laps.lap("models, two at once"):
            for _ in nightly.build_all_models(warehouse):
                pass
        with laps.lap("answers"):
            nightly.answer(warehouse)
        with laps.lap("publish: copy"):
            copy = nightly.copy_to_publish(warehouse)
        with laps.lap(LOWER):
            since = nightly.since_published(warehouse)
            files = write_files(copy, settings.folders().warehouse, since)
        with laps.lap("publish: flush, flip"):
            nightly.make_version(warehouse, files)
        with laps.lap(CLOSE):
            opened.close()


def _through_dagster(settings: Settings, season: Season) -> float:
    started = time.perf_counter()
    outcome = run_nightly(
        settings, known_at=known_at(SECOND_DAY), as_of_on=SECOND_DAY, paths=season.files_of(SECOND_DAY)
    )
    assert outcome.is_success, outcome.problems
    return time.perf_counter() - started


def _write_values(season: Season, parquet: Path) -> int:
    """The values that the day's workbooks hold, as the floor inserts them."""
    settings = season.fresh_home("values")
    laps = Laps()
    _plain_steps(settings, season, laps)
    with duckdb.connect(str(settings.folders().warehouse_file)) as connection:
        day = quoted(SECOND_DAY.isoformat())
        connection.execute(
            f"COPY (FROM facts.observations WHERE as_of_on = DATE {day}) TO {quoted(str(parquet))} (FORMAT parquet)"
        )
        (count,) = connection.execute("SELECT COUNT(*) FROM read_parquet(?)", [str(parquet)]).fetchall()[0]
    return int(count)


def _floor(season: Season, parquet: Path, laps: Laps) -> None:
    with laps.lap("calamine reads every sheet"):
        for path in season.files_of(SECOND_DAY):
            workbook = CalamineWorkbook.from_path(str(path))
            for name in workbook.sheet_names:
                workbook.get_sheet_by_name(name).to_python()
    database = season.scratch / "floor.duckdb"
    database.unlink(missing_ok=True)
    with laps.lap("DuckDB inserts the values from Parquet, checkpoint"), open_for_writing(database) as connection:
        connection.execute(f"CREATE TABLE observations AS FROM read_parquet({quoted(str(parquet))})")
        connection.execute("CHECKPOINT")
