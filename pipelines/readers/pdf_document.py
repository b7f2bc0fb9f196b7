"""A PDF's pages as rows: ruled tables by their lines, joined over page breaks; everything else as lines of text."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pdfplumber.utils.text import extract_text

from pipelines.readers.cells import SheetCells, UnreadableFile
from pipelines.readers.document_rows import DocumentRows, Table
from pipelines.readers.limits import Limits, too_many_pages
from pipelines.readers.pdf_lines import Aligned, Line, lines_of, with_aligned_tables
from pipelines.readers.refusals import damaged, protected, scanned
from pipelines.readers.xlsx_styles import is_legacy_font

# What pdfplumber and pdfminer raise of their own, then what pdfminer lets through on damaged files: lookups of objects
# that are not there, references in circles, numbers and streams that are none.
_ERRORS = (
    PdfminerException,
    MalformedPDFException,
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    OSError,
    struct.error,
    zlib.error,
)
_UNKNOWN_LETTER = re.compile(r"\(cid:\d+\)")
_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–]?\s*\d{1,4}\s*(?:[/|]\s*\d{1,4}\s*)?[-–]?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
# Points (1/72 inch): lines this close to one another are one, and columns that move less are the same.
_SAME, _SAME_COLUMN = 1.5, 4.0
_MARGIN = 0.1
_FULL_PAGE = 0.8
_MOST_UNKNOWN = 0.05
_END, _END_BYTES = b"%%EOF", 2048
# Letters closer than this share of their size belong to one word.
_WORD_GAP = 0.2


def read_document(data: bytes, limits: Limits) -> SheetCells:
    """The pages as one sheet.

    Raises UnreadableFile, also for a file without its end, where a row may be missing; MemoryError over the limit.
    """
    if _END not in data[-_END_BYTES:]:
        raise damaged("the end of the file is missing")
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > limits.pages:
                raise too_many_pages(len(pdf.pages), limits.pages)
            return _Document(limits).read(pdf.pages)
    except _ERRORS as error:
        causes = (error, error.__cause__, error.__context__, *error.args)
        if any(isinstance(cause, MemoryError) for cause in causes):
            # pdfplumber wraps this one too; the parent knows what it means when the process ends with it.
            raise MemoryError from error
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
            raise protected() from error
        raise damaged(error) from error


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A ruled table where it stands; `columns` are the left edges of its columns."""

    top: float
    bottom: float
    columns: tuple[float, ...]
    table: Table


class _Document:
    def __init__(self, limits: Limits) -> None:
        self._rows = DocumentRows(limits)
        self._last: _Ruled | None = None
        self._margins: set[str] = set()

    def read(self, pages: Sequence[Page]) -> SheetCells:
        letters = unknown = 0
        pictures = 0
        for page in pages:
            text = "".join(char["text"] for char in page.chars)
            unknown += len(_UNKNOWN_LETTER.findall(text))
            letters += len(page.chars)
            pictures += _is_picture(page)
            self._read_page(page)
            # The page's objects are kept otherwise until the document is closed.
            page.close()
        if not letters or pictures == len(pages):
            raise scanned("bản quét lưu thành PDF", "a scan saved as PDF")
        if unknown > _MOST_UNKNOWN * letters:
            detail = "chữ trong PDF không kèm bảng mã nên không đọc được; gửi tệp Excel hoặc Word gốc"
            raise UnreadableFile("unreadable_file", detail, f"{unknown} of {letters} letters have no Unicode")
        return self._rows.sheet()

    def _read_page(self, page: Page) -> None:
        tables = _ruled_tables(page)
        words = page.extract_words(x_tolerance_ratio=_WORD_GAP, extra_attrs=["fontname"])
        outside = [word for word in words if not any(_is_inside(word, table) for table in tables)]
        lines = [line for line in lines_of(_cleaned(outside)) if not self._is_margin(line, page)]
        blocks: list[Line | Aligned | _Ruled] = [*with_aligned_tables(lines), *tables]
        count = 0
        for number, block in enumerate(sorted(blocks, key=lambda item: item.top)):
            if isinstance(block, Line):
                self._add_line(block, page.page_number)
                continue
            count += 1
            self._add_table(block, f"Trang {page.page_number}, bảng {count}", is_first=number == 0)

    def _is_margin(self, line: Line, page: Page) -> bool:
        """A page number, or a line at the edge of the page that an earlier page had too."""
        height = float(page.height)
        if _MARGIN * height < line.top and line.bottom < (1 - _MARGIN) * height:
            return False
        text = " ".join(part.text for part in line.texts)
        known = f"{round(line.top)} {_DIGITS.sub('0', text)}"
        is_known = known in self._margins
        self._margins.add(known)
        return is_known or _PAGE_NUMBER.fullmatch(text.strip()) is not None

    def _add_line(self, line: Line, page_number: int) -> None:
        self._last = None
        font = next((font for part in line.texts if (font := _legacy(part.font))), "")
        text = "\t".join(part.text for part in line.texts)
        self._rows.add_paragraph(text, font, f"Trang {page_number}, đoạn văn")

    def _add_table(self, block: Aligned | _Ruled, name: str, is_first: bool) -> None:
        """A table at the top of a page with the columns of the one before goes on with it, without its header."""
        table, repeated = block.table, 0
        table.fonts = {place: font for place, name in table.fonts.items() if (font := _legacy(name))}
        if isinstance(block, Aligned):
            self._last = None
        else:
            if is_first and self._last is not None and _same_columns(block.columns, self._last.columns):
                repeated = _repeated_rows(self._last.table, table)
                self._last = _Ruled(block.top, block.bottom, block.columns, self._last.table)
            else:
                self._last = block
        self._rows.add_table(_without_first(table, repeated), name, first_row=repeated)


