"""One line of an answer: a fault with its words, ready to be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.gate.faults import WHOLE_FILE, Fault, fault_text
from pipelines.reference.load import Reference

SEVERITY_WORDS = {
    "file": "Chưa nhận cả tệp",
    "critical": "Chưa nhận, chờ sửa",
    "warning": "Đã nhận, cần xem lại",
}
_ORDER = ("file", "critical", "warning")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
# What XML can't hold: control characters, halves of characters, and two that are none.
_NOT_TEXT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class ListedFault:
    """A fault as its sender reads it; `indicator` is the indicator's name."""

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
