"""Which reporting days are drawn of a long history: bounded, with the newest, the first and those beside due dates."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard import shown_days
from dashboard.figures.template import NAMED_DAYS, day_axis
from dashboard.language import language
from dashboard.shown_days import CURVE, SMALL, Extent, choose, said
from dashboard.warehouse import open_published

VI = language("vi")
NEWEST = date(2026, 2, 28)
DUE = date(2025, 6, 15)
MOST_BESIDE = 3


def nightly(count: int) -> list[date]:
    return [NEWEST - timedelta(days=back) for back in range(count)]


def test_a_short_history_is_drawn_whole_and_nothing_is_said() -> None:
    weekly = nightly(200)[::7]
    shown = choose(weekly, CURVE)
    assert shown.days == sorted(weekly)
    assert said(shown, VI) == ""
    assert choose([], CURVE).days == []


@pytest.mark.parametrize("years", [1, 3, 10, 18])
@pytest.mark.parametrize("extent", [CURVE, SMALL], ids=["curve", "small"])
def test_a_long_one_is_bounded_and_keeps_the_newest_the_first_and_the_neighbours_of_the_due_date(
    years: int, extent: Extent
) -> None:
    days = [day for day in nightly(years * 365) if day != DUE]
    shown = choose(days, extent, beside=[DUE])
    assert len(shown.days) <= extent.newest + extent.earlier + MOST_BESIDE
    assert shown.days[-extent.newest :] == sorted(days)[-extent.newest :]
    assert shown.days[0] == min(days)
    if min(days) < DUE:
        assert {DUE - timedelta(days=1), DUE + timedelta(days=1)} <= set(shown.days)
    assert set(shown.days) <= set(days)


def test_of_a_year_every_week_ends_with_its_last_report() -> None:
    days = [day for day in nightly(365) if day.weekday() < 5]
    shown = choose(days, CURVE)
    assert shown.part == "week"
    assert {day.weekday() for day in shown.days[1 : -CURVE.newest]} == {4}, "Fridays"
    assert said(shown, VI) == "30 kỳ mới nhất; trước đó là kỳ cuối mỗi tuần. Số của từng kỳ: trang So sánh."


@pytest.mark.parametrize("count", [1, 17, 26, 79, 400])
def test_an_axis_of_days_names_a_few_of_them_and_the_newest(count: int) -> None:
    days = sorted(nightly(count))
    across = day_axis(days, VI)
    assert min(count, 10) <= len(across["tickvals"]) <= NAMED_DAYS
    assert across["tickvals"][-1] == "28/02/2026"
    assert sum(text.count("/") == 2 for text in across["ticktext"]) == len({day[-4:] for day in across["tickvals"]})


def test_a_date_before_the_first_report_and_one_after_the_newest_have_one_neighbour() -> None:
    days = nightly(365)
    before, after = date(2020, 1, 1), date(2030, 1, 1)
    assert choose(days, CURVE, beside=[before, after]).days == choose(days, CURVE).days


def test_the_first_value_of_an_indicator_is_drawn(homes: dict[str, Path]) -> None:
    published = open_published(homes["normal"] / "published" / "current", "restricted")
    assert published is not None
    found = published.row("curve_days", indicators=["procedures_reviewed"])
    days = shown_days.choose(found["days"], Extent(1, 1), found["first_days"]).days
    rows = published.rows("national_curve", indicator="procedures_reviewed", days=found["days"])
    first = next(row["as_of_on"] for row in rows if row["value"] is not None)
    assert {first, rows[-1]["as_of_on"]} <= set(days)
    assert [
        row["as_of_on"] for row in published.rows("national_curve", indicator="procedures_reviewed", days=days)
    ] == days
