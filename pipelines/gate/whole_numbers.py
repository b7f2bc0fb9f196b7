"""Rows that hold nothing but whole numbers, nearly all rows of a report: taken a row at a time, not cell by cell."""

from __future__ import annotations

from collections.abc import Sequence, Set

from pipelines.gate.arithmetic import Values
from pipelines.gate.structure import Column, SheetTable
from pipelines.gate.values import are_whole_numbers
from pipelines.readers.cells import picker


class WholeNumbers:
    """The figures of a table's communes, if in each of its columns a whole number needs no further look."""

    def __init__(self, table: SheetTable, columns: Sequence[Column], whole: Set[int]) -> None:
        """`whole` are the columns that take whole numbers; from a table with any other no row is taken."""
        self._sheet = table.sheet
        self._is_plain = bool(columns) and not table.scale and all(column.index in whole for column in columns)
        self._columns = [column.index for column in columns]
        self._indicators = [column.indicator for column in columns]
        self._pick = picker(self._columns)

    def take(self, values: Values, row: int, unit_code: str) -> bool:
        """Takes a row of figures; False where one of them has to be looked at: then none is taken."""
        if not self._is_plain or not are_whole_numbers(figures := self._pick(self._sheet.rows[row])):
            return False
        values.add_row(unit_code, self._indicators, figures, self._sheet.places(row, self._columns))
        return True
