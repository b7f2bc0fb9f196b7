from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.gate.faults import shown, shown_number
from pipelines.gate.values import NOTHING, Reading, is_blank, read_percent, read_value
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
        ("3 193", 3193),
        ("3\u00a0193", 3193),
        ("3\u2009193", 3193),
        ("1\u202f000", 1000),
        ("1 234 567", 1234567),
        ("1,234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("1.234,567", 1234.567),
        ("1,234.567", 1234.567),
        ("007", 7),
    ],
)
def test_numbers(cell: CellValue, value: float) -> None:
    assert read_value(cell, is_flag=False).value == value


@pytest.mark.parametrize(
    "cell",
    [
        *("", " ", "\u00a0", "-", "–", "--", "…", "...", ".", "......", "/", "//", "…/…", "___"),
        *("Chưa có số liệu", "không có số liệu", "Chưa báo cáo"),
    ],
)
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
        ("hai", "not_a_number"),
        ("không", "not_a_number"),
        ("chưa có", "not_a_number"),
        ("(12)", "not_a_number"),
        ("12*", "not_a_number"),
        ("12.", "not_a_number"),
        ("15 TT", "not_a_number"),
        ("02 cấp", "not_a_number"),
        ("5 10", "not_a_number"),
        ("12 34 567", "not_a_number"),
        ("0 123", "not_a_number"),
        ("1'234", "not_a_number"),
        ("12/15", "not_a_number"),
        ("12+3", "not_a_number"),
        ("x%", "not_a_number"),
        ("41,6%", "percent_for_count"),
        ("41.6 %", "percent_for_count"),
        ("100%", "percent_for_count"),
        ("0,416", "ambiguous_number"),
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


def test_a_number_shown_as_percent_is_no_count() -> None:
    for cell in (0.416, 1.0, 0.0):
        for is_flag in (True, False):
            assert read_value(cell, is_flag, is_percent=True).rule == "percent_for_count"


@pytest.mark.parametrize(
    ("cell", "unit", "reading"),
    [
        ("12 người", "người", Reading(12, remark="unit_in_cell")),
        ("3.193 Người", "người", Reading(3193, remark="unit_in_cell")),
        ("02người", "người", Reading(2, remark="unit_in_cell")),
        ("15 trung tâm", "trung tâm", Reading(15, remark="unit_in_cell")),
        ("3,193 người", "người", Reading(rule="ambiguous_number")),
        ("12 trung tâm", "người", Reading(rule="not_a_number")),
        ("12 người (tạm tính)", "người", Reading(rule="not_a_number")),
        ("khoảng 12 người", "người", Reading(rule="not_a_number")),
        ("người", "người", Reading(rule="not_a_number")),
        ("12 xã", "", Reading(rule="not_a_number")),
    ],
)
def test_a_number_with_its_own_unit(cell: str, unit: str, reading: Reading) -> None:
    assert read_value(cell, is_flag=False, unit=unit) == reading


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *[
            (cell, 1)
            for cell in (1.0, True, "1", "01", "x", "X", "v", "✓", "✔️", "√", "☑", "\uf0fc", "Có", "đã", "ĐÃ CÓ", "TRUE")
        ],
        *[(cell, 1) for cell in ("Hoàn thành", "đã hoàn thành", "Đạt")],
        *[(cell, 0) for cell in (0.0, False, "0", "chưa", "Chưa có", "KHÔNG", "☐", "chưa hoàn thành", "FALSE")],
    ],
)
def test_flags(cell: CellValue, value: float) -> None:
    assert read_value(cell, is_flag=True).value == value


