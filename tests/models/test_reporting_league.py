"""marts.reporting_periods and marts.reporting_league: how many reports came in time, and who leads."""

from __future__ import annotations

from tests.models.tiny import TINY, Country

PERIODS, LEAGUE = "marts.reporting_periods", "marts.reporting_league"
VALUE = "{}001 staff_present 5"


def season() -> Country:
    """15/10: An Giang in time, Đồng Nai two days late, Hà Nội empty. 31/10: An Giang and Hà Nội in time."""
    country = Country()
    country.report("91", "2025-10-15", VALUE.format("91"), set_aside={"staff_present": 2}, status="partial")
    country.report("75", "2025-10-15", VALUE.format("75"), sent="2025-10-19 09:00", origin="simulated")
    country.report("01", "2025-10-15")
    country.report("91", "2025-10-31", VALUE.format("91"))
    country.report("01", "2025-10-31", VALUE.format("01"))
    return country.night("2025-10-31", known="2025-11-03 01:30", until=LEAGUE)


def test_a_period_counts_each_report_once_and_rates_only_what_is_due() -> None:
    country = season()
    country.check(
        PERIODS,
        """
        as_of_on   is_due expected on_time late missing empty not_due accepted_count rejected_count
        2025-10-15 True   3        1       1    0       1     0       2              2
        2025-10-31 True   3        2       0    1       0     0       2              0
        2025-11-15 False  3        0       0    0       0     3       -              -
        """,
    )
    country.check(
        PERIODS,
        """
        as_of_on   on_time_pct reported_pct origin
        2025-10-15 33.33       66.67        simulated
        2025-10-31 66.67       66.67        reported
        2025-11-15 -           -            -
        """,
    )


def test_a_rate_waits_until_the_period_is_due() -> None:
    country = Country()
    country.report("91", "2025-10-15", VALUE.format("91"))
    country.night("2025-10-15", known="2025-10-16 01:30", until=PERIODS).check(
        PERIODS, "as_of_on on_time not_due on_time_pct origin \n 2025-10-15 1 2 - reported", "on_time > 0"
    )


def test_the_league_counts_the_newest_periods() -> None:
    season().check(
        LEAGUE,
        """
        province_code as_of_on   rank period_count on_time_count on_time_pct reported_pct days_late_median
        91            2025-10-15 1    1            1             100         100          -
        75            2025-10-15 2    1            0             0           100          2
        01            2025-10-15 3    1            0             0           0            -
        91            2025-10-31 1    2            2             100         100          -
        01            2025-10-31 2    2            1             50          50           -
        75            2025-10-31 3    2            0             0           50           2
        """,
    )


def test_the_league_says_what_has_changed_since_the_period_before() -> None:
    season().check(
        LEAGUE,
        """
        province_code as_of_on   previous_as_of_on previous_rank rank_change on_time_change
        91            2025-10-31 2025-10-15        1             0           0
        01            2025-10-31 2025-10-15        3             1           50
        75            2025-10-31 2025-10-15        2             -1          0
        """,
        "as_of_on = '2025-10-31'",
    )


def test_equal_provinces_share_a_rank_and_the_next_one_follows_all_of_them() -> None:
    country = Country()
    for province in ("01", "75"):
        country.report(province, "2025-10-15", VALUE.format(province))
    country.night("2025-10-15", known="2025-10-18 01:30", until=LEAGUE).check(
        LEAGUE,
        """
        province_code rank tied_count origin
        01 1 2 reported \n 75 1 2 reported \n 91 3 1 -
        """,
    )


def test_completeness_is_cells_filled_of_cells_of_the_form() -> None:
    country = Country(indicators=TINY.indicators[:3])
    country.report("91", "2025-10-15", "91 centre_decided 1\n91001 staff_allocated 5\n91002 staff_allocated 6")
    country.night("2025-10-15", known="2025-10-18 01:30", until=LEAGUE)
    # One indicator of the province, two of each of its three communes.
    country.check(
        "marts.reporting_coverage",
        "province_code filled_count expected_count filled_pct \n 91 3 7 42.86",
        "province_code = '91' AND as_of_on = '2025-10-15'",
    )
    # Three cells of 7, none of the 5 of Đồng Nai, none of the 3 of Hà Nội, whose communes have no centre.
    country.check(PERIODS, "filled_pct \n 20", "as_of_on = '2025-10-15'")
    country.check(LEAGUE, "province_code filled_pct \n 91 42.86", "filled_pct > 0")
