"""Tables with a row per unit and a column per indicator: the communes of a province, provinces, or both."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace

from pipelines.gate.arithmetic import is_sum_of_rows, part_faults, total_faults
from pipelines.gate.faults import Fault, shown
from pipelines.gate.heading_words import NO, YES
from pipelines.gate.labels import INDICATOR, UNKNOWN, path_key
from pipelines.gate.reading import FileReading
from pipelines.gate.row_units import UNIT_ROLES, filled_cell, match_row, row_text
from pipelines.gate.structure import Column, SheetTable, is_total
from pipelines.gate.unit_spelling import glued_code
from pipelines.gate.units import UnitMatch
from pipelines.gate.values import is_blank
from pipelines.gate.whole_numbers import WholeNumbers
from pipelines.readers.cells import picker

NAMELESS = "(không ghi mã, tên)"
_SHOWN_PLACES = 6
_LABEL_ROLES = ("unit_name", "province_name", "unit_code", "province_code", "order")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the unit that it is about, or with what stands in the way of knowing it."""

    row: int
    unit_code: str
    match: UnitMatch


def read_unit_rows(reading: FileReading, table: SheetTable) -> bool:
    """Takes the values of a table; False where it has no column that is known, and nothing was done with it."""
    known = [column for column in table.columns if column.role == INDICATOR]
    if not known:
        return False
    table = _with_unit_column(reading, table)
    rows = _rows(reading, table, known)
    table = replace(
        table,
        data_rows=[row.row for row in rows],
        total_rows=sorted({*table.total_rows, *table.data_rows} - {row.row for row in rows}),
    )
    if not rows:
        _note_totals_alone(reading, table, known)
        return True
    note_unknown_columns(reading, table)
    _note_columns_without_heading(reading, table)
    single, pairs = _indicator_columns(reading, table, known, {row.unit_code for row in rows} - {""})
    first_value = len(reading.values)
    merged = _merged_over(reading, table, single)
    sections = {table.sections.get(row.row, "") for row in rows}
    others = {name for name in sections if reading.is_other_section(name)}
    whole: dict[str, WholeNumbers] = {}
    for row in rows:
        if table.sections.get(row.row, "") in others:
            _set_aside_section(reading, table, row.row, [*single, *(column for pair in pairs for column in pair)])
            continue
        if row.match.rule:
            _note_unit(reading, table, row, [*single, *(column for pair in pairs for column in pair)])
        if row.unit_code:
            province = reading.province_of(row.unit_code)
            if province not in whole:
                takes_whole = frozenset() if merged else reading.whole_number_columns(table, single, province)
                whole[province] = WholeNumbers(table, single, takes_whole)
            is_commune = row.unit_code in reading.communes
            if not (is_commune and whole[province].take(reading.values, row.row, row.unit_code)):
                _read_row(reading, table, row, single, pairs, merged)
    taken = range(first_value, len(reading.values))
    reading.faults.extend(total_faults(table, single, reading.number))
    reading.faults.extend(part_faults(table, single, reading.values, taken, reading.unit_name))
    return True


def _note_columns_without_heading(reading: FileReading, table: SheetTable) -> None:
    """Figures in a row of a unit under no heading, or right of the table: nobody can say what they count."""
    width = max(table.header.paths) + 1
    bare = [index for index in range(width) if index not in table.header.paths]
    places = [
        table.place(row, index)
        for row in table.data_rows
        for index in (*bare, *range(width, len(table.sheet.rows[row])))
        if isinstance(cell := table.cell(row, index), (int, float)) and not isinstance(cell, bool)
    ]
    if places:
        shown_places = ", ".join(places[:_SHOWN_PLACES]) + (", …" if places[_SHOWN_PLACES:] else "")
        reading.faults.append(Fault("no_heading", table.sheet.name, given=shown_places, detail=str(len(places))))


def _with_unit_column(reading: FileReading, table: SheetTable) -> SheetTable:
    """The table with the column that holds the names of units, where its heading does not say so but its cells do."""
    own = reading.envelope.province_code
    if any(role in table.roles for role in UNIT_ROLES):
        return table
    for column in (column for column in table.columns if column.role == UNKNOWN):
        texts = [cell for row in table.data_rows if isinstance(cell := table.cell(row, column.index), str) and cell]
        if own:
            units = reading.units_of(own)
            found = sum(bool(units.match("", text).unit_code) for text in texts)
        else:
            found = sum(bool(reading.names.code_of(text)) for text in texts)
        if found > len(texts) / 2:
            columns = [replace(item, role="unit_name") if item is column else item for item in table.columns]
            return replace(table, columns=columns, roles={**table.roles, "unit_name": column.index})
    return table


