"""A document without sheets as one sheet: paragraphs and tables below one another, each row named as people find it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.readers.cells import CellValue, Place, SheetCells
from pipelines.readers.limits import Limits, too_many_cells

DOCUMENT = "Văn bản"
PARAGRAPH = "Đoạn văn"
# A title block that is set with tabs has its two columns in one paragraph.
_TABS = re.compile(r"\s*\t\s*")


@dataclass(slots=True)
class Table:
    """A table of a document; rows, ranges and places are counted from its own upper left corner."""

    rows: list[list[CellValue]] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    fonts: dict[Place, str] = field(default_factory=dict)
    percent: set[Place] = field(default_factory=set)


@dataclass(slots=True)
class SpanTable:
    """Builds a table from cells that take several rows and columns: each goes to the next free column of its row.

    `refuse` stops a table before it outgrows the limit: a cell may claim a million columns in eight characters.
    """

    limits: Limits
    name: str
    table: Table = field(default_factory=Table)
    _covered: dict[int, int] = field(default_factory=dict)
    _widest: int = 0

    def start_row(self) -> None:
        """The cells that follow belong to a new row; what hangs down from above goes on for one row less."""
        self._covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        self.table.rows.append([])

    def add(self, value: CellValue, row_span: int = 1, column_span: int = 1) -> Place:
        """Adds a cell and gives its place."""
        row, cells = len(self.table.rows) - 1, self.table.rows[-1]
        column = len(cells)
        while column in self._covered:
            column += 1
        self._widest = max(self._widest, column + column_span)
        count = len(self.table.rows) * self._widest
        if count > self.limits.cells:
            raise too_many_cells(self.name, count, self.limits.cells)
        cells.extend([""] * (column - len(cells)))
        cells.extend([value, *[""] * (column_span - 1)])
        if row_span > 1:
            self._covered.update(dict.fromkeys(range(column, column + column_span), row_span))
        if row_span > 1 or column_span > 1:
            self.table.merged.append(((row, column), (row + row_span - 1, column + column_span - 1)))
        return row, column

    def finished(self) -> Table:
        """The table; cells that claim more rows than there are end with it."""
        last = len(self.table.rows) - 1
        self.table.merged = [
            (start, (min(row, last), column))
            for start, (row, column) in self.table.merged
            if start != (min(row, last), column)
        ]
        return self.table


class DocumentRows:
    """Rows of a document in reading order. Raises UnreadableFile over the limit of cells."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows: list[list[CellValue]] = []
        self._names: list[tuple[str, int]] = []
        self._counts: dict[str, int] = {}
        self._all = Table()
        self._cell_count = 0

    def add_paragraph(self, text: str, font: str = "", name: str = PARAGRAPH) -> None:
        """One row; the parts between tabs are cells. A blank paragraph is no row and is not counted."""
        parts = [part for part in _TABS.split(text.strip()) if part]
        if parts:
            fonts = {(0, column): font for column in range(len(parts))} if font else {}
            self._add(name, [list(parts)], self._counts.get(name, 0), fonts)

    def add_table(self, table: Table, name: str = "", first_row: int = 0) -> None:
        """The rows of a table from its `first_row` on; without a name it is the next `Bảng n`."""
        first = len(self._rows)
        if not name:
            self._counts["Bảng"] = self._counts.get("Bảng", 0) + 1
            name = f"Bảng {self._counts['Bảng']}"
        self._add(name, table.rows, first_row, table.fonts)
        self._all.merged += [((r1 + first, c1), (r2 + first, c2)) for (r1, c1), (r2, c2) in table.merged]
        self._all.hidden_rows |= {row + first for row in table.hidden_rows}
        self._all.percent |= {(row + first, column) for row, column in table.percent}

    def _add(self, name: str, rows: list[list[CellValue]], number: int, fonts: Mapping[Place, str]) -> None:
        first = len(self._rows)
        self._cell_count += sum(map(len, rows))
        if self._cell_count > self._limits.cells:
            raise too_many_cells(DOCUMENT, self._cell_count, self._limits.cells)
        self._rows += rows
        self._names += [(name, number + offset) for offset in range(len(rows))]
        self._counts[name] = number + len(rows)
        self._all.fonts.update({(row + first, column): font for (row, column), font in fonts.items()})

    def sheet(self) -> SheetCells:
        """All of it."""
        return SheetCells(
            DOCUMENT,
            self._rows,
            merged=self._all.merged,
            hidden_rows=frozenset(self._all.hidden_rows),
            percent_cells=frozenset(self._all.percent),
            legacy_fonts=self._all.fonts,
            row_names=self._names,
        )
