"""Reads Word documents (docx, docm): paragraphs and tables in their order, straight from the XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from pipelines.readers.archives import ARCHIVE_ERRORS, refuse_hostile_archive
from pipelines.readers.cells import FileCells
from pipelines.readers.document_rows import PARAGRAPH, DocumentRows, Table
from pipelines.readers.limits import Limits, too_many_cells
from pipelines.readers.marked_text import Mark, Piece, written
from pipelines.readers.office_remarks import remarks_on_parts
from pipelines.readers.refusals import damaged
from pipelines.readers.safe_xml import XML_ERRORS, tree
from pipelines.readers.word_marks import WordMarks
from pipelines.readers.word_styles import WordFonts, WordNumbers, attribute, child, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_DOCUMENT = re.compile(r"word/document\d*\.xml")
_MARGINS = ((re.compile(r"word/header\d*\.xml"), "Đầu trang"), (re.compile(r"word/footer\d*\.xml"), "Chân trang"))
# Deleted under change tracking, said twice for old programs, or settings: none of it is what the page shows.
_NOT_SHOWN = frozenset({"del", "moveFrom", "Fallback", "rPr", "pPr", "tblPr", "tblGrid", "sdtPr", "instrText"})
_AROUND_BLOCKS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Ticks are typed as symbols of a picture font, by number.
_SYMBOLS = {"F0FC": "✓", "F0FB": "✗", "F0FE": "☑", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F050": "✓", "F052": "☑"}
_ERRORS = (*ARCHIVE_ERRORS, *XML_ERRORS, etree.LxmlError)


def read(data: bytes, limits: Limits) -> FileCells:
    """The document as one sheet. Text deleted under change tracking is left out, inserted text is read.

    A table inside a cell follows as a table of its own. Raises UnreadableFile.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_hostile_archive(archive, limits)
            document = _Document(archive, limits)
            document.read()
            return FileCells("docx", [document.rows.sheet()], tuple(remarks_on_parts(archive)))
    except _ERRORS as error:
        raise damaged(error) from error


