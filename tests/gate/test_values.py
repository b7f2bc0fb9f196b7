from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.gate.faults import shown, shown_number
from pipelines.gate.values import NOTHING, day_within, is_blank, read_day, read_value
from pipelines.readers import CellValue


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (12.0, 12),
        (0.0, 0),
        (-3.0, -3),
        (0.5, 0.5),
        (3.19, 3.19),
        ("12", 12),
        (" 02 ", 2),
        ("+5", 5),
        ("−5", -5),
        ("１２", 12),
        ("3.193", 3193),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("41,6", 41.6),
        ("41.6", 41.6),
        ("1.234,5", 1234.5),
        ("12\u00a0", 12),
    ],
)
def test_numbers(cell: CellValue, value: float) -> None:
    assert read_value(cell, is_flag=False).value == value


@pytest.mark.parametrize("cell", ["", " ", "\u00a0", "-", "–", "…", "...", ".", "Chưa có số liệu", "không có số liệu"])
def test_what_reports_nothing(cell: str) -> None:
    assert read_value(cell, is_flag=False) is read_value(cell, is_flag=True) is NOTHING
    assert is_blank(cell)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("đang thực hiện", "not_a_number"),
        ("12 người", "not_a_number"),
        ("khoảng 12", "not_a_number"),
        ("12¹", "not_a_number"),
        ("½", "not_a_number"),
        ("①", "not_a_number"),
        ("1.23.456", "not_a_number"),
        ("1e5", "not_a_number"),
        ("x", "not_a_number"),
        ("9" * 400, "not_a_number"),
        (True, "not_a_number"),
        (float("inf"), "not_a_number"),
        (float("nan"), "not_a_number"),
        (1e300, "not_a_number"),
        (datetime.date(2026, 2, 13), "not_a_number"),
        (datetime.time(3, 4), "not_a_number"),
        (3.193, "ambiguous_number"),
        (1234.567, "ambiguous_number"),
        ("3,193", "ambiguous_number"),
        ("0.416", "ambiguous_number"),
        ("1234.567", "ambiguous_number"),
        ("#REF!", "error_value"),
        ("#DIV/0!", "error_value"),
        ("#N/A", "error_value"),
        ("Err:502", "error_value"),
    ],
)
def test_what_is_asked_about(cell: CellValue, rule: str) -> None:
    assert read_value(cell, is_flag=False).rule == rule
    assert not is_blank(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1.0, 1),
        (0.0, 0),
        (True, 1),
        ("1", 1),
        ("x", 1),
        ("X", 1),
        ("✓", 1),
        ("Có", 1),
        ("Đã thành lập", 1),
        ("chưa", 0),
        ("Chưa có", 0),
        ("KHÔNG", 0),
    ],
)
def test_flags(cell: CellValue, value: float) -> None:
    assert read_value(cell, is_flag=True).value == value


@pytest.mark.parametrize("cell", ["đang thực hiện", "2 đơn vị", "ok", datetime.date(2026, 2, 13)])
def test_words_that_are_no_flag(cell: CellValue) -> None:
    assert read_value(cell, is_flag=True).rule == "not_a_flag"


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_a_whole_number_is_read_as_it_is_shown(number: int) -> None:
    assert read_value(shown_number(number), is_flag=False).value == number
    assert read_value(str(number), is_flag=False).value == number
    assert read_value(float(number), is_flag=False).value == number


@given(st.text() | st.floats() | st.text(alphabet="0123456789.,-+ %x"))
def test_no_cell_gives_a_value_and_a_fault(cell: CellValue) -> None:
    for is_flag in (True, False):
        reading = read_value(cell, is_flag)
        assert reading.value is None or not reading.rule
        assert isinstance(shown(cell), str)


@pytest.mark.parametrize(
    "cell",
    [
        datetime.date(2026, 2, 13),
        datetime.datetime(2026, 2, 13, 7, 30),
        46066.0,
        "13/02/2026",
        "13/2/2026",
        "13-2-2026",
        "13.2.2026",
        " 13 / 02 / 2026 ",
        "ngày 13 tháng 02 năm 2026",
        "Ngày 13 tháng 2 năm 2026",
    ],
)
def test_dates(cell: CellValue) -> None:
    assert read_day(cell) == datetime.date(2026, 2, 13)


@pytest.mark.parametrize("cell", ["", "-", "…", "chưa có số liệu"])
def test_no_date(cell: str) -> None:
    assert read_day(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2026",
        "13/02/26",
        "13/02",
        "13/02/20261",
        "tháng 02/2026",
        "02/2026",
        "2026-02-13x",
        "quý I",
        12.0,
        46066.5,
        float("nan"),
        float("inf"),
        True,
        datetime.time(3, 4),
    ],
)
def test_a_date_with_a_part_missing_or_impossible_is_refused(cell: CellValue) -> None:
    with pytest.raises(ValueError):
        read_day(cell)


@given(st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_a_date_is_read_as_it_is_shown(day: datetime.date) -> None:
    assert read_day(shown(day)) == day
    assert read_day(float((day - datetime.date(1899, 12, 30)).days)) == day
    assert read_day(f"ngày {day.day} tháng {day.month:02} năm {day.year}") == day
    assert day_within(f"Tính đến ngày {day:%d/%m/%Y} (sơ bộ)") == day


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Tính đến ngày 13/02/2026", datetime.date(2026, 2, 13)),
        ("tính đến hết ngày 13 tháng 02 năm 2026", datetime.date(2026, 2, 13)),
        ("Tính đến ngày …/…/……", None),
        ("Tính đến ngày 13/02", None),
        ("Tính đến ngày 113/02/2026", None),
        ("Tính đến ngày 13/02/20261", None),
    ],
)
def test_the_date_in_a_title(title: str, day: datetime.date | None) -> None:
    assert day_within(title) == day


def test_a_title_with_a_day_of_no_calendar() -> None:
    with pytest.raises(ValueError):
        day_within("Tính đến ngày 31/02/2026")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3193.0, "3.193"),
        (0.5, "0,5"),
        (-1234.5, "-1.234,5"),
        (True, "TRUE"),
        (datetime.date(2026, 2, 3), "03/02/2026"),
        (datetime.datetime(2026, 2, 3, 7, 5), "03/02/2026 07:05"),
        (datetime.datetime(2026, 2, 3), "03/02/2026"),
        ("  khoảng 12 ", "khoảng 12"),
        (float("inf"), "inf"),
        ("a" * 500, "a" * 200 + "…"),
    ],
)
def test_cells_are_shown_as_their_sender_sees_them(cell: CellValue, text: str) -> None:
    assert shown(cell) == text
