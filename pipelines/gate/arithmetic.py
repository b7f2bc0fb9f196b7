"""Sums that a report promises: its total row, and columns that its own row of numbers calls the sum of others."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.form.layout import TOTAL_LABEL
from pipelines.gate.faults import Fault, shown_number
from pipelines.gate.structure import Column, SheetTable
from pipelines.gate.values import Reading, are_whole_numbers, has_three_decimals

_LEAST_PROOF = 10
ReadingOf = Callable[[SheetTable, int, Column], Reading]


@dataclass(slots=True)
class Values:
    """Values taken from a file, one list per column of the ledger, in reading order."""

    unit_code: list[str] = field(default_factory=list)
    indicator: list[str] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    done_on: list[datetime.date | None] = field(default_factory=list)
    evidence: list[str | None] = field(default_factory=list)

    def add(
        self,
        unit_code: str,
        indicator: str,
        value: float,
        where: str,
        done_on: datetime.date | None = None,
        evidence: str | None = None,
    ) -> None:
        """Appends one value."""
        self.unit_code.append(unit_code)
        self.indicator.append(indicator)
        self.value.append(value)
        self.place.append(where)
        self.done_on.append(done_on)
        self.evidence.append(evidence)

    def add_row(
        self, unit_code: str, indicators: Sequence[str], values: Sequence[float], places: Sequence[str]
    ) -> None:
        """Appends the values of several indicators of one unit, without dates or documents."""
        count = len(values)
        self.unit_code.extend([unit_code] * count)
        self.indicator.extend(indicators)
        self.value.extend(values)
        self.place.extend(places)
        self.done_on.extend([None] * count)
        self.evidence.extend([None] * count)

    def remove(self, indexes: Collection[int]) -> None:
        """Takes out the values at the given positions."""
        kept = [index for index in range(len(self.value)) if index not in indexes]
        for name in ("unit_code", "indicator", "value", "place", "done_on", "evidence"):
            column = getattr(self, name)
            setattr(self, name, [column[index] for index in kept])

    def __len__(self) -> int:
        return len(self.value)


def total_faults(table: SheetTable, columns: Sequence[Column], reading_of: ReadingOf) -> Iterator[Fault]:
    """Compares each total row with the sums that it may stand for. Rule: `total_does_not_add_up`.

    Rows that are set aside for other reasons count too: what they say is part of what the sender added up.
    """
    groups = {row: _groups(table, row) for row in table.total_rows}
    for column in columns:
        for row in table.total_rows:
            given = reading_of(table, row, column).value
            if given is None:
                continue
            expected = _expected(table, column, groups[row], given, reading_of)
            if expected is not None:
                where, label = table.place(row, column.index), _label(table, row)
                shown = shown_number(given), shown_number(expected)
                yield Fault("total_does_not_add_up", where, label, column.indicator, *shown)


def _expected(
    table: SheetTable, column: Column, groups: Sequence[Sequence[int]], given: float, reading_of: ReadingOf
) -> float | None:
    """The sum of the rows that a total most likely stands for, where it is the sum of none; otherwise None."""
    first: float | None = None
    for rows in groups:
        total = _sum(table, column, rows, reading_of)
        if total is None or _is_same(given, total):
            return None
        first = total if first is None else first
    return first


def is_sum_of_rows(table: SheetTable, row: int, columns: Sequence[Column], reading_of: ReadingOf) -> bool:
    """Whether a row is the sum of others in every column where it has a figure: a total that does not say so.

    Small figures are no proof: that a commune's 1 is the sum of a 1 and a 0 means nothing.
    """
    figures = [(column, value) for column in columns if (value := reading_of(table, row, column).value) is not None]
    return max((value for _, value in figures), default=0.0) >= _LEAST_PROOF and any(
        len(rows) > 1 and all(_is_same(value, _sum(table, column, rows, reading_of)) for column, value in figures)
        for rows in _groups(table, row)
    )


def _groups(table: SheetTable, row: int) -> list[list[int]]:
    """The rows that a total may add up: what its label says first. All units, its section, or those around it."""
    everything = table.data_rows
    bounds = sorted({*table.total_rows, -1, len(table.sheet.rows)} - {row})
    before, after = max(b for b in bounds if b < row), min(b for b in bounds if b > row)
    above = [other for other in everything if before < other < row]
    below = [other for other in everything if row < other < after]
    label = _label(table, row)
    section = [other for other in everything if table.sections.get(other) == label]
    same = [other for other in everything if table.sections.get(other) == table.sections.get(row)]
    groups = [everything, section, above, below, same]
    if section:
        groups = [section, everything, above, below, same]
    return [group for group in groups if group]


def _label(table: SheetTable, row: int) -> str:
    for role in ("unit_name", "province_name", "unit_code", "order"):
        text = str(table.cell(row, table.column(role))).strip()
        if text:
            return text
    return TOTAL_LABEL


def _is_same(given: float, total: float | None) -> bool:
    return total is not None and math.isclose(given, total, abs_tol=1e-6)


def _sum(table: SheetTable, column: Column, rows: Sequence[int], reading_of: ReadingOf) -> float | None:
    """What the sender's spreadsheet makes of the rows, where words count for nothing.

    None where a cell holds an error, a number that can be read in two ways or a formula without result: nobody knows
    then what the sum should be.
    """
    total, index = 0.0, column.index
    figures = [cells[index] if index < len(cells := table.sheet.rows[row]) else "" for row in rows]
    if are_whole_numbers(figures):
        return sum(figures)
    for row in rows:
        cells = table.sheet.rows[row]
        cell = cells[index] if index < len(cells) else ""
        if isinstance(cell, float):
            if not cell.is_integer() and has_three_decimals(cell):
                return None
            total += cell if math.isfinite(cell) else 0.0
        elif cell != "":
            reading = reading_of(table, row, column)
            if reading.rule in ("error_value", "ambiguous_number"):
                return None
            total += reading.value or 0.0
        elif (row, index) in table.sheet.formulas_without_value:
            return None
    return total


def part_faults(
    table: SheetTable, columns: Sequence[Column], values: Values, taken: range, name_of: Callable[[str], str]
) -> Iterator[Fault]:
    """Checks `5 (=6+7+8)` of the column-number row in every row that gives all of them. Rule: `parts_do_not_add_up`."""
    indicators = {column.index: column.indicator for column in columns}
    sums = {
        indicators[whole]: [(sign, indicators[part]) for sign, part in parts]
        for whole, parts in table.parts.items()
        if whole in indicators and all(part in indicators for _, part in parts)
    }
    if not sums:
        return
    numbers = {(values.unit_code[number], values.indicator[number]): number for number in taken}
    for (unit_code, indicator), number in numbers.items():
        if indicator not in sums:
            continue
        parts = [(sign, numbers.get((unit_code, part))) for sign, part in sums[indicator]]
        total = sum(sign * values.value[part] for sign, part in parts if part is not None)
        is_complete = bool(parts) and all(part is not None for _, part in parts)
        if is_complete and not _is_same(values.value[number], total):
            given = shown_number(values.value[number])
            unit = name_of(unit_code)
            yield Fault("parts_do_not_add_up", values.place[number], unit, indicator, given, shown_number(total))
