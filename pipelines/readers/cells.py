"""What every reader gives: sheets of cells with their places, independent of the file format."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import cast

CellValue = str | int | float | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta
"""A cell as the file stores it; `""` where the cell is empty, the error's text (`#REF!`) where it shows an error."""

VISIBLE, HIDDEN, VERY_HIDDEN = "visible", "hidden", "very_hidden"


Place = tuple[int, int]
"""A cell's row and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet. `rows[i][j]` is the cell in row `i + 1`, column `j + 1` of the file; rows may differ in length.

    A document without sheets (docx, PDF, HTML) is one sheet in reading order: paragraphs stand in the first column of
    rows of their own, tables below one another as they come. `row_names` then says how people find each row.

    `merged` lists ((first_row, first_column), (last_row, last_column)), counted from 0, both included.
    `formulas_without_value` gives, by place, the formulas that were never calculated.
    `hidden_rows` and `hidden_columns` are counted from 0. `percent_cells` are numbers shown as percentages: 0.416 is
    41,6% there. `legacy_fonts` names the font of text cells set in one from before Unicode (`.VnTime`, `VNI-Times`).
    """

    name: str
    rows: list[list[CellValue]]
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    visibility: str = VISIBLE
    formulas_without_value: Mapping[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    percent_cells: frozenset[Place] = frozenset()
    legacy_fonts: Mapping[Place, str] = field(default_factory=dict)
    row_names: Sequence[tuple[str, int]] | None = None

    def cell(self, row: int, column: int) -> CellValue:
        """The cell at a place counted from 0, `""` outside the sheet."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column] if 0 <= column < len(cells) else ""

    def place(self, row: int, column: int) -> str:
        """A cell as people name it: `Biểu 04!F17`; in a document `Bảng 2!C5` (fifth row of its second table)."""
        if self.row_names is None:
            return place(self.name, row, column)
        name, number = self.row_names[row]
        return place(name, number, column)

    def places(self, row: int, columns: Sequence[int]) -> list[str]:
        """Several cells of a row as people name them."""
        name, number = (self.name, row) if self.row_names is None else self.row_names[row]
        start, end = f"{name}!", str(number + 1)
        return [start + column_letters(column) + end for column in columns]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the file that was left alone, or not understood, while the rest was read.

    `rule` names it in the rule table; `place` is a sheet or a cell, `""` for the file as a whole.
    """

    rule: str
    place: str
    detail: str
    detail_en: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class FileCells:
    """Everything that was read from one file: its format, its sheets in the file's order, what was left alone."""

    format: str
    sheets: list[SheetCells]
    remarks: Sequence[Remark] = ()


class UnreadableFile(Exception):
    """The file can't be read. `rule` names the reason in the rule table, the details complete its messages.

    `detail` is Vietnamese and written for the sender; what a library says about it belongs into `detail_en`. `given`
    is what the sender calls the thing that was sent, where that is not the detail itself.
    """

    def __init__(self, rule: str, detail: str, detail_en: str, given: str = "") -> None:
        super().__init__(f"{rule}: {detail_en}")
        self.rule = rule
        self.detail = detail
        self.detail_en = detail_en
        self.given = given or detail


def picker(columns: Sequence[int]) -> Callable[[Sequence[CellValue]], Sequence[CellValue]]:
    """A function that gives a row's cells in some columns, `""` where the row is shorter."""
    if len(columns) < 2:
        return lambda cells: [cells[column] if column < len(cells) else "" for column in columns]
    pick, width = itemgetter(*columns), max(columns) + 1

    def picked(cells: Sequence[CellValue]) -> Sequence[CellValue]:
        return cast("Sequence[CellValue]", pick(cells if len(cells) >= width else [*cells, *[""] * width]))

    return picked


@cache
def column_letters(column: int) -> str:
    """Spreadsheet name of a column counted from 0: 0 → `A`, 26 → `AA`."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place(sheet: str, row: int, column: int) -> str:
    """A cell as people name it, `Biểu 04!F17`; row and column are counted from 0."""
    return f"{sheet}!{column_letters(column)}{row + 1}"