class _Document:
    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.rows = DocumentRows(limits)
        self._archive = archive
        self._limits = limits
        self._body = self._part(next(filter(_DOCUMENT.fullmatch, archive.namelist())))
        styles, numbers = (self._part(f"word/{name}.xml") for name in ("styles", "numbering"))
        self._fonts = WordFonts(self._body, styles)
        self._numbers = WordNumbers(numbers)
        self._marks = WordMarks(styles)

    def _part(self, name: str) -> _Element | None:
        return tree(self._archive.read(name), self._limits) if name in self._archive.namelist() else None

    def read(self) -> None:
        """Headers and footers of the pages come first: some put the agency or the day there."""
        for pattern, name in _MARGINS:
            for part in sorted(filter(pattern.fullmatch, self._archive.namelist())):
                self._read_blocks(self._part(part), name)
        body = child(self._body, "body")
        if body is None:
            raise ValueError("the document has no body")
        self._read_blocks(body, PARAGRAPH)

    def _read_blocks(self, container: _Element | None, name: str) -> None:
        for block in _blocks(container):
            if tag(block) == "tbl":
                self._read_table(block)
            else:
                text, boxes = self._paragraph(block)
                self.rows.add_paragraph(text, self._fonts.legacy_font(block), name)
                for box in boxes:
                    self._read_blocks(box, name)

    def _paragraph(self, paragraph: _Element) -> tuple[str, list[_Element]]:
        """Its text, and the text boxes that hang on it. An automatic number counts where nothing else is written."""
        pieces: list[Piece] = []
        boxes: list[_Element] = []
        self._collect(paragraph, paragraph, Mark(), pieces, boxes)
        number = self._numbers.next_label(paragraph)
        text = written(pieces)
        return (text if text.strip() else number), boxes

    def _collect(
        self, element: _Element, paragraph: _Element, mark: Mark, pieces: list[Piece], boxes: list[_Element]
    ) -> None:
        for part in element:
            name = tag(part)
            if name == "t":
                pieces.append(Piece(part.text or "", mark))
            elif name in _CHARACTERS:
                pieces.append(Piece(_CHARACTERS[name], mark))
            elif name == "sym":
                pieces.append(Piece(_SYMBOLS.get((attribute(part, "char") or "").upper(), "•"), mark))
            elif name == "txbxContent":
                boxes.append(part)
            elif name not in _NOT_SHOWN:
                inside = self._marks.of_run(part, paragraph) if name == "r" else mark
                self._collect(part, paragraph, inside, pieces, boxes)

    def _read_table(self, element: _Element) -> None:
        table, nested = Table(), []
        hanging: dict[int, int] = {}
        for row in (block for block in _blocks(element, "tr") if not _is_deleted(block)):
            nested += self._read_row(row, table, hanging)
            width = max(map(len, table.rows))
            if len(table.rows) * width > self._limits.cells:
                raise too_many_cells("Bảng", len(table.rows) * width, self._limits.cells)
        table.merged = [(start, end) for start, end in table.merged if start != end]
        self.rows.add_table(table)
        for inner in nested:
            self._read_table(inner)

    def _read_row(self, row: _Element, table: Table, hanging: dict[int, int]) -> list[_Element]:
        """Adds one row; `hanging` gives, by column, the range that a cell joined downwards goes on with."""
        number, nested = len(table.rows), []
        properties = child(row, "trPr")
        table.rows.append([""] * min(_number(properties, "gridBefore", 0), self._limits.cells))
        cells = table.rows[-1]
        if child(properties, "hidden") is not None:
            table.hidden_rows.add(number)
        for cell in _blocks(row, "tc"):
            column, settings = len(cells), child(cell, "tcPr")
            span = max(1, _number(settings, "gridSpan", 1))
            if column + span > self._limits.cells:
                raise too_many_cells("Bảng", column + span, self._limits.cells)
            joined = child(settings, "vMerge")
            text, font, tables = self._cell(cell)
            nested += tables
            goes_on = joined is not None and attribute(joined, "val") != "restart" and column in hanging
            if goes_on:
                start, (_, last) = table.merged[hanging[column]]
                table.merged[hanging[column]] = (start, (number, last))
            else:
                hanging.pop(column, None)
                if joined is not None:
                    hanging[column] = len(table.merged)
                table.merged.append(((number, column), (number, column + span - 1)))
                if font:
                    table.fonts[number, column] = font
            cells.extend(["" if goes_on else text, *[""] * (span - 1)])
        return nested

    def _cell(self, cell: _Element) -> tuple[str, str, list[_Element]]:
        """Text, font from before Unicode, tables inside."""
        lines, tables, font = [], [], ""
        for block in _blocks(cell):
            if tag(block) == "tbl":
                tables.append(block)
                continue
            text, boxes = self._paragraph(block)
            font = font or (self._fonts.legacy_font(block) if text.strip() else "")
            lines.append(text)
            for box in boxes:
                inner = self._cell(box)
                lines.append(inner[0])
                tables += inner[2]
        return "\n".join(line.strip() for line in lines if line.strip()), font, tables


def _blocks(container: _Element | None, *wanted: str) -> Iterator[_Element]:
    """Paragraphs and tables (or what else is wanted) of a container, out of whatever is wrapped around them."""
    for element in container if container is not None else ():
        name = tag(element)
        if name in (wanted or ("p", "tbl")):
            yield element
        elif name in _AROUND_BLOCKS:
            yield from _blocks(element, *wanted)


def _is_deleted(row: _Element) -> bool:
    return child(child(row, "trPr"), "del") is not None


def _number(properties: _Element | None, name: str, default: int) -> int:
    element = child(properties, name)
    return default if element is None else max(0, int(attribute(element, "val") or default))
