"""Small reports, made the way provinces make them: our form filled in, then changed by hand."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import duckdb
import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.facts import ledger
from pipelines.facts.ledger import Batch, History
from pipelines.form.layout import sheet_layouts
from pipelines.form.values import Departures, FormValues
from pipelines.form.workbook import write_form
from pipelines.gate.batch import gate_arrivals
from pipelines.gate.faults import FaultText, fault_text
from pipelines.gate.submission import FileGate, Submission
from pipelines.landing.journal import Arrival
from pipelines.readers import CellValue, Limits, SheetCells
from pipelines.reference.load import Reference

DAY = date(2026, 2, 13)
RECEIVED_AT = datetime(2026, 2, 14, 8, 0)
QUANG_NGAI, LAI_CHAU, HA_NOI = "51", "12", "01"
# In Quảng Ngãi: a ward, two communes that differ by one diacritic, a special zone.
CAM_THANH, SON_HA, SON_HA_TOO, LY_SON = "21025", "21289", "21292", "21548"
DOAN_KET, BINH_LU = "03388", "03390"
BA_DINH, SOC_SON = "00004", "00376"
COMMUNES = frozenset({CAM_THANH, SON_HA, SON_HA_TOO, LY_SON, DOAN_KET, BINH_LU, BA_DINH, SOC_SON})
Given = Mapping[tuple[str, str], float | str]
Sent = bytes | tuple[str, bytes]
"""The bytes of a file, with its name where that matters."""


def small_country(reference: Reference) -> Reference:
    """The repo's tables with three provinces of two to four communes each."""
    provinces = {QUANG_NGAI, LAI_CHAU, HA_NOI}
    return replace(
        reference,
        provinces=tuple(item for item in reference.provinces if item.province_code in provinces),
        communes=tuple(item for item in reference.communes if item.commune_code in COMMUNES),
    )


@dataclass(frozen=True)
class Desk:
    """Where reports are written and handed in; every method names what it changes."""

    reference: Reference

    def report(
        self,
        given: Given | None = None,
        *,
        province: str = QUANG_NGAI,
        as_of_on: date = DAY,
        origin: str = "",
        issue_no: int = 1,
        departures: Departures | None = None,
        done_on: Mapping[str, date] | None = None,
        evidence: Mapping[str, str] | None = None,
    ) -> bytes:
        """The form as the province fills it in. Different numbers of issue make different bytes."""
        values = FormValues(given or {}, done_on or {}, evidence or {}, departures=departures or Departures())
        content = io.BytesIO()
        write_form(
            content,
            self.reference,
            province,
            as_of_on=as_of_on,
            values=values,
            origin=origin,
            issue_no=issue_no,
        )
        return content.getvalue()

    def cell(self, unit_code: str, indicator: str, province: str = QUANG_NGAI) -> str:
        """Place of a value in the form: `Biểu 02!D11`."""
        for layout in sheet_layouts(self.reference, province, DAY):
            if indicator in {item.indicator for item in layout.indicators}:
                return f"{layout.sheet}!{layout.cell_of(unit_code, indicator)}"
        raise KeyError(indicator)

    def total_cell(self, indicator: str, province: str = QUANG_NGAI) -> str:
        """Place of an indicator's total."""
        for layout in sheet_layouts(self.reference, province, DAY):
            if indicator in {item.indicator for item in layout.indicators}:
                return f"{layout.sheet}!{layout.total_cell_of(indicator)}"
        raise KeyError(indicator)

    def read(self, content: bytes, received_at: datetime = RECEIVED_AT) -> Submission:
        """One file through reader, envelope and extraction; the checks over whole batches come in `hand_in`."""
        gate = FileGate(self.reference, Limits())
        return gate.take(arrival_of(1, content, received_at), content)

    def hand_in(self, *contents: Sent, received_at: datetime = RECEIVED_AT) -> list[Submission]:
        """Files through the whole gate in one batch."""
        return Office(self.reference).take(*contents, received_at=received_at)[1]

    def text(self, submission: Submission, rule: str) -> FaultText:
        """The words of the first fault with this rule."""
        return fault_text(next(fault for fault in submission.faults if fault.rule == rule), self.reference)


class Office:
    """The gate with a ledger behind it, for more than one batch."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.connection = duckdb.connect()
        ledger.create(self.connection)
        self.count = 0

    def take(
        self, *contents: Sent, received_at: datetime = RECEIVED_AT, limits: Limits | None = None
    ) -> tuple[Batch, list[Submission]]:
        """One batch through the gate and into the ledger."""
        sent = {self.count + number: content for number, content in enumerate(contents, start=1)}
        arrivals = [arrival_of(sequence, content, received_at) for sequence, content in sent.items()]
        bytes_of = {number: item[1] if isinstance(item, tuple) else item for number, item in sent.items()}
        self.count += len(arrivals)
        batch, submissions = gate_arrivals(
            arrivals,
            lambda arrival: bytes_of[arrival.sequence],
            self.reference,
            ledger.read_history(self.connection),
            self.connection,
            limits or Limits(),
        )
        ledger.append(self.connection, batch)
        return batch, submissions

    def history(self) -> History:
        """What the ledger knows."""
        return ledger.read_history(self.connection)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Rows of the ledger."""
        return self.connection.execute(query).fetchall()


def arrival_of(sequence: int, sent: Sent, received_at: datetime = RECEIVED_AT) -> Arrival:
    """The note that the landing makes of a file."""
    name, content = sent if isinstance(sent, tuple) else (f"bao-cao-{sequence}.xlsx", sent)
    sha256 = hashlib.sha256(content).hexdigest()
    return Arrival(sequence, sha256, len(content), name, f"/inbox/{sequence}", 0, received_at)


def edited(content: bytes, edit: Callable[[Workbook], object]) -> bytes:
    """The workbook opened, changed and saved; formulas become their results."""
    workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    edit(workbook)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """The bytes of a workbook."""
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def write(sheet: Worksheet, place: str, value: object) -> None:
    """Types into a cell, into the first one of a merged range too."""
    sheet[place].value = value


def sheet_of(rows: Sequence[Sequence[CellValue]], *merged: str, name: str = "Trang 1") -> SheetCells:
    """A sheet with cells written out; `merged` as people name ranges: `A1:A2`."""
    return SheetCells(name, [list(row) for row in rows], [_range(text) for text in merged])


def _range(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first_column, first_row, last_column, last_row = openpyxl.utils.range_boundaries(text)
    return (first_row - 1, first_column - 1), (last_row - 1, last_column - 1)


def taken(submission: Submission) -> dict[tuple[str, str], tuple[float, str]]:
    """{(unit, indicator): (value, place)}"""
    values = submission.values
    keys = list(zip(values.unit_code, values.indicator, strict=True))
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, zip(values.value, values.place, strict=True), strict=True))


def faults(submission: Submission) -> list[tuple[str, str]]:
    """(rule, place) of what was found."""
    return [(fault.rule, fault.place) for fault in submission.faults]
