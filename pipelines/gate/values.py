"""The grammar of cells: what counts as a number, a flag, a percentage, or as nothing reported. Nothing is guessed.

One cell at a time; what only the whole column can decide (`3,193`) is in `number_columns.py`, dates are in `days.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeGuard

from pipelines.gate.flag_words import flag_of_word
from pipelines.readers import CellValue
from pipelines.vietnamese import plain

_NO_FIGURES = frozenset({"không có số liệu", "chưa có số liệu", "chưa báo cáo", "chưa có báo cáo", "không số liệu"})
_STROKES = re.compile(r"[-./_ ]*")
ERRORS = re.compile(r"#(div/0!|n/a|name\?|null!|num!|ref!|value!|spill!|calc!|getting_data)|err:\d{3}")
# Beyond this a spreadsheet no longer stores every digit.
LARGEST = 1e15
_WHOLE = re.compile(r"[+-]?\d{1,15}")
# Groups of three digits. One group after a point or a comma may also be three decimals; two can only be thousands.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(( \d{3}){1,4}|(\.\d{3}){2,4}|(,\d{3}){2,4})")
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
_DECIMAL = re.compile(
    r"[+-]?(\d{1,15}[.,](\d{1,2}|\d{4,15})|[1-9]\d{0,2}((\.\d{3}){1,4},|(,\d{3}){1,4}\.|( \d{3}){1,4}[.,])\d{1,15})"
)
_THOUSANDTHS = re.compile(r"[+-]?\d{1,15}[.,]\d{3}")
_WITH_UNIT = re.compile(r"([+-]?\d[\d.,]*(?: \d{3})*) ?([^\W\d].*)")
# What Unicode calls another way of writing a digit, but readers see as a footnote, a list number or a half.
_RAISED = ("<super>", "<sub>", "<circle>", "<fraction>")


class Separator(Enum):
    """What a point or a comma before exactly three digits means in a column."""

    THOUSANDS = "thousands"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell understood: `value` is None where nothing was reported; `rule` names what is wrong, if anything.

    `remark` names a rule that the sender should know of though the value is taken.
    """

    value: float | None = None
    rule: str = ""
    remark: str = ""


NOTHING = Reading()
_AMBIGUOUS = Reading(rule="ambiguous_number")


def is_blank(cell: CellValue) -> bool:
    """Whether a cell reports nothing: empty, or one of the signs that people put into a cell to say so."""
    return isinstance(cell, str) and (cell == "" or _says_nothing(plain(cell)))


def _says_nothing(text: str) -> bool:
    return text in _NO_FIGURES or _STROKES.fullmatch(text) is not None


def read_value(
    cell: CellValue,
    is_flag: bool,
    *,
    is_percent: bool = False,
    label: str = "",
    unit: str = "",
    point: Separator = Separator.THOUSANDS,
    comma: Separator = Separator.UNDECIDED,
) -> Reading:
    """Reads a count or a flag.

    `is_percent` says that the cell shows a percentage; `label` are the words of the indicator and `unit` its unit, in
    `plain` form; `point` and `comma` are what the column makes of `3.193` and `3,193`. Rules: `not_a_number`,
    `not_a_flag`, `ambiguous_number`, `percent_for_count`, `error_value`; remark: `unit_in_cell`.

    A stored fraction with exactly three decimals (3.193) is what an English Excel makes of a count typed with the
    Vietnamese thousands point, so it is asked about whatever stands around it.
    """
    unreadable = Reading(rule="not_a_flag" if is_flag else "not_a_number")
    if isinstance(cell, bool):
        return Reading(float(cell)) if is_flag else unreadable
    if isinstance(cell, (int, float)):
        if is_percent:
            return Reading(rule="percent_for_count")
        return _read_stored_number(float(cell)) if abs(cell) < LARGEST else unreadable
    if not isinstance(cell, str):
        return unreadable
    text = plain(cell)
    if _says_nothing(text):
        return NOTHING
    if ERRORS.fullmatch(text):
        return Reading(rule="error_value")
    if is_flag and (flag := flag_of_word(text, label)) is not None:
        return Reading(float(flag))
    if _has_raised(cell):
        return unreadable
    if text.endswith("%"):
        is_number = read_number(text.removesuffix("%").rstrip(), Separator.THOUSANDS, Separator.THOUSANDS)
        return Reading(rule="percent_for_count") if is_number else unreadable
    return read_number(text, point, comma) or _with_unit(text, unit, point, comma) or unreadable


