"""What a file says of itself: province, day, form, issue, origin. Contradictions are asked about, never resolved."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from itertools import pairwise

from pipelines.form.layout import MARKS_SHEET
from pipelines.gate.faults import Fault, shown
from pipelines.gate.structure import title_rows
from pipelines.gate.values import day_within
from pipelines.readers import FileCells, SheetCells, place
from pipelines.reference.load import Reference
from pipelines.vietnamese import folded, plain

SIMULATED_WORDS = "mô phỏng"
REPORTED, SIMULATED = "reported", "simulated"
OLD_NAME = "old_name"
_AS_OF = re.compile(r"(tính đến|đến ngày|số liệu đến)")
_PROVINCE_LINE = re.compile(r"(ubnd|ủy ban nhân dân)\s+(?P<name>(tỉnh|thành phố|tp\.?)\s*[^\W\d_][^\d,:;/]*)")
_OFFICE = re.compile(r"\s(?:-|sở|ban|văn phòng)\s")
# Longer than any name of a province with its type word: a sentence.
_MOST_WORDS = 7
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
        self._exact: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        self._current: set[str] = set()
        for province in reference.provinces:
            for name in (province.province_name, province.short_name):
                self._add(name, province.province_code, is_current=True)
        for alias in (alias for alias in reference.aliases if len(alias.unit_code) == 2):
            self._add(alias.alias, alias.unit_code, is_current=alias.kind != OLD_NAME)

    def code_of(self, text: str) -> str:
        """The province's code, empty where the text names none or more than one."""
        key = _name_key(text)
        for codes in (self._exact.get(key), self._folded.get(folded(key))):
            if codes and len(codes) == 1:
                return next(iter(codes))
        return ""

    def is_old(self, text: str) -> bool:
        """Whether a name that was found is one from before the provinces were merged."""
        return folded(_name_key(text)) not in self._current

    def _add(self, name: str, code: str, is_current: bool) -> None:
        key = _name_key(name)
        self._exact.setdefault(key, set()).add(code)
        self._folded.setdefault(folded(key), set()).add(code)
        if is_current:
            self._current.add(folded(key))


def _name_key(text: str) -> str:
    return _TYPE_WORD.sub("", plain(text))


def read_envelope(file: FileCells, names: ProvinceNames, reference: Reference) -> tuple[Envelope, list[Fault]]:
    """Reads the hidden marks and the title blocks; faults of severity `file` mean that the file can't be taken."""
    marks = _marks(file)
    titles = [cell for sheet in file.sheets if sheet.name != MARKS_SHEET for cell in _title_cells(sheet)]
    faults: list[Fault] = []
    province = _province(marks.get("province_code", ""), titles, names, reference, faults)
    day = _day(titles, faults)
    says_simulated = any(SIMULATED_WORDS in plain(cell.text) for cell in titles)
    origin = SIMULATED if says_simulated or plain(marks.get("origin", "")) == SIMULATED else REPORTED
    return Envelope(province, day, marks.get("form", ""), origin), faults


def _marks(file: FileCells) -> dict[str, str]:
    for sheet in file.sheets:
        if sheet.name == MARKS_SHEET:
            return {shown(sheet.cell(row, 0)): shown(sheet.cell(row, 1)) for row in range(len(sheet.rows))}
    return {}


@dataclass(frozen=True, slots=True)
class _TitleCell:
    """A text above a table."""

    text: str
    place: str

    def __str__(self) -> str:
        return f"{' '.join(self.text.split())} ({self.place})"


def _title_cells(sheet: SheetCells) -> list[_TitleCell]:
    """The texts above a table. A date alone is what Excel makes of `13/02/2026` typed over `Tính đến ngày …/…/……`."""
    return [
        _TitleCell(f"tính đến ngày {shown(cell)}" if isinstance(cell, datetime.date) else cell, where)
        for row, cells in enumerate(title_rows(sheet))
        for column, cell in enumerate(cells)
        if isinstance(cell, (str, datetime.date)) and cell and (where := place(sheet.name, row, column))
    ]


def _province(
    mark: str, titles: list[_TitleCell], names: ProvinceNames, reference: Reference, faults: list[Fault]
) -> str:
    """The one province that marks and titles agree on; an unknown one among them is a claim like any other."""
    claims: dict[str, str] = {}
    current = {province.province_code: province for province in reference.provinces}
    if mark:
        code = mark.zfill(2)
        claims[code if code in current else f"? {code}"] = f"mã trong biểu: {code}"
    old_names: dict[str, Fault] = {}
    for title in titles:
        for name in _province_lines(title.text, names):
            code = names.code_of(name)
            claims.setdefault(code or f"? {plain(name)}", str(title))
            if code and names.is_old(name):
                expected = current[code].province_name
                given = " ".join(title.text.split())
                old_names.setdefault(code, Fault("unit_old_name", title.place, given=given, expected=expected))
    if len(claims) == 1 and next(iter(claims)) in current:
        faults.extend(old_names.values())
        return next(iter(claims))
    faults.append(Fault("province_conflict", given="; ".join(claims.values())) if claims else Fault("province_missing"))
    return ""


def _province_lines(text: str, names: ProvinceNames) -> list[str]:
    """The name of the province in a title cell, none or one. Agency and office may share the cell or the line."""
    lines = [line for line in text.splitlines() if line.strip()]
    candidates = [" ".join(lines), *lines, *(" ".join(pair) for pair in pairwise(lines))]
    matches = [match for match in map(_PROVINCE_LINE.fullmatch, map(plain, candidates)) if match]
    found = [name for match in matches for name in (match.group("name"), _OFFICE.split(match.group("name"))[0])]
    known = [name for name in found if names.code_of(name)]
    return known[:1] or [name for name in found if len(name.split()) <= _MOST_WORDS][-1:]


def _day(titles: list[_TitleCell], faults: list[Fault]) -> datetime.date | None:
    """The one day after the words `tính đến`; one that is none of the calendar is a claim like any other."""
    days: dict[datetime.date | str, str] = {}
    for title in titles:
        words = _AS_OF.search(plain(title.text))
        if words:
            try:
                day = day_within(plain(title.text)[words.start() :])
            except ValueError:
                days.setdefault(title.text, str(title))
            else:
                if day:
                    days.setdefault(day, f"{day:%d/%m/%Y} ({title.place})")
    only = next(iter(days)) if len(days) == 1 else None
    if isinstance(only, datetime.date):
        return only
    given = "; ".join(days.values())
    faults.append(Fault("day_conflict" if len(days) > 1 else "day_missing", given=given))
    return None
