"""A report as the bytes of every format that is read; the same report gives the same bytes on every day."""

from __future__ import annotations

import io
import re
import textwrap
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

from bench.mutations.reports import Report, Sheet, form, own_table
from tests.corpus import documents, paper, spreadsheets
from tests.corpus.documents import shown
from tests.corpus.grids import Cell, Grid
from tests.readers.workbooks import packed, unpacked

_BODY = "word/document.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?(?=</)")
_SETTLED = b"2026-02-13T08:00:00Z"
# Room for a table on the page, and for a letter of its font, in points.
_PAPER_WIDTH, _LETTER_WIDTH = 762, 4.5
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def settled(content: bytes) -> bytes:
    """An archive without the moments at which it was written."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            part = archive.read(entry)
            if entry.filename in ("docProps/core.xml", "meta.xml"):
                part = _MOMENT.sub(_SETTLED, part)
            parts.append((entry.filename, part))
    return zipped(parts)


def zipped(parts: list[tuple[str, bytes]]) -> bytes:
    """An archive of these parts in this order; a name may come twice."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compresslevel=1) as archive:
        warnings.simplefilter("ignore", UserWarning)
        for name, part in parts:
            # ODF wants the type of the document readable without unpacking.
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), part, packing)
    return target.getvalue()


def _blocks(sheet: Sheet) -> list[str | Grid]:
    """Title lines as paragraphs, then the table; what stands below it are paragraphs again."""
    grid, first = sheet.grid, sheet.header_rows[0]
    last = max(
        (row for row in range(len(grid.rows)) if len([c for c in grid.rows[row] if c is not None]) > 2), default=0
    )
    merges = [
        (top - first, left, bottom - first, right)
        for top, left, bottom, right in grid.merges
        if first <= top and bottom <= last
    ]
    table = Grid(grid.name, grid.rows[first : last + 1], merges)
    return [*_lines(grid, range(first)), table, *_lines(grid, range(last + 1, len(grid.rows)))]


def _lines(grid: Grid, rows: range) -> list[str]:
    return [shown(cell) for row in rows for cell in grid.rows[row] if cell is not None]


@cache
def _empty_document() -> dict[str, bytes]:
    return unpacked(documents.word())


def _word(report: Report) -> bytes:
    """Written by hand: python-docx takes a second and a half to join the cells of three tables."""
    blocks = [block for sheet in report.sheets for block in _blocks(sheet)]
    body = "".join(_paragraph(block) if isinstance(block, str) else _word_table(block) for block in blocks)
    parts = _empty_document()
    document = re.sub(
        r"(<w:body>).*?(<w:sectPr)", lambda found: found[1] + body + found[2], parts[_BODY].decode(), flags=re.DOTALL
    )
    return settled(packed({**parts, _BODY: document.encode()}))


def _paragraph(text: str) -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p><w:r>{lines}</w:r></w:p>"


def _word_table(grid: Grid) -> str:
    width = max(len(row) for row in grid.rows)
    spans = {(merge[0], merge[1]): merge for merge in grid.merges}
    below = {(row, merge[1]): merge for merge in grid.merges for row in range(merge[0] + 1, merge[2] + 1)}
    lines = []
    for row, cells in enumerate(grid.rows):
        line, column = "", 0
        while column < width:
            merge = spans.get((row, column)) or below.get((row, column)) or (row, column, row, column)
            across = merge[3] - column + 1
            joined = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            if merge[2] > merge[0]:
                joined += '<w:vMerge w:val="restart"/>' if row == merge[0] else "<w:vMerge/>"
            text = shown(cells[column]) if column < len(cells) else ""
            line += f"<w:tc><w:tcPr>{joined}</w:tcPr>{_paragraph(text)}</w:tc>"
            column += across
        lines.append(f"<w:tr>{line}</w:tr>")
    columns = "<w:gridCol/>" * width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _pdf(report: Report) -> bytes:
    pages = ([_wrapped(block) for block in _blocks(sheet)] for sheet in report.sheets)
    return paper.pdf(*pages)


def _wrapped(block: str | Grid) -> str | Grid:
    """Long texts broken into lines, so that none runs into the cell beside it."""
    if isinstance(block, str):
        return block
    letters = int((_PAPER_WIDTH / max(len(row) for row in block.rows) - 6) / _LETTER_WIDTH)
    rows: list[list[Cell]] = [
        ["\n".join(textwrap.wrap(cell, letters)) if isinstance(cell, str) else cell for cell in row or [None]]
        for row in block.rows
    ]
    return block.with_(rows=rows)


def _csv(report: Report) -> str:
    return documents.csv_text(report.sheets[0].grid, ";")


@cache
def _learn_names() -> None:
    """odfpy declares in a file the names that it has met so far: from the second file on they are the same."""
    spreadsheets.ods(*form().grids)


def _ods(report: Report) -> bytes:
    _learn_names()
    return settled(spreadsheets.ods(*report.grids))


def _cp1258(report: Report) -> bytes:
    """Signs that the code page lacks become question marks, as Windows writes them."""
    return b"".join(_letter(letter) for letter in unicodedata.normalize("NFC", _csv(report)))


@cache
def _letter(letter: str) -> bytes:
    try:
        return documents.cp1258(letter)
    except UnicodeEncodeError:
        return b"?"


Writer = Callable[[Report], bytes]
WRITERS: Mapping[str, Writer] = {
    "xlsx": lambda report: settled(spreadsheets.xlsx(*report.grids)),
    "xlsm": lambda report: settled(spreadsheets.with_macros(spreadsheets.xlsx(*report.grids))),
    "xls": lambda report: spreadsheets.xls(*report.grids),
    "ods": _ods,
    "csv utf-8": lambda report: _csv(report).encode("utf-8-sig"),
    "csv cp1258": _cp1258,
    "docx": _word,
    "pdf": _pdf,
    "html": lambda report: documents.html(report.sheets[0].grid),
    "xml 2003": lambda report: documents.xml_2003(report.sheets[0].grid),
}
ENDINGS: Mapping[str, str] = {"html": "xls", "xml 2003": "xls", "csv utf-8": "csv", "csv cp1258": "csv"}
ONE_SHEET = ("csv utf-8", "csv cp1258", "pdf", "html", "xml 2003")


@dataclass(frozen=True)
class Original:
    """A right file: its report, its format, and how often it is taken for damaging, against the others."""

    report: Report
    format: str
    weight: int

    @property
    def ending(self) -> str:
        """The ending of the file's name."""
        return ENDINGS.get(self.format, self.format)

    def content(self) -> bytes:
        """The right file."""
        if self.report.content and self.format == "xlsx":
            return settled(self.report.content)
        return WRITERS[self.format](self.report)


# PDF and Word take longest; xlsx is what nearly everybody sends.
_WEIGHTS = {"xlsx": 5, "csv utf-8": 4, "csv cp1258": 3, "xls": 3, "ods": 3, "html": 3, "xml 2003": 3}


def originals() -> list[Original]:
    """Both reports in every format; where one sheet is all that it holds, two of their sheets."""
    found = []
    for name in WRITERS:
        whole = [form(), own_table()]
        reports = [form().part(1), own_table().part(0)] if name in ONE_SHEET else whole
        found += [Original(report, name, _WEIGHTS.get(name, 1)) for report in reports]
    return found
