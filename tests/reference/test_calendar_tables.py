"""public_holidays.csv and explanation_codes.csv: a year is entered whole, a list of codes is closed."""

from __future__ import annotations

import pytest

from pipelines.reference.tables import EXPLANATIONS
from tests.reference.editing import EditedTables

HOLIDAYS, CODES = "public_holidays.csv", "explanation_codes.csv"


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


@pytest.mark.parametrize("code", EXPLANATIONS)
def test_every_explanation_is_in_words(edited: EditedTables, code: str) -> None:
    edited.drop(CODES, code)

    assert [(fault.given, fault.expected) for fault in edited.faults()] == [("không có dòng này", code)]


def test_two_explanations_do_not_share_a_precedence(edited: EditedTables) -> None:
    row = edited.change(CODES, "rounded", "precedence", "3")

    assert [(fault.row, fault.column, fault.given) for fault in edited.faults()] == [(row, "precedence", "3")]
