"""marts.forecast_history and marts.directive_forecast: every method, counted by hand on three communes of An Giang."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.reference.records import ForecastError
from tests.models.tiny import Country, directive

TABLE = "marts.directive_forecast"
HISTORY = "marts.forecast_history"
EVEN_DAYS = ("2025-10-16", "2025-10-31", "2025-11-15")


def experience(method: str, ratios: dict[int, float], is_whole: bool = True) -> list[ForecastError]:
    """One band that takes every case: by `ratio` so many percent had ended."""
    return [
        ForecastError(method, is_whole, 0.0, None, 0.0, None, percentile, ratio, 400)
        for percentile, ratio in ratios.items()
    ]


LEARNT = [
    *experience("recent_rate", {10: 0.52, 50: 1.44, 90: 2.0}),
    *experience("plateau", {50: 30.0, 90: 90.0}),
    *experience("regressed", {10: 40.0, 50: 100.0}),
    *experience("single_step", {50: 1.0, 90: 5.0}),
]


def country_with(*tasks: Any, learnt: list[ForecastError] = LEARNT) -> Country:
    return Country(directives=tasks or [directive("task", "2025-12-31", "staff_present")], forecast_errors=learnt)


def staff(present: int, allocated: int = 100) -> str:
    """An Giang's three communes, of which the first has nearly everything: `present` of `allocated`."""
    return f"""
    91001 staff_present {present - 2}
    91001 staff_allocated {allocated - 2}
    91002 staff_present 1
    91002 staff_allocated 1
    91003 staff_present 1
    91003 staff_allocated 1
    """


def reports(country: Country, *present: int, days: tuple[str, ...] = EVEN_DAYS) -> Country:
    """An Giang's staff on each of the days."""
    for day, count in zip(days, present, strict=True):
        country.report("91", day, staff(count))
    return country


def test_a_rate_gives_a_day_a_range_and_a_chance() -> None:
    """One a day, 29 are missing: 29 days. Half-way between 1 and 1.44 lies 1.2: 34.8 days. 46 days are left.

    46 / 29 = 1.586; by 1.44 half had ended, by 2.0 nine of ten: 50 + 40 x 0.146 / 0.56 = 60.44.
    """
    reports(country_with(), 41, 56, 71).night("2025-11-15").check(
        TABLE,
        """
        method observed_rate_per_day required_rate_per_day unadjusted_days expected_finish_on early_finish_on late_finish_on chance_on_time_pct remaining_value proven_pct point_count observed_days last_point_on case_count last_day_on
        recent_rate 1 0.63 29 2025-12-20 2025-11-30 2026-01-12 60.44 29 71 3 30 2025-11-15 400 2025-12-31
        """,  # noqa: E501
        where="province_code = '91'",
    )


def test_the_country_counts_missing_provinces_as_not_done_and_as_large_as_the_others() -> None:
    """Three of seven communes have reported 71 of 100: 7/3 x 100 = 233.33 are to be there, one more comes a day."""
    reports(country_with(), 41, 56, 71).night("2025-11-15").check(
        TABLE,
        """
        method observed_rate_per_day remaining_value unadjusted_days proven_pct
        recent_rate 1 162.33 162.33 30.43
        """,
        where="province_code = 'VN'",
    )


def test_a_report_14_days_older_counts_half() -> None:
    """With weights 1/4, 1/2 and 1 the line through 50, 50, 64 climbs 196 / 318.5 a day; without them 0.5."""
    days = ("2025-10-18", "2025-11-01", "2025-11-15")
    reports(country_with(), 50, 50, 64, days=days).night("2025-11-15").check(
        TABLE, "method observed_rate_per_day \n recent_rate 0.62", where="province_code = '91'"
    )


def test_reports_older_than_60_days_are_forgotten() -> None:
    days = ("2025-09-15", "2025-09-16", *EVEN_DAYS)
    reports(country_with(), 5, 9, 41, 56, 71, days=days).night("2025-11-15").check(
        TABLE, "point_count observed_rate_per_day \n 4 1.02", where="province_code = '91'"
    )


def test_a_day_without_a_report_of_the_unit_is_no_point_and_days_count_from_the_last_report() -> None:
    country = reports(country_with(), 41, 56, 71)
    country.report("75", "2025-11-25", "75001 staff_present 1\n75001 staff_allocated 9")
    country.night("2025-11-25").check(
        TABLE,
        """
        as_of_on point_count last_point_on expected_finish_on early_finish_on chance_on_time_pct required_rate_per_day
        2025-11-25 3 2025-11-15 2025-12-20 2025-11-30 60.44 0.81
        """,
        where="province_code = '91'",
    )