def _has_raised(cell: str) -> bool:
    """Whether the text holds digits that are raised, circled or parts of a fraction."""
    return not cell.isascii() and any(unicodedata.decomposition(character).startswith(_RAISED) for character in cell)


def _read_stored_number(number: float) -> Reading:
    return _AMBIGUOUS if has_three_decimals(number) else Reading(number)


def are_whole_numbers(cells: Sequence[CellValue]) -> TypeGuard[Sequence[float]]:
    """Whether there are cells and all of them hold whole numbers that a spreadsheet stores with every digit."""
    numbers = [cell for cell in cells if type(cell) is float]
    return 0 < len(numbers) == len(cells) and all(map(float.is_integer, numbers)) and max(map(abs, numbers)) < LARGEST


def has_three_decimals(number: float) -> bool:
    """Whether a stored fraction ends with the third decimal, as 3.193 does."""
    thousandths = round(number * 1000)
    return number != int(number) and abs(number * 1000 - thousandths) < 1e-6 and thousandths % 10 != 0


def read_number(text: str, point: Separator, comma: Separator) -> Reading | None:
    """A number written in `plain` form; None where the text is none."""
    if _WHOLE.fullmatch(text):
        return Reading(float(text))
    if _GROUPED.fullmatch(text):
        return Reading(float(re.sub("[., ]", "", text)))
    if found := _ONE_GROUP.fullmatch(text):
        meaning = point if found.group(1) == "." else comma
        return Reading(float(re.sub("[.,]", "", text))) if meaning is Separator.THOUSANDS else _AMBIGUOUS
    if _DECIMAL.fullmatch(text):
        whole, _, decimals = text.replace(",", ".").replace(" ", "").rpartition(".")
        return Reading(float(f"{whole.replace('.', '')}.{decimals}"))
    return _AMBIGUOUS if _THOUSANDTHS.fullmatch(text) else None


def _with_unit(text: str, unit: str, point: Separator, comma: Separator) -> Reading | None:
    """`12 người` in a column that counts persons."""
    found = _WITH_UNIT.fullmatch(text)
    if not found or not unit or found.group(2) != unit:
        return None
    reading = read_number(found.group(1), point, comma)
    return Reading(reading.value, reading.rule, "" if reading.rule else "unit_in_cell") if reading else None


def read_percent(cell: CellValue, is_percent: bool) -> Reading:
    """Reads a percentage into percentage points: 0.416 in a cell shown as percent, `41,6%`, `41,6` and 41.6 → 41.6.

    Rules: `not_a_number`, `error_value`, `ambiguous_number` (`3,193`; 0.416 in a cell not shown as percent).
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if not abs(cell) < LARGEST:
            return Reading(rule="not_a_number")
        if is_percent:
            return Reading(round(cell * 100, 9))
        return _AMBIGUOUS if 0 < abs(cell) < 1 else Reading(float(cell))
    text = plain(cell) if isinstance(cell, str) else ""
    if isinstance(cell, str) and _says_nothing(text):
        return NOTHING
    if ERRORS.fullmatch(text):
        return Reading(rule="error_value")
    unreadable = Reading(rule="not_a_number")
    if not isinstance(cell, str) or _has_raised(cell):
        return unreadable
    return read_number(text.removesuffix("%").rstrip(), Separator.UNDECIDED, Separator.UNDECIDED) or unreadable
