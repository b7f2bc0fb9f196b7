"""What a sum rests on: units missing, carried over and set aside, what it can be at least and at most, above 100 %."""

from __future__ import annotations

import pytest

from tests.models.tiny import Country

PROVINCES, COUNTRY = "marts.province_progress", "marts.national_progress"
BOUNDS = "value target progress_pct floor_value ceiling_value floor_pct ceiling_pct"
STAFF = "indicator = 'staff_present'"


@pytest.fixture(scope="module")
def partly() -> Country:
    """Staff against posts in An Giang: 91001 30 of 40, 91002 posts only (20), 91003 nothing; Đồng Nai: 33 of 30, and
    75002 staff only (12). Commune centres: An Giang two of two reported, one missing."""
    country = Country()
    country.report(
        "91",
        "2025-10-15",
        """
        91001 staff_present 30 \n 91001 staff_allocated 40 \n 91002 staff_allocated 20
        91001 centre_operating 1 \n 91002 centre_operating 1
        """,
    )
    country.report("75", "2025-10-15", "75001 staff_present 33\n75001 staff_allocated 30\n75002 staff_present 12")
    return country.night("2025-10-15", until=COUNTRY)


def test_a_target_that_is_a_number_of_units_is_known_without_reports(partly: Country) -> None:
    partly.check(
        PROVINCES,
        # At least 2 of 3; at most the third has one too.
        f"{BOUNDS} \n 2 3 66.67 2 3 66.67 100",
        where="indicator = 'centre_operating' AND province_code = '91'",
    )


def test_a_count_has_no_upper_bound_since_nobody_knows_the_most_that_a_unit_can_have(partly: Country) -> None:
    partly.check(
        PROVINCES,
        # 91: target 40 + 20; three units of 30 posts each on average, 30 filled at least.
        # 75: both have reported; the share compares 33 with 30, and 75002 may have 30 posts.
        f"""
        province_code {BOUNDS} comparable_target comparable_unit_count
        75 45 30 110 45 - 55    - 30 1
        91 30 60 50  30 - 33.33 - 40 1
        """,
        where=f"{STAFF} AND province_code <> '01'",
    )


def test_the_country_is_bounded_by_what_all_its_units_show(partly: Country) -> None:
    partly.check(
        COUNTRY,
        # 63 of 70 posts where both are known, seven units of which three have known posts: at least 63 of 90 * 7/3.
        f"{BOUNDS} comparable_target comparable_unit_count \n 75 90 70 75 - 30 - 70 2",
        where=STAFF,
    )


def test_without_a_report_there_are_no_bounds(partly: Country) -> None:
    partly.check(PROVINCES, f"{BOUNDS} rate_flag \n - - - - - - - -", where=f"{STAFF} AND province_code = '01'")


def test_once_every_unit_has_reported_both_bounds_are_the_value() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 centre_operating 1\n91002 centre_operating 1\n91003 centre_operating 0")
    country.night("2025-10-15", until=COUNTRY).check(
        PROVINCES,
        f"{BOUNDS} \n 2 3 66.67 2 2 66.67 66.67",
        where="indicator = 'centre_operating' AND province_code = '91'",
    )


def test_above_100_percent_is_shown_and_says_why() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 obstacles_raised 4\n91001 obstacles_resolved 5")
    country.report("75", "2025-10-15", "75001 obstacles_raised 10\n75001 obstacles_resolved 2")
    country.night("2025-10-15", until=COUNTRY).check(
        PROVINCES,
        "province_code progress_pct rate_flag \n 01 - - \n 75 20 - \n 91 125 value_above_target",
        where="indicator = 'obstacles_resolved'",
    )
    country.check(
        COUNTRY, "progress_pct rate_flag flagged_province_count \n 50 - 1", where="indicator = 'obstacles_resolved'"
    )


def test_done_where_nothing_was_to_be_done_is_above_the_target_too() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 obstacles_raised 0\n91001 obstacles_resolved 3")
    country.night("2025-10-15", until=COUNTRY).check(
        PROVINCES,
        "value target progress_pct rate_flag \n 3 0 - value_above_target",
        where="indicator = 'obstacles_resolved' AND province_code = '91'",
    )


def test_more_units_than_can_count_are_flagged() -> None:
    """Hà Nội has one centre for the whole city: none of its communes counts, and yet one reports."""
    country = Country()
    country.report("01", "2025-10-15", "01001 centre_operating 1")
    country.report("91", "2025-10-15", "91001 centre_operating 1")
    country.night("2025-10-15", until=COUNTRY).check(
        PROVINCES,
        """
        province_code value target reported_unit_count expected_unit_count rate_flag
        01 1 0 1 0 more_units_than_expected
        75 - 2 0 2 -
        91 1 3 1 3 -
        """,
        where="indicator = 'centre_operating'",
    )
    # The unit that doesn't count takes none of the four places of those that are still missing.
    country.check(
        COUNTRY,
        "value ceiling_value rate_flag flagged_province_count \n 2 6 - 1",
        where="indicator = 'centre_operating'",
    )


def test_values_set_aside_are_counted_in_the_province_that_sent_them() -> None:
    country = Country()
    country.report("75", "2025-10-15", "75001 staff_present 5", set_aside={"staff_present": 1}, status="partial")
    country.report("91", "2025-10-15", set_aside={"staff_present": 2, "centre_operating": 3}, status="rejected")
    country.night("2025-10-15", until=COUNTRY).check(
        PROVINCES,
        """
        province_code indicator set_aside_count
        01 staff_present    0
        75 staff_present    1
        91 staff_present    2
        01 centre_operating 0
        75 centre_operating 0
        91 centre_operating 3
        """,
        where="indicator IN ('staff_present', 'centre_operating')",
    )
    country.check(COUNTRY, "set_aside_count \n 3", where=STAFF)