def test_no_day_is_named_that_has_passed() -> None:
    country = reports(country_with(), 69, 84, 99)
    country.report("75", "2025-11-25", "75001 staff_present 1\n75001 staff_allocated 9")
    country.night("2025-11-25").check(
        TABLE,
        "unadjusted_days early_finish_on expected_finish_on late_finish_on \n 1 2025-11-26 2025-11-26 2025-11-26",
        where="province_code = '91'",
    )


@pytest.mark.parametrize(
    ("due", "chance"),
    [
        ("2025-11-15", "0"),  # no day left
        ("2025-11-30", "9.95"),  # 15 / 29 of 0.52, the first percentile: 10 x 0.517 / 0.52
        ("2025-12-14", "30.87"),  # exactly the days needed: 10 + 40 x 0.48 / 0.92
        ("2026-01-12", "90"),
        ("2026-12-31", "90"),  # beyond experience it is not more certain than its last percentile
    ],
)
def test_the_chance_is_read_off_between_percentiles_and_never_beyond_them(due: str, chance: str) -> None:
    task = directive("task", due, "staff_present")
    reports(country_with(task), 41, 56, 71).night("2025-11-15").check(
        TABLE, f"chance_on_time_pct \n {chance}", where="province_code = '91'"
    )


def test_where_experience_has_seen_no_end_the_range_is_open() -> None:
    learnt = experience("recent_rate", {10: 0.52, 50: 1.44})
    reports(country_with(learnt=learnt), 41, 56, 71).night("2025-11-15").check(
        TABLE,
        "expected_finish_on late_finish_on chance_on_time_pct \n 2025-12-20 - 50",
        where="province_code = '91'",
    )


def test_without_experience_there_is_a_rate_and_nothing_else() -> None:
    reports(country_with(learnt=[]), 41, 56, 71).night("2025-11-15").check(
        TABLE,
        """
        method observed_rate_per_day required_rate_per_day expected_finish_on early_finish_on chance_on_time_pct
        recent_rate 1 0.63 - - -
        """,
        where="province_code = '91'",
    )


def test_a_share_has_its_own_experience() -> None:
    """80 % are reached with 9 more; reaching a share does not wait for the last unit."""
    task = directive("task", "2025-12-31", "staff_present", pct=80.0)
    learnt = [*LEARNT, *experience("recent_rate", {10: 0.5, 50: 1.0, 90: 3.0}, is_whole=False)]
    reports(country_with(task, learnt=learnt), 41, 56, 71).night("2025-11-15").check(
        TABLE, "unadjusted_days expected_finish_on late_finish_on \n 9 2025-11-24 2025-12-12", "province_code = '91'"
    )


@pytest.mark.parametrize(("present", "rate"), [((40, 40, 40), "0"), ((40, 40, 41), "0.04")])
def test_a_standstill_has_a_chance_from_how_long_standstills_last_but_no_day(
    present: tuple[int, ...], rate: str
) -> None:
    """No movement for a month, or so little that more than a year is needed. 50 + 40 x (46 - 30) / (90 - 30)."""
    found = reports(country_with(), *present).night("2025-11-15")
    found.check(
        TABLE,
        "method expected_finish_on late_finish_on unadjusted_days chance_on_time_pct \n plateau - - - 60.67",
        where="province_code = '91'",
    )
    assert found.rows(TABLE, "observed_rate_per_day", "province_code = '91'") == [[rate]]


def test_what_goes_backwards_has_a_negative_rate_and_no_day() -> None:
    """46 days left: 10 + 40 x (46 - 40) / (100 - 40)."""
    reports(country_with(), 80, 70, 60).night("2025-11-15").check(
        TABLE,
        """
        method observed_rate_per_day required_rate_per_day expected_finish_on chance_on_time_pct
        regressed -0.67 0.87 - 14
        """,
        where="province_code = '91'",
    )


def test_one_yes_or_no_has_no_rate_of_its_own_but_the_chance_of_the_countrys_pace() -> None:
    """One province after the other every 15 days: the country needs 15 more. 50 + 40 x (46 / 15 - 1) / 4."""
    country = country_with(directive("task", "2025-12-31", "centre_decided"))
    for day, decided in zip(EVEN_DAYS, ("", "75", "01 75"), strict=True):
        for province in ("01", "75", "91"):
            country.report(province, day, f"{province} centre_decided {int(province in decided)}")
    country.night("2025-11-15").check(
        TABLE,
        """
        province_code method observed_rate_per_day unadjusted_days expected_finish_on chance_on_time_pct
        01 met         -    -  -          100
        75 met         -    -  -          100
        91 single_step -    15 -          70.67
        VN recent_rate 0.07 15 2025-12-03 90
        """,
    )


