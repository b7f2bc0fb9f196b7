"""One line of an answer: a fault with its words, ready to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipelines.gate.faults import WHOLE_FILE, Fault, fault_text
from pipelines.reference.load import Reference

SEVERITY_WORDS = {
    "file": "Chưa nhận cả tệp",
    "critical": "Chưa nhận, chờ sửa",
    "warning": "Lưu ý",
}
_ORDER = ("file", "critical", "warning")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
# What XML can't hold: control characters, halves of characters, and two that are none.
_NOT_TEXT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class ListedFault:
    """A fault as its sender reads it; `indicator` is the indicator's name.

    `cause_place` is the cell to put right where it is another one than the value's; `waiting` are the values of a line
    that stands for several (see `by_cause`).
    """

    rule: str
    place: str
    unit: str
    indicator: str
    given: str
    expected: str
    title: str
    message: str
    fix: str
    severity: str
    message_en: str = ""
    fix_en: str = ""
    cause_place: str = ""
    waiting: tuple[str, ...] = ()

    @property
    def severity_word(self) -> str:
        """What became of the value."""
        return SEVERITY_WORDS[self.severity]


def listed(fault: Fault, reference: Reference) -> ListedFault:
    """A fault of the gate in words."""
    text = fault_text(fault, reference)
    name = reference.indicator(fault.indicator).name_vi if fault.indicator else ""
    title = reference.rule(fault.rule).title_vi
    return ListedFault(
        fault.rule,
        fault.place,
        fault.unit,
        name,
        fault.given,
        text.expected,
        title,
        text.message_vi,
        text.fix_vi,
        text.severity,
        text.message_en,
        text.fix_en,
        fault.cause_place,
    )


def by_cause(faults: Iterable[ListedFault]) -> list[ListedFault]:
    """One line for all values that wait for the same cell, at that cell; every other fault as it is."""
    lines: list[ListedFault] = []
    numbers: dict[tuple[str, str], int] = {}
    for fault in faults:
        key = fault.rule, fault.cause_place
        if not fault.cause_place:
            lines.append(fault)
        elif key in numbers:
            line = lines[numbers[key]]
            lines[numbers[key]] = replace(line, waiting=(*line.waiting, fault.place))
        else:
            numbers[key] = len(lines)
            lines.append(
                replace(fault, place=fault.cause_place, given=fault.unit, indicator="", waiting=(fault.place,))
            )
    return [_with_count(line) if line.waiting else line for line in lines]


def _with_count(line: ListedFault) -> ListedFault:
    count = len(line.waiting)
    values = "1 value of this row waits" if count == 1 else f"{count} values of this row wait"
    return replace(
        line,
        message=f"{line.message} {count} giá trị của hàng này chờ sửa.",
        message_en=f"{line.message_en} {values} for it.",
    )


def in_reading_order(faults: list[ListedFault]) -> list[ListedFault]:
    """What concerns the whole file first, then what was set aside, then remarks; each in the order of the cells."""

    def order(fault: ListedFault) -> tuple[int, bool, str, int, int, str]:
        sheet, cell = place_of(fault.place)
        row, column = position(cell) if cell else (0, 0)
        return _ORDER.index(fault.severity), fault.place != WHOLE_FILE, sheet, row, column, fault.title

    return sorted(faults, key=order)


def place_of(place: str) -> tuple[str, str]:
    """(sheet, cell) of a place; the cell is empty where the place is a whole sheet."""
    sheet, mark, cell = place.rpartition("!")
    return (sheet, cell.replace("$", "")) if mark and _CELL.fullmatch(cell) else (place, "")


def position(cell: str) -> tuple[int, int]:
    """Row and column of `F17`, counted from 1."""
    match = _CELL.fullmatch(cell)
    if match is None:
        raise ValueError(f"{cell!r} is no cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def printable(text: str) -> str:
    """Text that XML and HTML can hold: a character that they can't is shown as `\ufffd`."""
    return _NOT_TEXT.sub("\ufffd", text)
