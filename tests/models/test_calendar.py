"""reference.calendar: which days offices work, and counting working days between two of them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.models.tiny import TINY, Country, day

TABLE = "reference.calendar"
# The recipe of the model's header: working days after the first day, up to and including the second.
BETWEEN = """
SELECT later.working_day_number - earlier.working_day_number
FROM (VALUES (CAST(? AS DATE), CAST(? AS DATE))) AS asked (from_on, to_on)
LEFT JOIN reference.calendar AS earlier ON asked.from_on = earlier.as_of_on
LEFT JOIN reference.calendar AS later ON asked.to_on = later.as_of_on
"""


@pytest.fixture(scope="module")
def calendar() -> Country:
    """The repo's own holidays."""
    return Country().night("2026-02-13", until=TABLE)


def working_days(country: Country, earlier: str, later: str) -> int | None:
    found: Iterable[tuple[int | None]] = country.connection.execute(BETWEEN, [earlier, later]).fetchall()
    (row,) = found
    return row[0]


def test_it_runs_from_the_first_day_of_the_two_tiers_to_the_end_of_the_last_year_entered(calendar: Country) -> None:
    calendar.check(
        TABLE,
        "as_of_on is_working_day working_day_number \n 2025-07-01 True 1",
        where="as_of_on = (SELECT MIN(as_of_on) FROM reference.calendar)",
    )
    assert calendar.rows(TABLE, "MAX(as_of_on), COUNT(*)") == [["2026-12-31", "549"]]


def test_the_week_of_tet_is_off_and_counts_nothing(calendar: Country) -> None:
    calendar.check(
        TABLE,
        """
        as_of_on is_working_day holiday_kind
        2026-02-13 True  -
        2026-02-14 False -
        2026-02-15 False -
        2026-02-16 False holiday
        2026-02-17 False holiday
        2026-02-18 False holiday
        2026-02-19 False holiday
        2026-02-20 False holiday
        2026-02-21 False -
        2026-02-22 False -
        2026-02-23 True  -
        """,
        where="as_of_on BETWEEN '2026-02-13' AND '2026-02-23'",
    )


@pytest.mark.parametrize(
    ("swapped", "worked"),
    [("2026-01-02", "2026-01-10"), ("2026-08-31", "2026-08-22")],
    ids=["new_year", "national_day"],
)
def test_a_swapped_day_is_off_and_a_saturday_is_worked_instead(calendar: Country, swapped: str, worked: str) -> None:
    calendar.check(
        TABLE,
        f"as_of_on is_working_day holiday_kind \n {swapped} False day_off_swapped \n {worked} True working_swapped",
        where=f"as_of_on IN ('{swapped}', '{worked}')",
    )


def test_a_holiday_on_a_sunday_is_made_up_for_on_monday(calendar: Country) -> None:
    calendar.check(
        TABLE,
        "as_of_on is_working_day holiday_kind \n 2026-04-26 False holiday \n 2026-04-27 False day_off_in_lieu",
        where="as_of_on IN ('2026-04-26', '2026-04-27')",
    )


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("2025-07-07", "2025-07-11", 4),  # Monday to Friday: the first day is not counted
        ("2025-07-04", "2025-07-07", 1),  # Friday to Monday
        ("2025-07-05", "2025-07-06", 0),  # Saturday to Sunday
        ("2025-08-29", "2025-09-03", 1),  # 30/08-02/09 off
        ("2025-12-31", "2026-01-05", 1),  # 01/01 holiday, 02/01 swapped, week-end
        ("2026-01-05", "2026-01-12", 6),  # four days, Saturday 10/01 worked, Monday
        ("2026-02-13", "2026-02-20", 0),  # all of Tết
        ("2026-02-13", "2026-02-25", 3),  # Monday 23 to Wednesday 25
        ("2026-02-25", "2026-02-13", -3),
        ("2026-02-25", "2026-02-25", 0),
        ("2026-04-24", "2026-05-04", 3),  # 28/04, 29/04, 04/05
        ("2026-08-21", "2026-09-03", 7),  # Saturday 22/08, 24-28/08, Thursday 03/09
    ],
)
def test_working_days_between_two_days(calendar: Country, earlier: str, later: str, expected: int) -> None:
    assert working_days(calendar, earlier, later) == expected


@pytest.mark.parametrize(("earlier", "later"), [("2026-12-30", "2027-01-04"), ("2025-06-30", "2025-07-04")])
def test_a_day_outside_the_years_entered_gives_nothing(calendar: Country, earlier: str, later: str) -> None:
    assert working_days(calendar, earlier, later) is None


def test_without_holidays_there_is_no_calendar() -> None:
    country = Country(public_holidays=[]).night("2026-02-13", until=TABLE)
    assert country.rows(TABLE) == []


def test_the_days_of_the_table_are_those_by_law_and_two_swaps() -> None:
    kinds = [item.kind for item in TINY.public_holidays if item.day_on >= day("2026-01-01")]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "holiday": 11,
        "day_off_in_lieu": 1,
        "day_off_swapped": 2,
        "working_swapped": 2,
    }
