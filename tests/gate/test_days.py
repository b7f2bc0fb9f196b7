from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.gate.days import day_within, read_day
from pipelines.gate.faults import shown
from pipelines.readers import CellValue


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
        "13 tháng 2 năm 2026",
        "ngày 13/02/2026",
        "ngày 13/02 năm 2026",
        "ngày 13 tháng 02, năm 2026",
        "13/02/2026.",
        "2026-02-13",
        "2026/2/13",
        "2026-02-13 00:00:00",
        "2026-02-13T07:30",
        "13/02/2026 07:30:00",
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
        "tháng 3/2026",
        "13/2/26",
        "02/13/2026",
        "2026-13-02",
        "20260213",
        "13/02/2026 - 15/02/2026",
        "13/02/2026 (QĐ 12)",
        "năm 2026",
        "13.2",
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
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day}/{day.month}", day.year) == day
    assert read_day(f"ngày {day.day} tháng {day.month:02} năm {day.year}") == day
    assert day_within(f"Tính đến ngày {day:%d/%m/%Y} (sơ bộ)") == day


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Tính đến ngày 13/02/2026", datetime.date(2026, 2, 13)),
        ("tính đến hết ngày 13 tháng 02 năm 2026", datetime.date(2026, 2, 13)),
        ("Tính đến ngày …/…/……", None),
        ("Tính đến ngày 13/02", None),
        ("Tính đến 2026-02-13", datetime.date(2026, 2, 13)),
        ("Tính đến ngày 13/02 năm 2026", datetime.date(2026, 2, 13)),
        ("Số liệu đến tháng 02/2026", None),
        ("Tính đến ngày 13/02/26", None),
        ("Tính đến ngày 113/02/2026", None),
        ("Tính đến ngày 13/02/20261", None),
    ],
)
def test_the_date_in_a_title(title: str, day: datetime.date | None) -> None:
    assert day_within(title) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/2", datetime.date(2026, 2, 13)),
        ("13-02", datetime.date(2026, 2, 13)),
        ("ngày 13 tháng 2", datetime.date(2026, 2, 13)),
        ("13/02/2025", datetime.date(2025, 2, 13)),
    ],
)
def test_a_missing_year_comes_from_elsewhere_in_the_report_only(text: str, day: datetime.date) -> None:
    assert read_day(text, 2026) == day


@pytest.mark.parametrize("text", ["13/2/26", "13.2", "3/2026", "30/2", "13/13", "tháng 2", "13"])
def test_a_known_year_makes_no_date_of_anything_else(text: str) -> None:
    with pytest.raises(ValueError):
        read_day(text, 2026)


@given(st.text() | st.text(alphabet="0123456789/-. ngàythánăm:T") | st.floats() | st.integers())
def test_any_cell_is_a_day_nothing_or_a_named_refusal(cell: str | float) -> None:
    for year in (None, 2026):
        try:
            day = read_day(cell, year)
        except ValueError:
            continue
        assert day is None or isinstance(day, datetime.date)


def test_a_title_with_a_day_of_no_calendar() -> None:
    with pytest.raises(ValueError):
        day_within("Tính đến ngày 31/02/2026")
