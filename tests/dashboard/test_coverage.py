"""The line under a figure: what it rests on, what it may still become, and a flag above 100 %."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import markup
from dashboard.blocks.province import share_bounds
from dashboard.coverage_sentences import bounds, coverage
from dashboard.language import language
from dashboard.warehouse import Row
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened"]
VIETNAMESE, ENGLISH = language("vi"), language("en")
FIGURE: Row = {
    "as_of_on": date(2026, 2, 25),
    "reported_unit_count": 3180,
    "expected_unit_count": 3321,
    "stale_unit_count": 12,
    "set_aside_count": 3,
    "floor_value": 3100.0,
    "ceiling_value": 3190.4,
    "rate_flag": None,
    "flagged_province_count": 0,
    "origin": "reported",
}


def test_a_figure_says_what_it_rests_on() -> None:
    assert " · ".join(coverage(FIGURE, VIETNAMESE)) == (
        "25/02/2026 · 3.180/3.321 đơn vị có số liệu, trong đó 12 giữ số kỳ trước · 3 giá trị để riêng · "
        "từ 3.100 đến 3.190 nếu tính cả nơi chưa báo cáo · địa phương báo cáo"
    )
    assert "1 value set aside" in coverage({**FIGURE, "set_aside_count": 1}, ENGLISH)


@pytest.mark.parametrize(
    "silent",
    [
        {"stale_unit_count": 0, "set_aside_count": 0, "floor_value": 3100.0, "ceiling_value": 3100.0},
        {"stale_unit_count": None, "set_aside_count": None, "floor_value": None, "ceiling_value": None},
    ],
)
def test_what_does_not_occur_is_not_said(silent: Row) -> None:
    assert coverage({**FIGURE, **silent}, VIETNAMESE) == [
        "25/02/2026",
        "3.180/3.321 đơn vị báo cáo",
        "địa phương báo cáo",
    ]


def test_a_row_without_these_columns_is_shown_as_far_as_it_goes() -> None:
    assert coverage({"origin": "simulated"}, VIETNAMESE) == ["mô phỏng"]
    assert bounds({}, VIETNAMESE) == ""


def test_the_line_explains_itself() -> None:
    assert 'title="Nơi chưa báo cáo không bị coi là 0.' in markup.provenance(FIGURE, VIETNAMESE)


@pytest.mark.parametrize(
    ("flag", "reason"),
    [
        ("value_above_target", "▲ vượt 100%: giá trị lớn hơn mục tiêu"),
        ("more_units_than_expected", "▲ vượt 100%: nhiều đơn vị báo cáo hơn số được tính"),
    ],
)
def test_above_100_percent_is_flagged_with_its_reason(flag: str, reason: str) -> None:
    assert reason in markup.provenance({**FIGURE, "rate_flag": flag}, VIETNAMESE)
    assert "vượt" not in markup.provenance(FIGURE, VIETNAMESE)


def test_provinces_above_100_percent_are_counted_under_the_country() -> None:
    assert "2 địa phương vượt 100%" in coverage({**FIGURE, "flagged_province_count": 2}, VIETNAMESE)


@pytest.mark.parametrize(
    ("percent", "mark", "width", "line"),
    [
        (50.0, 80.0, "width:50.00%", "left:80.00%"),
        (100.0, None, "width:100.00%", ""),
        (125.0, 60.0, "width:100.00%", "left:80.00%"),
        (200.0, None, "width:100.00%", "left:50.00%"),
    ],
)
def test_a_bar_above_100_percent_shows_where_100_is(percent: float, mark: float | None, width: str, line: str) -> None:
    drawn = markup.bar(percent, "#118C7E", mark)
    assert width in drawn
    assert (line in drawn) if line else ("left:" not in drawn)


def test_while_nobody_has_reported_no_light_counts_zero() -> None:
    assert "<b>0</b>" not in markup.legend({"none": 34}, VIETNAMESE)
    assert "<b>34</b>" in markup.legend({"none": 34}, VIETNAMESE)
    assert "<b>0</b>" in markup.legend({"good": 34}, VIETNAMESE)


def test_a_count_says_no_range_since_a_silent_unit_may_have_many(opened: Opener) -> None:
    said = words(opened("late", "staffing"))
    assert "3.134/3.321 đơn vị báo cáo" in said
    assert "nếu tính cả nơi chưa báo cáo" not in said
    assert "từ 1.906 đến 2.092 nếu tính cả nơi chưa báo cáo" in words(opened("late", "centres"))


@pytest.mark.parametrize(
    ("floor", "ceiling", "expected"), [(33.333, 75.0, "33,3–75%"), (80.0, 80.0, ""), (None, None, "")]
)
def test_the_progress_that_is_still_open(floor: float | None, ceiling: float | None, expected: str) -> None:
    assert share_bounds({"floor_pct": floor, "ceiling_pct": ceiling}, VIETNAMESE) == expected


def test_the_overview_says_what_its_figures_may_become(opened: Opener) -> None:
    said = words(opened("normal"))
    assert "3.155/3.195 đơn vị có số liệu, trong đó" in said, "of the units of that indicator, not of all communes"
    assert "giá trị để riêng" in said
    assert "nếu tính cả nơi chưa báo cáo" in said


def test_a_directive_says_what_its_curve_rests_on(opened: Opener) -> None:
    assert "đơn vị có số liệu" in words(opened("normal", "deadlines"))


def test_a_province_says_what_was_set_aside_of_each_indicator(opened: Opener) -> None:
    app = opened("normal", "province", tinh="91")
    table = next(each.value for each in app.dataframe if "Vượt 100%" in each.value)
    assert set(table["Để riêng"].dropna()) == {1}
    assert "Khoảng nếu tính nơi chưa báo cáo" in table
