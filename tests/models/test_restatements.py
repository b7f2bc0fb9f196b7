"""marts.restatements: what each change of a reported value did to the country's figure and to the statuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.reference.records import RestatementReason
from tests.models.tiny import RECOUNT, Country, day, directive

TABLE = "marts.restatements"


@pytest.fixture
def country() -> Country:
    """An Giang has all three centres on 15/10, sends two of them back the next day, and one more a day later."""
    country = Country(directives=[directive("task", "2025-10-31", "centre_operating", issued="2025-07-01")])
    country.report("75", "2025-10-15", "75001 centre_operating 1\n75002 centre_operating 1")
    country.report("91", "2025-10-15", "91001 centre_operating 1\n91002 centre_operating 1\n91003 centre_operating 1")
    country.report("91", "2025-10-15", "91001 centre_operating 0\n91002 centre_operating 0", sent="2025-10-16 09:00")
    country.report("91", "2025-10-15", "91002 centre_operating 1", sent="2025-10-17 09:00")
    return country.night("2025-10-15")


def test_each_changed_value_is_a_row_with_its_effect_on_the_country(country: Country) -> None:
    country.check(
        TABLE,
        """
        unit_code old_value new_value old_submission_id restated_at         national_effect whole_effect
        91001     1         0         000002-tiny       2025-10-16T09:00:00 -1              -2
        91002     1         0         000002-tiny       2025-10-16T09:00:00 -1              -2
        91002     0         1         000003-tiny       2025-10-17T09:00:00 1               1
        """,
    )


def test_the_figure_before_and_after_each_restatement_is_unwound_from_the_present_one(country: Country) -> None:
    country.check(
        "marts.restated_progress",
        """
        restatement province_code value_before value_after target
        000003-tiny 91            3            1           3
        000004-tiny 91            1            2           3
        000003-tiny VN            5            3           5
        000004-tiny VN            3            4           5
        """,
    )


def test_statuses_that_changed_by_it_are_named_for_the_province_and_the_country(country: Country) -> None:
    country.check(
        TABLE,
        """
        new_submission_id status_change
        000003-tiny       task|91|met_on_time|regressed;task|VN|met_on_time|regressed
        """,
        where="unit_code = '91001'",
    )
    country.check(TABLE, "new_submission_id status_change \n 000004-tiny -", where="new_value = 1")
    country.check(
        "marts.directive_status",
        "province_code value reached_value status \n 75 2 2 met_on_time \n 91 2 3 regressed \n VN 4 5 regressed",
    )


def test_a_completion_that_is_taken_back_asks_for_a_reason_until_one_is_given(country: Country) -> None:
    asked = "unit_code asks_reason reason \n 91001 True {} \n 91002 True - \n 91002 False -"
    country.check(TABLE, asked.format("-"))
    answer = RestatementReason(
        "91001", "centre_operating", day("2025-10-15"), "000003-tiny", "Nhầm_dòng", "7/UBND", day("2025-10-20")
    )
    country.edit(restatement_reasons=(answer,))
    country.night("2025-10-15").check(TABLE, asked.format("Nhầm_dòng"))


def test_the_same_value_sent_again_is_no_restatement() -> None:
    country = Country()
    for sent in ("2025-10-16 09:00", "2025-10-17 09:00"):
        country.report("91", "2025-10-15", "91001 staff_present 10", sent=sent)
    country.night("2025-10-15").check(TABLE, "unit_code")


def test_a_unit_that_does_not_count_changes_nothing_in_the_country() -> None:
    """Hà Nội has one centre for the whole city: what its communes report is kept, and counts for nothing."""
    country = Country(directives=[directive("task", "2025-10-31", "centre_operating")])
    country.report("01", "2025-10-15", "01001 centre_operating 1")
    country.report("01", "2025-10-15", "01001 centre_operating 0", sent="2025-10-16 09:00")
    country.night("2025-10-15").check(
        TABLE, "unit_code new_value national_effect province_effect status_change \n 01001 0 - - -"
    )


def test_a_correction_by_the_ministry_is_a_restatement_without_a_submission() -> None:
    country = Country(corrections=[replace(RECOUNT, expires_on=day("2027-01-01"))])
    country.report("91", "2025-10-15", "91001 staff_present 10\n91001 staff_allocated 12")
    country.night("2025-10-15", known="2025-11-02 01:30").check(
        TABLE,
        """
        unit_code old_value new_value new_submission_id correction restated_at         national_effect asks_reason
        91001     10        12        -                 recount    2025-11-01T00:00:00 2               False
        """,
    )


def test_a_day_that_is_derived_again_gives_the_same_rows(country: Country) -> None:
    before = country.rows(TABLE)
    country.report("75", "2025-10-31", "75001 centre_operating 1")
    assert country.night("2025-10-31").rows(TABLE, where="as_of_on = '2025-10-15'") == before
