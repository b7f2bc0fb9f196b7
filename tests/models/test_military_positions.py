"""marts.military_positions and marts.military_staffing: posts by position against what is required."""

from __future__ import annotations

import pytest

from tests.models.tiny import TINY, Country, _indicator


@pytest.fixture(scope="module")
def told() -> Country:
    """Two of An Giang's three communes have reported; one has more posts filled than required."""
    told = Country(indicators=(*TINY.indicators, _indicator("military_technical_staff", "commune", "count", "none")))
    told.report(
        "91",
        "2025-10-15",
        """
        91001 military_posts_required 5
        91001 military_posts_filled 3
        91001 military_commander_appointed 1
        91001 military_deputy_commander_appointed 1
        91001 military_deputy_political_officer_appointed 0
        91001 military_assistants 1
        91001 military_technical_staff 0
        91002 military_posts_required 5
        91002 military_posts_filled 8
        91002 military_commander_appointed 1
        91002 military_deputy_commander_appointed 0
        91002 military_deputy_political_officer_appointed 1
        91002 military_assistants 3
        """,
    )
    told.report("75", "2025-10-15", "75001 military_commander_appointed 1", origin="simulated")
    return told.night("2025-10-15")


def test_each_position_of_a_province(told: Country) -> None:
    told.check(
        "marts.military_positions",
        """
        position required filled filled_pct communes_reported communes_expected last_reported_on origin
        all                      10 11 110   2 3 2025-10-15 reported
        commander                3  2  66.67 2 3 2025-10-15 reported
        deputy_commander         3  1  33.33 2 3 2025-10-15 reported
        deputy_political_officer 3  1  33.33 2 3 2025-10-15 reported
        assistant                -  4  -     2 3 2025-10-15 reported
        technical_staff          -  0  -     1 3 2025-10-15 reported
        """,
        where="province_code = '91'",
    )


def test_the_country_is_the_sum_of_its_provinces(told: Country) -> None:
    told.check(
        "marts.military_positions",
        """
        position required filled communes_reported communes_expected origin
        all                      10 11 2 7 reported
        commander                7  3  3 7 simulated
        deputy_commander         7  1  2 7 reported
        deputy_political_officer 7  1  2 7 reported
        assistant                -  4  2 7 reported
        technical_staff          -  0  1 7 reported
        """,
        where="province_code = 'VN'",
    )


def test_a_province_without_report_has_posts_required_and_none_known_to_be_filled(told: Country) -> None:
    told.check(
        "marts.military_positions",
        """
        position required filled filled_pct communes_reported communes_expected origin
        commander                2 - - 0 2 -
        deputy_commander         2 - - 0 2 -
        deputy_political_officer 2 - - 0 2 -
        """,
        where="province_code = '01' AND required IS NOT NULL",
    )


def test_the_wide_table_holds_every_position(told: Country) -> None:
    told.check(
        "marts.military_staffing",
        """
        posts_required posts_filled filled_pct commanders_appointed deputies_appointed political_deputies_appointed
        10 11 110 2 1 1
        """,
        where="province_code = '91'",
    )
    told.check(
        "marts.military_staffing",
        "assistants technical_staff communes_expected \n 4 0 3",
        where="province_code = '91'",
    )
