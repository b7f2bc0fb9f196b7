"""Lists with a row per indicator: those of the province itself, or with a column per unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.gate.faults import Fault, shown
from pipelines.gate.heading_words import NO, QUALIFIER, YES, is_scaled
from pipelines.gate.labels import INDICATOR, UNKNOWN, path_key, tick_of
from pipelines.gate.reading import FileReading
from pipelines.gate.row_units import UNIT_ROLES, match_row, row_text
from pipelines.gate.structure import Column, SheetTable
from pipelines.gate.unit_rows import NAMELESS
from pipelines.gate.units import UnitMatch
from pipelines.gate.values import is_blank
from pipelines.reference.records import IGNORE
from pipelines.vietnamese import plain

# What was asked for, beside what was done.
_GIVEN = re.compile(r"\b(giao|chỉ tiêu|định mức|phải|trọng số|điểm)\b")


def read_indicator_rows(reading: FileReading, table: SheetTable) -> bool:
    """Takes the values of a list; False where none of its rows names an indicator."""
    units = _unit_columns(reading, table)
    has_units = any(role in table.roles for role in UNIT_ROLES) and len(units) < 2
    values = [column for column in table.columns if column.role == "value"]
    ticks = [_with_tick(column) for column in table.columns if column.role == UNKNOWN and tick_of(column.label)]
    is_pair = {column.tick for column in ticks} == {YES, NO}
    if not is_pair and not values:
        values = [column for column in ticks if column.tick == YES]
    if not (values or is_pair or len(units) > 1):
        return False
    rivals = [] if is_pair or len(units) > 1 else _rivals(table)
    found = {row: _indicator(reading, table, row) for row in (*table.data_rows, *table.total_rows)}
    if not any(found.values()):
        return False
    for row in sorted(found):
        indicator = found[row]
        columns = units if len(units) > 1 else ticks if is_pair else values
        if not indicator:
            _note_unknown(reading, table, row, [*columns, *values])
            continue
        if reading.is_other_section(table.sections.get(row, "")):
            _set_aside_section(reading, table, row, indicator, columns)
            continue
        unit = match_row(reading, table, row, ()) if has_units else UnitMatch(reading.envelope.province_code)
        is_commune = unit.unit_code in reading.communes or len(units) > 1
        reading.found_indicator(indicator, table, "commune" if is_commune else "province")
        if is_scaled(shown(table.cell(row, table.column("measure")))) or (
            table.scale and not reading.is_flag(indicator)
        ):
            _set_aside_scaled(reading, table, row, indicator, columns)
        elif len(units) > 1:
            for column in units:
                reading.take(table, row, column, indicator, column.indicator)
        elif is_pair:
            _take(reading, table, row, indicator, ticks, unit)
        elif len(values) > 1 or any(not is_blank(table.cell(row, column.index)) for column in rivals):
            _set_aside_row(reading, table, row, indicator, [*values, *rivals])
        elif values:
            _take(reading, table, row, indicator, values, unit)
    for column in rivals:
        cells = {table.place(row, column.index): shown(table.cell(row, column.index)) for row in table.data_rows}
        reading.add_unmapped(table, column.path, path_key(column.path), dict(cells))
    return True


def _rivals(table: SheetTable) -> list[Column]:
    """Columns with figures beside that of the values, which may be meant as well: `Lũy kế` beside `Thực hiện`."""
    return [
        column
        for column in table.columns
        if column.role == UNKNOWN
        and not QUALIFIER.search(plain(" ".join(column.path)))
        and not _GIVEN.search(plain(column.label))
        and any(isinstance(table.cell(row, column.index), (int, float)) for row in table.data_rows)
    ]


def _set_aside_row(
    reading: FileReading, table: SheetTable, row: int, indicator: str, columns: Sequence[Column]
) -> None:
    """Figures in several columns of which any may be meant. Rule: `several_figures`."""
    filled = [column for column in columns if not is_blank(table.cell(row, column.index))]
    given = "; ".join(f"“{column.label}” ghi {shown(table.cell(row, column.index))}" for column in filled)
    for column in filled:
        where = table.place(row, column.index)
        reading.faults.append(
            Fault("several_figures", where, "", indicator, shown(table.cell(row, column.index)), "", given)
        )


def _with_tick(column: Column) -> Column:
    return Column(column.index, "value", column.label, "", tick_of(column.label), column.path)


def _unit_columns(reading: FileReading, table: SheetTable) -> list[Column]:
    """Columns whose heading is a unit; `indicator` holds its code there."""
    columns = []
    own = reading.envelope.province_code
    for column in table.columns:
        if column.role not in (UNKNOWN, "unit_name"):
            continue
        code = reading.names.code_of(column.label)
        if own:
            match = reading.units_of(own).match(column.label if column.label.isdigit() else "", column.label)
            code = match.unit_code or (code if code == own else "")
        if code:
            columns.append(Column(column.index, "unit", column.label, code, "", column.path))
    return columns


def _set_aside_section(
    reading: FileReading, table: SheetTable, row: int, indicator: str, columns: Sequence[Column]
) -> None:
    """Values in a section of plans or of another time. Rule: `other_subject`."""
    for column in columns:
        if not is_blank(cell := table.cell(row, column.index)):
            where, detail = table.place(row, column.index), table.sections[row]
            reading.faults.append(Fault("other_subject", where, "", indicator, shown(cell), detail=detail))


def _set_aside_scaled(
    reading: FileReading, table: SheetTable, row: int, indicator: str, columns: Sequence[Column]
) -> None:
    """A row that counts in thousands: what was rounded can't be told. Rule: `scaled_unit`."""
    measure = shown(table.cell(row, table.column("measure"))) or table.scale
    for column in columns:
        if not is_blank(cell := table.cell(row, column.index)):
            where = table.place(row, column.index)
            reading.faults.append(Fault("scaled_unit", where, "", indicator, shown(cell), detail=measure))


