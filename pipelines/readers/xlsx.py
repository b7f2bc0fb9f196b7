"""Reads xlsx and xlsm workbooks: values and merged ranges by calamine, what it does not tell from the XML."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from copy import copy
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipelines.readers.cells import HIDDEN, VERY_HIDDEN, VISIBLE, FileCells, SheetCells, UnreadableFile
from pipelines.readers.limits import Limits, too_many_bytes, too_many_cells
from pipelines.readers.xlsx_parts import SheetPart, sheet_parts

DAMAGED = "tệp bị hỏng hoặc bị cắt khi gửi"
PROTECTED = "tệp đặt mật khẩu"
_IS_ENCRYPTED = 1
_CHUNK = 1 << 20


def read_xlsx(data: bytes, limits: Limits) -> FileCells:
    """Reads a workbook's sheets, hidden ones included, every cell at its own place; nothing in it is executed.

    Raises UnreadableFile with rule `unreadable_file` (damaged, protected) or `file_too_large` (over a limit).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive, limits)
            parts = sheet_parts(archive)
        _refuse_spread_out(parts, limits)
        return FileCells("xlsx", _sheets(data, {part.name: part for part in parts}))
    except (
        CalamineError,
        EOFError,
        NotImplementedError,
        ValueError,
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise UnreadableFile("unreadable_file", DAMAGED, _first_line(error)) from error


def _refuse_bombs(archive: zipfile.ZipFile, limits: Limits) -> None:
    """First by what the archive says of itself, which costs nothing; then by what it holds, since it may lie."""
    entries = archive.infolist()
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise UnreadableFile("unreadable_file", PROTECTED, "the archive is encrypted")
    declared = sum(entry.file_size for entry in entries)
    if declared > limits.expanded_bytes:
        raise too_many_bytes(declared, limits.expanded_bytes, is_expanded=True)
    expanded = 0
    for entry in entries:
        to_its_real_end = copy(entry)
        to_its_real_end.file_size = limits.expanded_bytes + 2 * _CHUNK
        with archive.open(to_its_real_end) as part:
            while chunk := part.read(_CHUNK):
                expanded += len(chunk)
                if expanded > limits.expanded_bytes:
                    raise too_many_bytes(expanded, limits.expanded_bytes, is_expanded=True)


def _refuse_spread_out(parts: Sequence[SheetPart], limits: Limits) -> None:
    if sum(part.cell_count for part in parts) > limits.cells:
        widest = max(parts, key=lambda part: part.cell_count)
        raise too_many_cells(widest.name, widest.cell_count, limits.cells)


def _sheets(data: bytes, parts: dict[str, SheetPart]) -> list[SheetCells]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        _sheet(workbook, number, parts.get(meta.name, SheetPart(meta.name)))
        for number, meta in enumerate(workbook.sheets_metadata)
        if meta.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet(workbook: CalamineWorkbook, number: int, part: SheetPart) -> SheetCells:
    sheet = workbook.get_sheet_by_index(number)
    rows = sheet.to_python(skip_empty_area=False)
    for (row, column), error in part.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
    return SheetCells(
        name=sheet.name,
        rows=rows,
        merged=sheet.merged_cell_ranges or [],
        visibility=_visibility(workbook.sheets_metadata[number].visible),
        formulas_without_value=part.formulas_without_value,
    )


def _visibility(visible: SheetVisibleEnum) -> str:
    if visible == SheetVisibleEnum.Visible:
        return VISIBLE
    return HIDDEN if visible == SheetVisibleEnum.Hidden else VERY_HIDDEN


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
