"""What a file says of itself: province, day, form, issue, origin. Contradictions are asked about, never resolved."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from pipelines.gate.faults import Fault
from pipelines.gate.values import day_within
from pipelines.readers import FileCells, SheetCells, place
from pipelines.reference.load import Reference
from pipelines.vietnamese import folded, plain

MARKS_SHEET = "_tiendo"
TITLE_ROWS = 12
SIMULATED_WORDS = "mô phỏng"
REPORTED, SIMULATED = "reported", "simulated"
_AS_OF = re.compile(r"(tính đến|đến ngày|số liệu đến)")
_PROVINCE_LINE = re.compile(r"^(ubnd|ủy ban nhân dân)\s+(?P<name>(tỉnh|thành phố|tp\.?)\s*.+)$")
_TYPE_WORD = re.compile(r"^(tỉnh|thành phố|tp\.?|t\.?p\.?)\s*")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who reports, as of which day, on which form. Empty text or None where the file does not say."""

    province_code: str
    as_of_on: datetime.date | None
    form: str
    origin: str


class ProvinceNames:
    """Finds a province by any spelling in the reference tables: official, alias, old name, unaccented if unique."""

    def __init__(self, reference: Reference) -> None:
        exact: dict[str, set[str]] = {}
        for province in reference.provinces:
            for name in (province.province_name, province.short_name):
                exact.setdefault(_name_key(name), set()).add(province.province_code)
        for alias in reference.aliases:
            exact.setdefault(_name_key(alias.alias), set()).add(alias.unit_code)
        self._exact = exact
        self._folded: dict[str, set[str]] = {}
        for key, codes in exact.items():
            self._folded.setdefault(folded(key), set()).update(codes)

    def code_of(self, text: str) -> str:
        """The province's code, empty where the text names none or more than one."""
        key = _name_key(text)
        for codes in (self._exact.get(key), self._folded.get(folded(key))):
            if codes and len(codes) == 1:
                return next(iter(codes))
        return ""


def _name_key(text: str) -> str:
    return _TYPE_WORD.sub("", plain(text))


def read_envelope(file: FileCells, names: ProvinceNames, reference: Reference) -> tuple[Envelope, list[Fault]]:
    """Reads the hidden marks and the title blocks; faults of severity `file` mean that the file can't be taken."""
    marks = _marks(file)
    titled = [sheet for sheet in file.sheets if sheet.name != MARKS_SHEET]
    faults: list[Fault] = []
    province = _province(marks, titled, names, reference, faults)
    day = _day(titled, faults)
    is_simulated = marks.get("origin") == SIMULATED or any(_says_simulated(sheet) for sheet in titled)
    origin = SIMULATED if is_simulated else REPORTED
    return Envelope(province, day, marks.get("form", ""), origin), faults


def _marks(file: FileCells) -> dict[str, str]:
    for sheet in file.sheets:
        if sheet.name == MARKS_SHEET:
            return {str(sheet.cell(row, 0)).strip(): str(sheet.cell(row, 1)).strip() for row in range(len(sheet.rows))}
    return {}


def _title_cells(sheet: SheetCells) -> list[tuple[int, int, str]]:
    return [
        (row, column, cell)
        for row, cells in enumerate(sheet.rows[:TITLE_ROWS])
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and cell
    ]


def _says_simulated(sheet: SheetCells) -> bool:
    return any(SIMULATED_WORDS in plain(cell) for _, _, cell in _title_cells(sheet))


def _province(
    marks: dict[str, str], sheets: list[SheetCells], names: ProvinceNames, reference: Reference, faults: list[Fault]
) -> str:
    known = {province.province_code for province in reference.provinces}
    claims: dict[str, str] = {}
    if marks.get("province_code"):
        code = marks["province_code"].zfill(2)
        claims[code if code in known else f"? {code}"] = f"mã trong biểu: {code}"
    for sheet in sheets:
        for row, column, cell in _title_cells(sheet):
            line = _PROVINCE_LINE.match(plain(cell))
            code = names.code_of(line.group("name")) if line else ""
            if code:
                claims.setdefault(code, f"{cell.strip()} ({place(sheet.name, row, column)})")
    if len(claims) == 1 and next(iter(claims)) in known:
        return next(iter(claims))
    if claims:
        faults.append(Fault("province_conflict", given="; ".join(claims.values())))
    else:
        faults.append(Fault("province_missing"))
    return ""


def _day(sheets: list[SheetCells], faults: list[Fault]) -> datetime.date | None:
    days: dict[datetime.date, str] = {}
    for sheet in sheets:
        for row, column, cell in _title_cells(sheet):
            if _AS_OF.search(plain(cell)):
                day = day_within(cell)
                if day:
                    days.setdefault(day, f"{day:%d/%m/%Y} ({place(sheet.name, row, column)})")
    if len(days) == 1:
        return next(iter(days))
    faults.append(Fault("day_conflict", given="; ".join(days.values())) if days else Fault("day_missing"))
    return None
