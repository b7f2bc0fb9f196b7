"""Homes in which months of nightly reports at full scale have been taken, without writing a workbook for each.

The values are those that the simulation would put into the workbooks; ledger, journal, models and published versions
are made by the pipeline's own functions, a month at once. Each night a province is missing and another sends twice.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench.full_scale import FIRST_DAY, PROVINCES, make_histories_of, values_of
from pipelines import nightly
from pipelines.durable import writer_lock
from pipelines.facts import ledger
from pipelines.facts.tables import OBSERVATIONS, REJECTED_VALUES, SUBMISSIONS
from pipelines.form.layout import FORM, sheet_layouts
from pipelines.landing.journal import Arrival
from pipelines.reference.load import Reference
from pipelines.settings import Settings
from pipelines.simulation.histories import BLANK, Histories
from pipelines.simulation.truth import Truth

# The country is late, so that tasks are open and overdue, values move, and lists are long on the last day.
BEHIND_DAYS = 500
BUILDING_MEMORY = "10GB"
ORIGIN = "simulated"
_ONE_DAY = datetime.timedelta(days=1)
# How many provinces lie between the one that is missing and the one that sends twice.
_APART = 7


def build_home(
    home: Path, reference_directory: Path, first: datetime.date, last: datetime.date, provinces: int = PROVINCES
) -> int:
    """Makes the home anew with reports of the first so many provinces and publishes it; gives the number of values.

    A building that died leaves no such folder.
    """
    unfinished = home.with_name(f".{home.name}")
    for folder in (home, unfinished):
        shutil.rmtree(folder, ignore_errors=True)
    settings = Settings(home=unfinished, keep_versions=2)
    shutil.copytree(reference_directory, settings.folders().reference)
    with writer_lock(settings.folders().warehouse), nightly.open_warehouse(settings) as warehouse:
        warehouse.connection.execute("SET enable_progress_bar = false")
        warehouse.connection.execute(f"SET memory_limit = '{BUILDING_MEMORY}'")
        warehouse.connection.execute(f"SET temp_directory = '{unfinished / 'temp'}'")
        filler = begin(warehouse, first, provinces)
        for days in months(first, last):
            take_days(warehouse, filler, days)
        nightly.publish(warehouse)
        (count,) = warehouse.connection.execute("SELECT COUNT(*) FROM facts.observations").fetchall()[0]
    unfinished.rename(home)
    return int(count)


def months(first: datetime.date, last: datetime.date) -> Iterator[list[datetime.date]]:
    """The days in pieces of a calendar month: a year derived at once would need the memory of a year."""
    days = [first + number * _ONE_DAY for number in range((last - first).days + 1)]
    for month in sorted({(day.year, day.month) for day in days}):
        yield [day for day in days if (day.year, day.month) == month]


def begin(warehouse: nightly.Warehouse, first: datetime.date, provinces: int = PROVINCES) -> Filler:
    """Prepares an empty working database for days from `first`; gives what makes their rows."""
    nightly.gate(warehouse, nightly.note_run(warehouse, "empty", first, _known_at(first)))
    return Filler(warehouse.reference, provinces)


def take_days(warehouse: nightly.Warehouse, filler: Filler, days: Sequence[datetime.date]) -> None:
    """Some days into journal and ledger, and everything derived from them."""
    connection, known_at = warehouse.connection, _known_at(days[-1])
    arrivals, batch = filler.fill(days, len(warehouse.landing.journal.arrivals))
    warehouse.landing.journal.append(arrivals)
    ledger.append(connection, batch)
    run = nightly.note_run(warehouse, f"until {days[-1]}", days[-1], known_at)
    nightly.gate(warehouse, run)
    nightly.write_reference_tables(warehouse, run, known_at)
    for _ in nightly.build_all_models(warehouse):
        pass
    for table in ("work.unanswered", "work.refresh_days"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("CHECKPOINT")


def _known_at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day + _ONE_DAY, datetime.time(1, 30))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one province's workbook in the order in which they are read: positions of codes, and where they
    stand among the values of a day."""

    unit: np.ndarray[tuple[int], np.dtype[np.int32]]
    indicator: np.ndarray[tuple[int], np.dtype[np.int32]]
    place: np.ndarray[tuple[int], np.dtype[np.int32]]
    value: np.ndarray[tuple[int], np.dtype[np.int64]]


