"""marts.directive_status: every status of the closed list, with the days around each kind of due date."""

from __future__ import annotations

import pytest

from pipelines.reference.records import Directive
from tests.models.tiny import Country, directive

TABLE = "marts.directive_status"
THREE_PROVINCES = ("01", "75", "91")


def around(*days: str, indicator: str = "centre_decided") -> list[Directive]:
    """For each day a directive `by_<day>` (`đến hết ngày`) and one `before_<day>` (`trước ngày`)."""
    by = [directive(f"by_{day}", day, indicator) for day in days]
    return by + [directive(f"before_{day}", day, indicator, inclusive=False) for day in days]


@pytest.fixture(scope="module")
def decided() -> Country:
    """Hà Nội decided on 28/10 and says so, Đồng Nai reports it for 31/10, An Giang had it on 15/10 and lost it."""
    country = Country(directives=around("2025-10-27", "2025-10-28", "2025-10-29", "2025-10-31", "2025-11-01"))
    country.report("01", "2025-10-15", "01 centre_decided 0")
    country.report("75", "2025-10-15", "75 centre_decided 0")
    country.report("91", "2025-10-15", "91 centre_decided 1 2025-10-02 7/QĐ-UBND")
    country.report("01", "2025-10-31", "01 centre_decided 1 2025-10-28 12/QĐ-UBND")
    country.report("75", "2025-10-31", "75 centre_decided 1")
    country.report("91", "2025-10-31", "91 centre_decided 0")
    country.report("01", "2025-11-15", "01 centre_decided 1")
    return country.night("2025-11-15", until=TABLE)


def test_done_on_time_and_done_late_are_told_apart_by_the_completion_date_where_it_is_given(decided: Country) -> None:
    decided.check(
        TABLE,
        """
        directive last_day_on met_on met_basis evidence status
        by_2025-10-27     2025-10-27 2025-10-28 evidence 12/QĐ-UBND met_late
        by_2025-10-28     2025-10-28 2025-10-28 evidence 12/QĐ-UBND met_on_time
        by_2025-10-29     2025-10-29 2025-10-28 evidence 12/QĐ-UBND met_on_time
        before_2025-10-28 2025-10-27 2025-10-28 evidence 12/QĐ-UBND met_late
        before_2025-10-29 2025-10-28 2025-10-28 evidence 12/QĐ-UBND met_on_time
        """,
        where="province_code = '01' AND due_on <= '2025-10-29' AND directive <> 'before_2025-10-27'",
    )


def test_without_a_completion_date_the_first_report_decides_and_the_row_says_so(decided: Country) -> None:
    decided.check(
        TABLE,
        """
        directive last_day_on met_on met_basis evidence status
        by_2025-10-29     2025-10-29 2025-10-31 first_report - met_late
        before_2025-10-29 2025-10-28 2025-10-31 first_report - met_late
        by_2025-10-31     2025-10-31 2025-10-31 first_report - met_on_time
        before_2025-10-31 2025-10-30 2025-10-31 first_report - met_late
        by_2025-11-01     2025-11-01 2025-10-31 first_report - met_on_time
        before_2025-11-01 2025-10-31 2025-10-31 first_report - met_on_time
        """,
        where="province_code = '75' AND due_on >= '2025-10-29'",
    )


def test_what_was_met_and_no_longer_is_has_regressed_and_keeps_no_date(decided: Country) -> None:
    decided.check(
        TABLE,
        "value progress_pct met_on met_basis evidence status \n 0 0 - - - regressed",
        where="province_code = '91' AND directive = 'by_2025-10-31'",
    )


def test_the_country_is_not_done_while_one_province_is_not(decided: Country) -> None:
    decided.check(
        TABLE,
        """
        value target progress_pct reported_unit_count expected_unit_count days_to_due status
        2 3 66.67 3 3 -15 overdue
        """,
        where="province_code = 'VN' AND directive = 'by_2025-10-31'",
    )


def test_a_province_that_did_it_again_met_it_when_the_present_spell_began() -> None:
    country = Country(directives=[directive("task", "2025-10-31", "centre_decided")])
    for on, value in (("2025-10-15", "1 2025-10-02"), ("2025-10-31", "0"), ("2025-11-15", "1")):
        country.report("91", on, f"91 centre_decided {value}")
    country.night("2025-11-30", until=TABLE).check(
        TABLE, "met_on met_basis status \n 2025-11-15 first_report met_late", where="province_code = '91'"
    )


