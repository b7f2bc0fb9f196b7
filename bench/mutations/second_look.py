"""What a damaged file says, read by other programs than ours: openpyxl, xlrd, python-docx, csv, lxml alone.

A file that they refuse, and every PDF, is looked at with our own readers; the count of these is part of the result.
"""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import docx
import openpyxl
import xlrd
from docx.table import Table as WordTable
from lxml import etree, html

from pipelines.readers import FileCells

Rows = list[list[object]]
Tables = dict[str, Rows]
"""Rows by the name that stands before `!` in a place."""

# What the libraries raise over damaged files; none of them promises less.
_REFUSALS = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OverflowError, EOFError, OSError),
    *(zipfile.BadZipFile, NotImplementedError, xlrd.XLRDError, etree.LxmlError, csv.Error, RecursionError, MemoryError),
)


@dataclass(frozen=True)
class SecondLook:
    """The tables of a file, and whether another program than ours read them."""

    tables: Tables
    is_independent: bool

    def rows(self, place: str) -> tuple[Rows, int, int]:
        """(the table, row and column counted from 0) of a place such as `Biểu 04!F17`."""
        name, _, cell = place.rpartition("!")
        letters = cell.rstrip("0123456789")
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - 64
        return self.tables.get(name, []), int(cell[len(letters) :]) - 1, column - 1


def look_again(content: bytes, file_format: str, cells: FileCells) -> SecondLook:
    """Reads the file again."""
    reader = _READERS.get(file_format)
    if reader:
        try:
            return SecondLook(reader(content), True)
        except _REFUSALS:
            pass
    return SecondLook(_ours(cells), False)


def _ours(file: FileCells) -> Tables:
    tables: Tables = {}
    for sheet in file.sheets:
        for row, cells in enumerate(sheet.rows):
            name, number = (sheet.name, row) if sheet.row_names is None else sheet.row_names[row]
            _put(tables.setdefault(name, []), number, list(cells))
    return tables


def _put(rows: Rows, number: int, cells: list[object]) -> None:
    rows.extend([] for _ in range(number + 1 - len(rows)))
    rows[number] = cells


def _xlsx(content: bytes) -> Tables:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def _xls(content: bytes) -> Tables:
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    return {sheet.name: [sheet.row_values(row) for row in range(sheet.nrows)] for sheet in book.sheets()}


def _csv(content: bytes) -> Tables:
    is_utf8 = content.count(b"\xe1\xba") + content.count(b"\xe1\xbb") > 5
    text = content.decode("utf-8-sig" if is_utf8 else "cp1258", errors="replace")
    return {"CSV": [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")]}


def _docx(content: bytes) -> Tables:
    document = docx.Document(io.BytesIO(content))
    tables = {f"Bảng {number}": _word_rows(table) for number, table in enumerate(document.tables, start=1)}
    return {**tables, "Đoạn văn": [[paragraph.text] for paragraph in document.paragraphs]}


def _word_rows(table: WordTable) -> Rows:
    return [[cell.text for cell in row.cells] for row in table.rows]


_OFFICE, _TABLE = (
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}",
)
_MOST_REPEATED = 200


def _ods(content: bytes) -> Tables:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    tables: Tables = {}
    for table in root.iter(f"{_TABLE}table"):
        rows: Rows = []
        for row in table.iter(f"{_TABLE}table-row"):
            cells: list[object] = []
            for cell in row:
                times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                cells += [_ods_value(cell)] * min(times, _MOST_REPEATED)
            rows += [cells] * min(int(row.get(f"{_TABLE}number-rows-repeated", "1")), _MOST_REPEATED)
        tables[table.get(f"{_TABLE}name", "")] = rows
    return tables


def _ods_value(cell: etree._Element) -> object:
    if cell.get(f"{_OFFICE}value-type") in ("float", "percentage"):
        return float(cell.get(f"{_OFFICE}value", "nan"))
    return "\n".join("".join(map(str, line.itertext())) for line in cell)


def _html(content: bytes) -> Tables:
    document = html.fromstring(
        content.decode("utf-8", errors="replace").encode(), parser=html.HTMLParser(encoding="utf-8")
    )
    tables: Tables = {}
    for number, table in enumerate(document.iter("table"), start=1):
        rows: Rows = []
        for row, line in enumerate(table.iter("tr")):
            for cell in line.iter("td", "th"):
                _span(rows, row, cell.text_content(), int(cell.get("rowspan", "1")), int(cell.get("colspan", "1")))
        tables[f"Bảng {number}"] = rows
    return tables


def _span(rows: Rows, row: int, text: str, down: int, right: int) -> None:
    """Puts a text into the next free columns of a row and of those below."""
    if row >= len(rows):
        rows.extend([] for _ in range(row + 1 - len(rows)))
    column = next((place for place, cell in enumerate(rows[row]) if cell is None), len(rows[row]))
    for below in range(row, row + min(down, _MOST_REPEATED)):
        if below >= len(rows):
            rows.append([])
        rows[below].extend([None] * (column + min(right, _MOST_REPEATED) - len(rows[below])))
        for each in range(column, column + min(right, _MOST_REPEATED)):
            rows[below][each] = text


_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def _xml_2003(content: bytes) -> Tables:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    tables: Tables = {}
    for sheet in root.iter(f"{_SS}Worksheet"):
        rows: Rows = []
        number = -1
        for line in sheet.iter(f"{_SS}Row"):
            number = int(line.get(f"{_SS}Index", str(number + 2))) - 1
            cells: list[object] = []
            column = -1
            for cell in line.iter(f"{_SS}Cell"):
                column = int(cell.get(f"{_SS}Index", str(column + 2))) - 1
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = "".join(map(str, cell.itertext()))
            if number < 100 * _MOST_REPEATED:
                _put(rows, number, cells)
        tables[sheet.get(f"{_SS}Name", "")] = rows
    return tables


_READERS: Mapping[str, Callable[[bytes], Tables]] = {
    "xlsx": _xlsx,
    "xlsm": _xlsx,
    "xls": _xls,
    "csv utf-8": _csv,
    "csv cp1258": _csv,
    "docx": _docx,
    "ods": _ods,
    "html": _html,
    "xml 2003": _xml_2003,
}


def composed(text: object) -> str:
    """A text as people compare it: composed letters, one space, no case."""
    return " ".join(unicodedata.normalize("NFC", str(text)).casefold().replace("\u200b", "").split())
