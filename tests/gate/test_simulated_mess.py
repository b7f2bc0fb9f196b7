"""Files with known faults: the gate names each of them, takes nothing from a faulty cell, and loses no value."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.form.layout import sheet_layouts
from pipelines.gate.submission import Submission
from pipelines.gate.values import is_blank
from pipelines.readers import Limits, SheetCells, read_file
from pipelines.reference.load import Reference
from pipelines.simulation.files import SimulatedFile, simulate
from tests.gate.reports import Office

FILE_RULES = {"unreadable_file", "province_conflict", "day_in_future"}
PROVINCES = {"04", "12", "46"}
Handed = list[tuple[SimulatedFile, Submission]]


@pytest.fixture(scope="module")
def messy_country(reference: Reference) -> Reference:
    """Three provinces of forty to sixty communes: room for faults that don't meet."""
    return replace(
        reference,
        provinces=tuple(item for item in reference.provinces if item.province_code in PROVINCES),
        communes=tuple(item for item in reference.communes if item.province_code in PROVINCES),
        published_figures=(),
    )


@pytest.fixture(scope="module")
def handed_in(messy_country: Reference, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """Nine days of three provinces, something wrong in every file, taken in the order in which they were sent."""
    folder: Path = tmp_path_factory.mktemp("messy")
    files = simulate(folder, messy_country, every=28, seed=11, mess=1.0)
    office = Office(messy_country)
    submissions = []
    for file in files:
        submissions += office.take(file.path.read_bytes(), received_at=file.sent_at)[1]
    return list(zip(files, submissions, strict=True))


def test_the_files_hold_every_kind_of_fault_that_the_simulator_knows(handed_in: Handed) -> None:
    kinds = Counter(fault.kind for file, _ in handed_in for fault in file.faults)
    assert len(kinds) == 11


def test_every_fault_is_named_at_its_cell(handed_in: Handed) -> None:
    for file, submission in handed_in:
        for injected in file.faults:
            found = [fault for fault in submission.faults if fault.rule == injected.kind]
            assert found, (file.path.name, injected)
            places = {fault.place for fault in found}
            if injected.kind == "unknown_unit":  # each value of the row, or its name if it has none
                row = injected.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                assert any(place.startswith(f"{injected.sheet}!") and place.endswith(row) for place in places)
            elif injected.kind == "missing_sheet":
                assert injected.sheet in {fault.expected for fault in found}
            elif injected.kind not in FILE_RULES:
                assert f"{injected.sheet}!{injected.cell}" in places


def test_nothing_is_named_that_was_not_injected(handed_in: Handed) -> None:
    for file, submission in handed_in:
        injected = {fault.kind for fault in file.faults}
        remarks = {"cumulative_fell", "day_not_in_calendar", "value_changed", "completion_withdrawn"}
        assert {fault.rule for fault in submission.faults} - remarks <= injected, file.path.name


def test_nothing_is_taken_from_a_faulty_cell_or_file(handed_in: Handed) -> None:
    critical = {"not_a_number", "out_of_bounds", "not_whole", "exceeds_companion"}
    for file, submission in handed_in:
        places = set(submission.values.place)
        for injected in file.faults:
            if injected.kind in FILE_RULES:
                assert not places
                assert submission.status in ("rejected", "needs_review")
            elif injected.kind in critical:
                assert f"{injected.sheet}!{injected.cell}" not in places


def test_every_value_cell_of_a_file_is_taken_or_set_aside(handed_in: Handed, messy_country: Reference) -> None:
    compared = 0
    for file, submission in handed_in:
        if submission.status in ("accepted", "partial"):
            set_aside = {
                fault.place
                for fault in submission.faults
                if fault.indicator and messy_country.rule(fault.rule).severity == "critical"
            }
            taken = submission.values.place
            assert len(set(taken)) == len(taken)
            assert set_aside.isdisjoint(taken)
            assert set_aside | set(taken) == _value_cells(file, messy_country)
            compared += 1
    assert compared > 10


def test_a_value_taken_is_the_value_in_the_cell(handed_in: Handed) -> None:
    for file, submission in handed_in:
        sheets = _sheets(file) if len(submission.values) else {}
        for value, place in zip(submission.values.value, submission.values.place, strict=True):
            sheet, address = place.split("!")
            cells = sheets[sheet]
            letters = address.rstrip("0123456789")
            assert cells.cell(int(address[len(letters) :]) - 1, _column(letters)) == value


def _value_cells(file: SimulatedFile, reference: Reference) -> set[str]:
    """Places of all cells of the form that are meant for values and hold something."""
    sheets = _sheets(file)
    filled: set[str] = set()
    for layout in sheet_layouts(reference, file.province_code, file.as_of_on):
        cells = sheets.get(layout.sheet, SheetCells(layout.sheet, []))
        for line in layout.lines:
            for item in (line.indicator,) if line.indicator else layout.indicators if line.unit_code else ():
                address = layout.cell_of(line.unit_code, item.indicator)
                letters = address.rstrip("0123456789")
                if not is_blank(cells.cell(line.row, _column(letters))):
                    filled.add(f"{layout.sheet}!{address}")
    return filled


def _sheets(file: SimulatedFile) -> dict[str, SheetCells]:
    return {sheet.name: sheet for sheet in read_file(file.path.read_bytes(), Limits()).sheets}


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