def _is_picture(page: Page) -> bool:
    """A page that is one picture, with or without words that a machine made out in it: no word of those is certain."""
    area = float(page.width) * float(page.height)
    return any(image["width"] * image["height"] >= _FULL_PAGE * area for image in page.images)


def _ruled_tables(page: Page) -> list[_Ruled]:
    """Tables of two cells or more; a frame around a text is none."""
    return [_ruled(found.cells, page) for found in page.find_tables() if len(found.cells) > 1]


def _ruled(cells: Sequence[tuple[float, float, float, float]], page: Page) -> _Ruled:
    lefts = _edges([edge for x0, _, x1, _ in cells for edge in (x0, x1)])
    tops = _edges([edge for _, top, _, bottom in cells for edge in (top, bottom)])
    table = Table([[""] * (len(lefts) - 1) for _ in range(len(tops) - 1)])
    chars = [char for char in page.chars if tops[0] <= _middle(char)[1] <= tops[-1]]
    for x0, top, x1, bottom in cells:
        start = (_nearest(tops, top), _nearest(lefts, x0))
        end = (_nearest(tops, bottom) - 1, _nearest(lefts, x1) - 1)
        inside = [char for char in chars if x0 <= _middle(char)[0] < x1 and top <= _middle(char)[1] < bottom]
        if start[0] >= len(table.rows) or start[1] >= len(table.rows[0]):
            continue
        table.rows[start[0]][start[1]] = _text(inside)
        if inside:
            table.fonts[start] = inside[0]["fontname"]
        if start != end and end >= start:
            table.merged.append((start, end))
    return _Ruled(tops[0], tops[-1], tuple(lefts), table)


def _text(chars: list[dict[str, Any]]) -> str:
    return _clean(extract_text(chars, x_tolerance_ratio=_WORD_GAP)) if chars else ""


def _cleaned(words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**word, "text": _clean(word["text"])} for word in words]


def _clean(text: str) -> str:
    """Composed, and without what damaged fonts name as letters: halves of surrogate pairs, zeros."""
    whole = text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
    return unicodedata.normalize("NFC", whole.replace("\x00", ""))


def _edges(values: Sequence[float]) -> list[float]:
    """The different edges; those that drawing has put a hair apart are one."""
    ordered = sorted(values)
    return ordered[:1] + [right for left, right in pairwise(ordered) if right - left > _SAME]


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))


def _middle(item: dict[str, Any]) -> tuple[float, float]:
    return (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2


def _is_inside(word: dict[str, Any], table: _Ruled) -> bool:
    x, y = _middle(word)
    return table.top <= y <= table.bottom and table.columns[0] <= x <= table.columns[-1]


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(
        abs(left - right) <= _SAME_COLUMN for left, right in zip(one, other, strict=True)
    )


def _repeated_rows(first: Table, continued: Table) -> int:
    """How many rows at the top of a continued table are its header again."""
    count = 0
    while count < min(len(first.rows), len(continued.rows)) and first.rows[count] == continued.rows[count]:
        count += 1
    return count


def _without_first(table: Table, count: int) -> Table:
    return Table(
        table.rows[count:],
        [((r1 - count, c1), (r2 - count, c2)) for (r1, c1), (r2, c2) in table.merged if r1 >= count],
        fonts={(row - count, column): font for (row, column), font in table.fonts.items() if row >= count},
    )


def _legacy(font: str) -> str:
    """A font from before Unicode; in a PDF its name may follow six letters and a plus."""
    name = font.partition("+")[2] or font
    return name if is_legacy_font(name) else ""