def _take(
    reading: FileReading, table: SheetTable, row: int, indicator: str, columns: Sequence[Column], unit: UnitMatch
) -> None:
    """A value of the row's unit, with the day on which it was done and the document that shows it."""
    if not unit.unit_code:
        text = row_text(table, row) or NAMELESS
        index = next((index for role in UNIT_ROLES if (index := table.column(role)) is not None), None)
        name_place = "" if index is None else table.place(row, index)
        for column in columns:
            if not is_blank(cell := table.cell(row, column.index)):
                where, rule = table.place(row, column.index), unit.rule or "unknown_unit"
                given, detail, detail_en = shown(cell), unit.detail, unit.detail_en
                reading.faults.append(
                    Fault(rule, where, text, indicator, given, unit.expected, detail, detail_en, name_place)
                )
        return
    if len(columns) > 1:
        value = reading.take_ticks(table, row, columns, indicator, unit.unit_code)
    else:
        value = reading.read(table, row, columns[0], indicator, unit.unit_code)
    if value is not None:
        filled = next(column for column in columns if not is_blank(table.cell(row, column.index)))
        done_on = reading.cells_of(reading.province_of(unit.unit_code)).done_on(table, row, indicator)
        if done_on is not None and value == 0 and reading.is_flag(indicator):
            where = table.place(row, table.roles["done_on"])
            reading.faults.append(Fault("done_on_without_done", where, "", indicator, shown(done_on)))
            done_on = None
        evidence = shown(table.cell(row, table.column("evidence"))) or None
        reading.values.add(unit.unit_code, indicator, value, table.place(row, filled.index), done_on, evidence)


def _indicator(reading: FileReading, table: SheetTable, row: int) -> str:
    """The indicator that code and name of a row agree on; empty where they don't, or say nothing that is known."""
    code, label = _code_and_label(table, row)
    named = reading.labels.meaning((label,), table.shape) if label else None
    by_name = named.indicator if named and named.role == INDICATOR else ""
    found = code if code in reading.level_of else "" if code else by_name
    return found if by_name in ("", found) else ""


def _code_and_label(table: SheetTable, row: int) -> tuple[str, str]:
    return (
        shown(table.cell(row, table.column("indicator_code"))),
        shown(table.cell(row, table.column("indicator_name"))),
    )


def _note_unknown(reading: FileReading, table: SheetTable, row: int, columns: Sequence[Column]) -> None:
    """A row with values that no indicator takes. Rules: `indicator_conflict`, `unknown_indicator`.

    One that a person has said to leave is left.
    """
    code, label = _code_and_label(table, row)
    cells = {
        table.place(row, column.index): shown(cell)
        for column in dict.fromkeys(columns)
        if not is_blank(cell := table.cell(row, column.index))
    }
    if not cells:
        return
    if code in reading.level_of:
        vi, en = f"mã “{code}”, tên “{label}”", f'code "{code}", name "{label}"'
        reading.faults.extend(
            Fault("indicator_conflict", where, given=given, detail=vi, detail_en=en) for where, given in cells.items()
        )
        return
    if label and reading.labels.meaning((label,), table.shape).role == IGNORE:
        return
    reading.faults.extend(
        Fault("unknown_indicator", where, given=given, detail=code or label or NAMELESS)
        for where, given in cells.items()
    )
    if label and not code:
        reading.add_unmapped(table, (label,), path_key((label,)), dict(cells))