def test_the_newest_completion_date_of_the_spell_counts() -> None:
    country = Country(directives=[directive("task", "2025-10-31", "centre_decided")])
    country.report("91", "2025-10-15", "91 centre_decided 1 2025-10-12 1/QĐ")
    country.report("91", "2025-10-31", "91 centre_decided 1 2025-11-03 2/QĐ")
    country.report("91", "2025-11-15", "91 centre_decided 1")
    country.night("2025-11-30", until=TABLE).check(
        TABLE, "met_on met_basis evidence status \n 2025-11-03 evidence 2/QĐ met_late", where="province_code = '91'"
    )


@pytest.mark.parametrize(
    ("given", "met_on", "basis", "status"),
    [
        (["2025-10-20", "2025-10-29", "2025-10-05"], "2025-10-29", "evidence", "met_on_time"),
        (["2025-10-20", "2025-10-30", "2025-10-05"], "2025-10-30", "evidence", "met_late"),
        (["2025-10-20", "", "2025-10-05"], "2025-10-31", "first_report", "met_late"),
    ],
)
def test_the_country_is_done_on_the_day_of_its_last_province(
    given: list[str], met_on: str, basis: str, status: str
) -> None:
    """Otherwise 34 provinces in time, reported two days later, would make a country that is late."""
    country = Country(directives=[directive("task", "2025-10-30", "centre_decided", inclusive=False)])
    for province, done_on in zip(THREE_PROVINCES, given, strict=True):
        country.report(province, "2025-10-31", f"{province} centre_decided 1 {done_on}")
    country.night("2025-11-15", until=TABLE).check(
        TABLE, f"met_on met_basis status \n {met_on} {basis} {status}", where="province_code = 'VN'"
    )


@pytest.fixture(scope="module")
def unfinished() -> Country:
    """On 31/10: Đồng Nai has decided nothing, An Giang has 2 of 3 centres, Hà Nội has sent nothing at all."""
    days = ("2025-10-30", "2025-10-31", "2025-11-01", "2025-11-07", "2025-11-08")
    country = Country(
        directives=[
            *around(*days),
            directive("half_a_year", "2026-04-29", "centre_decided"),
            directive("more_than_half_a_year", "2026-04-30", "centre_decided"),
            directive("issued_lately", "2025-11-20", "centre_operating", issued="2025-10-21"),
            directive("issued_long_ago", "2025-11-20", "centre_operating", issued="2025-08-01"),
            directive("issued_later", "2025-12-31", "centre_operating", issued="2025-11-10"),
            directive("two_thirds", "2025-10-31", "centre_operating", pct=66.0),
        ]
    )
    country.report("75", "2025-10-31", "75 centre_decided 0")
    country.report("91", "2025-10-31", "91001 centre_operating 1\n91002 centre_operating 1")
    return country.night("2025-10-31", until=TABLE)


def test_what_is_not_done_is_overdue_the_day_after_the_last_and_at_risk_in_its_last_week(unfinished: Country) -> None:
    unfinished.check(
        TABLE,
        """
        directive days_to_due status
        by_2025-10-30     -1 overdue
        before_2025-10-30 -2 overdue
        by_2025-10-31      0 at_risk
        before_2025-10-31 -1 overdue
        by_2025-11-01      1 at_risk
        before_2025-11-01  0 at_risk
        by_2025-11-07      7 at_risk
        before_2025-11-07  6 at_risk
        by_2025-11-08      8 at_risk
        before_2025-11-08  7 at_risk
        half_a_year             180 at_risk
        more_than_half_a_year   181 not_due
        """,
        where="province_code = '75' AND indicator = 'centre_decided'",
    )


def test_ahead_of_an_even_pace_is_on_track_and_behind_it_at_risk(unfinished: Country) -> None:
    unfinished.check(
        TABLE,
        """
        directive progress_pct expected_pct_today status
        issued_lately   66.67 33.33 on_track
        issued_long_ago 66.67 81.98 at_risk
        issued_later    66.67 0     on_track
        """,
        where="province_code = '91' AND directive LIKE 'issued%'",
    )


