"""Bytes of a file → table of cells with places. Pure: no database, no clock, no Dagster.

A new format is one module with a function `(bytes, Limits) -> FileCells` and one line in `READERS`.
"""

from __future__ import annotations

import zipfile

from pipelines.readers.cells import CellValue, FileCells, SheetCells, UnreadableFile, column_letters, place
from pipelines.readers.limits import Limits, too_many_bytes
from pipelines.readers.sniff import FORMAT_WORDS, file_format
from pipelines.readers.xlsx import DAMAGED, PROTECTED, read_xlsx

READERS = {"xlsx": read_xlsx}

__all__ = ["READERS", "CellValue", "FileCells", "Limits", "SheetCells", "UnreadableFile", "column_letters", "place"]


def read_file(data: bytes, limits: Limits) -> FileCells:
    """Reads a file by its content. Raises UnreadableFile where it can't be read or its format is not taken."""
    if len(data) > limits.file_bytes:
        raise too_many_bytes(len(data), limits.file_bytes)
    try:
        name = file_format(data)
    except zipfile.BadZipFile as error:
        raise UnreadableFile("unreadable_file", DAMAGED, str(error)) from error
    if name == "empty":
        raise UnreadableFile("unreadable_file", "tệp rỗng (0 byte)", "the file is empty (0 bytes)")
    if name == "protected":
        raise UnreadableFile("unreadable_file", PROTECTED, "the file is protected by a password")
    reader = READERS.get(name)
    if reader is None:
        raise UnreadableFile("unsupported_format", FORMAT_WORDS[name], name)
    return reader(data, limits)
