"""Gross regressions of speed: ratios of processor time, both sides in turn, so that a busy machine does not matter.

Limits are far from what was measured when they were written; docs/performance.md has the real figures.
"""

from __future__ import annotations

import datetime
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import sqlalchemy
from python_calamine import CalamineWorkbook

from bench.full_scale import write_reference_directory, write_workbooks
from bench.history_home import begin, take_days
from bench.pandas_way import read_known, take
from bench.reading import write_large_workbook
from pipelines import nightly
from pipelines.durable import writer_lock
from pipelines.facts import ledger
from pipelines.facts.ledger import Batch, History
from pipelines.gate.batch import gate_arrivals
from pipelines.gate.file_processes import take_files_here
from pipelines.landing.journal import Arrival
from pipelines.readers import Limits, read_file
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import SQL_DIRECTORY, Settings

DAY = datetime.date(2027, 7, 28)
PROVINCES, ROUNDS = 6, 3
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reference tables by which every day is a reporting day."""
    return write_reference_directory(tmp_path_factory.mktemp("guard") / "reference")


@pytest.fixture(scope="module")
def workbooks(tables: Path) -> list[Path]:
    """A day's workbooks of a few provinces, fewer than would be shared out to other processes."""
    write_workbooks(tables.parent / "reports", tables, [DAY], provinces=PROVINCES)
    return sorted((tables.parent / "reports" / DAY.isoformat()).iterdir())


def in_turn(one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor time of the one by that of the other, the median of some rounds after one that warms both up."""
    ratios = []
    for _ in range(rounds + 1):
        started = time.process_time()
        one()
        between = time.process_time()
        other()
        ratios.append((between - started) / (time.process_time() - between))
    return statistics.median(ratios[1:])


def with_calamine(paths: list[Path]) -> None:
    for path in paths:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()


class Ingest:
    """The same workbooks through the gate into an empty ledger, and the least that any program would have to do."""

    def __init__(self, workbooks: list[Path], reference: Reference) -> None:
        self.reference, self.workbooks = reference, workbooks
        self.content = {number: path.read_bytes() for number, path in enumerate(workbooks, start=1)}
        received_at = datetime.datetime.combine(DAY + ONE_DAY, datetime.time(1, 30))
        self.arrivals = [
            Arrival(number, f"{number:064d}", path.stat().st_size, path.name, str(path), 0, received_at)
            for number, path in enumerate(workbooks, start=1)
        ]
        self.batch: Batch | None = None

    def by_gate(self) -> None:
        with duckdb.connect() as connection:
            ledger.create(connection)
            self.batch, _ = gate_arrivals(
                self.arrivals,
                lambda each: self.content[each.sequence],
                self.reference,
                History(),
                connection,
                Limits(),
                take_files_here,
            )
            ledger.append(connection, self.batch)

    def floor(self) -> None:
        assert self.batch is not None
        with_calamine(self.workbooks)
        with duckdb.connect() as connection:
            connection.register("given", self.batch.observations)
            connection.execute("CREATE TABLE observations AS FROM given")


def test_reading_a_large_workbook_stays_near_the_bare_reader(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    write_large_workbook(path)
    content = path.read_bytes()
    assert in_turn(lambda: read_file(content, Limits()), lambda: with_calamine([path])) < 7.5


def test_warm_ingest_stays_near_the_floor(workbooks: list[Path], tables: Path) -> None:
    ingest = Ingest(workbooks, load_reference(tables))
    assert in_turn(ingest.by_gate, ingest.floor) < 16


def test_the_gate_is_faster_than_what_people_write_with_pandas(workbooks: list[Path], tables: Path) -> None:
    ingest, known = Ingest(workbooks, load_reference(tables)), read_known(tables)
    taken: list[int] = []

    def by_pandas() -> None:
        engine = sqlalchemy.create_engine("sqlite://")
        taken.append(take(workbooks, engine, known))
        engine.dispose()

    # Of so few workbooks what the gate costs once weighs most: with a day of them it is several times faster.
    assert in_turn(by_pandas, ingest.by_gate, rounds=1) > 1
    assert ingest.batch is not None
    assert set(taken) == {ingest.batch.observations.num_rows}


def test_a_night_does_not_cost_more_as_history_grows(tables: Path) -> None:
    settings = Settings(home=tables.parent / "home")
    shutil.copytree(tables, settings.folders().reference)
    first = DAY - 60 * ONE_DAY
    with writer_lock(settings.folders().warehouse), nightly.open_warehouse(settings) as warehouse:
        filler = begin(warehouse, first, provinces=2)

        def seconds(day: int, count: int = 1) -> float:
            started = time.process_time()
            take_days(warehouse, filler, [first + (day + number) * ONE_DAY for number in range(count)])
            return time.process_time() - started

        seconds(0, 10)
        few = min(seconds(10 + number) for number in range(2))
        seconds(12, 38)
        many = min(seconds(50 + number) for number in range(2))
    # Deriving every day anew each night makes it three times as much.
    assert many / few < 2


def test_a_batch_is_compared_with_the_weeks_before_it_not_with_years() -> None:
    def compared(days: int) -> Callable[[], object]:
        connection = duckdb.connect()
        connection.execute("CREATE SCHEMA facts")
        rows = f"""
            SELECT lpad(unit::VARCHAR, 5, '0') AS unit_code, 'indicator_' || kind AS indicator,
                DATE '{DAY}' - {days} + day::INTEGER AS as_of_on, (day * 31 % 17)::DOUBLE AS value,
                TIMESTAMP '{DAY}' AS received_at, lpad(day::VARCHAR, 6, '0') AS submission_id
            FROM range({days} + 1) days(day) CROSS JOIN range(500) units(unit) CROSS JOIN range(4) kinds(kind)
        """
        connection.execute(f"CREATE TABLE facts.observations AS {rows} WHERE day < {days} ORDER BY day")
        connection.execute(f"CREATE TABLE batch_values AS SELECT ROW_NUMBER() OVER () AS value_key, * FROM ({rows}) "
                           f"WHERE as_of_on = DATE '{DAY}'")  # fmt: skip
        query = (SQL_DIRECTORY / "gate" / "fallen_values.sql").read_text(encoding="utf-8")
        return lambda: connection.execute(query).fetchall()

    # Reading the whole ledger makes it ten times as much.
    assert in_turn(compared(730), compared(50)) < 3
