"""Sums that a report promises: its total row, and columns that its own row of numbers calls the sum of others."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from pipelines.gate.faults import Fault, shown_number
from pipelines.gate.structure import Column, SheetTable
from pipelines.gate.values import read_value
from pipelines.readers import place


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

    def remove(self, indexes: Collection[int]) -> None:
        """Takes out the values at the given positions."""
        kept = [index for index in range(len(self.value)) if index not in indexes]
        for name in ("unit_code", "indicator", "value", "place", "done_on", "evidence"):
            column = getattr(self, name)
            setattr(self, name, [column[index] for index in kept])

    def __len__(self) -> int:
        return len(self.value)


def total_faults(table: SheetTable, columns: list[Column]) -> Iterator[Fault]:
    """Compares each total row with the sum of the rows above and below it. Rule: `total_does_not_add_up`.

    Rows that are set aside for other reasons count too: what they say is part of what the sender added up.
    """
    for column in columns:
        total = _sum(table, column.index)
        for row in table.total_rows if total is not None else []:
            given = read_value(table.cell(row, column.index), is_flag=False).value
            if given is not None and total is not None and not math.isclose(given, total, abs_tol=1e-6):
                where = place(table.sheet.name, row, column.index)
                shown, expected = shown_number(given), shown_number(total)
                yield Fault("total_does_not_add_up", where, "Tổng cộng", column.indicator, shown, expected)


def _sum(table: SheetTable, column: int) -> float | None:
    """What the sender's spreadsheet makes of the column, where words count for nothing.

    None where a cell holds an error or a formula without result: nobody knows then what the sum should be.
    """
    total = 0.0
    for row in table.data_rows:
        cell = table.cell(row, column)
        if isinstance(cell, float):
            total += cell if math.isfinite(cell) else 0.0
        elif cell != "":
            reading = read_value(cell, is_flag=False)
            if reading.rule == "error_value":
                return None
            total += reading.value or 0.0
        elif (row, column) in table.sheet.formulas_without_value:
            return None
    return total


def part_faults(
    table: SheetTable, columns: list[Column], values: Values, taken: range, name_of: Callable[[str], str]
) -> Iterator[Fault]:
    """Checks `5 (=6+7+8)` of the column-number row in every row that gives all of them. Rule: `parts_do_not_add_up`."""
    indicators = {column.index: column.indicator for column in columns}
    sums = {
        indicators[whole]: [indicators[part] for part in parts]
        for whole, parts in table.parts.items()
        if whole in indicators and all(part in indicators for part in parts)
    }
    if not sums:
        return
    numbers = {(values.unit_code[number], values.indicator[number]): number for number in taken}
    for (unit_code, indicator), number in numbers.items():
        parts = [numbers.get((unit_code, part)) for part in sums.get(indicator, [])]
        total = sum(values.value[part] for part in parts if part is not None)
        if parts and None not in parts and not math.isclose(total, values.value[number], abs_tol=1e-6):
            given = shown_number(values.value[number])
            unit = name_of(unit_code)
            yield Fault("parts_do_not_add_up", values.place[number], unit, indicator, given, shown_number(total))
