"""What goes back can be put right and sent again: then nothing is set aside any more."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from pipelines.answers.listed import ListedFault, listed, place_of, position
from pipelines.answers.marked_workbook import marked_workbook
from pipelines.form.layout import ANSWER_SHEET, FIRST_BODY_ROW, MARKS_SHEET, sheet_layouts
from pipelines.gate.submission import Submission
from pipelines.gate.values import is_blank
from pipelines.readers import Limits, read_file
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import REPOSITORY
from pipelines.simulation.files import SimulatedFile, simulate
from tests.gate.reports import Office

FROM_DAY, TO_DAY = date(2026, 1, 31), date(2026, 2, 15)
PROVINCE_COUNT = 12
UNREADABLE = "unreadable_file"
PLACE_COLUMN, SEVERITY_COLUMN, FIRST_LINE = 2, 9, 6


@dataclass(frozen=True, slots=True)
class Round:
    """A file as it was sent, what the gate made of it, what went back, and the file without its mishap."""

    sent: SimulatedFile
    submission: Submission
    faults: list[ListedFault]
    marked: bytes
    without_mishap: bytes


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The provinces with the fewest communes: as many files as the country sends in a day, but smaller ones."""
    whole = load_reference(REPOSITORY / "data" / "reference")
    sizes = {item.province_code: item.commune_count for item in whole.provinces}
    smallest = set(sorted(sizes, key=lambda code: (sizes[code], code))[:PROVINCE_COUNT])
    return replace(
        whole,
        provinces=tuple(item for item in whole.provinces if item.province_code in smallest),
        communes=tuple(item for item in whole.communes if item.province_code in smallest),
        published_figures=(),
    )


@pytest.fixture(scope="module")
def office(reference: Reference) -> Office:
    return Office(reference)


@pytest.fixture(scope="module")
def rounds(reference: Reference, office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[Round]:
    """Three days, three files in ten with something wrong."""
    folder: Path = tmp_path_factory.mktemp("sent")
    sent, right = (
        simulate(folder / name, reference, from_on=FROM_DAY, to_on=TO_DAY, seed=7, mess=mess)
        for name, mess in (("messy", 0.3), ("right", 0.0))
    )
    received_at = max(file.sent_at for file in sent)
    submissions = office.take(*(file.path.read_bytes() for file in sent), received_at=received_at)[1]
    rounds = []
    for file, clean, submission in zip(sent, right, submissions, strict=True):
        faults = [listed(fault, reference) for fault in submission.faults]
        data = file.path.read_bytes()
        is_readable = all(fault.rule != UNREADABLE for fault in faults)
        marked = marked_workbook(data, faults) if is_readable else b""
        rounds.append(Round(file, submission, faults, marked, clean.path.read_bytes()))
    return rounds


def put_right(trip: Round) -> bytes:
    """Follows the list as a clerk would: each red cell with its unit, and the head of the file where it says so."""
    workbook = openpyxl.load_workbook(io.BytesIO(trip.marked), data_only=True)
    right = openpyxl.load_workbook(io.BytesIO(trip.without_mishap), data_only=True)
    for row in workbook[ANSWER_SHEET].iter_rows(min_row=FIRST_LINE):
        place, word = row[PLACE_COLUMN - 1].value, row[SEVERITY_COLUMN - 1].value
        if place is None or word == "Lưu ý":
            continue
        sheet, cell = place_of(str(place))
        if cell:
            number, column = position(cell)
            for each in (1, 2, 3, column):
                workbook[sheet].cell(number, each).value = right[sheet].cell(number, each).value
        else:
            for name in (name for name in workbook.sheetnames if name in right.sheetnames):
                last = right[name].max_row if name == MARKS_SHEET else FIRST_BODY_ROW
                for cells in right[name].iter_rows(max_row=last):
                    for each in cells:
                        if each.value is not None:
                            workbook[name][each.coordinate].value = each.value
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def filled_cells(reference: Reference, sent: SimulatedFile) -> Iterator[str]:
    """Places of the form's value cells that hold anything."""
    sheets = {sheet.name: sheet for sheet in read_file(sent.path.read_bytes(), Limits()).sheets}
    for layout in sheet_layouts(reference, sent.province_code, sent.as_of_on):
        sheet = sheets.get(layout.sheet)
        for line in layout.lines if sheet else ():
            for indicator in (line.indicator,) if line.indicator else layout.indicators if line.unit_code else ():
                cell = layout.cell_of(line.unit_code, indicator.indicator)
                row, column = position(cell)
                if sheet and not is_blank(sheet.cell(row - 1, column - 1)):
                    yield f"{layout.sheet}!{cell}"


def test_some_files_have_something_to_put_right(rounds: list[Round]) -> None:
    assert len(rounds) >= 30
    assert sum(fault.severity != "warning" for trip in rounds for fault in trip.faults) > 10


def test_every_filled_cell_is_taken_or_set_aside(rounds: list[Round], reference: Reference) -> None:
    for trip in (trip for trip in rounds if trip.submission.status in ("accepted", "partial")):
        aside = {fault.place for fault in trip.faults if fault.severity == "critical"}
        taken = set(trip.submission.values.place)
        assert not aside & taken
        filled = set(filled_cells(reference, trip.sent))
        assert filled == {place for place in aside | taken if place in filled}, trip.sent.path.name
        assert taken <= filled


def test_put_right_and_sent_again_nothing_is_set_aside(rounds: list[Round], office: Office) -> None:
    again = [trip for trip in rounds if trip.marked and any(fault.severity != "warning" for fault in trip.faults)]
    received_at = max(trip.sent.sent_at for trip in rounds) + timedelta(days=1)
    submissions = office.take(*(put_right(trip) for trip in again), received_at=received_at)[1]
    left = {
        trip.sent.path.name: [fault for fault in submission.faults if severity_of(fault.rule, office) != "warning"]
        for trip, submission in zip(again, submissions, strict=True)
    }
    assert again
    assert {name: faults for name, faults in left.items() if faults} == {}
    assert {submission.status for submission in submissions} == {"accepted"}


def test_sent_back_unchanged_it_is_read_as_if_nothing_had_been_added(rounds: list[Round], reference: Reference) -> None:
    trip = next(trip for trip in rounds if trip.submission.status == "partial")
    office = Office(reference)
    (submission,) = office.take(trip.marked, received_at=trip.submission.arrival.received_at)[1]
    assert submission.values == trip.submission.values
    assert sorted(map(repr, submission.faults)) == sorted(map(repr, trip.submission.faults))


def severity_of(rule: str, office: Office) -> str:
    return office.reference.rule(rule).severity
