"""Which unit a row is about: a commune of the sender, or of the province that row or section names, or a province."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.gate.faults import shown
from pipelines.gate.reading import FileReading
from pipelines.gate.structure import SheetTable
from pipelines.gate.units import UnitMatch, bare_name
from pipelines.readers import CellValue
from pipelines.vietnamese import plain

# A name with its type word in a column of figures: another row has run into this one.
_OTHER_UNIT = re.compile(r"(xã|phường|đặc khu) \w")
_LETTER = re.compile(r"[^\W\d_]")
UNIT_ROLES = ("unit_name", "unit_code", "province_name", "province_code")


def filled_cell(table: SheetTable, row: int, role: str) -> CellValue:
    """A cell of the column with a role; of a cell merged over several rows every row has the value."""
    column = table.column(role)
    cell = table.cell(row, column)
    if cell != "" or column is None:
        return cell
    for (top, left), (bottom, right) in table.sheet.merged:
        if left <= column <= right and top < row <= bottom and top >= table.header.body:
            return table.sheet.cell(top, left)
    return ""


def row_text(table: SheetTable, row: int) -> str:
    """What the sender calls the unit of a row."""
    cells = (filled_cell(table, row, role) for role in ("unit_code", "unit_name", "province_name"))
    return " ".join(shown(cell) for cell in cells if cell != "")


def match_row(reading: FileReading, table: SheetTable, row: int, figures: Sequence[CellValue]) -> UnitMatch:
    """The unit of a row: a commune of the province that sends, that the row or its section names, or a province.

    `figures` are its cells in the columns of indicators.
    """
    plain_key = _plain_key(reading, table, row, figures)
    if plain_key is not None and plain_key in reading.rows_known:
        return reading.rows_known[plain_key]
    match = _match_row(reading, table, row, figures)
    if plain_key is not None:
        reading.rows_known[plain_key] = match
    return match


def _plain_key(
    reading: FileReading, table: SheetTable, row: int, figures: Sequence[CellValue]
) -> tuple[str, str] | None:
    """Code and name of a row about which nothing else says anything; the same commune stands on every sheet."""
    code_column, name_column = table.roles.get("unit_code"), table.roles.get("unit_name")
    if code_column is None or name_column is None or any(cell for cell in figures if type(cell) is str):
        return None
    if not reading.envelope.province_code or table.sheet.row_names is not None or table.has_province_columns:
        return None
    cells = table.sheet.rows[row]
    code, name = (cells[code_column], cells[name_column]) if max(code_column, name_column) < len(cells) else ("", "")
    return (code, name) if type(code) is str and type(name) is str and code and name else None


def _match_row(reading: FileReading, table: SheetTable, row: int, figures: Sequence[CellValue]) -> UnitMatch:
    code_cell, name_cell = filled_cell(table, row, "unit_code"), filled_cell(table, row, "unit_name")
    if shifted := _shifted(table, row, code_cell, name_cell, figures):
        return shifted
    own = reading.envelope.province_code
    province_cell = filled_cell(table, row, "province_name")
    named = _province(reading, filled_cell(table, row, "province_code"), province_cell)
    if code_cell == "" and name_cell == "" and (named or province_cell != ""):
        return _province_match(reading, named, shown(province_cell))
    province = named or own or reading.names.code_of(table.sections.get(row, ""))
    if province:
        match = reading.units_of(province).match(code_cell, name_cell)
        if not match.unit_code and _province(reading, code_cell, name_cell) == province:
            match = UnitMatch(province)
        if own and province != own:
            home = reading.provinces[province].province_name
            return UnitMatch(rule="unit_of_other_province", expected=reading.provinces[own].province_name, detail=home)
        return match
    return _province_match(reading, _province(reading, code_cell, name_cell), shown(name_cell))


def _shifted(
    table: SheetTable, row: int, code_cell: CellValue, name_cell: CellValue, figures: Sequence[CellValue]
) -> UnitMatch | None:
    """What shows that the cells of a row stand under other headings than their own. Rule: `ragged_row`."""
    if code_cell != "" and name_cell != "" and not _LETTER.search(str(name_cell)):
        return UnitMatch(rule="ragged_row", detail=f"“{shown(name_cell)}” ở cột tên đơn vị, có thể lệch cột")
    is_name = isinstance(code_cell, str) and not any(sign.isdigit() for sign in code_cell) and code_cell != ""
    if is_name and name_cell != "" and bare_name(str(code_cell)) not in bare_name(str(name_cell)):
        return UnitMatch(rule="ragged_row", detail=f"“{shown(code_cell)}” ở cột mã đơn vị, có thể lệch cột")
    for cell in figures:
        if type(cell) is str and cell and _OTHER_UNIT.match(plain(cell)):
            return UnitMatch(rule="ragged_row", detail=f"“{shown(cell)}” ở cột số liệu, có thể lệch cột")
    beyond = table.sheet.rows[row][max(table.header.paths) + 1 :] if table.sheet.row_names is not None else []
    if any(cell != "" for cell in beyond):
        return UnitMatch(rule="ragged_row", detail="nhiều ô hơn hàng tiêu đề của bảng")
    return None


def _province(reading: FileReading, code_cell: CellValue, name_cell: CellValue) -> str:
    """The province that a code of two digits or a name says."""
    code = shown(code_cell).zfill(2)
    if code_cell != "" and code in reading.provinces:
        return code
    return reading.names.code_of(str(name_cell)) if isinstance(name_cell, str) and name_cell else ""


def _province_match(reading: FileReading, code: str, text: str) -> UnitMatch:
    own = reading.envelope.province_code
    if not code:
        return UnitMatch(rule="unknown_unit")
    if own and code != own:
        name = reading.provinces[own].province_name
        return UnitMatch(rule="unit_of_other_province", expected=name, detail=reading.provinces[code].province_name)
    if text and reading.names.is_old(text):
        return UnitMatch(code, "unit_old_name", expected=reading.provinces[code].province_name)
    return UnitMatch(code)
