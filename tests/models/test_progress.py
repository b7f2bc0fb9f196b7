"""marts.province_progress, marts.national_progress, marts.commune_progress: sums that say what they rest on."""

from __future__ import annotations

import pytest

from tests.models.tiny import Country

COUNTRY = "marts.national_progress"
# One report per province; An Giang's third commune has not reported.
FIRST_DAY = {
    "01": "01 centre_decided 1",
    "75": "75 centre_decided 0 \n 75001 centre_operating 1 \n 75002 centre_operating 0",
    "91": "91 centre_decided 1 \n 91001 centre_operating 1 \n 91002 centre_operating 1",
}


@pytest.fixture(scope="module")
def carried() -> Country:
    """All three report for 15/10, An Giang alone reports one commune for 31/10, nobody for 15/11."""
    country = Country()
    for province, values in FIRST_DAY.items():
        country.report(province, "2025-10-15", values)
    country.report("91", "2025-10-31", "91003 centre_operating 1")
    return country.night("2025-11-15")


def test_a_value_holds_until_the_next_report_and_is_counted_as_stale(carried: Country) -> None:
    carried.check(
        "marts.province_progress",
        """
        province_code as_of_on value target progress_pct reported_unit_count stale_unit_count last_reported_on
        75 2025-10-15 1 2 50    2 0 2025-10-15
        75 2025-10-31 1 2 50    2 2 2025-10-15
        91 2025-10-15 2 3 66.67 2 0 2025-10-15
        91 2025-10-31 3 3 100   3 2 2025-10-31
        """,
        where="indicator = 'centre_operating' AND province_code <> '01'",
    )


def test_a_count_of_a_period_is_not_carried_into_the_next() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 dossiers_received 40 \n 91001 staff_allocated 30")
    country.report("75", "2025-10-31", "75001 dossiers_received 7 \n 75001 staff_allocated 20")
    country.night("2025-10-31").check(
        COUNTRY,
        """
        indicator as_of_on value reported_unit_count stale_unit_count
        dossiers_received 2025-10-15 40 1 0
        dossiers_received 2025-10-31 7  1 0
        staff_allocated   2025-10-15 30 1 0
        staff_allocated   2025-10-31 50 2 1
        """,
        where="indicator IN ('dossiers_received', 'staff_allocated')",
    )


def test_a_day_for_which_nobody_reported_is_no_row(carried: Country) -> None:
    assert carried.rows(COUNTRY, "DISTINCT as_of_on") == [["2025-10-15"], ["2025-10-31"]]


def test_a_province_where_nothing_can_be_counted_has_target_0_and_no_share(carried: Country) -> None:
    carried.check(
        "marts.province_progress",
        """
        as_of_on value target progress_pct expected_unit_count
        2025-10-15 - 0 - 0
        2025-10-31 - 0 - 0
        """,
        where="indicator = 'centre_operating' AND province_code = '01'",
    )


def test_not_reported_is_a_row_without_a_value(carried: Country) -> None:
    carried.check(
        "marts.province_progress",
        """
        value progress_pct reported_unit_count expected_unit_count floor_value ceiling_value last_reported_on origin
        - - 0 3 - - - -
        - - 0 3 - - - -
        """,
        where="indicator = 'staff_present' AND province_code = '91'",
    )


def test_the_country_is_the_sum_of_its_provinces(carried: Country) -> None:
    carried.check(
        COUNTRY,
        """
        indicator as_of_on value target progress_pct province_count reported_province_count
        centre_operating 2025-10-15 3 5 60    2 2
        centre_operating 2025-10-31 4 5 80    2 2
        centre_decided   2025-10-15 2 3 66.67 2 3
        centre_decided   2025-10-31 2 3 66.67 2 3
        staff_present    2025-10-15 - - -     0 0
        staff_present    2025-10-31 - - -     0 0
        """,
        where="indicator IN ('centre_operating', 'centre_decided', 'staff_present')",
    )


