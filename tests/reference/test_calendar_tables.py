"""public_holidays.csv: a year is entered whole, rest and work are swapped between weekdays and weekends."""

from __future__ import annotations

import pytest

from tests.reference.editing import EditedTables

HOLIDAYS = "public_holidays.csv"


@pytest.mark.parametrize(
    ("day", "kind", "expected"),
    [
        ("2026-01-10", "day_off_swapped", "ngày từ thứ Hai đến thứ Sáu"),
        ("2026-01-02", "working_swapped", "ngày thứ Bảy hoặc Chủ nhật"),
        ("2026-01-02", "day_off", "một trong: holiday"),
    ],
)
def test_rest_is_swapped_to_a_weekday_and_work_to_a_weekend(
    edited: EditedTables, day: str, kind: str, expected: str
) -> None:
    row = edited.change(HOLIDAYS, day, "kind", kind)

    assert any((fault.row, fault.file) == (row, HOLIDAYS) and expected in fault.expected for fault in edited.faults())


@pytest.mark.parametrize(
    ("missing", "given", "expected"),
    [
        ("2026-02-18", "10 ngày lễ năm 2026", "từ 11 ngày lễ"),
        ("2025-09-01", "1 ngày lễ năm 2025", "từ 2 ngày lễ"),
        ("2026-04-27", "0 ngày nghỉ bù năm 2026", "1 ngày, bằng số ngày lễ trùng cuối tuần"),
        ("2026-08-22", "2 ngày nghỉ hoán đổi năm 2026", "1 ngày, bằng số ngày làm bù"),
    ],
)
def test_a_year_of_which_a_day_is_missing(edited: EditedTables, missing: str, given: str, expected: str) -> None:
    edited.drop(HOLIDAYS, missing)

    assert [(fault.given, fault.expected) for fault in edited.faults()] == [(given, expected)]


def test_the_next_year_cannot_be_begun_with_one_day(edited: EditedTables) -> None:
    edited.add(HOLIDAYS, day_on="2027-01-01")

    assert [(fault.given, fault.expected) for fault in edited.faults()] == [("1 ngày lễ năm 2027", "từ 11 ngày lễ")]
