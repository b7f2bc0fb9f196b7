"""marts.outliers: what stands out against the unit's own history and its peers, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.models.tiny import Country, follow_up, reporting_day

TABLE = "marts.outliers"
DAYS = ("2025-10-15", "2025-10-31", "2025-11-15", "2025-11-30", "2025-12-15")
LAST = DAYS[-1]


def history(
    *values: float, unit: str = "91001", indicator: str = "obstacles_raised", **tables: Sequence[Any]
) -> Country:
    """One unit's values, one per day of the calendar; the last one is the newest."""
    country = Country(reporting_days=[reporting_day(on) for on in DAYS], **tables)
    for on, value in zip(DAYS, values, strict=False):
        country.report(unit[:2], on, f"{unit} {indicator} {value}")
    return country


def found(country: Country, columns: str, on: str = LAST) -> list[list[str]]:
    return country.night(on, until=TABLE).rows(TABLE, columns)


def test_four_times_its_own_history_is_named_with_the_numbers_behind_it() -> None:
    country = history(100, 104, 98, 102, 408)
    columns = "unit_code, value, previous_value, previous_on, history_count, history_median, peer_count, kind, state"
    assert found(country, columns) == [
        ["91001", "408", "102", "2025-11-30", "4", "101", "-", "own_history", "open"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((3, 3, 4, 3, 9), "small numbers"),
        ((100, 104, 98, 102, 250), "less than three times"),
        ((10, 20, 40, 80, 160), "growth that goes on"),
        ((100, 104, 408), "too few earlier values"),
        ((100, 100, 100, 100, 100), "nothing moved"),
    ],
)
def test_ordinary_values_are_not_named(values: tuple[float, ...], why: str) -> None:
    on = DAYS[len(values) - 1]
    assert found(history(*values), "unit_code", on) == [], why


def test_a_fall_to_nothing_is_named() -> None:
    assert found(history(100, 104, 98, 102, 0), "value, kind") == [["0", "own_history"]]


def test_a_value_that_stands_since_it_came_is_judged_by_what_was_before() -> None:
    assert found(history(100, 104, 98, 408, 408), "value, previous_value, previous_on") == [["408", "98", "2025-11-15"]]


def test_yes_and_no_and_counts_of_a_period_have_no_history_to_leave() -> None:
    assert found(history(0, 0, 0, 0, 1, indicator="centre_operating"), "unit_code") == []
    assert found(history(100, 104, 98, 102, 900, indicator="dossiers_received"), "unit_code") == []


def with_peers(odd: float) -> Country:
    """Four communes of An Giang on one day, the first one the odd one."""
    country = Country()
    for unit, value in zip(("91001", "91002", "91003", "91004"), (odd, 12, 20, 31), strict=True):
        country.report("91", "2025-10-15", f"{unit} obstacles_raised {value}")
    return country


def test_far_outside_the_range_of_its_peers_is_named_with_that_range() -> None:
    columns = "unit_code, value, peer_count, peer_low, peer_high, kind, history_count"
    assert found(with_peers(600), columns, "2025-10-15") == [["91001", "600", "3", "12", "31", "peers", "-"]]
    assert found(with_peers(90), columns, "2025-10-15") == []


def test_where_all_move_at_once_nobody_stands_out() -> None:
    country = Country(reporting_days=[reporting_day(on) for on in DAYS])
    for on in DAYS:
        for number in range(1, 5):
            value = 60 + number if on == LAST else number
            country.report("91", on, f"9100{number} obstacles_raised {value}")
    assert found(country, "unit_code") == []


def test_a_revision_that_puts_the_value_right_closes_the_warning() -> None:
    country = history(100, 104, 98, 102, 408)
    country.report("91", LAST, "91001 obstacles_raised 103", sent="2025-12-16 09:00")
    assert found(country, "value, current_value, state, changed_by") == [["408", "103", "corrected", "newer_revision"]]


def test_a_confirmation_survives_the_next_nights_and_reports_of_the_same_value() -> None:
    confirmed = follow_up("91001", "obstacles_raised", DAYS[3], 408)
    country = history(100, 104, 98, 408, follow_ups=[confirmed])
    for _ in range(2):
        assert found(country, "as_of_on, state, note, document_no", DAYS[3]) == [
            [DAYS[3], "confirmed", "Tỉnh⎵xác⎵nhận", "12/UBND"]
        ]
    country.report("91", LAST, "91001 obstacles_raised 408")
    assert found(country, "as_of_on, state") == [[LAST, "confirmed"]]


def test_a_confirmation_ends_when_the_value_changes() -> None:
    country = history(100, 104, 98, 408, follow_ups=[follow_up("91001", "obstacles_raised", DAYS[3], 408)])
    country.report("91", DAYS[3], "91001 obstacles_raised 420", sent="2025-12-01 09:00")
    assert found(country, "value, state, note", DAYS[3]) == [["420", "open", "-"]]


def test_what_was_asked_again_is_open() -> None:
    country = history(100, 104, 98, 408, follow_ups=[follow_up("91001", "obstacles_raised", DAYS[3], 408, "open")])
    assert found(country, "state", DAYS[3]) == [["open"]]


def test_a_confirmation_entered_between_two_nights_is_seen_by_the_second() -> None:
    country = history(100, 104, 98, 408)
    assert found(country, "state", DAYS[3]) == [["open"]]
    confirmed = (follow_up("91001", "obstacles_raised", DAYS[3], 408),)
    country.reference = replace(country.reference, follow_ups=confirmed, digest="with a confirmation")
    assert found(country, "state", DAYS[3]) == [["confirmed"]]


def test_a_confirmation_is_not_known_before_the_day_on_which_it_was_entered() -> None:
    country = history(100, 104, 98, 408, follow_ups=[follow_up("91001", "obstacles_raised", DAYS[3], 408)])
    for known, state in (("2025-11-29 23:59", "open"), ("2025-11-30 01:30", "confirmed")):
        country.night(DAYS[3], known, until=TABLE).check(TABLE, f"state \n {state}")