class Filler:
    """Rows of the ledger for any days; codes and places are numbered once and sent as dictionaries."""

    def __init__(self, reference: Reference, sending: int) -> None:
        self._sending = sending
        self._histories: Histories = make_histories_of(reference)
        country = self._histories.country
        self._provinces = [province.province_code for province in country.provinces]
        communes = [commune.commune_code for commune in country.communes]
        self._codes = [item.indicator for item in reference.reported_indicators]
        self._units = self._provinces + communes
        self._places: list[str] = []
        self._width = max(len(communes), len(self._provinces))
        self._cells = [self._cells_of(reference, code) for code in self._provinces]
        self._levels = np.array([0] * len(self._provinces) + [1] * len(communes), dtype=np.int32)

    def fill(self, days: Sequence[datetime.date], arrived: int) -> tuple[list[Arrival], ledger.Batch]:
        """Arrivals with numbers after `arrived`, and the rows that the gate would have made of them."""
        truth = values_of(self._histories, [days[0] - _ONE_DAY, *days], BEHIND_DAYS)
        arrivals: list[Arrival] = []
        submissions: list[dict[str, object]] = []
        observations: list[pa.RecordBatch] = []
        for number, day in enumerate(days, start=1):
            for province, revision in self._sendings(day):
                # What is put right later is the report of the day before, sent by mistake.
                is_mistaken = revision == 1 and (province, 2) in self._sendings(day)
                values = self._values(truth, number - 1 if is_mistaken else number)
                arrival = self._arrival(day, province, revision, arrived + len(arrivals) + 1)
                rows = self._rows(arrival, day, province, values)
                submissions.append(self._submission(arrival, day, province, revision, rows.num_rows, arrivals))
                arrivals.append(arrival)
                observations.append(rows)
        return arrivals, ledger.Batch(
            pa.Table.from_pylist(submissions, schema=SUBMISSIONS.arrow_schema()),
            pa.Table.from_batches(observations),
            REJECTED_VALUES.arrow_schema().empty_table(),
        )

    def _sendings(self, day: datetime.date) -> list[tuple[int, int]]:
        count = self._sending
        missing, revised = day.toordinal() % count, (day.toordinal() + _APART) % count
        return [*((province, 1) for province in range(count) if province != missing), (revised, 2)]

    def _cells_of(self, reference: Reference, province_code: str) -> _Cells:
        units = {code: number for number, code in enumerate(self._units)}
        codes = {code: number for number, code in enumerate(self._codes)}
        cells: list[tuple[int, int, int, int]] = []
        for layout in sheet_layouts(reference, province_code, FIRST_DAY):
            for line in (line for line in layout.lines if line.unit_code):
                for item in [line.indicator] if line.indicator else layout.indicators:
                    unit, code = units[line.unit_code], codes[item.indicator]
                    position = unit if unit < len(self._provinces) else unit - len(self._provinces)
                    cells.append((unit, code, len(self._places), code * self._width + position))
                    self._places.append(f"{layout.sheet}!{layout.cell_of(line.unit_code, item.indicator)}")
        table = np.array(cells, dtype=np.int64)
        units_at, codes_at, places_at = (table[:, column].astype(np.int32) for column in range(3))
        return _Cells(units_at, codes_at, places_at, table[:, 3])

    def _values(self, truth: Truth, number: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """All values of a day, an indicator after the other, as far apart as there are communes."""
        given = {**truth.commune_values[number], **truth.provincial_values[number]}
        padded = [
            np.pad(given[code], (0, self._width - len(given[code])), constant_values=BLANK) for code in self._codes
        ]
        return np.concatenate(padded)

    def _arrival(self, day: datetime.date, province: int, revision: int, sequence: int) -> Arrival:
        name = f"{self._provinces[province]}-bao-cao-{revision}.xlsx"
        sha256 = hashlib.sha256(f"{day} {name}".encode()).hexdigest()
        return Arrival(sequence, sha256, 40_000, name, f"inbox/{day}/{name}", 0, _known_at(day))

    def _submission(
        self, arrival: Arrival, day: datetime.date, province: int, revision: int, count: int, earlier: list[Arrival]
    ) -> dict[str, object]:
        replaced = [each for each in earlier if each.received_at == arrival.received_at] if revision > 1 else []
        code = self._provinces[province]
        return {
            "submission_id": arrival.submission_id,
            "province_code": code,
            "form": FORM,
            "as_of_on": day,
            "received_at": arrival.received_at,
            "revision": revision,
            "file_name": arrival.file_name,
            "sha256": arrival.sha256,
            "byte_count": arrival.byte_count,
            "status": "accepted",
            "accepted_count": count,
            "rejected_count": 0,
            "supersedes_submission_id": next(
                (each.submission_id for each in replaced if each.file_name.startswith(code)), None
            ),
            "origin": ORIGIN,
            "issue_no": revision,
        }

    def _rows(
        self,
        arrival: Arrival,
        day: datetime.date,
        province: int,
        values: np.ndarray[tuple[int], np.dtype[np.int64]],
    ) -> pa.RecordBatch:
        cells = self._cells[province]
        given = values[cells.value]
        there = given != BLANK
        count = int(there.sum())
        unit = cells.unit[there]
        columns = {
            "unit_code": _coded(unit, self._units),
            "unit_level": _coded(self._levels[unit], ["province", "commune"]),
            "province_code": _same(self._provinces[province], count),
            "indicator": _coded(cells.indicator[there], self._codes),
            "as_of_on": pa.array(np.full(count, np.datetime64(day))),
            "value": pa.array(given[there].astype(np.float64)),
            "done_on": pa.nulls(count, pa.date32()),
            "evidence": pa.nulls(count, pa.string()),
            "submission_id": _same(arrival.submission_id, count),
            "source_place": _coded(cells.place[there], self._places),
            "received_at": pa.array(np.full(count, np.datetime64(arrival.received_at, "us"))),
            "origin": _same(ORIGIN, count),
        }
        assert list(columns) == OBSERVATIONS.arrow_schema().names
        return pa.RecordBatch.from_pydict(columns)


def _coded(positions: np.ndarray[tuple[int], np.dtype[np.int32]], words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(positions), pa.array(words))


def _same(word: str, count: int) -> pa.DictionaryArray:
    return _coded(np.zeros(count, dtype=np.int32), [word])