def _note_totals_alone(reading: FileReading, table: SheetTable, columns: Sequence[Column]) -> None:
    """Totals without the rows that they add up are nobody's values. Rule: `wrong_level_province`."""
    own = reading.envelope.province_code
    name = reading.unit_name(own) if own else NAMELESS
    for column in columns:
        for row in table.total_rows:
            if not is_blank(cell := table.cell(row, column.index)):
                where = table.place(row, column.index)
                reading.faults.append(Fault("wrong_level_province", where, name, column.indicator, shown(cell)))


def note_unknown_columns(reading: FileReading, table: SheetTable, roles: Collection[str] = (UNKNOWN, "value")) -> None:
    """Columns with values whose heading says nothing that is known. Rule: `unknown_column`."""
    for column in table.columns:
        if column.role not in roles:
            continue
        cells: dict[str, object] = {
            table.place(row, column.index): shown(cell)
            for row in table.data_rows
            if not is_blank(cell := table.cell(row, column.index))
        }
        if cells:
            label, key = " › ".join(column.path), path_key(column.path)
            reading.add_unmapped(table, column.path, key, cells)
            alike = [reading.reference.indicator(code) for code in reading.unmapped[-1].suggestions]
            vi = f" Có phải “{'”, “'.join(item.name_vi for item in alike)}”?" if alike else ""
            en = f' Is it "{"; ".join(item.name_en for item in alike)}"?' if alike else ""
            reading.faults.append(Fault("unknown_column", table.sheet.name, given=label, detail=vi, detail_en=en))


def _rows(reading: FileReading, table: SheetTable, columns: Sequence[Column]) -> list[_Row]:
    """The rows that are about units. A row without a unit whose figures are the sum of others is a total."""
    rows, without_unit = [], []
    figures = picker([column.index for column in columns])
    for row in sorted((*table.data_rows, *table.total_rows)):
        is_labelled = row in table.total_rows
        if is_labelled and any(is_total(text) for text in _texts(table, row)):
            continue
        match = match_row(reading, table, row, figures(table.sheet.rows[row]))
        if match.unit_code or not (is_labelled or _may_be_total(table, row, match)):
            rows.append(_Row(row, match.unit_code, match))
        elif not is_labelled:
            without_unit.append(_Row(row, "", match))
    units, totals = [row.row for row in rows], [row.row for row in without_unit]
    among_units = replace(table, data_rows=units, total_rows=sorted({*table.total_rows, *totals} - {*units}))
    rows += [row for row in without_unit if not is_sum_of_rows(among_units, row.row, columns, reading.number)]
    if any(row.unit_code in reading.communes for row in rows):
        rows = [row for row in rows if not _is_sum_of_province(reading, table, row, columns)]
    return sorted(rows, key=lambda row: row.row)


def _may_be_total(table: SheetTable, row: int, match: UnitMatch) -> bool:
    return match.rule == "unknown_unit" and table.cell(row, table.column("unit_code")) == ""


def _is_sum_of_province(reading: FileReading, table: SheetTable, row: _Row, columns: Sequence[Column]) -> bool:
    """Among communes the row of their province is a total, unless it holds what only a province has."""
    return row.unit_code in reading.provinces and all(
        reading.level_of[column.indicator] == "commune" or is_blank(table.cell(row.row, column.index))
        for column in columns
    )


def _texts(table: SheetTable, row: int) -> list[str]:
    return [str(table.cell(row, table.column(role))) for role in _LABEL_ROLES]


def _note_unit(reading: FileReading, table: SheetTable, row: _Row, columns: Sequence[Column]) -> None:
    """Says what is wrong with a row's unit; a row whose unit is not known is set aside, value by value."""
    text = row_text(table, row.row) or NAMELESS
    index = next((index for role in _LABEL_ROLES if (index := table.column(role)) is not None), 0)
    where, match = table.place(row.row, index), row.match
    if match.unit_code:
        name = reading.unit_name(match.unit_code)
        expected = f"{match.unit_code} {match.expected}"
        reading.faults.append(Fault(match.rule, where, name, "", _name_text(table, row.row) or text, expected))
        return
    filled = [column for column in columns if not is_blank(table.cell(row.row, column.index))]
    for column in filled:
        place, given = table.place(row.row, column.index), shown(table.cell(row.row, column.index))
        reading.faults.append(
            Fault(
                match.rule, place, text, column.indicator, given, match.expected, match.detail, match.detail_en, where
            )
        )
    if not filled:
        reading.faults.append(Fault(match.rule, where, text, "", "", match.expected, match.detail, match.detail_en))


