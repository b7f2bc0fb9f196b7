"""Whether what was taken from a damaged file is right, judged without the gate's own code.

A value is right if it is the one of the undamaged report, or if the damaged file itself says so: the cell at its place
holds that number, the row names exactly that unit, the column (in a list, the row) names that indicator. A value with a
warning at its place was asked about. Anything else is a finding.
"""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bench.mutations.mutants import Mutant
from bench.mutations.reports import DAY, PROVINCE, Key, country
from bench.mutations.second_look import Rows, SecondLook, composed

# Warnings that compare a file with those before it say nothing of what stands in the file.
_ABOUT_OTHER_FILES = frozenset({"value_changed", "completion_withdrawn", "cumulative_fell", "older_issue_after_newer"})
STATUSES = frozenset({"accepted", "partial", "rejected", "duplicate", "needs_review"})
_TYPE = re.compile(r"^(ubnd )?(xã|phường|đặc khu|x\.|p\.|đk\.?)\s*")
_DATE = re.compile(r"(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})")
_CUE = "tính đến"
_PROVINCES = ("51", "12", "01")
# A heading that lost some of its letters still says what it says.
_SHORTEST_DAMAGED, _ALIKE = 12, 0.85


@dataclass(frozen=True)
class TakenValue:
    """A row of `facts.observations`."""

    unit: str
    indicator: str
    value: float
    place: str

    @property
    def key(self) -> Key:
        """Unit and indicator."""
        return self.unit, self.indicator


@dataclass(frozen=True)
class Noted:
    """A row of `facts.rejected_values`."""

    rule: str
    severity: str
    place: str
    message: str
    fix: str


@dataclass(frozen=True)
class Outcome:
    """What the ledger holds of one file."""

    status: str
    province: str | None
    day: datetime.date | None
    values: Sequence[TakenValue]
    noted: Sequence[Noted]


def is_answered(outcome: Outcome) -> list[str]:
    """Every file has a status, and what was not taken comes with words for the sender."""
    findings = []
    if outcome.status not in STATUSES:
        findings.append(f"status {outcome.status!r}")
    if outcome.status not in ("accepted", "duplicate") and not any(
        item.severity != "warning" for item in outcome.noted
    ):
        findings.append(f"{outcome.status} without a reason")
    findings += [
        f"rule {item.rule} without message or fix" for item in outcome.noted if not (item.message and item.fix)
    ]
    if outcome.status in ("rejected", "duplicate", "needs_review") and outcome.values:
        findings.append(f"{outcome.status} with values")
    keys = [item.key for item in outcome.values]
    if len(set(keys)) != len(keys):
        findings.append("two values of one unit and indicator")
    return findings


def strange_values(mutant: Mutant, outcome: Outcome) -> list[TakenValue]:
    """The values that are not those of the undamaged report and carry no warning."""
    right = mutant.original.report.values()
    warned = {item.place for item in outcome.noted if item.rule not in _ABOUT_OTHER_FILES}
    return [item for item in outcome.values if right.get(item.key) != item.value and item.place not in warned]


def unfounded(mutant: Mutant, outcome: Outcome, strange: Sequence[TakenValue], look: SecondLook) -> list[str]:
    """What the damaged file does not say, though it was taken from it."""
    findings = []
    asked_rows = {_row_of(item.place) for item in outcome.noted if item.rule == "unit_name_differs"}
    for item in strange:
        right = mutant.original.report.values().get(item.key)
        given = f"{item.unit} {item.indicator} = {item.value:g} at {item.place}, right is {right}"
        if mutant.is_harmless:
            findings.append(f"value: {given}")
            continue
        rows, row, column = look.rows(item.place)
        cells = rows[row] if row < len(rows) else []
        cell = cells[column] if column < len(cells) else None
        if not _says(cell, item.value):
            findings.append(f"cell: {given}; the cell holds {cell!r}")
        elif not _is_row_of(cells, item, _row_of(item.place) in asked_rows):
            findings.append(f"row: {given}; the row begins with {cells[:3]!r}")
        elif not _is_column_of(rows, row, column, item.indicator):
            findings.append(f"column: {given}; above it {[_at(rows, above, column) for above in range(row)][-9:]!r}")
    return findings


def wrong_envelope(outcome: Outcome, look: SecondLook) -> list[str]:
    """Province and day must be those of the report unless the file says others, and no line may say others still."""
    findings = []
    rules = {item.rule for item in outcome.noted}
    lines = [composed(cell) for rows in look.tables.values() for cells in rows for cell in cells if cell is not None]
    stated = {day for line in lines if _CUE in line and (day := _day(line))}
    anywhere = {day for line in lines if (day := _day(line))}
    if outcome.day != DAY and outcome.day not in anywhere:
        findings.append(f"day: {outcome.day} is nowhere in the file")
    if stated - {outcome.day} and not any(rule.startswith("day_") for rule in rules):
        findings.append(f"day: {outcome.day} taken, the file says {sorted(map(str, stated))}")
    if outcome.province != PROVINCE and not any(_province_name(outcome.province) in line for line in lines):
        findings.append(f"province: {outcome.province} is nowhere in the file")
    senders = {
        code for line in lines if line.startswith("ubnd ") for code in _PROVINCES if _province_name(code) in line
    }
    if senders - {outcome.province} and not any(rule.startswith("province_") for rule in rules):
        findings.append(f"province: {outcome.province} taken, the file names {sorted(senders)}")
    return findings