def test_the_country_says_how_many_units_are_missing_and_how_many_are_stale(carried: Country) -> None:
    carried.check(
        COUNTRY,
        """
        indicator as_of_on reported_unit_count expected_unit_count stale_unit_count
        centre_operating 2025-10-15 4 5 0
        centre_operating 2025-10-31 5 5 4
        centre_decided   2025-10-15 3 3 0
        centre_decided   2025-10-31 3 3 3
        staff_present    2025-10-15 0 7 0
        staff_present    2025-10-31 0 7 0
        """,
        where="indicator IN ('centre_operating', 'centre_decided', 'staff_present')",
    )


def test_missing_units_are_not_done_at_the_floor_and_done_at_the_ceiling(carried: Country) -> None:
    expected = """
        as_of_on value floor_value ceiling_value
        2025-10-15 {} \n 2025-10-31 {}
    """
    indicator = "indicator = 'centre_operating'"
    carried.check("marts.province_progress", expected.format("2 2 3", "3 3 3"), f"{indicator} AND province_code = '91'")
    carried.check(COUNTRY, expected.format("3 3 4", "4 4 4"), indicator)


def test_a_commune_shows_its_newest_value_or_that_it_has_none(carried: Country) -> None:
    carried.check(
        "marts.commune_progress",
        """
        commune_code indicator as_of_on value target last_reported_on origin
        75001 centre_operating 2025-11-15 1 1 2025-10-15 reported
        75002 centre_operating 2025-11-15 0 1 2025-10-15 reported
        91001 centre_operating 2025-11-15 1 1 2025-10-15 reported
        91002 centre_operating 2025-11-15 1 1 2025-10-15 reported
        91003 centre_operating 2025-11-15 1 1 2025-10-31 reported
        """,
        where="indicator = 'centre_operating'",
    )
    assert len(carried.rows("marts.commune_progress", where="indicator = 'staff_present' AND value IS NULL")) == 7


@pytest.fixture(scope="module")
def staffed() -> Country:
    """Staff against posts: 91001 has both, 91002 has staff only, 91003 posts only; Đồng Nai is above its posts."""
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 30\n91001 staff_allocated 40\n91002 staff_present 25")
    country.report("91", "2025-10-31", "91003 staff_allocated 20")
    country.report("75", "2025-10-31", "75001 staff_present 33\n75001 staff_allocated 30", origin="simulated")
    return country.night("2025-10-31")


def test_a_share_compares_only_units_whose_target_is_known(staffed: Country) -> None:
    columns = "value target comparable_value progress_pct reported_unit_count target_unit_count expected_unit_count"
    staffed.check(
        "marts.province_progress",
        f"""
        province_code as_of_on {columns}
        01 2025-10-15 -  -  -  -   0 0 2
        01 2025-10-31 -  -  -  -   0 0 2
        75 2025-10-15 -  -  -  -   0 0 2
        75 2025-10-31 33 30 33 110 1 1 2
        91 2025-10-15 55 40 30 75  2 1 3
        91 2025-10-31 55 60 30 50  2 2 3
        """,
        where="indicator = 'staff_present'",
    )
    staffed.check(
        COUNTRY,
        f"""
        as_of_on {columns}
        2025-10-15 55 40 30 75 2 1 7
        2025-10-31 88 90 63 70 3 3 7
        """,
        where="indicator = 'staff_present'",
    )


def test_one_simulated_value_makes_every_sum_above_it_simulated(staffed: Country) -> None:
    staffed.check(
        COUNTRY,
        "as_of_on origin \n 2025-10-15 reported \n 2025-10-31 simulated",
        where="indicator = 'staff_present'",
    )
    staffed.check(
        "marts.province_progress",
        "province_code origin \n 01 - \n 75 simulated \n 91 reported",
        where="indicator = 'staff_present' AND as_of_on = '2025-10-31'",
    )


