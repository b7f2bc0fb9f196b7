"""Sheets that are read cell by cell: nothing is allotted for a gap before it is known how far the sheet reaches."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.readers.cells import VISIBLE, CellValue, Place, SheetCells
from pipelines.readers.limits import Limits, too_many_cells
from pipelines.readers.office_remarks import reaches_out
from pipelines.readers.xlsx_styles import is_legacy_font, is_number


@dataclass(slots=True)
class SparseSheet:
    """One sheet while it is read; places are counted from 0."""

    name: str
    visibility: str = VISIBLE
    values: dict[Place, CellValue] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    formulas_without_value: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    percent_cells: set[Place] = field(default_factory=set)
    legacy_fonts: dict[Place, str] = field(default_factory=dict)
    reaches_out: bool = False
    row_count: int = 0
    column_count: int = 0

    def cells(self) -> SheetCells:
        """The sheet as every reader gives it."""
        rows: list[list[CellValue]] = [[""] * self.column_count for _ in range(self.row_count)]
        for (row, column), value in self.values.items():
            rows[row][column] = value
        return SheetCells(
            self.name,
            rows,
            merged=self.merged,
            visibility=self.visibility,
            formulas_without_value=self.formulas_without_value,
            hidden_rows=frozenset(row for row in self.hidden_rows if row < self.row_count),
            hidden_columns=frozenset(column for column in self.hidden_columns if column < self.column_count),
            percent_cells=frozenset(self.percent_cells),
            legacy_fonts=self.legacy_fonts,
        )


class SparseSheets:
    """The sheets of a file; all of them together stay within the limit of cells."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[SparseSheet] = []
        self._limits = limits
        self._cells_before = 0

    def start(self, name: str) -> SparseSheet:
        """The next sheet."""
        if self.sheets:
            self._cells_before += self.sheets[-1].row_count * self.sheets[-1].column_count
        self.sheets.append(SparseSheet(name))
        return self.sheets[-1]

    def put(self, place: Place, value: CellValue, is_percent: bool = False, font: str = "") -> None:
        """A filled cell of the last sheet. Raises UnreadableFile where the sheet would grow too large."""
        sheet = self.sheets[-1]
        self._stretch(sheet, place)
        sheet.values[place] = value
        if is_percent and is_number(value):
            sheet.percent_cells.add(place)
        if isinstance(value, str) and is_legacy_font(font):
            sheet.legacy_fonts[place] = font

    def put_formula(self, place: Place, formula: str) -> None:
        """A formula of the last sheet; one without a value was never calculated."""
        sheet = self.sheets[-1]
        sheet.reaches_out = sheet.reaches_out or reaches_out(formula.encode())
        if place not in sheet.values:
            self._stretch(sheet, place)
            sheet.formulas_without_value[place] = formula

    def _stretch(self, sheet: SparseSheet, place: Place) -> None:
        row, column = place
        if row < sheet.row_count and column < sheet.column_count:
            return
        sheet.row_count = max(sheet.row_count, row + 1)
        sheet.column_count = max(sheet.column_count, column + 1)
        count = sheet.row_count * sheet.column_count
        if self._cells_before + count > self._limits.cells:
            raise too_many_cells(sheet.name, count, self._limits.cells)
