"""Mistakes and accidents in files: each is known, so that tests can hold the gate to finding it.

`kind` is the name of the rule in `rules.csv` that must catch it. A fault of the whole file stands alone, since it
keeps the rest from being read; the others come one to four in a file, each at a place of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from pipelines.form.layout import AS_OF_ROW, MARKS_SHEET, Role, SheetLayout, cell_name
from pipelines.form.values import FormValues
from pipelines.reference.records import Indicator

_WORDS = ("đang thực hiện", "chưa có", "khoảng 12", "đang rà soát", "chưa thống kê được")
_FILE_FAULT_SHARE = 0.25
_PROVINCE_MARK_CELL = "B3"


@dataclass(frozen=True, slots=True)
class InjectedFault:
    """What was put where: `given` is the text or number that a reader finds there (empty for a missing sheet)."""

    kind: str
    sheet: str
    cell: str
    given: str


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A file after its mishap: what it holds, the day that it claims, and whether its bytes are cut off."""

    values: FormValues
    as_of_on: date
    is_cut_off: bool
    faults: tuple[InjectedFault, ...]


@dataclass
class Desk:
    """The form of one province while somebody spoils it; communes are used up, so that faults don't meet."""

    chance: np.random.Generator
    layouts: Sequence[SheetLayout]
    province_code: str
    other_province_codes: Sequence[str]
    as_of_on: date
    values: FormValues
    free_communes: list[str]
    used_sheets: set[str]

    def commune(self) -> str:
        """A commune that has no fault yet."""
        return self.free_communes.pop(int(self.chance.integers(len(self.free_communes))))

    def plain_count(self) -> tuple[SheetLayout, Indicator]:
        """A count that no other figure rests on."""
        return self._pick(lambda item: is_plain_count(item, self._items()))

    def measured_count(self) -> tuple[SheetLayout, Indicator]:
        """A count that may not exceed another one on the same sheet, and is not the sum of others."""
        names = {item.indicator for _, item in self._items()}
        return self._pick(lambda item: item.target_rule in names and not item.sum_of)

    def put(self, unit_code: str, indicator: str, value: float | str) -> None:
        """Write a value into the form."""
        self.values = replace(self.values, values={**self.values.values, (unit_code, indicator): value})

    def _items(self) -> list[tuple[SheetLayout, Indicator]]:
        return [(sheet, item) for sheet in self.layouts if sheet.total_row is not None for item in sheet.indicators]

    def _pick(self, is_wanted: Callable[[Indicator], bool]) -> tuple[SheetLayout, Indicator]:
        wanted = [(sheet, item) for sheet, item in self._items() if is_wanted(item)]
        sheet, item = wanted[int(self.chance.integers(len(wanted)))]
        self.used_sheets.add(sheet.sheet)
        return sheet, item


def is_plain_count(item: Indicator, items: Sequence[tuple[SheetLayout, Indicator]]) -> bool:
    """Whether changing this count changes no sum, no comparison and no running total."""
    rested_on = {part for _, other in items for part in other.sum_of} | {other.target_rule for _, other in items}
    return (
        item.value_type == "count"
        and item.target_rule == "none"
        and not item.sum_of
        and not item.is_cumulative
        and item.upper is not None
        and item.indicator not in rested_on
    )


def spoil(
    chance: np.random.Generator,
    layouts: Sequence[SheetLayout],
    province_code: str,
    other_province_codes: Sequence[str],
    as_of_on: date,
    values: FormValues,
) -> Spoiled:
    """One fault of the whole file, or one to four others."""
    communes = [line.unit_code for line in layouts[-1].lines if line.unit_code]
    desk = Desk(chance, layouts, province_code, other_province_codes, as_of_on, values, communes, set())
    if chance.random() < _FILE_FAULT_SHARE:
        return _FILE_FAULTS[int(chance.integers(len(_FILE_FAULTS)))](desk)
    count = int(chance.integers(1, 5))
    faults: list[InjectedFault] = []
    # The missing sheet is chosen last, among those that no other fault needs.
    for position in sorted(chance.choice(len(_VALUE_FAULTS), size=count, replace=False).tolist()):
        faults.extend(_VALUE_FAULTS[position](desk))
    return Spoiled(desk.values, as_of_on, False, tuple(faults))


def _cut_off(desk: Desk) -> Spoiled:
    return Spoiled(desk.values, desk.as_of_on, True, (InjectedFault("unreadable_file", "", "", ""),))


def _other_province(desk: Desk) -> Spoiled:
    code = desk.other_province_codes[int(desk.chance.integers(len(desk.other_province_codes)))]
    departures = replace(desk.values.departures, marks={"province_code": code})
    fault = InjectedFault("province_conflict", MARKS_SHEET, _PROVINCE_MARK_CELL, code)
    return Spoiled(replace(desk.values, departures=departures), desk.as_of_on, False, (fault,))


def _day_to_come(desk: Desk) -> Spoiled:
    claimed = desk.as_of_on + timedelta(days=int(desk.chance.integers(40, 400)))
    place = cell_name(AS_OF_ROW, 0)
    fault = InjectedFault("day_in_future", desk.layouts[0].sheet, place, f"{claimed:%d/%m/%Y}")
    return Spoiled(desk.values, claimed, False, (fault,))


def _words(desk: Desk) -> list[InjectedFault]:
    sheet, item = desk.plain_count()
    return [_spoil_cell(desk, "not_a_number", sheet, item, _WORDS[int(desk.chance.integers(len(_WORDS)))])]


def _too_much(desk: Desk) -> list[InjectedFault]:
    sheet, item = desk.plain_count()
    over = int(item.upper or 0) + int(desk.chance.integers(1, 1000))
    return [_spoil_cell(desk, "out_of_bounds", sheet, item, over)]