def test_a_count_without_target_has_neither_target_nor_share(staffed: Country) -> None:
    staffed.check(
        COUNTRY,
        """
        as_of_on value target comparable_value progress_pct target_unit_count
        2025-10-15 40 - - - -
        2025-10-31 90 - - - -
        """,
        where="indicator = 'staff_allocated'",
    )


def test_a_commune_is_measured_by_its_own_target(staffed: Country) -> None:
    staffed.check(
        "marts.commune_progress",
        """
        commune_code value target
        75001 33 30 \n 91001 30 40 \n 91002 25 - \n 91003 - 20
        """,
        where="indicator = 'staff_present' AND (value IS NOT NULL OR target IS NOT NULL)",
    )


def test_a_commune_that_has_ended_is_not_carried_on() -> None:
    country = Country()
    country.report("75", "2025-10-15", "75001 centre_operating 1\n75002 centre_operating 1")
    country.report("91", "2026-05-15", "91001 centre_operating 1")
    country.report("75", "2026-05-31", "75003 centre_operating 1")
    country.night("2026-05-31").check(
        "marts.province_progress",
        """
        as_of_on value target reported_unit_count expected_unit_count
        2025-10-15 2 2 2 2
        2026-05-15 1 3 1 3
        2026-05-31 2 3 2 3
        """,
        where="indicator = 'centre_operating' AND province_code = '75'",
    )
    country.check(
        "marts.commune_progress",
        "commune_code value \n 75001 1 \n 75003 1 \n 75004 -",
        where="indicator = 'centre_operating' AND commune_code LIKE '75%'",
    )


def set_aside(country: Country) -> list[list[str]]:
    columns = "indicator, as_of_on, set_aside_count"
    return country.night("2025-10-31", until=COUNTRY).rows(COUNTRY, columns, "set_aside_count > 0")


def test_values_set_aside_are_counted_for_their_day_until_a_new_report_settles_them() -> None:
    country = Country()
    country.report("75", "2025-10-15", "75001 staff_present 5", set_aside={"staff_present": 1}, status="partial")
    country.report("91", "2025-10-15", "91001 staff_present 5", set_aside={"staff_present": 2}, status="partial")
    country.report("91", "2025-10-31", "91001 staff_present 5", set_aside={"staff_present": 4}, status="partial")
    assert set_aside(country) == [["staff_present", "2025-10-15", "3"], ["staff_present", "2025-10-31", "4"]]
    country.report("91", "2025-10-15", "91002 staff_present 5", sent="2025-11-03 09:00")
    assert set_aside(country) == [["staff_present", "2025-10-15", "1"], ["staff_present", "2025-10-31", "4"]]


def test_a_remark_on_a_value_that_was_taken_is_not_set_aside() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 5", set_aside={"staff_present": 2}, severity="warning")
    assert set_aside(country) == []


def test_a_new_report_of_which_nothing_could_be_taken_counts_and_leaves_the_values_before_it() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 5", set_aside={"staff_present": 1}, status="partial")
    country.report("91", "2025-10-15", sent="2025-10-20 09:00", set_aside={"staff_present": 3}, status="rejected")
    assert set_aside(country) == [["staff_present", "2025-10-15", "3"]]
    country.check(COUNTRY, "value \n 5", where="indicator = 'staff_present'")


def test_a_file_refused_as_a_whole_settles_nothing() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 5", set_aside={"staff_present": 1}, status="partial")
    country.report("91", "2025-10-15", sent="2025-10-20 09:00", set_aside={"": 1}, severity="file", status="rejected")
    assert set_aside(country) == [["staff_present", "2025-10-15", "1"]]


def test_a_refused_file_that_names_a_day_to_come_makes_no_row_for_it() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 5")
    country.report("91", "2030-01-01", sent="2025-10-16 09:00", set_aside={"": 1}, severity="file", status="rejected")
    assert country.night("2025-10-15").rows("marts.province_progress", "DISTINCT as_of_on") == [["2025-10-15"]]
