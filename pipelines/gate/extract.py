"""One file's tables → values of known units and indicators, and the faults of everything that could not be taken."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from pipelines.gate.arithmetic import Values, part_faults, total_faults
from pipelines.gate.envelope import MARKS_SHEET, Envelope
from pipelines.gate.faults import Fault, shown, shown_number
from pipelines.gate.structure import Column, SheetTable, find_table
from pipelines.gate.units import UnitIndex
from pipelines.gate.values import NOTHING, read_day, read_value
from pipelines.readers import FileCells, place
from pipelines.reference.load import Reference
from pipelines.reference.records import Form
from pipelines.vietnamese import plain


class Extraction:
    """Reads the tables of one file. `values` and `faults` are complete once `read` has returned."""

    def __init__(self, reference: Reference, envelope: Envelope, day: datetime.date, labels: dict[str, str]) -> None:
        self.reference = reference
        self.envelope = envelope
        self.day = day
        self.labels = labels
        self.units = UnitIndex(reference, envelope.province_code, day)
        self.values = Values()
        self.faults: list[Fault] = []
        self.sheets_read: set[str] = set()
        self._codes = {indicator.indicator for indicator in reference.reported_indicators}
        self._uncounted = _uncounted(reference, envelope.province_code, day)

    def read(self, file: FileCells) -> None:
        """Reads every sheet that holds a table of the form; says which expected sheets and columns are missing."""
        for sheet in file.sheets:
            if sheet.name == MARKS_SHEET:
                continue
            table = find_table(sheet, self.labels)
            if table is not None and table.column("value") is not None:
                self._read_indicator_rows(table)
            elif table is not None and any(column.role == "indicator" for column in table.columns):
                self._read_unit_rows(table)
            elif any(cell != "" for cells in sheet.rows for cell in cells):
                self.faults.append(Fault("unknown_sheet", sheet.name, given=sheet.name, expected=self._sheet_names()))
        missing = [form.sheet for form in self._forms() if form.sheet not in self.sheets_read]
        self.faults.extend(Fault("missing_sheet", expected=sheet) for sheet in missing if self.sheets_read)

    def form_of_sheets(self) -> str:
        """The form that carries the sheets found, for files without marks."""
        return next(form.form for form in self.reference.forms if form.sheet in self.sheets_read)

    def _forms(self) -> list[Form]:
        return [form for form in self.reference.forms if form.form == (self.envelope.form or form.form)]

    def _sheet_names(self) -> str:
        return ", ".join(form.sheet for form in self._forms())

    # Sheets with one row per indicator

    def _read_indicator_rows(self, table: SheetTable) -> None:
        name = table.sheet.name
        code_column, label_column = table.column("indicator_code"), table.column("indicator_name")
        value_column = table.column("value")
        assert value_column is not None
        seen: dict[str, int] = {}
        for row in table.data_rows:
            code = str(table.cell(row, code_column)).strip()
            label = str(table.cell(row, label_column)).strip()
            indicator = code if code in self._codes else self.labels.get(plain(label), "")
            where = place(name, row, value_column)
            if not indicator:
                self.faults.append(Fault("unknown_indicator", where, given=code or label))
                continue
            self.sheets_read.add(self.reference.indicator(indicator).form_sheet)
            value = self._value(table, row, value_column, indicator, self.envelope.province_code)
            if value is None:
                continue
            if indicator in seen:
                self._duplicate("duplicate_indicator", where, "", indicator, value, seen[indicator])
                continue
            seen[indicator] = len(self.values)
            done_on, evidence = self._done_on(table, row, indicator), str(table.cell(row, table.column("evidence")))
            self.values.add(self.envelope.province_code, indicator, value, where, done_on, evidence.strip() or None)

    def _done_on(self, table: SheetTable, row: int, indicator: str) -> datetime.date | None:
        column = table.column("done_on")
        cell = table.cell(row, column)
        where = place(table.sheet.name, row, column or 0)
        try:
            day = read_day(cell)
        except ValueError:
            self.faults.append(Fault("date_not_readable", where, indicator=indicator, given=shown(cell)))
            return None
        if day is not None and day > self.day:
            expected = f"{self.day:%d/%m/%Y}"
            self.faults.append(Fault("done_after_report", where, "", indicator, f"{day:%d/%m/%Y}", expected))
            return None
        return day

    # Sheets with one row per commune

    def _read_unit_rows(self, table: SheetTable) -> None:
        columns = self._indicator_columns(table)
        rows: dict[str, int] = {}
        first_value = len(self.values)
        for row in table.data_rows:
            unit_code = self._unit(table, row, columns, rows)
            if unit_code:
                rows[unit_code] = row
                self._read_row(table, row, unit_code, columns)
        taken = range(first_value, len(self.values))
        self.faults.extend(total_faults(table, columns, self.values, taken))
        self.faults.extend(part_faults(table, columns, self.values, taken, self._unit_name))

    def _indicator_columns(self, table: SheetTable) -> list[Column]:
        found = [column for column in table.columns if column.role == "indicator"]
        for column in table.columns:
            if column.role == "unknown":
                self.faults.append(Fault("unknown_column", table.sheet.name, given=column.label))
        by_indicator: dict[str, list[Column]] = {}
        for column in found:
            by_indicator.setdefault(column.indicator, []).append(column)
        for indicator, columns in by_indicator.items():
            if len(columns) > 1:
                self._set_aside_columns(table, indicator, columns)
        present = {self.reference.indicator(column.indicator).form_sheet for column in found}
        self.sheets_read |= present
        for item in self.reference.reported_indicators:
            if item.form_sheet in present and item.indicator not in by_indicator and item.unit_level == "commune":
                fault = Fault("missing_column", table.sheet.name, "", item.indicator, expected=item.name_vi)
                self.faults.append(fault)
        return [column for column in found if len(by_indicator[column.indicator]) == 1]

    def _set_aside_columns(self, table: SheetTable, indicator: str, columns: list[Column]) -> None:
        for column in columns:
            for row in table.data_rows:
                cell = table.cell(row, column.index)
                if cell != "":
                    where = place(table.sheet.name, row, column.index)
                    detail = str(len(columns))
                    self.faults.append(
                        Fault("duplicate_column", where, "", indicator, given=column.label, detail=detail)
                    )

    def _unit(self, table: SheetTable, row: int, columns: list[Column], rows: dict[str, int]) -> str:
        code_cell, name_cell = table.cell(row, table.column("unit_code")), table.cell(row, table.column("unit_name"))
        match = self.units.match(code_cell, name_cell)
        text = " ".join(shown(cell) for cell in (code_cell, name_cell) if cell != "")
        name_place = place(table.sheet.name, row, table.column("unit_name") or table.column("unit_code") or 0)
        if match.rule and match.unit_code:
            expected = f"{match.unit_code} {match.expected}"
            self.faults.append(Fault(match.rule, name_place, match.unit_code, "", text, expected))
        elif match.rule:
            self._set_aside_row(table, row, columns, Fault(match.rule, name_place, text, "", text, "", match.detail))
        elif match.unit_code in rows:
            fault = Fault("duplicate_unit", name_place, self.units.name_of(match.unit_code), given=text)
            self._set_aside_row(table, row, columns, fault)
            return ""
        return match.unit_code

    def _set_aside_row(self, table: SheetTable, row: int, columns: Iterable[Column], fault: Fault) -> None:
        """Every value of the row is kept with its own place; a row without values leaves one fault at its name."""
        filled = [column for column in columns if table.cell(row, column.index) != ""]
        for column in filled:
            where = place(table.sheet.name, row, column.index)
            given = f"{fault.given}: {shown(table.cell(row, column.index))}"
            self.faults.append(Fault(fault.rule, where, fault.unit, column.indicator, given, "", fault.detail))
        if not filled:
            self.faults.append(fault)

    def _read_row(self, table: SheetTable, row: int, unit_code: str, columns: list[Column]) -> None:
        """Whole numbers, nearly all cells of a report, are taken on the spot; everything else goes through `_value`."""
        cells, add = table.sheet.rows[row], self.values.add
        for column in columns:
            cell = cells[column.index] if column.index < len(cells) else ""
            value: float | None
            if type(cell) is float and cell.is_integer() and column.indicator not in self._uncounted:
                value = cell
            else:
                value = self._value(table, row, column.index, column.indicator, unit_code)
            if value is not None:
                add(unit_code, column.indicator, value, place(table.sheet.name, row, column.index))

    def _value(self, table: SheetTable, row: int, column: int, indicator: str, unit_code: str) -> float | None:
        """A cell's value; None where nothing was reported or a fault was noted."""
        cell = table.cell(row, column)
        if cell == "":
            if (row, column) in table.sheet.formulas_without_value:
                self.faults.append(self._cell_fault("formula_without_value", table, row, column, indicator, unit_code))
            return None
        reading = read_value(cell, self.reference.indicator(indicator).value_type == "flag")
        if reading is NOTHING:
            return None
        rule = reading.rule or ("unit_not_counted" if indicator in self._uncounted else "")
        if rule:
            self.faults.append(self._cell_fault(rule, table, row, column, indicator, unit_code))
            return None
        return reading.value

    def _cell_fault(self, rule: str, table: SheetTable, row: int, column: int, indicator: str, unit_code: str) -> Fault:
        cell = table.cell(row, column)
        expected = ""
        if rule == "ambiguous_number":
            digits = "".join(character for character in str(cell) if character.isdigit())
            expected = f"{shown_number(float(digits))} hay {str(cell).replace('.', ',')}"
        return Fault(
            rule,
            place(table.sheet.name, row, column),
            self._unit_name(unit_code),
            indicator,
            shown(cell),
            expected,
            self._uncounted.get(indicator, ""),
        )

    def _unit_name(self, unit_code: str) -> str:
        if unit_code == self.envelope.province_code:
            return self.reference.provinces_on(self.day)[unit_code].province_name
        return self.units.name_of(unit_code)

    def _duplicate(self, rule: str, where: str, unit: str, indicator: str, value: float, first: int) -> None:
        """A repeated row with the same value is harmless; a different one is asked about."""
        if self.values.value[first] != value:
            given = f"{shown_number(self.values.value[first])} và {shown_number(value)}"
            self.faults.append(Fault(rule, where, unit, indicator, given))


def indicator_labels(reference: Reference) -> dict[str, str]:
    """{comparable label: indicator code} from names and synonyms of the indicators that forms carry."""
    labels: dict[str, str] = {}
    for indicator in reference.reported_indicators:
        for label in (indicator.name_vi, *indicator.synonyms_vi):
            labels.setdefault(plain(label), indicator.indicator)
    return labels


def _uncounted(reference: Reference, province_code: str, day: datetime.date) -> dict[str, str]:
    """{indicator: reason} of what can't be counted anywhere in the province on that day."""
    exceptions = (
        reference.denominator_on(indicator.indicator, province_code, day) for indicator in reference.reported_indicators
    )
    return {item.indicator: item.reason for item in exceptions if item is not None and item.expected_count == 0}