def _day(line: str) -> datetime.date | None:
    found = _DATE.search(line)
    try:
        return datetime.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _province_name(code: str | None) -> str:
    names = [item.province_name for item in country().provinces if item.province_code == code]
    return composed(names[0]).removeprefix("tỉnh ").removeprefix("thành phố ") if names else "\0"


def _row_of(place: str) -> str:
    name, _, cell = place.rpartition("!")
    return f"{name}!{cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"


def _at(rows: Rows, row: int, column: int) -> object:
    return rows[row][column] if column < len(rows[row]) else None


def _says(cell: object, value: float) -> bool:
    """Whether a cell can be read as the value: 3193, `3.193`, `3,193`, `3193,0`; a word or a sign for yes and no."""
    if isinstance(cell, (int, float)):
        return float(cell) == value
    text = composed(cell).replace("\xa0", " ").replace(" ", "")
    if value in (0.0, 1.0) and not any(letter.isdigit() for letter in text):
        return bool(text)
    digits = re.sub(r"^\+", "", text)
    readings = {re.sub(r"[.,]", "", digits), digits.replace(",", "."), digits.replace(".", "").replace(",", ".")}
    return any(_number(reading) == value for reading in readings)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _is_row_of(cells: Sequence[object], item: TakenValue, is_asked_about: bool) -> bool:
    """Whether the row names the unit; in a list of the province, the indicator."""
    if item.unit == PROVINCE or len(item.unit) == 2:
        return any(str(cell).strip() == item.indicator or _is_label(cell, item.indicator) for cell in cells)
    codes = {code for cell in cells if (code := _code(cell)) in _communes()}
    names = {unit for cell in cells for unit in _named(cell)}
    if codes:
        return codes == {item.unit} and (not names or item.unit in names or is_asked_about)
    return names == {item.unit}


def _code(cell: object) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip().lstrip("'")
    return text.zfill(5) if text.isdigit() and len(text) > 3 else ""


@cache
def _communes() -> Mapping[str, str]:
    return {item.commune_code: item.commune_name for item in country().communes}


def _named(cell: object) -> set[str]:
    """The communes of the province that have exactly this name; without diacritics, if only one has it."""
    if not isinstance(cell, str) or not cell.strip():
        return set()
    name = composed(cell)
    own = {code: text for code, text in _communes().items() if code in _own_codes()}
    exact = {code for code, text in own.items() if _bare(name) == _bare(composed(text)) or name == composed(text)}
    if exact or not name.isascii():
        return exact
    folded = {code for code, text in own.items() if _letters(name) in (_letters(text), _letters(_bare(composed(text))))}
    return folded if len(folded) == 1 else set()


@cache
def _own_codes() -> frozenset[str]:
    return frozenset(item.commune_code for item in country().communes if item.province_code == PROVINCE)


@cache
def _bare(name: str) -> str:
    """A composed name without type word, the tone where older spelling puts it."""
    text = _TYPE.sub("", name)
    for vowels, tones in (("oa", "òóỏõọ"), ("oe", "òóỏõọ"), ("uy", "ùúủũụ")):
        for tone, letter in zip("\u0300\u0301\u0309\u0303\u0323", tones, strict=True):
            new = vowels[0] + unicodedata.normalize("NFC", vowels[1] + tone)
            text = re.sub(rf"{new}\b", letter + vowels[1], text)
    return text


def _letters(text: object) -> str:
    """Letters and digits alone, without diacritics."""
    split = unicodedata.normalize("NFD", str(text).casefold().replace("đ", "d"))
    return "".join(letter for letter in split if letter.isalnum())


def _is_column_of(rows: Rows, row: int, column: int, indicator: str) -> bool:
    """Whether a cell above is a label of the indicator; in a list of the province any column of values is."""
    if any(str(cell).strip() == indicator or _is_label(cell, indicator) for cell in rows[row]):
        return True
    return any(_is_label(_at(rows, above, column), indicator) for above in range(row))


@cache
def _labels(indicator: str) -> frozenset[str]:
    item = country().indicator(indicator)
    return frozenset(_letters(label) for label in (item.name_vi, *item.synonyms_vi))


def _is_label(cell: object, indicator: str) -> bool:
    """Whether a text is a label of the indicator, or a damaged one that is nearer to it than to any other's."""
    if not isinstance(cell, str) or not cell.strip():
        return False
    letters = _letters(cell)
    return letters in _labels(indicator) or (len(letters) > _SHORTEST_DAMAGED and _nearest(letters) == indicator)


@cache
def _nearest(letters: str) -> str:
    """The indicator with the label that is most alike; empty where none is."""
    likeness, indicator = max(
        (difflib.SequenceMatcher(None, letters, label).ratio(), item.indicator)
        for item in country().reported_indicators
        for label in _labels(item.indicator)
    )
    return indicator if likeness > _ALIKE else ""
