"""What the readers of tables share while one file is read: what is known, what was taken, what was set aside."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from pipelines.gate.arithmetic import Values
from pipelines.gate.cell_reader import CellReader
from pipelines.gate.envelope import Envelope, ProvinceNames
from pipelines.gate.faults import Fault, shown
from pipelines.gate.heading_words import NO, YES, is_about_others
from pipelines.gate.labels import Labels
from pipelines.gate.shapes import Unmapped
from pipelines.gate.structure import Column, SheetTable
from pipelines.gate.units import UnitIndex, UnitMatch
from pipelines.gate.values import Reading, is_blank, read_value
from pipelines.reference.load import Reference

_SAMPLES = 3
_YEAR = re.compile(r"\b[Nn]ăm (20\d\d)\b")


class FileReading:
    """One file on its way to values. `faults`, `values` and `unmapped` grow; nothing else changes from outside.

    `sheets_read` gives, by sheet of the form, the sheet of the file where its indicators were found; `form` is the form
    that the file says it is, or that its first known indicator is on: empty as long as nothing is known.
    """

    def __init__(
        self, reference: Reference, envelope: Envelope, day: datetime.date, labels: Labels, names: ProvinceNames
    ) -> None:
        self.reference = reference
        self.envelope = envelope
        self.day = day
        self.labels = labels
        self.names = names
        self.faults: list[Fault] = []
        self.values = Values()
        self.unmapped: list[Unmapped] = []
        self.form = envelope.form
        self.forms = {form.sheet: form.form for form in reference.forms}
        self.sheets_read: dict[str, str] = {}
        self.columns_read: set[str] = set()
        self.level_of = {item.indicator: item.unit_level for item in reference.reported_indicators}
        self.communes = reference.communes_on(day)
        self.provinces = reference.provinces_on(day)
        self.rows_known: dict[tuple[str, str], UnitMatch] = {}
        self._units: dict[str, UnitIndex] = {}
        self._cells: dict[str, CellReader] = {}

    def units_of(self, province_code: str) -> UnitIndex:
        """The communes of a province on the day of the file."""
        if province_code not in self._units:
            self._units[province_code] = UnitIndex(self.reference, province_code, self.day)
        return self._units[province_code]

    def cells_of(self, province_code: str) -> CellReader:
        """The reader of a province's cells; its faults are those of the file."""
        if province_code not in self._cells:
            units = self.units_of(province_code)
            self._cells[province_code] = CellReader(self.reference, province_code, self.day, units)
            self._cells[province_code].faults = self.faults
        return self._cells[province_code]

    def is_flag(self, indicator: str) -> bool:
        """Whether an indicator says yes or no."""
        return self.reference.indicator(indicator).value_type == "flag"

    def is_other_section(self, name: str) -> bool:
        """Whether a section of a table holds other figures than the report's: plans, other people, another year."""
        years = _YEAR.findall(name)
        return is_about_others(name) or (bool(years) and str(self.day.year) not in years)

    def number(self, table: SheetTable, row: int, column: Column) -> Reading:
        """What a cell says as its column reads numbers, whoever's it is; notes nothing. For sums."""
        cells = self.cells_of(self.envelope.province_code or next(iter(self.provinces)))
        return cells.reading(table, row, column.index, column.indicator)

    def province_of(self, unit_code: str) -> str:
        """The province that a unit is or lies in."""
        return unit_code if unit_code in self.provinces else self.communes[unit_code].province_code

    def unit_name(self, unit_code: str) -> str:
        """Official name of a province or commune."""
        return self.cells_of(self.province_of(unit_code)).unit_name(unit_code)

    def found_indicator(self, indicator: str, table: SheetTable, unit_level: str) -> None:
        """Notes on which sheet of the form an indicator stands, for the form's name and for what is missing.

        One on a table of the other level says nothing about that sheet: a sum of the province is no sheet of communes.
        """
        self.form = self.form or self.forms[self.reference.indicator(indicator).form_sheet]
        if unit_level == self.level_of[indicator]:
            self.sheets_read.setdefault(self.reference.indicator(indicator).form_sheet, table.sheet.name)
            self.columns_read.add(indicator)

    def take(self, table: SheetTable, row: int, column: Column, indicator: str, unit_code: str) -> None:
        """Takes one cell for a unit and an indicator, or notes why not."""
        value = self.read(table, row, column, indicator, unit_code)
        if value is not None:
            self.values.add(unit_code, indicator, value, table.place(row, column.index))

    def whole_number_columns(self, table: SheetTable, columns: Sequence[Column], province_code: str) -> frozenset[int]:
        """The columns in which a whole number can be taken for a province's communes without a further look."""
        if table.sheet.percent_cells:
            return frozenset()
        uncounted = self.cells_of(province_code).uncounted
        return frozenset(
            column.index
            for column in columns
            if self.level_of[column.indicator] == "commune" and column.indicator not in uncounted
        )

    def read(self, table: SheetTable, row: int, column: Column, indicator: str, unit_code: str) -> float | None:
        """One cell's value; None where nothing was reported, or a fault was noted.

        Rules: those of `CellReader.value`, `wrong_level_province`, `wrong_level_commune`.
        """
        is_of_province = unit_code in self.provinces
        if (self.level_of[indicator] == "province") != is_of_province:
            if not is_blank(cell := table.cell(row, column.index)):
                rule = "wrong_level_province" if is_of_province else "wrong_level_commune"
                where, unit = table.place(row, column.index), self.unit_name(unit_code)
                self.faults.append(Fault(rule, where, unit, indicator, shown(cell)))
            return None
        return self.cells_of(self.province_of(unit_code)).value(table, row, column.index, indicator, unit_code)

    def take_ticks(
        self, table: SheetTable, row: int, pair: Sequence[Column], indicator: str, unit_code: str
    ) -> float | None:
        """A flag given by a cross under `đã` or `chưa`; a cross under both, or a word, is asked about."""
        marked: dict[str, Column] = {}
        for column in pair:
            cell = table.cell(row, column.index)
            if is_blank(cell):
                continue
            reading = read_value(cell, is_flag=True)
            where, unit = table.place(row, column.index), self.unit_name(unit_code)
            if reading.rule or not self.is_flag(indicator):
                self.faults.append(Fault(reading.rule or "not_a_flag", where, unit, indicator, shown(cell)))
                return None
            if reading.value:
                marked[column.tick] = column
        if len(marked) > 1:
            where, unit = table.place(row, marked[YES].index), self.unit_name(unit_code)
            given = " và ".join(f"“{marked[tick].label}”" for tick in (YES, NO))
            self.faults.append(Fault("tick_conflict", where, unit, indicator, given))
            return None
        return float(YES in marked) if marked else None

    def add_unmapped(self, table: SheetTable, label: tuple[str, ...], key: str, cells: dict[str, object]) -> None:
        """Notes a column or row of a list that nobody has said the meaning of; `cells` are its values by place."""
        samples = tuple(str(cell)[:40] for cell in list(cells.values())[:_SAMPLES])
        place = next(iter(cells), table.sheet.name)
        suggestions = tuple(self.labels.suggestions(label[-1]))
        self.unmapped.append(Unmapped(table.sheet.name, table.shape, key, place, samples, len(cells), suggestions))
