"""marts.changes_since_last and marts.military_staffing."""

from __future__ import annotations

from tests.models.tiny import Country


def test_what_went_up_or_down_or_came_for_the_first_time_since_the_last_day_of_the_calendar() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91 centre_decided 1\n91001 staff_present 10\n91001 obstacles_raised 3")
    country.report("75", "2025-10-15", "75 centre_decided 0")
    country.report("75", "2025-10-31", "75 centre_decided 1", origin="simulated")
    country.report("91", "2025-10-31", "91 centre_decided 0\n91001 staff_present 12\n91001 obstacles_raised 3")
    country.report("01", "2025-10-31", "01 centre_decided 1")
    country.report("01", "2025-11-02", "01 centre_decided 0")
    country.night("2025-11-05").check(
        "marts.changes_since_last",
        """
        province_code indicator as_of_on previous_as_of_on value previous_value change kind origin
        01 centre_decided 2025-10-31 2025-10-15 1  -  -  first_report reported
        75 centre_decided 2025-10-31 2025-10-15 1  0  1  up           simulated
        91 centre_decided 2025-10-31 2025-10-15 0  1  -1 down         reported
        91 staff_present  2025-10-31 2025-10-15 12 10 2  up           reported
        VN centre_decided 2025-10-31 2025-10-15 2  1  1  up           simulated
        VN staff_present  2025-10-31 2025-10-15 12 10 2  up           reported
        """,
    )


def test_nothing_has_changed_on_the_first_day() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91 centre_decided 1")
    country.report("91", "2025-10-31", "91 centre_decided 0")
    assert country.night("2025-10-15").rows("marts.changes_since_last") == []


def test_military_posts_by_position_against_what_is_required() -> None:
    country = Country()
    country.report(
        "91",
        "2025-10-15",
        """
        91001 military_posts_required 5
        91001 military_posts_filled 3
        91001 military_commander_appointed 1
        91001 military_deputy_commander_appointed 1
        91001 military_deputy_political_officer_appointed 0
        91001 military_assistants 1
        91002 military_posts_required 5
        91002 military_posts_filled 6
        91002 military_commander_appointed 1
        91002 military_deputy_commander_appointed 1
        91002 military_deputy_political_officer_appointed 1
        91002 military_assistants 3
        """,
    )
    country.night("2025-10-15").check(
        "marts.military_staffing",
        """
        province_code posts_required posts_filled filled_pct commanders_appointed communes_expected origin
        01 -  - -  - 2 -
        75 -  - -  - 2 -
        91 10 9 90 2 3 reported
        """,
    )
    country.check(
        "marts.military_staffing",
        "deputies_appointed political_deputies_appointed assistants \n 2 1 4",
        where="province_code = '91'",
    )
