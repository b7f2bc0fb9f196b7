"""Bytes of a file → table of cells with places. Pure: no database, no clock, no Dagster.

A new format is one module with a function `read(bytes, Limits) -> FileCells` and one line in `READERS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from pipelines.readers.archives import ARCHIVE_ERRORS
from pipelines.readers.cells import CellValue, FileCells, Remark, SheetCells, UnreadableFile, column_letters, place
from pipelines.readers.limits import Limits, refuse_long_cells, too_many_bytes
from pipelines.readers.refusals import damaged, not_taken, protected
from pipelines.readers.sniff import file_format

# Format → module of this package, loaded only when a file needs it: their libraries take longer to load than most
# workbooks take to read.
READERS: Mapping[str, str] = {
    "csv": "delimited",
    "docx": "word",
    "html": "web_page",
    "mht": "web_page",
    "ods": "ods",
    "pdf": "pdf",
    "spreadsheet_xml": "spreadsheet_xml",
    "xls": "xls",
    "xlsx": "xlsx",
}

__all__ = [
    "READERS",
    "CellValue",
    "FileCells",
    "Limits",
    "Remark",
    "SheetCells",
    "UnreadableFile",
    "column_letters",
    "place",
]


def read_file(data: bytes, limits: Limits) -> FileCells:
    """Reads a file by its content. Raises UnreadableFile where it can't be read or its format is not taken."""
    if len(data) > limits.file_bytes:
        raise too_many_bytes(len(data), limits.file_bytes)
    try:
        name = file_format(data)
    except (*ARCHIVE_ERRORS, ValueError) as error:
        raise damaged(error) from error
    if name == "empty":
        raise UnreadableFile("unreadable_file", "tệp rỗng (0 byte)", "the file is empty (0 bytes)")
    if name == "protected":
        raise protected()
    if name not in READERS:
        raise not_taken(name)
    cells: FileCells = import_module(f"{__name__}.{READERS[name]}").read(data, limits)
    for sheet in cells.sheets:
        refuse_long_cells(sheet, limits.cell_characters)
    return cells
