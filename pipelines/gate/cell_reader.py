"""One cell of a report at a time: its value or its date, or the fault that stands in the way."""

from __future__ import annotations

import datetime
import re

from pipelines.form.entry_rules import EARLIEST_DONE_ON
from pipelines.gate.faults import Fault, shown, shown_number
from pipelines.gate.structure import SheetTable
from pipelines.gate.units import UnitIndex
from pipelines.gate.values import NOTHING, read_day, read_value
from pipelines.readers import CellValue, place
from pipelines.reference.load import Reference


class CellReader:
    """Reads cells of one file. `faults` grows with every cell that can't be taken as it is."""

    def __init__(self, reference: Reference, province_code: str, day: datetime.date, units: UnitIndex) -> None:
        self.faults: list[Fault] = []
        self.uncounted = _uncounted(reference, province_code, day)
        self._day = day
        self._province = reference.provinces_on(day)[province_code]
        self._units = units
        self._flags = {item.indicator for item in reference.reported_indicators if item.value_type == "flag"}

    def value(self, table: SheetTable, row: int, column: int, indicator: str, unit_code: str) -> float | None:
        """A cell's value; None where nothing was reported or a fault was noted.

        Rules: those of `values.read_value`, `formula_without_value`, `unit_not_counted`.
        """
        cell = table.cell(row, column)
        if cell == "":
            formula = table.sheet.formulas_without_value.get((row, column))
            if formula is not None:
                self._note("formula_without_value", table, row, column, indicator, unit_code, given=formula)
            return None
        reading = read_value(cell, indicator in self._flags)
        if reading is NOTHING:
            return None
        rule = reading.rule or ("unit_not_counted" if indicator in self.uncounted else "")
        if rule:
            self._note(rule, table, row, column, indicator, unit_code, given=shown(cell))
            return None
        return reading.value

    def done_on(self, table: SheetTable, row: int, indicator: str) -> datetime.date | None:
        """The completion date of an indicator row, None where there is none that can be taken.

        Rules: `date_not_readable`, `done_after_report`, `done_too_early`.
        """
        column = table.column("done_on")
        if column is None:
            return None
        cell, where = table.cell(row, column), place(table.sheet.name, row, column)
        try:
            day = read_day(cell)
        except ValueError:
            self.faults.append(Fault("date_not_readable", where, indicator=indicator, given=shown(cell)))
            return None
        if day is None or EARLIEST_DONE_ON <= day <= self._day:
            return day
        rule, limit = ("done_after_report", self._day) if day > self._day else ("done_too_early", EARLIEST_DONE_ON)
        self.faults.append(Fault(rule, where, "", indicator, shown(day), shown(limit)))
        return None

    def unit_name(self, unit_code: str) -> str:
        """Official name of the province or of one of its communes."""
        if unit_code == self._province.province_code:
            return self._province.province_name
        return self._units.name_of(unit_code)

    def _note(
        self, rule: str, table: SheetTable, row: int, column: int, indicator: str, unit_code: str, given: str
    ) -> None:
        expected = _two_readings(table.cell(row, column)) if rule == "ambiguous_number" else ""
        where, detail = place(table.sheet.name, row, column), self.uncounted.get(indicator, "")
        self.faults.append(Fault(rule, where, self.unit_name(unit_code), indicator, given, expected, detail))


def _two_readings(cell: CellValue) -> str:
    """What a number with three digits after its point or comma may mean: `3.193 hay 3,193`."""
    as_thousands = float(re.sub(r"[.,]", "", str(cell).strip()))
    return f"{shown_number(as_thousands)} hay {str(cell).strip().replace('.', ',')}"


def _uncounted(reference: Reference, province_code: str, day: datetime.date) -> dict[str, str]:
    """{indicator: reason} of what can't be counted anywhere in the province on that day."""
    exceptions = (
        reference.denominator_on(indicator.indicator, province_code, day) for indicator in reference.reported_indicators
    )
    return {item.indicator: item.reason for item in exceptions if item is not None and item.expected_count == 0}
