"""Rules for public holidays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pipelines.reference.faults import Fault
from pipelines.reference.records import PublicHoliday
from pipelines.reference.row_sets import RowSets

# Labour Code 45/2019/QH14, article 112; of the year in which the two tiers began only National Day lies after 01/07.
HOLIDAYS_A_YEAR = 11
HOLIDAYS_OF_FIRST_YEAR = {2025: 2}
SATURDAY = 5


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def _weekdays(rows: RowSets) -> Iterator[Fault]:
    """Work is swapped to a weekend, rest to a weekday: anything else would change nothing, or is a slip."""
    for number, holiday in rows.public_holidays:
        at_weekend = holiday.kind == "working_swapped"
        if holiday.kind != "holiday" and _is_weekend(holiday.day_on) != at_weekend:
            expected = "ngày thứ Bảy hoặc Chủ nhật" if at_weekend else "ngày từ thứ Hai đến thứ Sáu"
            fix = "Kiểm tra ngày và loại theo văn bản."
            yield rows.public_holidays.fault(number, "day_on", holiday.day_on, expected, fix)


def _whole_years(rows: RowSets) -> Iterator[Fault]:
    """A year is entered whole: a missing holiday would be counted as a working day without a word."""
    years: dict[int, list[tuple[int, PublicHoliday]]] = defaultdict(list)
    for number, holiday in rows.public_holidays:
        years[holiday.day_on.year].append((number, holiday))
    fix = "Nhập đủ các ngày của cả năm theo thông báo nghỉ lễ, Tết."
    for year, found in sorted(years.items()):
        last_number = found[-1][0]
        kinds = [holiday.kind for _, holiday in found]
        expected = HOLIDAYS_OF_FIRST_YEAR.get(year, HOLIDAYS_A_YEAR)
        on_weekend = sum(holiday.kind == "holiday" and _is_weekend(holiday.day_on) for _, holiday in found)
        if kinds.count("holiday") < expected:
            given = f"{kinds.count('holiday')} ngày lễ năm {year}"
            yield rows.public_holidays.fault(last_number, "day_on", given, f"từ {expected} ngày lễ", fix)
        if kinds.count("day_off_in_lieu") != on_weekend:
            given = f"{kinds.count('day_off_in_lieu')} ngày nghỉ bù năm {year}"
            expected_text = f"{on_weekend} ngày, bằng số ngày lễ trùng cuối tuần"
            yield rows.public_holidays.fault(last_number, "kind", given, expected_text, fix)
        if kinds.count("day_off_swapped") != kinds.count("working_swapped"):
            given = f"{kinds.count('day_off_swapped')} ngày nghỉ hoán đổi năm {year}"
            expected_text = f"{kinds.count('working_swapped')} ngày, bằng số ngày làm bù"
            yield rows.public_holidays.fault(last_number, "kind", given, expected_text, fix)
        if year - 1 not in years and year != min(years):
            yield rows.public_holidays.fault(found[0][0], "day_on", found[0][1].day_on, f"ngày của năm {year - 1}", fix)


CHECKS = (_weekdays, _whole_years)
