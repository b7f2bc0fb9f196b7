"""facts.opening_values: what each month begins with, so that no later night reads the month before."""

from __future__ import annotations

import pytest

from tests.models.tiny import Country

TABLE = "facts.opening_values"


@pytest.fixture
def country() -> Country:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 10\n91002 staff_present 20")
    country.report("91", "2025-10-31", "91001 staff_present 11")
    country.night("2025-10-31")
    return country


def test_the_month_of_the_first_report_has_no_opening(country: Country) -> None:
    country.check(TABLE, "unit_code opens_on value")


def test_a_month_opens_with_the_newest_value_of_each_unit_however_old(country: Country) -> None:
    country.night("2025-12-01").check(
        TABLE,
        """
        unit_code opens_on   reported_on value
        91001     2025-11-01 2025-10-31  11
        91002     2025-11-01 2025-10-15  20
        91001     2025-12-01 2025-10-31  11
        91002     2025-12-01 2025-10-15  20
        """,
    )


def test_a_late_report_for_a_month_that_is_over_changes_every_opening_after_it(country: Country) -> None:
    country.night("2025-12-01")
    country.report("91", "2025-10-20", "91002 staff_present 22", sent="2025-12-02 09:00")
    country.report("91", "2025-11-15", "91001 staff_present 12", sent="2025-12-02 10:00")
    country.night("2025-12-02").check(
        TABLE,
        """
        unit_code opens_on   reported_on value
        91001     2025-11-01 2025-10-31  11
        91002     2025-11-01 2025-10-20  22
        91001     2025-12-01 2025-11-15  12
        91002     2025-12-01 2025-10-20  22
        """,
    )


def test_a_revision_in_a_month_that_is_over_reaches_the_newest_state(country: Country) -> None:
    country.night("2025-12-01")
    country.report("91", "2025-10-15", "91002 staff_present 25", sent="2025-12-02 09:00")
    country.night("2025-12-02").check(
        "marts.commune_progress",
        "commune_code value last_reported_on \n 91001 11 2025-10-31 \n 91002 25 2025-10-15 \n 91003 - -",
        where="indicator = 'staff_present' AND commune_code LIKE '91%'",
    )