def _fraction(desk: Desk) -> list[InjectedFault]:
    sheet, item = desk.plain_count()
    return [_spoil_cell(desk, "not_whole", sheet, item, int(desk.chance.integers(1, 9)) + 0.5)]


def _more_than_there_are(desk: Desk) -> list[InjectedFault]:
    """A count above the one that it is measured against, but within its own bounds."""
    sheet, item = desk.measured_count()
    for unit in desk.chance.permutation(desk.free_communes).tolist():
        whole = desk.values.values.get((unit, item.target_rule))
        if isinstance(whole, (int, float)) and item.upper is not None and whole + 1 <= item.upper:
            desk.free_communes.remove(unit)
            more = whole + 1 + int(desk.chance.integers(0, 1 + min(20, int(item.upper - whole - 1))))
            desk.put(unit, item.indicator, more)
            cell = sheet.cell_of(unit, item.indicator)
            return [InjectedFault("exceeds_companion", sheet.sheet, cell, _as_text(more))]
    return []


def _wrong_total(desk: Desk) -> list[InjectedFault]:
    """A number typed over a total's formula, in a column that reports something and has no other fault."""
    sheet = next(s for s in desk.layouts if s.total_row is not None and s.sheet not in desk.used_sheets)
    desk.used_sheets.add(sheet.sheet)
    for item in sheet.indicators:
        given = (desk.values.values.get((line.unit_code, item.indicator)) for line in sheet.lines)
        numbers = [value for value in given if isinstance(value, (int, float))]
        if numbers:
            total = sum(numbers) + int(desk.chance.integers(1, 30))
            departures = desk.values.departures
            totals = {**departures.totals, item.indicator: total}
            desk.values = replace(desk.values, departures=replace(departures, totals=totals))
            cell = sheet.total_cell_of(item.indicator)
            return [InjectedFault("total_does_not_add_up", sheet.sheet, cell, _as_text(total))]
    return []


def _stranger(desk: Desk) -> list[InjectedFault]:
    """A commune that is in no registry; its own values go with it."""
    sheet, item = desk.plain_count()
    unit = desk.commune()
    code, name = f"999{int(desk.chance.integers(10, 99))}", f"Xã Mô Phỏng {int(desk.chance.integers(2, 99))}"
    departures = desk.values.departures
    labels = {**departures.unit_labels, (sheet.sheet, unit): (code, name)}
    desk.values = replace(desk.values, departures=replace(departures, unit_labels=labels))
    return [InjectedFault("unknown_unit", sheet.sheet, sheet.cell_of(unit, item.indicator, Role.CODE), code)]


def _done_too_late(desk: Desk) -> list[InjectedFault]:
    """A completion date after the day of the report, where anything is completed at all."""
    finished = sorted(desk.values.done_on)
    if not finished:
        return []
    indicator = finished[int(desk.chance.integers(len(finished)))]
    day = desk.as_of_on + timedelta(days=int(desk.chance.integers(3, 60)))
    desk.values = replace(desk.values, done_on={**desk.values.done_on, indicator: day})
    sheet = next(s for s in desk.layouts if s.total_row is None)
    cell = sheet.cell_of(desk.province_code, indicator, Role.DONE_ON)
    return [InjectedFault("done_after_report", sheet.sheet, cell, f"{day:%d/%m/%Y}")]


def _lost_sheet(desk: Desk) -> list[InjectedFault]:
    spare = [s.sheet for s in desk.layouts if s.total_row is not None and s.sheet not in desk.used_sheets]
    if not spare:
        return []
    departures = replace(desk.values.departures, missing_sheets=frozenset({spare[-1]}))
    desk.values = replace(desk.values, departures=departures)
    return [InjectedFault("missing_sheet", spare[-1], "", "")]


def _spoil_cell(desk: Desk, kind: str, sheet: SheetLayout, item: Indicator, given: float | str) -> InjectedFault:
    unit = desk.commune()
    desk.put(unit, item.indicator, given)
    text = given if isinstance(given, str) else _as_text(given)
    return InjectedFault(kind, sheet.sheet, sheet.cell_of(unit, item.indicator), text)


_FILE_FAULTS: tuple[Callable[[Desk], Spoiled], ...] = (_cut_off, _other_province, _day_to_come)
_VALUE_FAULTS: tuple[Callable[[Desk], list[InjectedFault]], ...] = (
    _words,
    _too_much,
    _fraction,
    _stranger,
    _more_than_there_are,
    _done_too_late,
    _wrong_total,
    _lost_sheet,
)


def _as_text(number: float) -> str:
    """As a spreadsheet shows a number without a format: no trailing zero, no exponent."""
    return str(int(number)) if number == int(number) else str(number)


def slips(
    chance: np.random.Generator, layouts: Sequence[SheetLayout], values: FormValues, spared: Collection[str]
) -> FormValues:
    """One or two believable wrong counts, which a correction puts right later; published figures are spared."""
    items = [(sheet, item) for sheet in layouts if sheet.total_row is not None for item in sheet.indicators]
    plain = [item for _, item in items if is_plain_count(item, items) and item.indicator not in spared]
    units = [line.unit_code for line in layouts[-1].lines if line.unit_code]
    changed = dict(values.values)
    for _ in range(int(chance.integers(1, 3))):
        item = plain[int(chance.integers(len(plain)))]
        key = (units[int(chance.integers(len(units)))], item.indicator)
        right = changed.get(key)
        if isinstance(right, (int, float)):
            wrong = right + int(chance.integers(2, 12))
            changed[key] = min(wrong, item.upper or wrong)
    return replace(values, values=changed)
