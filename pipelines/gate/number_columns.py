"""What `3,193` and `3.193` mean in a column of counts: decided once for all its cells, by the others and by the total.

A sender writes thousands with a point, less often with a comma, and seldom with both in one column. A single cell
cannot tell `7,488` people from 7.488; the column can where its other cells are counts, or where only one of the
readings adds up to the total. What stays undecided is asked about. Counts have no decimals, so "decimals" is never an
answer here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.gate.values import LARGEST, Separator, has_three_decimals, is_blank, read_number
from pipelines.readers import CellValue
from pipelines.vietnamese import plain

_LEAST_COUNTS = 2
_ONE_GROUP = {",": re.compile(r"[+-]?[1-9]\d{0,2},\d{3}"), ".": re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")}
# What shows that a sign separates thousands, or decimals, wherever it stands before three digits in the column.
_AS_THOUSANDS = {
    ",": re.compile(r"[+-]?[1-9]\d{0,2}((,\d{3}){2,4}|(,\d{3})+\.\d+)"),
    ".": re.compile(r"[+-]?[1-9]\d{0,2}((\.\d{3}){2,4}|(\.\d{3})+,\d+)"),
}
_AS_DECIMALS = {
    ",": re.compile(r"[+-]?(\d+,(\d{1,2}|\d{4,})|[1-9]\d{0,2}([. ]\d{3})+,\d+)"),
    ".": re.compile(r"[+-]?(\d+\.(\d{1,2}|\d{4,})|[1-9]\d{0,2}([, ]\d{3})+\.\d+)"),
}


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What a point and a comma before exactly three digits mean in one column."""

    point: Separator
    comma: Separator


def read_column(cells: Sequence[CellValue], totals: Sequence[CellValue], are_alike: bool = True) -> ColumnReading:
    """Decides for a column of counts; `totals` are the cells of its total rows.

    `are_alike` says that all cells count the same thing. Where they do not (one row per indicator), the other cells
    show how the sender writes, but neither their size nor their sum proves anything.
    """
    body = list(_texts_and_numbers(cells))
    sums = list(_texts_and_numbers(totals)) if are_alike else []
    return ColumnReading(_point(body, sums), _comma(body, sums, are_alike))


def _texts_and_numbers(cells: Iterable[CellValue]) -> Iterable[str | float]:
    for cell in cells:
        if isinstance(cell, str):
            if not is_blank(cell):
                yield plain(cell).removesuffix("%").rstrip()
        elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) < LARGEST:
            yield float(cell)


def _point(body: Sequence[str | float], totals: Sequence[str | float]) -> Separator:
    """Thousands, as nearly everybody writes them, unless the column uses the point for decimals."""
    if not _any(body, _AS_DECIMALS["."]):
        return Separator.THOUSANDS
    return Separator.THOUSANDS if _total_proves(body, totals, ".") else Separator.UNDECIDED


def _comma(body: Sequence[str | float], totals: Sequence[str | float], are_alike: bool) -> Separator:
    """Thousands, if the column shows it elsewhere, the total proves it, or all other cells are counts."""
    if _any(body, _AS_DECIMALS[","]):
        return Separator.UNDECIDED
    if _any(body, _AS_THOUSANDS[","]) or _total_proves(body, totals, ","):
        return Separator.THOUSANDS
    if not are_alike or _total_proves(body, totals, ",", are_thousands=False):
        return Separator.UNDECIDED
    return Separator.THOUSANDS if _others_are_counts(body) else Separator.UNDECIDED


def _any(cells: Sequence[str | float], pattern: re.Pattern[str]) -> bool:
    return any(isinstance(cell, str) and pattern.fullmatch(cell) for cell in cells)


def _others_are_counts(body: Sequence[str | float]) -> bool:
    """Whether enough cells are whole numbers beyond doubt and none has decimals; words say nothing either way."""
    counts = 0
    for cell in body:
        if isinstance(cell, str):
            if _ONE_GROUP[","].fullmatch(cell):
                continue
            reading = read_number(cell, Separator.THOUSANDS, Separator.UNDECIDED)
            if reading is None:
                continue
            number = reading.value
        else:
            number = cell
        if number is None or number != int(number):
            return False
        counts += 1
    return counts >= _LEAST_COUNTS


def _total_proves(
    body: Sequence[str | float], totals: Sequence[str | float], sign: str, are_thousands: bool = True
) -> bool:
    """Whether some total agrees with the one reading of the ambiguous cells, and none with the other.

    A total that is ambiguous itself is read the same way as the cells.
    """
    wanted, other = (_adds_up(body, totals, sign, reading) for reading in (are_thousands, not are_thousands))
    return wanted and not other


def _adds_up(body: Sequence[str | float], totals: Sequence[str | float], sign: str, are_thousands: bool) -> bool:
    numbers = [_number(cell, sign, are_thousands) for cell in body]
    if None in numbers:
        return False
    total = math.fsum(number for number in numbers if number is not None)
    given = (_number(cell, sign, are_thousands) for cell in totals)
    return any(number is not None and math.isclose(number, total, abs_tol=1e-6) for number in given)


def _number(cell: str | float, sign: str, are_thousands: bool) -> float | None:
    """A cell under one reading of the sign; 0 for words, as a spreadsheet adds them; None where it can't be known."""
    if isinstance(cell, float):
        return None if has_three_decimals(cell) and are_thousands else cell
    if _ONE_GROUP[sign].fullmatch(cell):
        return float(cell.replace(sign, "" if are_thousands else "."))
    reading = read_number(cell, Separator.THOUSANDS, Separator.UNDECIDED)
    if reading is None:
        return 0.0
    return None if reading.rule else reading.value
