"""Reads Excel 97-2003 workbooks (xls): everything by xlrd, which also tells formats, fonts and hidden rows."""

from __future__ import annotations

import datetime
import io
import re
import struct
from collections.abc import Iterator

import xlrd
from xlrd.biffh import XL_CELL_BLANK, XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_EMPTY, XL_CELL_ERROR, XL_CELL_TEXT
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet

from pipelines.readers.cells import HIDDEN, VERY_HIDDEN, VISIBLE, CellValue, FileCells, Place, Remark, SheetCells
from pipelines.readers.limits import Limits, too_many_cells
from pipelines.readers.office_remarks import macros
from pipelines.readers.refusals import damaged, protected
from pipelines.readers.xlsx_styles import WatchedStyles, is_legacy_font, is_percent_format, with_styles

# The day after 31/12/9999.
_END_OF_CALENDAR = 2_958_466
_VISIBILITY = {0: VISIBLE, 1: HIDDEN, 2: VERY_HIDDEN}
_EMPTY = (XL_CELL_EMPTY, XL_CELL_BLANK)
_FORMULA = 0x0006
# A formula's result where it is an empty text; programs that never calculate write it for every formula.
_EMPTY_RESULT = re.compile(rb"\x03.{5}\xff\xff", re.DOTALL)
# xlrd checks little of what a record says: on damaged files it unpacks too few bytes (struct), looks up formats, fonts
# and strings that are not there (Index, Key, Attribute, Type), fails its own assertions, decodes what is no text
# (Value, Lookup), follows a directory that leads in circles (Recursion), or meets a count too large (Overflow, Memory).
_ERRORS = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


def read(data: bytes, limits: Limits) -> FileCells:
    """All sheets, hidden ones included, every cell at its own place; macros never run. Raises UnreadableFile."""
    try:
        # One sheet after the other, rows only as long as they are: an empty rectangle costs nothing.
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            sheets = list(_sheets(book, limits))
    except _ERRORS as error:
        if isinstance(error, xlrd.XLRDError) and "encrypted" in str(error).lower():
            raise protected(str(error)) from error
        raise damaged(error) from error
    return FileCells("xls", sheets, _remarks(data))


def _remarks(data: bytes) -> tuple[Remark, ...]:
    return (macros(),) if "_VBA_PROJECT".encode("utf-16-le") in data else ()


def _sheets(book: Book, limits: Limits) -> Iterator[SheetCells]:
    watched, is_calculated = _watched(book), _is_calculated(book)
    cell_count = 0
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        width = max((sheet.row_len(row) for row in range(sheet.nrows)), default=0)
        cell_count += sheet.nrows * width
        if cell_count > limits.cells:
            raise too_many_cells(sheet.name, sheet.nrows * width, limits.cells)
        yield _sheet(book, sheet, watched, is_calculated)
        book.unload_sheet(number)


def _watched(book: Book) -> WatchedStyles:
    """Formats that show percentages or text in a font from before Unicode, by their number."""
    percent, fonts = set(), {}
    for number, style in enumerate(book.xf_list):
        shown = book.format_map.get(style.format_key)
        if shown is not None and is_percent_format(shown.format_str):
            percent.add(str(number))
        font = book.font_list[style.font_index].name if style.font_index < len(book.font_list) else ""
        if is_legacy_font(font):
            fonts[str(number)] = font
    return WatchedStyles(frozenset(percent), fonts)


def _is_calculated(book: Book) -> bool:
    """Whether any formula of the workbook has a result other than an empty text, or there is no formula."""
    stream, at = bytes(book.mem[book.base : book.base + book.stream_len]), 0
    has_formula = False
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _FORMULA:
            has_formula = True
            if not _EMPTY_RESULT.fullmatch(stream[at + 10 : at + 18]):
                return True
        at += 4 + size
    return not has_formula


def _sheet(book: Book, sheet: Sheet, watched: WatchedStyles, is_calculated: bool) -> SheetCells:
    rows: list[list[CellValue]] = []
    styles: dict[Place, str] = {}
    without_value: dict[Place, str] = {}
    for row in range(sheet.nrows):
        rows.append([])
        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            rows[row].append(_value(kind, sheet.cell_value(row, column), book.datemode))
            if kind in _EMPTY:
                continue
            if not is_calculated and kind == XL_CELL_TEXT and not rows[row][column]:
                without_value[row, column] = "="
            style = str(sheet.cell_xf_index(row, column))
            if style in watched.percent or style in watched.fonts:
                styles[row, column] = style
    cells = SheetCells(
        sheet.name,
        rows,
        merged=[((r1, c1), (r2 - 1, c2 - 1)) for r1, r2, c1, c2 in sheet.merged_cells if r2 > r1 and c2 > c1],
        visibility=_VISIBILITY.get(sheet.visibility, VISIBLE),
        formulas_without_value=without_value,
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden and row < len(rows)),
        hidden_columns=frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
    )
    return with_styles(cells, styles, watched) if styles else cells


def _value(kind: int, value: str | float, datemode: int) -> CellValue:
    if kind in _EMPTY:
        return ""
    if kind == XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(value), "#VALUE!"))
    if kind == XL_CELL_BOOLEAN:
        return bool(value)
    if kind == XL_CELL_DATE and isinstance(value, float):
        return _moment(value, datemode)
    return value


def _moment(number: float, datemode: int) -> CellValue:
    """Excel shows a number below 1 as a time, and what is beyond its calendar as the number itself."""
    if not 0 <= number < _END_OF_CALENDAR:
        return number
    moment: datetime.datetime = xlrd.xldate_as_datetime(number, datemode)
    if number < 1:
        return moment.time()
    return moment.date() if moment.time() == datetime.time() else moment
