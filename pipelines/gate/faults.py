"""A failed check: where, what was given, what was expected, and the words for it from the rule table."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pipelines.readers import CellValue
from pipelines.reference.load import Reference

WHOLE_FILE = "tệp"
EMPTY = "(trống)"
# A cell can hold 32,767 characters; a message needs enough of them to be recognised.
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One failed check of a file. `place` is a cell (`Biểu 04!F17`), a sheet, or `tệp` for the file as a whole.

    `expected` and `detail` complete the rule's sentences, which stand in `data/reference/rules.csv`; `detail_en`
    takes the place of `detail` in the English one, where the words differ. `cause_place` is the cell to put right,
    where that is another one than the value's: the name of a row's unit, for every value of the row.
    """

    rule: str
    place: str = WHOLE_FILE
    unit: str = ""
    indicator: str = ""
    given: str = ""
    expected: str = ""
    detail: str = ""
    detail_en: str = ""
    cause_place: str = ""


@dataclass(frozen=True, slots=True)
class FaultText:
    """What the sender reads about a fault."""

    severity: str
    expected: str
    message_vi: str
    message_en: str
    fix_vi: str
    fix_en: str


def fault_text(fault: Fault, reference: Reference) -> FaultText:
    """Fills the rule's templates from `data/reference/rules.csv` with what this fault knows."""
    rule = reference.rule(fault.rule)
    known = {
        "given": fault.given or EMPTY,
        "expected": fault.expected,
        "unit": fault.unit,
        "indicator": _indicator_name(fault.indicator, reference),
        "place": fault.place,
        "detail": fault.detail,
    }
    known_en = {**known, "detail": fault.detail_en or fault.detail}
    return FaultText(
        severity=rule.severity,
        expected=rule.expected_vi.format(**known).strip(),
        message_vi=rule.message_vi.format(**known),
        message_en=rule.message_en.format(**known_en),
        fix_vi=rule.fix_vi.format(**known).strip(),
        fix_en=rule.fix_en.format(**known_en).strip(),
    )


def _indicator_name(code: str, reference: Reference) -> str:
    return reference.indicator(code).name_vi if code else ""


def shown(value: CellValue) -> str:
    """A cell's value as its sender sees it: `12`, `3,5`, `13/02/2026`, text as typed (cut short where it is long)."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return shown_number(float(value))
    if isinstance(value, datetime.datetime):
        return value.strftime("%d/%m/%Y" if value.time() == datetime.time() else "%d/%m/%Y %H:%M")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    text = str(value).strip()
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def shown_number(value: float) -> str:
    """Vietnamese notation: `3.193`, `3,5`; from 10^15 on, and for what is no number, as Python writes it."""
    if abs(value) < 1e15 and value == int(value):
        return f"{int(value):,}".replace(",", ".")
    return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))
