"""One reporting day into a warm process, step by step, against the least that any program would have to do."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import sqlalchemy
from python_calamine import CalamineWorkbook

from bench.laps import Laps, ratio
from bench.night import LOWER, take_night
from bench.pandas_way import read_known, take
from bench.report import Section, milliseconds, verdict
from bench.season import SECOND_DAY, Season, known_at
from pipelines.database import open_for_writing, quoted
from pipelines.orchestration.run import run_nightly
from pipelines.settings import Settings

TARGET = 3.0
_PEER = "pandas, openpyxl, to_sql (`bench/pandas_way.py`)"


def measure_ingest(season: Season, rounds: int) -> Section:
    """Runs the four ways in turn, so that a slow minute of the machine hits all of them."""
    steps, floor, peer, through_dagster = Laps(), Laps(), Laps(), []
    parquet = season.scratch / "values.parquet"
    value_count = _write_values(season, parquet)
    run_nightly(season.fresh_home("warm"), known_at=known_at(SECOND_DAY), as_of_on=SECOND_DAY)
    files = season.files_of(SECOND_DAY)
    for _ in range(rounds):
        take_night(season.fresh_home("steps"), files, SECOND_DAY, known_at(SECOND_DAY), steps)
        _floor(season, parquet, floor)
        _peer(season, files, value_count, peer)
        through_dagster.append(_through_dagster(season.fresh_home("dagster"), season))
    floor_totals = floor.totals()
    without_lower = [whole - lower for whole, lower in zip(steps.totals(), steps.seconds[LOWER], strict=True)]
    rows = [(name, milliseconds(steps.median(name))) for name in steps.seconds]
    rows += [
        ("**all steps**", milliseconds(statistics.median(steps.totals()))),
        *((f"floor: {name}", milliseconds(floor.median(name))) for name in floor.seconds),
        ("**floor**", milliseconds(statistics.median(floor_totals))),
        (f"peer: {_PEER}", milliseconds(peer.median(_PEER))),
        ("**the same through Dagster**, with its event log", milliseconds(statistics.median(through_dagster))),
    ]
    return Section(
        "Warm ingest of one reporting day",
        f"{len(files)} workbooks, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB, {value_count:,} values, "
        f"into a home that holds one earlier day. Medians of {rounds} rounds, the four ways in turn.",
        ("step", "ms"),
        rows,
        [
            verdict("one published file, plain steps / floor", ratio(without_lower, floor_totals), TARGET, "×"),
            f"with the files of lower clearances / floor: {ratio(steps.totals(), floor_totals):.1f} ×",
            f"peer / plain steps: {ratio(peer.totals(), steps.totals()):.1f} ×",
            f"through Dagster / floor: {ratio(through_dagster, floor_totals):.1f} ×",
        ],
    )


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
    take_night(settings, season.files_of(SECOND_DAY), SECOND_DAY, known_at(SECOND_DAY), Laps())
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


def _peer(season: Season, files: Sequence[Path], value_count: int, laps: Laps) -> None:
    """Raises AssertionError unless it takes as many values."""
    database = season.scratch / "peer.sqlite"
    database.unlink(missing_ok=True)
    with laps.lap(_PEER):
        engine = sqlalchemy.create_engine(f"sqlite:///{database}")
        taken = take(files, engine, read_known())
        engine.dispose()
    assert taken == value_count, f"pandas takes {taken:,} values, the gate {value_count:,}"