def _name_text(table: SheetTable, row: int) -> str:
    """The name alone, where a code stands before it in one cell, too."""
    cells = (filled_cell(table, row, role) for role in ("unit_name", "province_name", "unit_code"))
    text = next((shown(cell) for cell in cells if cell != ""), "")
    code = glued_code(text)[0]
    return text.replace(code, "").strip(" -–.:()[]") if code else text


def _indicator_columns(
    reading: FileReading, table: SheetTable, known: Sequence[Column], units: Set[str]
) -> tuple[list[Column], list[list[Column]]]:
    """Columns that are alone with their indicator, and pairs `có`, `không`; several alike are all set aside."""
    by_indicator: dict[str, list[Column]] = {}
    for column in known:
        by_indicator.setdefault(column.indicator, []).append(column)
    level = "province" if units and units <= reading.provinces.keys() else "commune"
    single, pairs = [], []
    for indicator, columns in by_indicator.items():
        reading.found_indicator(indicator, table, level)
        ticks = sorted(column.tick for column in columns)
        if ticks in ([""], [YES]):
            single.append(columns[0])
        elif ticks in ([NO], [NO, YES]):
            pairs.append(columns)
        elif ticks == ["", NO]:
            pairs.append([replace(column, tick=column.tick or YES) for column in columns])
        else:
            set_aside_columns(reading, table, table.data_rows, columns, indicator)
    return single, pairs


def set_aside_columns(
    reading: FileReading, table: SheetTable, rows: Sequence[int], columns: Sequence[Column], indicator: str
) -> None:
    """Every value of columns that say they are the same. Rule: `duplicate_column`."""
    for column in columns:
        for row in rows:
            cell = table.cell(row, column.index)
            if not is_blank(cell):
                where, count = table.place(row, column.index), str(len(columns))
                reading.faults.append(
                    Fault("duplicate_column", where, "", indicator, shown(cell), column.label, detail=count)
                )


def _merged_over(reading: FileReading, table: SheetTable, columns: Sequence[Column]) -> set[tuple[int, int]]:
    """Cells of indicators that are merged over several units or indicators: whose value it is can't be known."""
    if not table.sheet.merged or not table.data_rows:
        return set()
    rows, indexes = set(table.data_rows), {column.index for column in columns}
    return {
        (top, left)
        for (top, left), (bottom, right) in table.sheet.merged
        if top in rows
        and left in indexes
        and (len(rows & set(range(top, bottom + 1))) > 1 or len(indexes & set(range(left, right + 1))) > 1)
    }


def _set_aside_section(reading: FileReading, table: SheetTable, row: int, columns: Sequence[Column]) -> None:
    """Values in a section of plans, of another time or of other people. Rule: `other_subject`."""
    for column in columns:
        if not is_blank(cell := table.cell(row, column.index)):
            where, text = table.place(row, column.index), row_text(table, row)
            detail = table.sections[row]
            reading.faults.append(Fault("other_subject", where, text, column.indicator, shown(cell), detail=detail))


def _set_aside(reading: FileReading, table: SheetTable, row: _Row, column: Column, *, is_merged: bool) -> None:
    """A value of several units or indicators, or in thousands. Rules: `merged_value`, `scaled_unit`."""
    cell = table.cell(row.row, column.index)
    if is_merged or not is_blank(cell):
        rule, detail = ("merged_value", "") if is_merged else ("scaled_unit", table.scale)
        where, name = table.place(row.row, column.index), reading.unit_name(row.unit_code)
        reading.faults.append(Fault(rule, where, name, column.indicator, shown(cell), detail=detail))


def _read_row(
    reading: FileReading,
    table: SheetTable,
    row: _Row,
    single: Sequence[Column],
    pairs: Sequence[Sequence[Column]],
    merged: Set[tuple[int, int]],
) -> None:
    for column in single:
        is_merged = (row.row, column.index) in merged
        if is_merged or (table.scale and not reading.is_flag(column.indicator)):
            _set_aside(reading, table, row, column, is_merged=is_merged)
        else:
            reading.take(table, row.row, column, column.indicator, row.unit_code)
    for pair in pairs:
        indicator = pair[0].indicator
        value = reading.take_ticks(table, row.row, pair, indicator, row.unit_code)
        if value is not None:
            index = next(column.index for column in pair if not is_blank(table.cell(row.row, column.index)))
            reading.values.add(row.unit_code, indicator, value, table.place(row.row, index))
