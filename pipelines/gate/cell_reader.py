"""One cell of a report at a time: its value or its date, or the fault that stands in the way."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from pipelines.form.entry_rules import EARLIEST_DONE_ON
from pipelines.form.layout import UNIT_LABELS
from pipelines.gate.days import read_day
from pipelines.gate.faults import Fault, shown, shown_number
from pipelines.gate.number_columns import ColumnReading, read_column
from pipelines.gate.structure import SheetTable
from pipelines.gate.units import UnitIndex
from pipelines.gate.values import NOTHING, Reading, read_percent, read_value
from pipelines.readers import CellValue
from pipelines.reference.load import Reference
from pipelines.reference.records import Indicator
from pipelines.vietnamese import plain


class CellReader:
    """Reads cells of one file. `faults` grows with every cell that can't be taken as it is."""

    def __init__(self, reference: Reference, province_code: str, day: datetime.date, units: UnitIndex) -> None:
        self.faults: list[Fault] = []
        self.uncounted = _uncounted(reference, province_code, day)
        self._day = day
        self._province = reference.provinces_on(day)[province_code]
        self._units = units
        self._indicators = {item.indicator: item for item in reference.reported_indicators}
        self._words = {code: _Words.of(item) for code, item in self._indicators.items()}
        self._columns: dict[tuple[int, int], tuple[SheetTable, ColumnReading]] = {}

    def value(self, table: SheetTable, row: int, column: int, indicator: str, unit_code: str) -> float | None:
        """A cell's value; None where nothing was reported or a fault was noted.

        Rules: those of `values.read_value` and `read_percent`, `formula_without_value`, `unit_not_counted`.
        """
        cell = table.cell(row, column)
        if cell == "":
            formula = table.sheet.formulas_without_value.get((row, column))
            if formula is not None:
                self._note("formula_without_value", table, row, column, indicator, unit_code, given=formula)
            return None
        reading = self.reading(table, row, column, indicator)
        if reading is NOTHING:
            return None
        rule = reading.rule or ("unit_not_counted" if indicator in self.uncounted else "")
        if rule or reading.remark:
            given = _shown_percent(cell) if self._is_percent(table, row, column) else shown(cell)
            self._note(rule or reading.remark, table, row, column, indicator, unit_code, given)
        return None if rule else reading.value

    def reading(self, table: SheetTable, row: int, column: int, indicator: str) -> Reading:
        """What a cell says, as its column reads numbers; notes nothing. For sums, too."""
        cell, item = table.cell(row, column), self._indicators[indicator]
        is_percent = self._is_percent(table, row, column)
        if item.value_type == "percent":
            return read_percent(cell, is_percent)
        words, is_flag = self._words[indicator], item.value_type == "flag"
        reading = read_value(cell, is_flag, is_percent=is_percent, label=words.label, unit=words.unit)
        if isinstance(cell, str) and _needs_column(cell, reading):
            signs = self._column(table, column)
            reading = read_value(
                cell, is_flag, label=words.label, unit=words.unit, point=signs.point, comma=signs.comma
            )
        return reading

    def done_on(self, table: SheetTable, row: int, indicator: str) -> datetime.date | None:
        """The completion date of an indicator row, None where there is none that can be taken.

        Rules: `date_not_readable`, `done_after_report`, `done_too_early`; remark: `year_from_title`.
        """
        column = table.column("done_on")
        if column is None:
            return None
        cell, where = table.cell(row, column), table.sheet.place(row, column)
        try:
            day, is_full = _day_of(cell, self._day)
        except ValueError:
            self.faults.append(Fault("date_not_readable", where, indicator=indicator, given=shown(cell)))
            return None
        if day is None or EARLIEST_DONE_ON <= day <= self._day:
            if not is_full and day is not None:
                self.faults.append(Fault("year_from_title", where, "", indicator, shown(cell), shown(day)))
            return day
        rule, limit = ("done_after_report", self._day) if day > self._day else ("done_too_early", EARLIEST_DONE_ON)
        self.faults.append(Fault(rule, where, "", indicator, shown(day), shown(limit)))
        return None

    def unit_name(self, unit_code: str) -> str:
        """Official name of the province or of one of its communes."""
        if unit_code == self._province.province_code:
            return self._province.province_name
        return self._units.name_of(unit_code)

    def _column(self, table: SheetTable, column: int) -> ColumnReading:
        """How the column of a table writes thousands; found out when the first cell needs it."""
        key = (id(table), column)
        if key not in self._columns:
            are_alike = any(item.index == column and item.role == "indicator" for item in table.columns)
            body = [table.cell(row, column) for row in table.data_rows]
            totals = [table.cell(row, column) for row in table.total_rows]
            # The table is kept with its reading, so that no other table gets its identity.
            self._columns[key] = table, read_column(body, totals, are_alike)
        return self._columns[key][1]

    def _is_percent(self, table: SheetTable, row: int, column: int) -> bool:
        return (row, column) in table.sheet.percent_cells

    def _note(
        self, rule: str, table: SheetTable, row: int, column: int, indicator: str, unit_code: str, given: str
    ) -> None:
        where, detail, detail_en = table.sheet.place(row, column), self.uncounted.get(indicator, ""), ""
        if rule == "ambiguous_number":
            detail, detail_en = _two_readings(table.cell(row, column))
        self.faults.append(Fault(rule, where, self.unit_name(unit_code), indicator, given, "", detail, detail_en))


@dataclass(frozen=True, slots=True)
class _Words:
    """An indicator's words and unit, in comparable form."""

    label: str
    unit: str

    @classmethod
    def of(cls, item: Indicator) -> _Words:
        return cls(plain("; ".join((item.name_vi, *item.synonyms_vi))), plain(UNIT_LABELS.get(item.unit, "")))


def _needs_column(cell: str, reading: Reading) -> bool:
    """Whether the cell's number holds a point or a comma that only the column can explain."""
    return ("." in cell or "," in cell) and (reading.value is not None or reading.rule == "ambiguous_number")


def _day_of(cell: CellValue, report_day: datetime.date) -> tuple[datetime.date | None, bool]:
    """(the day, whether it was written in full); a day without year lies in the year reported on, or is refused."""
    try:
        return read_day(cell), True
    except ValueError:
        day = read_day(cell, report_day.year)
        if day is not None and day > report_day:
            raise
        return day, False


def _shown_percent(cell: CellValue) -> str:
    """A number as its cell shows it: `41,6%`."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f"{shown_number(round(cell * 100, 6))}%"
    return shown(cell)


def _two_readings(cell: CellValue) -> tuple[str, str]:
    """What a number with three digits after its point or comma may mean: `3193 hay 3 phẩy 193`, and in English.

    Spoken rather than written: `3.193 hay 3,193` would ask with the very signs that are in doubt.
    """
    text = re.sub(r"[^\d.,+-]", "", plain(str(cell)))
    before, sign, after = text.replace(",", ".").rpartition(".")
    whole = f"{float(text.replace(',', '').replace('.', '')):.0f}"
    if not sign:
        return whole, whole
    before = before.replace(".", "") or "0"
    return f"{whole} hay {before} phẩy {after}", f"{whole} or {before} point {after}"


def _uncounted(reference: Reference, province_code: str, day: datetime.date) -> dict[str, str]:
    """{indicator: reason} of what can't be counted anywhere in the province on that day."""
    exceptions = (
        reference.denominator_on(indicator.indicator, province_code, day) for indicator in reference.reported_indicators
    )
    return {item.indicator: item.reason for item in exceptions if item is not None and item.expected_count == 0}
