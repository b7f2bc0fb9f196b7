"""marts.published_reconciliation: published figures beside the sums of reports, with the reason of a difference."""

from __future__ import annotations

import pytest

from tests.models.tiny import Country, published

TABLE = "marts.published_reconciliation"
CENTRES = "centre_operating"


@pytest.fixture(scope="module")
def compared() -> Country:
    """3 of 5 centres on 15/10 (one commune has not reported), 4 of 5 on 31/10 (all have); 3 provinces, 2 with one."""
    country = Country(
        published_figures=[
            published("same", CENTRES, "national", "2025-10-31", 4),
            published("same_but_earlier_day", CENTRES, "national", "2025-10-20", 4),
            published("other_day", CENTRES, "national", "2025-10-30", 3),
            published("conflicting", CENTRES, "national", "2025-10-31", 3),
            published("provinces", CENTRES, "national_province_count", "2025-10-31", 2),
            published("one_province", CENTRES, "province:91", "2025-10-31", 3),
            published("not_all_reported", CENTRES, "national", "2025-10-15", 5),
            published("more_than_published", CENTRES, "province:91", "2025-10-15", 1),
            published("about", "staff_present", "national", "2025-10-31", 1020, "about"),
            published("about_and_too_far", "staff_present", "province:91", "2025-10-31", 1021, "about"),
            published("exact_and_near", "staff_present", "province:91", "2025-10-30", 1001),
            published("one_source", "centre_decided", "national", "2025-10-31", 2),
            published("another_source", "centre_decided", "national", "2025-10-31", 3),
            published("too_new", CENTRES, "national", "2025-12-31", 5),
            published("nothing_reported", "obstacles_raised", "national", "2025-10-31", 7),
            published("never_reported", "communes_short_of_staff", "province:91", "2025-10-31", 2),
        ]
    )
    country.report("75", "2025-10-15", "75001 centre_operating 1\n75002 centre_operating 0")
    country.report("91", "2025-10-15", "91001 centre_operating 1\n91002 centre_operating 1")
    country.report("91", "2025-10-31", "91003 centre_operating 1\n91001 staff_present 1000", origin="simulated")
    country.report("91", "2025-10-31", "91002 staff_present 0\n91003 staff_present 0\n91 centre_decided 1")
    country.report("75", "2025-10-31", "75 centre_decided 1\n75001 staff_present 0\n75002 staff_present 0")
    country.report("01", "2025-10-31", "01 centre_decided 0\n01001 staff_present 0\n01002 staff_present 0")
    country.report("91", "2026-01-15", "91003 centre_operating 0")
    return country.night("2025-11-15")


def test_a_difference_has_a_reason(compared: Country) -> None:
    compared.check(
        TABLE,
        """
        figure published_value reported_on reported_value difference explanation
        same                    4 2025-10-31    4   0 equal
        same_but_earlier_day    4 2025-10-31    4   0 equal
        other_day               3 2025-10-31    4   1 different_day
        conflicting             3 2025-10-31    4   1 conflicting_publications
        provinces               2 2025-10-31    2   0 equal
        one_province            3 2025-10-31    3   0 equal
        not_all_reported        5 2025-10-15    3  -2 incomplete_reports
        more_than_published     1 2025-10-15    2   1 differs
        about                1020 2025-10-31 1000 -20 rounded
        about_and_too_far    1021 2025-10-31 1000 -21 differs
        exact_and_near       1001 2025-10-31 1000  -1 different_day
        one_source              2 2025-10-31    2   0 equal
        another_source          3 2025-10-31    2  -1 conflicting_publications
        too_new                 5 -             -   - not_reported
        nothing_reported        7 -             -   - not_reported
        never_reported          2 -             -   - published_only
        """,
    )


def test_the_denominators_stand_beside_each_other(compared: Country) -> None:
    compared.check(
        TABLE,
        "figure reported_target \n same 5 \n provinces 3 \n one_province 3 \n about -",
        where="figure IN ('same', 'provinces', 'one_province', 'about')",
    )


def test_a_comparison_with_simulated_reports_says_so(compared: Country) -> None:
    compared.check(
        TABLE,
        "figure origin \n same simulated \n another_source reported \n too_new -",
        where="figure IN ('same', 'another_source', 'too_new')",
    )