@pytest.mark.parametrize(
    ("cell", "label", "value"),
    [
        ("Đã thành lập", "trung tâm pvhcc cấp xã đã thành lập", 1),
        ("chưa thành lập", "trung tâm pvhcc cấp xã đã thành lập", 0),
        ("đã được bổ nhiệm", "đã bổ nhiệm chỉ huy trưởng", 1),
        ("không bảo đảm", "trụ sở làm việc cấp xã bảo đảm", 0),
        ("Đảm bảo", "trụ sở làm việc cấp xã bảo đảm", 1),
        ("chưa ổn định", "đường truyền kết nối ổn định", 0),
        ("đã thành lập", "trung tâm pvhcc cấp xã đã đi vào hoạt động", None),
        ("thành lập", "trung tâm pvhcc cấp xã đã thành lập", None),
        ("đã thành lập", "", None),
        ("đã thành lập ngày 01/07/2025", "trung tâm pvhcc cấp xã đã thành lập", None),
    ],
)
def test_a_deed_answers_the_column_that_asks_for_it(cell: str, label: str, value: float | None) -> None:
    reading = read_value(cell, is_flag=True, label=label)
    assert reading.value == value
    assert reading.rule == ("" if value is not None else "not_a_flag")


@pytest.mark.parametrize(
    "cell",
    ["đang thực hiện", "2 đơn vị", "ok", "✗", "☒", "QĐ số 12/QĐ-UBND", "sắp có", "có?", datetime.date(2026, 2, 13)],
)
def test_words_that_are_no_flag(cell: CellValue) -> None:
    assert read_value(cell, is_flag=True).rule == "not_a_flag"


@pytest.mark.parametrize(
    ("cell", "is_percent", "value"),
    [
        (0.416, True, 41.6),
        (1.0, True, 100),
        (0.0, False, 0),
        (41.6, False, 41.6),
        ("41,6%", False, 41.6),
        ("41.6 %", False, 41.6),
        ("41,6", False, 41.6),
        ("100%", True, 100),
        ("-", False, None),
    ],
)
def test_percentages(cell: CellValue, is_percent: bool, value: float | None) -> None:
    assert read_percent(cell, is_percent) == Reading(value)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (0.416, "ambiguous_number"),
        ("3,193%", "ambiguous_number"),
        ("3.193", "ambiguous_number"),
        ("khoảng 40%", "not_a_number"),
        ("%", "not_a_number"),
        ("½", "not_a_number"),
        (True, "not_a_number"),
        (float("nan"), "not_a_number"),
        (datetime.date(2026, 2, 13), "not_a_number"),
        ("#DIV/0!", "error_value"),
    ],
)
def test_percentages_that_are_asked_about(cell: CellValue, rule: str) -> None:
    assert read_percent(cell, is_percent=False) == Reading(rule=rule)


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_a_whole_number_is_read_as_it_is_shown(number: int) -> None:
    assert read_value(shown_number(number), is_flag=False).value == number
    assert read_value(str(number), is_flag=False).value == number
    assert read_value(float(number), is_flag=False).value == number
    spaced = f"{number:,}".replace(",", "\u00a0")
    assert read_value(spaced, is_flag=False).value == number
    assert read_value(f"{spaced} người", is_flag=False, unit="người").value == number


@given(st.integers(0, 10**9), st.integers(1, 99))
def test_a_decimal_reads_back_in_every_certain_form(whole: int, cents: int) -> None:
    value = float(f"{whole}.{cents:02}")
    english = f"{whole:,}.{cents:02}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    for written in (english, vietnamese, vietnamese.replace(".", " "), f"{whole},{cents:02}", f"{whole}.{cents:02}"):
        assert read_value(written, is_flag=False).value == value
        assert read_percent(f"{written}%", is_percent=False).value == value


@given(st.integers(1, 999), st.integers(0, 999))
def test_one_group_behind_a_comma_is_never_taken_by_itself(thousands: int, rest: int) -> None:
    text = f"{thousands},{rest:03}"
    assert read_value(text, is_flag=False).rule == read_percent(text, is_percent=False).rule == "ambiguous_number"


@given(st.text() | st.floats() | st.text(alphabet="0123456789.,-+ %x"))
def test_no_cell_gives_a_value_and_a_fault(cell: CellValue) -> None:
    for is_flag in (True, False):
        for reading in (read_value(cell, is_flag), read_percent(cell, is_flag)):
            assert reading.value is None or not reading.rule
        assert isinstance(shown(cell), str)


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
