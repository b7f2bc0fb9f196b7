"""Reads xlsx and xlsm workbooks: values and merged ranges by calamine, what it does not tell from the XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipelines.readers.archives import ARCHIVE_ERRORS, refuse_hostile_archive
from pipelines.readers.cells import HIDDEN, VERY_HIDDEN, VISIBLE, FileCells, SheetCells
from pipelines.readers.limits import Limits, too_many_cells
from pipelines.readers.office_remarks import formula_names, reaching_formulas, remarks_on_parts
from pipelines.readers.refusals import damaged
from pipelines.readers.safe_xml import XML_ERRORS
from pipelines.readers.xlsx_parts import SheetPart, sheet_parts, styles_of, suspicious_names
from pipelines.readers.xlsx_styles import WatchedStyles, with_styles


def read(data: bytes, limits: Limits) -> FileCells:
    """Reads a workbook's sheets, hidden ones included, every cell at its own place; nothing in it is executed.

    Raises UnreadableFile: `unreadable_file` (damaged, protected), `file_too_large`, `hostile_file`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_hostile_archive(archive, limits)
            watched = styles_of(archive)
            parts = sheet_parts(archive, watched, limits.cells)
            remarks = remarks_on_parts(archive)
            if names := suspicious_names(archive):
                remarks.append(formula_names(names))
        _refuse_spread_out(parts, limits)
        sheets = _sheets(data, {part.name: part for part in parts}, watched)
        remarks += [reaching_formulas(part.name) for part in parts if part.reaches_out]
        return FileCells("xlsx", sheets, tuple(remarks))
    except (*ARCHIVE_ERRORS, *XML_ERRORS, CalamineError) as error:
        raise damaged(error) from error


def _refuse_spread_out(parts: Sequence[SheetPart], limits: Limits) -> None:
    if sum(part.cell_count for part in parts) > limits.cells:
        widest = max(parts, key=lambda part: part.cell_count)
        raise too_many_cells(widest.name, widest.cell_count, limits.cells)


def _sheets(data: bytes, parts: Mapping[str, SheetPart], watched: WatchedStyles) -> list[SheetCells]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    worksheets = [
        (number, meta) for number, meta in enumerate(workbook.sheets_metadata) if meta.typ == SheetTypeEnum.WorkSheet
    ]
    unseen = [meta.name for _, meta in worksheets if meta.name not in parts]
    if unseen:
        # How far it reaches is unknown, and calamine would allot memory for all of it.
        raise damaged(f"the part of sheet {unseen[0]!r} was not found")
    return [_sheet(workbook.get_sheet_by_index(number), meta, parts[meta.name], watched) for number, meta in worksheets]


def _sheet(sheet: CalamineSheet, meta: SheetMetadata, part: SheetPart, watched: WatchedStyles) -> SheetCells:
    rows = sheet.to_python(skip_empty_area=False)
    for (row, column), error in part.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
    cells = SheetCells(
        name=sheet.name,
        rows=rows,
        merged=sheet.merged_cell_ranges or [],
        visibility=_visibility(meta.visible),
        formulas_without_value=part.formulas_without_value,
        hidden_rows=frozenset(row for row in part.hidden_rows if row < len(rows)),
        hidden_columns=frozenset(column for column in part.hidden_columns if column < part.column_count),
    )
    return with_styles(cells, part.styles, watched) if part.styles else cells


def _visibility(visible: SheetVisibleEnum) -> str:
    if visible == SheetVisibleEnum.Visible:
        return VISIBLE
    return HIDDEN if visible == SheetVisibleEnum.Hidden else VERY_HIDDEN
