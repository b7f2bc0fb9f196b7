"""Reads workbooks saved as "XML Spreadsheet 2003", usually named .xls."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.readers.cells import HIDDEN, VERY_HIDDEN, VISIBLE, CellValue, FileCells
from pipelines.readers.limits import Limits, too_deep
from pipelines.readers.office_remarks import reaching_formulas
from pipelines.readers.refusals import damaged
from pipelines.readers.safe_xml import XML_ERRORS, new_parser
from pipelines.readers.sparse_sheet import SparseSheets
from pipelines.readers.xlsx_styles import is_percent_format

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_VISIBILITY = {"SheetHidden": HIDDEN, "SheetVeryHidden": VERY_HIDDEN}
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?")
# A time of day is written as the last day of the century before last.
_NO_DAY = datetime.date(1899, 12, 31)


def read(data: bytes, limits: Limits) -> FileCells:
    """All worksheets, hidden ones included, every cell at its own place. Raises UnreadableFile."""
    scan = _Scan(limits)
    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    parser.buffer_text = True
    try:
        parser.Parse(data.lstrip(), True)
    except XML_ERRORS as error:
        raise damaged(error) from error
    remarks = tuple(reaching_formulas(sheet.name) for sheet in scan.file.sheets if sheet.reaches_out)
    return FileCells("spreadsheet_xml", [sheet.cells() for sheet in scan.file.sheets], remarks)


@dataclass(slots=True)
class _Style:
    is_percent: bool = False
    font: str = ""


class _Scan:
    """Follows the elements; `Index` jumps forward, cells joined to the right take the columns they cover."""

    def __init__(self, limits: Limits) -> None:
        self.file = SparseSheets(limits)
        self._limits = limits
        self._depth = 0
        self._styles: dict[str, _Style] = {}
        self._style = _Style()
        self._place = (-1, -1)
        self._next_column = 0
        self._column = 0
        self._cell: Mapping[str, str] = {}
        self._kind = ""
        self._pieces: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limits.nesting:
            raise too_deep(self._limits.nesting)
        tag = name.rpartition(":")[2]
        known = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        handler = getattr(self, f"_start_{tag.lower()}", None)
        if handler is not None:
            handler(known)

    def end(self, name: str) -> None:
        self._depth -= 1
        tag = name.rpartition(":")[2]
        if tag == "Data" and self._pieces is not None:
            self._take("".join(self._pieces))
        elif tag == "Visible" and self._pieces is not None and self.file.sheets:
            self.file.sheets[-1].visibility = _VISIBILITY.get("".join(self._pieces).strip(), VISIBLE)
        elif tag == "Cell":
            self._finish_cell()
        if tag in ("Data", "Visible"):
            self._pieces = None

    def text(self, piece: str) -> None:
        """Text inside a cell's data, formatted or not."""
        if self._pieces is not None:
            self._pieces.append(piece)

    def _start_style(self, known: Mapping[str, str]) -> None:
        parent = self._styles.get(known.get("Parent", "Default"), _Style())
        self._style = _Style(parent.is_percent, parent.font)
        self._styles[known.get("ID", "")] = self._style

    def _start_font(self, known: Mapping[str, str]) -> None:
        """A style's font, or one inside formatted text: only the first is the cell's."""
        if not self.file.sheets and "FontName" in known:
            self._style.font = known["FontName"]

    def _start_numberformat(self, known: Mapping[str, str]) -> None:
        code = known.get("Format", "")
        self._style.is_percent = code == "Percent" or is_percent_format(code)

    def _start_worksheet(self, known: Mapping[str, str]) -> None:
        self.file.start(known.get("Name", ""))
        self._place, self._column = (-1, -1), 0

    def _start_visible(self, _known: Mapping[str, str]) -> None:
        self._pieces = []

    def _start_column(self, known: Mapping[str, str]) -> None:
        first = int(known.get("Index", self._column + 1)) - 1
        if first < self._column:
            raise ValueError(f"column {first + 1} comes after column {self._column}")
        self._column = first + int(known.get("Span", 0)) + 1
        if known.get("Hidden") == "1" and self.file.sheets:
            self.file.sheets[-1].hidden_columns.update(range(first, min(self._column, _MOST_COLUMNS)))

    def _start_row(self, known: Mapping[str, str]) -> None:
        row = int(known.get("Index", self._place[0] + 2)) - 1
        last = row + int(known.get("Span", 0))
        if not self._place[0] < row <= last < _MOST_ROWS:
            raise ValueError(f"row {row + 1} can't come after row {self._place[0] + 1}")
        if known.get("Hidden") == "1" and self.file.sheets:
            self.file.sheets[-1].hidden_rows.update(range(row, last + 1))
        self._place, self._next_column = (last, -1), 0

    def _start_cell(self, known: Mapping[str, str]) -> None:
        column = int(known.get("Index", self._next_column + 1)) - 1
        across, down = int(known.get("MergeAcross", 0)), int(known.get("MergeDown", 0))
        if not self._next_column <= column <= column + across < _MOST_COLUMNS or not 0 <= down < _MOST_ROWS:
            raise ValueError(f"column {column + 1} can't come after column {self._next_column}")
        self._place, self._next_column = (self._place[0], column), column + across + 1
        self._cell, self._kind = known, ""
        if (across or down) and self.file.sheets:
            row = self._place[0]
            self.file.sheets[-1].merged.append(((row, column), (row + down, column + across)))

    def _start_data(self, known: Mapping[str, str]) -> None:
        self._kind, self._pieces = known.get("Type", "String"), []

    def _take(self, text: str) -> None:
        """A comment's text is Data too, inside the cell after its own: the first counts."""
        if not self.file.sheets or self._place in self.file.sheets[-1].values or (not text and self._kind != "String"):
            return
        style = self._styles.get(self._cell.get("StyleID", "Default"), _Style())
        value = _value(self._kind, text)
        if value != "" or self._cell.get("Formula"):
            self.file.put(self._place, value, style.is_percent, style.font)

    def _finish_cell(self) -> None:
        formula = self._cell.get("Formula", "")
        if formula and self.file.sheets:
            self.file.put_formula(self._place, formula)
        self._cell = {}


def _value(kind: str, text: str) -> CellValue:
    """Raises ValueError where the text is not of the kind that it says."""
    if kind == "Number":
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(f"no number: {text[:40]!r}")
        return number
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        found = _DATE.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"no date: {text[:40]!r}")
        moment = datetime.datetime.fromisoformat(found[1])
        if moment.date() == _NO_DAY:
            return moment.time()
        return moment.date() if moment.time() == datetime.time() else moment
    return text
