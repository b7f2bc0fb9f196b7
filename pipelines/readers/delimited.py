"""Reads text tables (csv, txt): encoding, separator and quotes are found by what makes the rows of a table agree."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from pipelines.readers.cells import CellValue, FileCells, Remark, SheetCells, UnreadableFile, place
from pipelines.readers.limits import Limits, too_many_cells
from pipelines.readers.refusals import damaged
from pipelines.readers.text_encoding import decoded

SHEET = "CSV"
_SEPARATORS = ";\t,|"
# Excel's own way of saying which separator follows; Excel does not count the line as a row either.
_DECLARED = re.compile(r'"?sep=(.)"?[;,\t|]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_SAMPLE_CHARACTERS, _SAMPLE_RECORDS = 500_000, 2_000
_LONGEST_SHOWN = 80
_LEAST_FILLED, _LEAST_OF_LATER_HEADER = 2, 3
_FIGURE = re.compile(r"[+-]?\d[\d.,]*%?")

Record = list[str]


def read(data: bytes, limits: Limits) -> FileCells:
    """One sheet `CSV` whose cells are all text; a row is a record, as Excel numbers them.

    A row with more fields than the table's header, empty ones counted, holds the separator inside a number (`3,193`):
    which value belongs to which column can't be known, so it stays one text in its first cell, remarked `ragged_row`.

    Raises UnreadableFile: `unreadable_file`, `file_too_large`.
    """
    text = decoded(data)
    if text is None:
        raise damaged("the bytes are no text")
    declared = _DECLARED.match(text)
    if declared is not None:
        text = text[declared.end() :]
    separator = declared[1] if declared else _likely_separator(text)
    rows = _rows(text, separator, limits)
    remarks: list[Remark] = []
    for number, width in _ragged_rows(rows) if separator else ():
        count = len(rows[number])
        rows[number] = [(separator or "").join(rows[number])]
        remarks.append(_ragged(place(SHEET, number, 0), rows[number][0], count, width))
    cells: list[list[CellValue]] = [list(fields) for fields in rows]
    return FileCells("csv", [SheetCells(SHEET, cells)], tuple(remarks))


def _rows(text: str, separator: str | None, limits: Limits) -> list[Record]:
    """All records; counted while they are read, since a line of separators is a line of cells."""
    rows: list[Record] = []
    cell_count = widest = 0
    for fields in _records(text, separator, limits):
        rows.append(fields)
        widest = max(widest, len(fields))
        cell_count = max(cell_count + len(fields), len(rows) * widest)
        if cell_count > limits.cells:
            raise too_many_cells(SHEET, cell_count, limits.cells)
    return rows


def _records(text: str, separator: str | None, limits: Limits) -> Iterator[Record]:
    """Odd quotes mean inches or a quotation left open: then a quote is a letter like any other."""
    lines = io.StringIO(text, newline="")
    if separator is None:
        yield from ([line] if (line := full_line.rstrip("\r\n")) else [] for full_line in lines)
        return
    has_open_quote = text.count('"') % 2 == 1
    try:
        yield from csv.reader(
            lines, delimiter=separator, quoting=csv.QUOTE_NONE if has_open_quote else csv.QUOTE_MINIMAL
        )
    except csv.Error as error:
        limit = f"{limits.cell_characters:,}".replace(",", ".")
        raise UnreadableFile("file_too_large", f"có ô dài quá {limit} ký tự", str(error)) from error


def _likely_separator(text: str) -> str | None:
    """The one under which most rows agree on their number of fields; None where the text is no table under any.

    The most frequent character would often be the wrong one: the comma in `1;Sơn Hà;3,5`.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    agreements = {separator: _agreement(sample, separator) for separator in _SEPARATORS}
    best = max(agreements, key=lambda separator: agreements[separator])
    return best if agreements[best][1] > 1 else None


def _agreement(sample: str, separator: str) -> tuple[int, int]:
    """(rows that have the usual number of fields less rows that have another one, that number); titles aside."""
    try:
        records = list(islice(_records(sample, separator, Limits()), _SAMPLE_RECORDS))
    except UnreadableFile:
        return (0, 0)
    widths = Counter(len(fields) for fields in records if len(fields) > 1)
    if not widths:
        return (0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (2 * count - widths.total(), width)


def _ragged_rows(rows: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """(row, width of the header above it) of the rows that are wider than their header.

    A header is the run of rows of words above a row of figures; a later one follows a gap, since a section or a remark
    inside a table is no header.
    """
    width, is_body, is_after_gap = 0, False, True
    for number, fields in enumerate(rows):
        filled = [field for field in fields if field.strip()]
        if len(filled) < _LEAST_FILLED:
            is_after_gap = True
            continue
        if _is_heading(filled) or not width:
            if is_after_gap and (not is_body or len(filled) >= _LEAST_OF_LATER_HEADER):
                width, is_body = len(fields), False
            elif not is_body:
                width = max(width, len(fields))
        else:
            is_body = True
        is_after_gap = False
        if len(fields) > width:
            yield number, width


def _is_heading(filled: Record) -> bool:
    """Whether a row is one of words: neither its first field nor most of the others are figures."""
    figures = [_FIGURE.fullmatch(field.strip()) is not None for field in filled]
    return not figures[0] and 2 * sum(figures) <= len(figures)


def _ragged(where: str, line: str, count: int, width: int) -> Remark:
    given = line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"
    return Remark(
        "ragged_row", where, f"{count} ô, bảng chỉ có {width} cột", f"{count} fields for {width} columns", given
    )
