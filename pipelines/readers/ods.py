"""Reads OpenDocument spreadsheets (ods) from their XML, where repetitions are known before they are written out."""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.readers.archives import ARCHIVE_ERRORS, refuse_hostile_archive
from pipelines.readers.cells import HIDDEN, CellValue, FileCells
from pipelines.readers.limits import Limits, too_deep
from pipelines.readers.office_remarks import reaching_formulas, remarks_on_parts
from pipelines.readers.refusals import damaged, protected
from pipelines.readers.safe_xml import XML_ERRORS, new_parser
from pipelines.readers.sparse_sheet import SparseSheets

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_NUMBERS = frozenset({"float", "percentage", "currency"})
# Notes and drawings on a cell hold paragraphs like the cell itself, and deleted cells are cells too.
_ASIDE = frozenset({"annotation", "custom-shape", "frame", "shapes", "tracked-changes"})
# LibreOffice's limits with its largest sheets.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?")
_ERRORS = (*ARCHIVE_ERRORS, *XML_ERRORS)


def read(data: bytes, limits: Limits) -> FileCells:
    """All sheets, hidden ones included, every cell at its own place. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_hostile_archive(archive, limits)
            names = archive.namelist()
            if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
                raise protected("the manifest says that the parts are encrypted")
            scan = _Scan(limits)
            for part in (_STYLES, _CONTENT):
                if part == _CONTENT or part in names:
                    scan.read(archive.read(part))
            remarks = remarks_on_parts(archive)
    except _ERRORS as error:
        raise damaged(error) from error
    remarks += [reaching_formulas(sheet.name) for sheet in scan.file.sheets if sheet.reaches_out]
    return FileCells("ods", [sheet.cells() for sheet in scan.file.sheets], tuple(remarks))


@dataclass(slots=True)
class _Style:
    font: str = ""
    parent: str = ""
    is_displayed: bool = True


@dataclass(slots=True)
class _Cell:
    """A cell while it is read; it stands in as many columns as it says."""

    known: Mapping[str, str]
    column: int
    count: int
    lines: list[list[str]] = field(default_factory=list)

    def value(self) -> CellValue:
        """Raises ValueError where the value is not of the kind that it says."""
        text = "\n".join("".join(line) for line in self.lines)
        kind = self.known.get("value-type", "")
        # The extension's word goes first: for an error the standard's says that it is a number or a text.
        if "value-type-calcext" in self.known and self.known["value-type-calcext"] == "error":
            return text or "#VALUE!"
        if kind in _NUMBERS:
            number = float(self.known.get("value", ""))
            if not math.isfinite(number):
                raise ValueError("a number without end")
            return number
        if kind == "date":
            return _moment(self.known.get("date-value", ""))
        if kind == "time":
            return _duration(self.known.get("time-value", ""))
        if kind == "boolean":
            return self.known.get("boolean-value") == "true"
        return self.known.get("string-value", text) if kind == "string" else text


class _Scan:
    """Follows the elements of styles.xml and content.xml, which name their styles alike."""

    def __init__(self, limits: Limits) -> None:
        self.file = SparseSheets(limits)
        self._limits = limits
        self._depth = 0
        self._styles: dict[str, _Style] = {}
        self._style = _Style()
        self._row = self._row_count = 0
        self._column = 0
        self._column_styles: list[tuple[int, str]] = []
        self._columns_declared = 0
        self._cells: list[_Cell] = []
        self._cell: _Cell | None = None
        self._aside = 0

    def read(self, xml: bytes) -> None:
        """Reads one part. Raises expat.ExpatError, ValueError, UnreadableFile."""
        parser = new_parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limits.nesting:
            raise too_deep(self._limits.nesting)
        tag = name.rpartition(":")[2]
        known = {key.rpartition(":")[2]: value for key, value in attributes.items() if not key.startswith("calcext:")}
        if "calcext:value-type" in attributes:
            known["value-type-calcext"] = attributes["calcext:value-type"]
        if self._aside or tag in _ASIDE:
            self._aside += 1
            return
        handler = getattr(self, f"_start_{tag.replace('-', '_')}", None)
        if handler is not None:
            handler(known)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._aside:
            self._aside -= 1
            return
        tag = name.rpartition(":")[2]
        if tag in ("table-cell", "covered-table-cell"):
            self._cell = None
        elif tag == "table-row" and self.file.sheets:
            self._finish_row()

    def _text(self, piece: str) -> None:
        if self._cell is not None and self._cell.lines and not self._aside:
            self._cell.lines[-1].append(piece)

    def _start_style(self, known: Mapping[str, str]) -> None:
        self._style = _Style(parent=known.get("parent-style-name", ""))
        self._styles[known.get("name", "")] = self._style

    def _start_text_properties(self, known: Mapping[str, str]) -> None:
        self._style.font = known.get("font-name") or known.get("font-family", "").strip("'\"")

    def _start_table_properties(self, known: Mapping[str, str]) -> None:
        self._style.is_displayed = known.get("display") != "false"

    def _start_table(self, known: Mapping[str, str]) -> None:
        sheet = self.file.start(known.get("name", ""))
        if not self._styles.get(known.get("style-name", ""), _Style()).is_displayed:
            sheet.visibility = HIDDEN
        self._row = self._columns_declared = 0
        self._column_styles = []

    def _start_table_column(self, known: Mapping[str, str]) -> None:
        first, count = self._columns_declared, _count(known, "number-columns-repeated", _MOST_COLUMNS)
        self._columns_declared = min(first + count, _MOST_COLUMNS)
        self._column_styles.append((self._columns_declared, known.get("default-cell-style-name", "")))
        if known.get("visibility", "visible") != "visible" and self.file.sheets:
            self.file.sheets[-1].hidden_columns.update(range(first, self._columns_declared))

    def _start_table_row(self, known: Mapping[str, str]) -> None:
        self._row_count = _count(known, "number-rows-repeated", _MOST_ROWS)
        self._column, self._cells = 0, []
        if known.get("visibility", "visible") != "visible" and self.file.sheets:
            last = min(self._row + self._row_count, _MOST_ROWS)
            self.file.sheets[-1].hidden_rows.update(range(self._row, last))

    def _start_table_cell(self, known: Mapping[str, str]) -> None:
        count = _count(known, "number-columns-repeated", _MOST_COLUMNS)
        self._cell = _Cell(known, self._column, count)
        self._column += count
        rows = _count(known, "number-rows-spanned", _MOST_ROWS)
        columns = _count(known, "number-columns-spanned", _MOST_COLUMNS)
        if (rows > 1 or columns > 1) and self.file.sheets:
            start = (self._row, self._cell.column)
            self.file.sheets[-1].merged.append((start, (start[0] + rows - 1, start[1] + columns - 1)))
        self._cells.append(self._cell)

    def _start_covered_table_cell(self, known: Mapping[str, str]) -> None:
        """What lies under a joined cell is not shown, even if it still holds something."""
        self._column += _count(known, "number-columns-repeated", _MOST_COLUMNS)

    def _start_p(self, _known: Mapping[str, str]) -> None:
        if self._cell is not None:
            self._cell.lines.append([])

    def _start_s(self, known: Mapping[str, str]) -> None:
        self._text(" " * _count(known, "c", 1000))

    def _start_tab(self, _known: Mapping[str, str]) -> None:
        self._text("\t")

    def _start_line_break(self, _known: Mapping[str, str]) -> None:
        self._text("\n")

    def _finish_row(self) -> None:
        """Writes the row out as often as it is repeated, if there is anything in it."""
        filled = [(cell, cell.value()) for cell in self._cells]
        for cell, value in filled:
            formula = cell.known.get("formula", "").partition("=")[2]
            if value == "" and not formula:
                continue
            is_percent, font = cell.known.get("value-type") == "percentage", self._font(cell)
            is_calculated = value != "" or "value-type" in cell.known
            # The far corner first: what is too large is refused before any of it is written.
            for row in range(self._row + self._row_count - 1, self._row - 1, -1):
                for column in range(cell.column + cell.count - 1, cell.column - 1, -1):
                    if is_calculated:
                        self.file.put((row, column), value, is_percent, font)
                    if formula:
                        self.file.put_formula((row, column), f"={formula}")
        self._row += self._row_count
        self._cells = []

    def _font(self, cell: _Cell) -> str:
        """By the cell's own style, else by its column's."""
        name = cell.known.get("style-name") or next(
            (style for end, style in self._column_styles if cell.column < end), ""
        )
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            if font := self._styles[name].font:
                return font
            seen.add(name)
            name = self._styles[name].parent
        return ""


def _count(known: Mapping[str, str], name: str, most: int) -> int:
    """A repetition or span; raises ValueError for one that no sheet has room for."""
    count = int(known.get(name, 1))
    if not 1 <= count <= most:
        raise ValueError(f"{name} is {count}")
    return count


def _moment(text: str) -> datetime.date | datetime.datetime:
    moment = datetime.datetime.fromisoformat(text[:19])
    return moment.date() if moment.time() == datetime.time() else moment


def _duration(text: str) -> datetime.time | datetime.timedelta:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(f"no time: {text[:40]!r}")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    duration = datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return datetime.time(hours, minutes, seconds) if max(hours // 24, minutes // 60, seconds // 60) == 0 else duration
