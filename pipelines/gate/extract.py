"""One file's tables → values of known units and indicators, and the faults of everything that could not be taken."""

from __future__ import annotations

from dataclasses import replace

from pipelines.form.layout import MARKS_SHEET
from pipelines.gate.faults import Fault, shown, shown_number
from pipelines.gate.indicator_rows import read_indicator_rows
from pipelines.gate.labels import INDICATOR, UNKNOWN, path_key
from pipelines.gate.reading import FileReading
from pipelines.gate.structure import SheetTable, find_tables
from pipelines.gate.unit_rows import note_unknown_columns, read_unit_rows
from pipelines.gate.values import is_blank
from pipelines.readers import FileCells, SheetCells, column_letters
from pipelines.readers.cells import VISIBLE
from pipelines.reference.records import Form

_UNIT_ROLES = ("unit_name", "unit_code", "province_name", "province_code")
_LIST_ROLES = ("indicator_name", "indicator_code")
_SHOWN_LABELS = 8


def extract(reading: FileReading, file: FileCells) -> bool:
    """Reads every table of the file; says which expected sheets and columns are missing, and what was not read.

    False where nothing in the file is known; a fault of severity `file` then says so.
    """
    strangers: list[SheetCells] = []
    is_known = False
    for sheet in file.sheets:
        if sheet.name == MARKS_SHEET:
            continue
        tables = find_tables(sheet, reading.labels)
        known = [table for table in tables if _read_table(reading, table)]
        if known:
            is_known = True
            _note_hidden(reading, sheet, known)
        elif any(cell != "" for cells in sheet.rows for cell in cells):
            strangers.append(sheet)
    _set_aside_contradictions(reading)
    if is_known and not len(reading.values) and not reading.faults:
        reading.faults.append(Fault("nothing_reported"))
    if is_known:
        _note_missing(reading)
        expected = ", ".join(form.sheet for form in _forms(reading))
        reading.faults.extend(
            Fault("unknown_sheet", sheet.name, given=sheet.name, expected=expected)
            for sheet in strangers
            if sheet.visibility == VISIBLE
        )
    else:
        reading.faults[:] = [fault for fault in reading.faults if fault.rule != "unknown_column"]
        _note_unknown_file(reading, strangers)
    return is_known


def _read_table(reading: FileReading, table: SheetTable) -> bool:
    """False where nothing in the table is known, or where its title says that its words mean something else."""
    if table.subject and not reading.reference.mappings_of(table.shape):
        columns = [replace(column, role=UNKNOWN) if column.role == INDICATOR else column for column in table.columns]
        _note_unmapped(reading, replace(table, columns=columns))
        return False
    roles = {column.role for column in table.columns}
    if not roles.isdisjoint(_LIST_ROLES) and (roles.isdisjoint(_UNIT_ROLES) or "value" in roles):
        is_known = read_indicator_rows(reading, table)
    else:
        is_known = read_unit_rows(reading, table)
    if not is_known:
        _note_unmapped(reading, table)
    return is_known


def _note_unmapped(reading: FileReading, table: SheetTable) -> None:
    """Every column with values of a table in which nothing is known, for a person to map once; of a list its rows."""
    values = [column for column in table.columns if column.role == "value"]
    if values and not table.roles.keys().isdisjoint(_LIST_ROLES) and table.roles.keys().isdisjoint(_UNIT_ROLES):
        for row in table.data_rows:
            label = str(table.cell(row, table.column("indicator_name"))).strip()
            cells = {table.place(row, column.index): shown(table.cell(row, column.index)) for column in values}
            if label and any(not is_blank(cell) for cell in cells.values()):
                reading.add_unmapped(table, (label,), path_key((label,)), dict(cells))
        return
    note_unknown_columns(reading, table)


def _note_unknown_file(reading: FileReading, sheets: list[SheetCells]) -> None:
    """Nothing in the file is known: either a table that a person has to map, or no table at all."""
    names = ", ".join(sheet.name for sheet in sheets)
    if reading.unmapped:
        labels = list(dict.fromkeys(f"“{item.label}”" for item in reading.unmapped))
        more = f" và {len(labels) - _SHOWN_LABELS} nhãn khác" if len(labels) > _SHOWN_LABELS else ""
        shown_labels = "; ".join(labels[:_SHOWN_LABELS]) + more
        where = reading.unmapped[0].sheet
        reading.faults.append(Fault("new_shape", where, given=where, detail=shown_labels))
    else:
        reading.faults.append(Fault("unknown_form", given=names, detail=names or "tệp không có nội dung"))


def _note_hidden(reading: FileReading, sheet: SheetCells, tables: list[SheetTable]) -> None:
    """Hidden rows, columns and sheets are read like the others, and said to have been."""
    if sheet.visibility != VISIBLE:
        reading.faults.append(Fault("hidden_sheet", sheet.name, given=sheet.name))
    rows = sorted(row for table in tables for row in table.data_rows if row in sheet.hidden_rows)
    if rows:
        shown_rows = ", ".join(str(row + 1) for row in rows[:_SHOWN_LABELS]) + (", …" if rows[_SHOWN_LABELS:] else "")
        reading.faults.append(Fault("hidden_rows", sheet.name, given=shown_rows, detail=str(len(rows))))
    hidden = [
        f"{column_letters(column.index)} “{column.label}”"
        for table in tables
        for column in table.columns
        if column.index in sheet.hidden_columns and column.role in (INDICATOR, UNKNOWN)
    ]
    if hidden:
        reading.faults.append(Fault("hidden_columns", sheet.name, given="; ".join(hidden)))


def _forms(reading: FileReading) -> list[Form]:
    wanted = reading.envelope.form
    return [form for form in reading.reference.forms if form.form == (wanted or form.form)]


def _note_missing(reading: FileReading) -> None:
    """Sheets of the form, and columns of the sheets that are there, wherever in the file they stand.

    A table of the sender's own is a partial report: it lacks something only where it holds most of a sheet of the form.
    """
    is_form = bool(reading.envelope.form)
    for form in _forms(reading):
        if is_form and form.sheet not in reading.sheets_read:
            reading.faults.append(Fault("missing_sheet", expected=form.sheet))
    for form in _forms(reading):
        sheet = reading.sheets_read.get(form.sheet)
        items = [item for item in reading.reference.reported_indicators if item.form_sheet == form.sheet]
        missing = [item for item in items if item.indicator not in reading.columns_read]
        if sheet and form.unit_level == "commune" and (is_form or 2 * len(missing) < len(items)):
            reading.faults.extend(
                Fault("missing_column", sheet, "", item.indicator, expected=item.name_vi) for item in missing
            )


def _set_aside_contradictions(reading: FileReading) -> None:
    """One unit may have several rows, on several sheets even, as long as they agree; else none of them is taken."""
    values = reading.values
    keys = list(zip(values.unit_code, values.indicator, strict=True))
    if len(set(keys)) == len(keys):
        return
    places: dict[tuple[str, str], list[int]] = {}
    for index, key in enumerate(keys):
        places.setdefault(key, []).append(index)
    removed: set[int] = set()
    for (unit, indicator), indexes in places.items():
        if len({values.value[index] for index in indexes}) == 1:
            removed.update(indexes[1:])
            continue
        removed.update(indexes)
        rule = "duplicate_unit" if reading.level_of[indicator] == "commune" else "duplicate_indicator"
        given = "; ".join(f"{shown_number(values.value[index])} ({values.place[index]})" for index in indexes)
        name = reading.unit_name(unit)
        reading.faults.extend(Fault(rule, values.place[index], name, indicator, given) for index in indexes)
    values.remove(removed)