def test_too_few_reports_give_what_is_required_and_nothing_more() -> None:
    expected = "method observed_rate_per_day required_rate_per_day chance_on_time_pct point_count observed_days \n {}"
    for days, counts, found in (
        (("2025-10-31", "2025-11-15"), (56, 71), "too_few_points - 0.63 - 2 15"),
        (("2025-11-05", "2025-11-10", "2025-11-15"), (51, 61, 71), "too_few_points - 0.63 - 3 10"),
    ):
        country = reports(country_with(), *counts, days=days).night("2025-11-15")
        country.check(TABLE, expected.format(found), where="province_code = '91'")


def test_communes_that_report_for_the_first_time_are_no_progress() -> None:
    country = country_with()
    for day in ("2025-10-01", "2025-10-16"):
        country.report("91", day, "91001 staff_present 40\n91001 staff_allocated 98")
    reports(country, 56, 71, days=("2025-10-31", "2025-11-15")).night("2025-11-15").check(
        TABLE, "method point_count \n too_few_points 2", where="province_code = '91'"
    )


def test_what_is_met_is_certain_in_time_and_a_question_of_the_past_afterwards() -> None:
    days = (*EVEN_DAYS, "2026-01-15")
    country = reports(country_with(), 80, 90, 100, 100, days=days).night("2026-01-15")
    country.check(
        HISTORY,
        """
        as_of_on method chance_on_time_pct required_rate_per_day remaining_value
        2025-10-16 too_few_points - 0.26 20
        2025-10-31 too_few_points - 0.16 10
        2025-11-15 met 100 - -
        2026-01-15 met - - -
        """,
        where="province_code = '91'",
    )


def test_after_the_last_day_nothing_is_required_and_the_chance_is_gone() -> None:
    task = directive("task", "2025-11-15", "staff_present", inclusive=False)
    reports(country_with(task), 41, 56, 71).night("2025-11-15").check(
        TABLE,
        """
        method last_day_on observed_rate_per_day required_rate_per_day expected_finish_on chance_on_time_pct
        recent_rate 2025-11-14 1 - 2025-12-20 0
        """,
        where="province_code = '91'",
    )


def test_nothing_is_invented_without_a_report_or_a_target() -> None:
    country = country_with()
    for day in EVEN_DAYS:
        country.report("91", day, "91001 staff_present 40\n91002 staff_present 5")
    columns = "province_code method observed_rate_per_day required_rate_per_day chance_on_time_pct origin"
    country.night("2025-11-15").check(
        TABLE,
        f"""
        {columns}
        01 not_reported - - - -
        75 not_reported - - - -
        91 no_target - - - reported
        VN no_target - - - reported
        """,
    )


def test_a_directive_has_no_forecast_before_it_was_issued_but_keeps_its_row() -> None:
    task = directive("task", "2025-12-31", "staff_present", issued="2025-11-10")
    country = reports(country_with(task), 41, 56, 71)
    country.night("2025-10-31").check(TABLE, "method chance_on_time_pct \n not_issued -", "province_code = '91'")
    country.night("2025-11-15").check(HISTORY, "as_of_on \n 2025-11-15", where="province_code = '91'")


def test_every_status_has_a_forecast() -> None:
    tasks = [directive("one", "2025-10-31", "centre_operating"), directive("two", "2025-12-31", "staff_present")]
    for country in (country_with(*tasks), reports(country_with(*tasks), 41, 56, 71)):
        country.night("2025-11-15")
        keys = "directive, province_code, indicator"
        assert country.rows(TABLE, keys) == country.rows("marts.directive_status", keys) != []


def test_a_later_report_does_not_change_what_was_forecast() -> None:
    country = reports(country_with(), 41, 56, 71).night("2025-11-15")
    before = country.rows(HISTORY)
    country.report("91", "2025-11-30", staff(100))
    country.night("2025-11-30")
    assert country.rows(HISTORY, where="as_of_on <= '2025-11-15'") == before
    country.check(TABLE, "as_of_on method \n 2025-11-30 met", where="province_code = '91'")


def test_a_night_gives_what_deriving_every_day_gives() -> None:
    days = (*EVEN_DAYS, "2025-11-30", "2025-12-15")
    night_by_night, at_once = country_with(), country_with()
    for day, count in zip(days, (41, 56, 71, 74, 90), strict=True):
        night_by_night.report("91", day, staff(count))
        night_by_night.night(day)
        at_once.report("91", day, staff(count))
    night_by_night.report("91", "2025-10-31", staff(50), sent="2025-12-16 09:00")
    at_once.report("91", "2025-10-31", staff(50), sent="2025-12-16 09:00")
    assert night_by_night.night("2025-12-15").rows(HISTORY) == at_once.night("2025-12-15").rows(HISTORY)
