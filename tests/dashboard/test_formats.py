"""Numbers and dates as a Vietnamese reader writes them, and honest percentages."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from dashboard import formats
from dashboard.language import language
from dashboard.tables import written


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (3193, "3.193", "3,193"),
        (0, "0", "0"),
        (1234567, "1.234.567", "1,234,567"),
        (41.67, "41,7", "41.7"),
        (2.25, "2,3", "2.3"),
        (-1234.5, "-1.234,5", "-1,234.5"),
        (None, "–", "–"),
    ],
)
def test_numbers(value: float | None, vietnamese: str, english: str) -> None:
    assert formats.number(value) == vietnamese
    assert formats.number(value, "en") == english


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (41.6, "41,6%"),
        (41.66666, "41,7%"),
        (100, "100%"),
        (50.0, "50%"),
        (99.97, "99,9%"),
        (100.0 * 3193 / 3195, "99,9%"),
        (100.02, "100,1%"),
        (103, "103%"),
        (0, "0%"),
        (0.01, "0,1%"),
        (None, "–"),
    ],
)
def test_percentages_never_claim_what_is_not_reached(value: float | None, shown: str) -> None:
    assert formats.percent(value) == shown


def test_changes_carry_a_sign() -> None:
    assert [formats.signed(value) for value in (12, -3, 0, 1500, None)] == ["+12", "−3", "0", "+1.500", "–"]


def test_days_and_moments() -> None:
    assert formats.day(date(2026, 2, 3)) == "03/02/2026"
    assert formats.day(date(2026, 2, 3), "en") == "3 Feb 2026"
    assert formats.moment(datetime(2026, 2, 28, 1, 30)) == "28/02/2026 01:30"
    assert formats.day(None) == formats.moment(None) == "–"


def test_a_small_number_beside_a_large_one_is_written_like_it() -> None:
    frame = pd.DataFrame({"Tỉnh": [14.0], "Cả nước": [2580.0]})
    shown = written(frame, {"Tỉnh": "number", "Cả nước": "number"}, language("vi"))
    assert not isinstance(shown, pd.DataFrame)
    html = shown.to_html()
    assert ">14<" in html
    assert ">2.580<" in html
