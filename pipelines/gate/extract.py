"""One file's tables → values of known units and indicators, and the faults of everything that could not be taken."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from pipelines.form.layout import MARKS_SHEET
from pipelines.gate.arithmetic import Values, part_faults, total_faults
from pipelines.gate.cell_reader import CellReader
from pipelines.gate.envelope import Envelope
from pipelines.gate.faults import Fault, shown, shown_number
from pipelines.gate.structure import Column, SheetTable, find_table
from pipelines.gate.units import UnitIndex
from pipelines.gate.values import LARGEST, is_blank
from pipelines.readers import FileCells, place
from pipelines.reference.load import Reference
from pipelines.reference.records import Form
from pipelines.vietnamese import plain

NAMELESS = "(không ghi mã, tên)"


class Extraction:
    """Reads the tables of one file. `values` and `faults` are complete once `read` has returned."""

    def __init__(self, reference: Reference, envelope: Envelope, day: datetime.date, labels: Mapping[str, str]) -> None:
        self.reference = reference
        self.envelope = envelope
        self.day = day
        self.labels = labels
        self.units = UnitIndex(reference, envelope.province_code, day)
        self.cells = CellReader(reference, envelope.province_code, day, self.units)
        self.faults = self.cells.faults
        self.values = Values()
        self.sheets_read: dict[str, str] = {}
        self._columns_read: set[str] = set()
        self._levels = {item.indicator: item.unit_level for item in reference.reported_indicators}

    def read(self, file: FileCells) -> None:
        """Reads every sheet that holds a table of the form; says which expected sheets and columns are missing."""
        for sheet in file.sheets:
            if sheet.name == MARKS_SHEET:
                continue
            table = find_table(sheet, self.labels)
            if table is not None and table.column("value") is not None:
                self._read_indicator_rows(table)
            elif table is not None and any(self._is_for_communes(column) for column in table.columns):
                self._read_unit_rows(table)
            elif any(cell != "" for cells in sheet.rows for cell in cells):
                self.faults.append(Fault("unknown_sheet", sheet.name, given=sheet.name, expected=self._sheet_names()))
        self._set_aside_contradictions()
        if self.sheets_read:
            self._say_what_is_missing()

    def form_of_sheets(self) -> str:
        """The form that carries the sheets found, for files without marks."""
        return next(form.form for form in self.reference.forms if form.sheet in self.sheets_read)

    def _forms(self) -> list[Form]:
        return [form for form in self.reference.forms if form.form == (self.envelope.form or form.form)]

    def _sheet_names(self) -> str:
        return ", ".join(form.sheet for form in self._forms())

    def _is_for_communes(self, column: Column) -> bool:
        return column.role == "indicator" and self._levels[column.indicator] == "commune"

    def _say_what_is_missing(self) -> None:
        """Sheets of the form, and columns of the sheets that are there, wherever in the file they stand."""
        for form in self._forms():
            if form.sheet not in self.sheets_read:
                self.faults.append(Fault("missing_sheet", expected=form.sheet))
        for item in self.reference.reported_indicators:
            sheet = self.sheets_read.get(item.form_sheet)
            if sheet and item.unit_level == "commune" and item.indicator not in self._columns_read:
                self.faults.append(Fault("missing_column", sheet, "", item.indicator, expected=item.name_vi))

    def _set_aside_contradictions(self) -> None:
        """One unit may have several rows, on several sheets even, as long as they agree; else none of them is taken."""
        values = self.values
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
            rule = "duplicate_unit" if self._levels[indicator] == "commune" else "duplicate_indicator"
            given = "; ".join(f"{shown_number(values.value[index])} ({values.place[index]})" for index in indexes)
            name = self.cells.unit_name(unit)
            self.faults.extend(Fault(rule, values.place[index], name, indicator, given) for index in indexes)
        values.remove(removed)

    # Sheets with one row per indicator

    def _read_indicator_rows(self, table: SheetTable) -> None:
        value_columns = [column for column in table.columns if column.role == "value"]
        for row in table.data_rows:
            indicator = self._indicator_of_row(table, row, value_columns[0])
            if not indicator:
                continue
            self.sheets_read.setdefault(self.reference.indicator(indicator).form_sheet, table.sheet.name)
            if len(value_columns) > 1:
                self._set_aside_columns(table, [row], value_columns, indicator)
            else:
                self._read_indicator_row(table, row, value_columns[0].index, indicator)

    def _read_indicator_row(self, table: SheetTable, row: int, column: int, indicator: str) -> None:
        province = self.envelope.province_code
        value = self.cells.value(table, row, column, indicator, province)
        if value is not None:
            done_on = self.cells.done_on(table, row, indicator)
            evidence = shown(table.cell(row, table.column("evidence"))) or None
            self.values.add(province, indicator, value, place(table.sheet.name, row, column), done_on, evidence)

    def _indicator_of_row(self, table: SheetTable, row: int, value: Column) -> str:
        """The provincial indicator that code and name agree on; a value without one is set aside."""
        code = shown(table.cell(row, table.column("indicator_code")))
        label = shown(table.cell(row, table.column("indicator_name")))
        named = self.labels.get(plain(label), "")
        found = code if code in self._levels else "" if code else named
        cell, where = table.cell(row, value.index), place(table.sheet.name, row, value.index)
        if self._levels.get(found) == "province" and named in ("", found):
            return found
        if not is_blank(cell):
            if found and named not in ("", found):
                vi, en = f"mã “{code}”, tên “{label}”", f'code "{code}", name "{label}"'
                self.faults.append(Fault("indicator_conflict", where, given=shown(cell), detail=vi, detail_en=en))
            else:
                name = code or label or NAMELESS
                self.faults.append(Fault("unknown_indicator", where, given=shown(cell), detail=name))
        return ""

    # Sheets with one row per commune

    def _read_unit_rows(self, table: SheetTable) -> None:
        columns = self._indicator_columns(table)
        first_value = len(self.values)
        for row in table.data_rows:
            unit_code = self._unit(table, row, columns)
            if unit_code:
                self._read_row(table, row, unit_code, columns)
        taken = range(first_value, len(self.values))
        self.faults.extend(total_faults(table, columns))
        self.faults.extend(part_faults(table, columns, self.values, taken, self.cells.unit_name))

    def _indicator_columns(self, table: SheetTable) -> list[Column]:
        by_indicator: dict[str, list[Column]] = {}
        for column in table.columns:
            if self._is_for_communes(column):
                by_indicator.setdefault(column.indicator, []).append(column)
                form_sheet = self.reference.indicator(column.indicator).form_sheet
                self.sheets_read.setdefault(form_sheet, table.sheet.name)
            elif column.role in ("unknown", "indicator"):
                self.faults.append(Fault("unknown_column", table.sheet.name, given=column.label))
        self._columns_read |= by_indicator.keys()
        for indicator, columns in by_indicator.items():
            if len(columns) > 1:
                self._set_aside_columns(table, table.data_rows, columns, indicator)
        return [columns[0] for columns in by_indicator.values() if len(columns) == 1]

    def _set_aside_columns(
        self, table: SheetTable, rows: Sequence[int], columns: Sequence[Column], indicator: str
    ) -> None:
        """Every value of columns that say they are the same."""
        for column in columns:
            for row in rows:
                cell = table.cell(row, column.index)
                if not is_blank(cell):
                    where, count = place(table.sheet.name, row, column.index), str(len(columns))
                    self.faults.append(
                        Fault("duplicate_column", where, "", indicator, shown(cell), column.label, detail=count)
                    )

    def _unit(self, table: SheetTable, row: int, columns: Sequence[Column]) -> str:
        code_cell, name_cell = table.cell(row, table.column("unit_code")), table.cell(row, table.column("unit_name"))
        match = self.units.match(code_cell, name_cell)
        if not match.rule:
            return match.unit_code
        text = " ".join(shown(cell) for cell in (code_cell, name_cell) if cell != "") or NAMELESS
        where = place(table.sheet.name, row, table.column("unit_name") or table.column("unit_code") or 0)
        if match.unit_code:
            expected = f"{match.unit_code} {match.expected}"
            self.faults.append(Fault(match.rule, where, self.units.name_of(match.unit_code), "", text, expected))
        else:
            fault = Fault(match.rule, where, text, "", "", match.expected, match.detail)
            self._set_aside_row(table, row, columns, fault)
        return match.unit_code

    def _set_aside_row(self, table: SheetTable, row: int, columns: Sequence[Column], fault: Fault) -> None:
        """Every value of the row is kept with its own place; a row without values leaves one fault at its name."""
        filled = [column for column in columns if not is_blank(table.cell(row, column.index))]
        for column in filled:
            where, given = place(table.sheet.name, row, column.index), shown(table.cell(row, column.index))
            self.faults.append(
                Fault(fault.rule, where, fault.unit, column.indicator, given, fault.expected, fault.detail)
            )
        if not filled:
            self.faults.append(fault)

    def _read_row(self, table: SheetTable, row: int, unit_code: str, columns: Sequence[Column]) -> None:
        """Whole numbers, nearly all cells of a report, are taken on the spot; all others go through `CellReader`."""
        cells, add, uncounted = table.sheet.rows[row], self.values.add, self.cells.uncounted
        for column in columns:
            cell = cells[column.index] if column.index < len(cells) else ""
            value: float | None
            if type(cell) is float and cell.is_integer() and abs(cell) < LARGEST and column.indicator not in uncounted:
                value = cell
            else:
                value = self.cells.value(table, row, column.index, column.indicator, unit_code)
            if value is not None:
                add(unit_code, column.indicator, value, place(table.sheet.name, row, column.index))


def indicator_labels(reference: Reference) -> dict[str, str]:
    """{comparable label: indicator code} from names and synonyms of the indicators that forms carry."""
    labels: dict[str, str] = {}
    for indicator in reference.reported_indicators:
        for label in (indicator.name_vi, *indicator.synonyms_vi):
            labels.setdefault(plain(label), indicator.indicator)
    return labels