def test_a_share_that_is_reached_without_the_missing_communes_is_met(unfinished: Country) -> None:
    unfinished.check(
        TABLE,
        "reported_unit_count expected_unit_count status \n 2 3 met_on_time",
        where="province_code = '91' AND directive = 'two_thirds'",
    )


def test_a_province_without_a_report_is_not_reported_and_lowers_the_country(unfinished: Country) -> None:
    unfinished.check(
        TABLE,
        """
        province_code value target progress_pct reported_unit_count expected_unit_count status
        01 - 1 - 0 1 not_reported
        75 0 1 0 1 1 overdue
        91 - 1 - 0 1 not_reported
        VN 0 3 0 1 3 overdue
        """,
        where="directive = 'by_2025-10-30'",
    )


def test_a_province_where_nothing_can_be_counted_has_no_row(unfinished: Country) -> None:
    """Hà Nội has one centre for the whole city: it is not behind with its communes' centres."""
    unfinished.check(
        TABLE,
        "province_code status \n 75 not_reported \n 91 met_on_time \n VN at_risk",
        where="directive = 'two_thirds'",
    )


def test_a_few_communes_at_100_percent_do_not_make_a_province_done() -> None:
    country = Country(directives=[directive("task", "2025-10-31", "staff_present")])
    one, all_three = ["91001"], ["91001", "91002", "91003"]
    expected = "progress_pct reported_unit_count status met_on \n 100 {}"
    for on, communes, found in (
        ("2025-10-15", one, "1 at_risk -"),
        ("2025-11-15", all_three, "3 met_late 2025-11-15"),
    ):
        lines = [f"{unit} staff_present 40\n{unit} staff_allocated 40" for unit in communes]
        country.report("91", on, "\n".join(lines))
        country.night(on, until=TABLE).check(TABLE, expected.format(found), where="province_code = '91'")


def test_above_the_target_is_met_and_shown_as_it_is() -> None:
    country = Country(directives=[directive("task", "2025-10-31", "staff_present")])
    for unit in ("91001", "91002", "91003"):
        country.report("91", "2025-10-15", f"{unit} staff_present 44\n{unit} staff_allocated 40")
    country.night("2025-10-31", until=TABLE).check(
        TABLE, "progress_pct status \n 110 met_on_time", where="province_code = '91'"
    )


def obstacles(*counts: tuple[str, int, int]) -> str:
    return "\n".join(f"{unit} obstacles_raised {up}\n{unit} obstacles_resolved {down}" for unit, up, down in counts)


def test_nothing_left_to_do_is_met_but_only_what_was_done_can_be_lost_again() -> None:
    country = Country(directives=[directive("task", "2025-10-31", "obstacles_resolved")])
    expected = "value target progress_pct status \n {}"
    for on, counts, found in (
        ("2025-10-13", (("91001", 0, 0), ("91002", 0, 0)), "0 0 - not_reported"),
        ("2025-10-15", (("91003", 0, 0),), "0 0 - met_on_time"),
        ("2025-10-31", (("91003", 4, 1),), "1 4 25 at_risk"),
        ("2025-11-15", (("91003", 4, 4),), "4 4 100 met_late"),
        ("2025-11-30", (("91003", 5, 4),), "4 5 80 overdue"),
        ("2025-12-15", (("91003", 5, 3),), "3 5 60 regressed"),
    ):
        country.report("91", on, obstacles(*counts))
        country.night(on, until=TABLE).check(TABLE, expected.format(found), where="province_code = '91'")


def test_a_later_report_does_not_change_what_is_told_of_an_earlier_day() -> None:
    country = Country(directives=[directive("task", "2025-10-31", "centre_decided")])
    country.report("91", "2025-10-15", "91 centre_decided 0")
    country.report("91", "2025-11-15", "91 centre_decided 1")
    country.night("2025-10-31", until=TABLE).check(TABLE, "value status \n 0 at_risk", where="province_code = '91'")


def test_a_completion_that_is_taken_back_for_the_same_day_has_regressed() -> None:
    country = Country(directives=[directive("task", "2025-10-31", "centre_decided")])
    country.report("91", "2025-10-15", "91 centre_decided 1", sent="2025-10-16 08:00")
    country.report("91", "2025-10-15", "91 centre_decided 0", sent="2025-10-16 15:00")
    country.night("2025-11-15", until=TABLE).check(TABLE, "value status \n 0 regressed", where="province_code = '91'")
