"""Faults in the reference tables, as shown to the people who edit them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. `row` counts as an editor shows it: the header is row 1; 0 means the file as a whole."""

    file: str
    row: int
    column: str
    given: str
    expected: str
    fix: str

    @property
    def message_vi(self) -> str:
        """Where, what was given, what was expected, what to do."""
        place = [self.file]
        if self.row:
            place.append(f"dòng {self.row}")
        if self.column:
            place.append(f"cột “{self.column}”")
        return f"{', '.join(place)}: có “{self.given}”, cần {self.expected}. Cách sửa: {self.fix}"


class ReferenceFaults(Exception):
    """The reference tables contradict themselves or each other; nothing may be derived from them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        files = sorted({fault.file for fault in self.faults})
        summary = f"{len(self.faults)} fault(s) in the reference tables ({', '.join(files)})"
        super().__init__("\n".join([summary, *(fault.message_vi for fault in self.faults)]))
