"""marts.staffing_gaps and marts.staffing_balance: staff against named baselines, surplus and shortage kept apart."""

from __future__ import annotations

import pytest

from pipelines.reference.records import StaffingBaseline, StaffingField
from tests.models.tiny import REFORM, TINY, Country, _indicator, day

COUNTS = ("staff_seconded_in", "staff_contracted", "staff_gap_land", "staff_gap_it")
FIELDS = (
    StaffingField("land", 1, "staff_gap_land", "", ""),
    StaffingField("it", 2, "staff_gap_it", "", ""),
)


def baseline(
    code: str, kind: str, indicator: str = "", posts: float | None = None, covers: str = "same", province: str = "",
    until: str = "",
) -> StaffingBaseline:  # fmt: skip
    ends = day(until) if until else None
    return StaffingBaseline(code, 1, code, code, kind, indicator, posts, covers, province, "", "", "", REFORM, ends)


BASELINES = (
    baseline("allocated", "indicator", "staff_allocated"),
    baseline("average", "per_commune", posts=32.0, covers="narrower"),
    baseline("need", "reported_shortage"),
)


def country(*baselines: StaffingBaseline) -> Country:
    extra = [_indicator(code, "commune", "count", "none") for code in COUNTS]
    return Country(
        indicators=(*TINY.indicators, *extra), staffing_baselines=baselines or BASELINES, staffing_fields=FIELDS
    )


@pytest.fixture(scope="module")
def told() -> Country:
    """In An Giang one commune has 8 too many and another 6 too few; the third has not reported."""
    told = country()
    told.report(
        "91",
        "2025-10-15",
        """
        91001 staff_allocated 40
        91001 staff_present 48
        91001 staff_seconded_in 5
        91001 staff_contracted 2
        91001 staff_gap_land 0
        91001 staff_gap_it 1
        91002 staff_allocated 30
        91002 staff_present 24
        91002 staff_gap_land 4
        """,
    )
    told.report("75", "2025-10-15", "75001 staff_allocated 20\n75001 staff_present 20", origin="simulated")
    return told.night("2025-10-31", until="marts.staffing_balance")


def test_each_commune_against_the_posts_allocated(told: Country) -> None:
    told.check(
        "marts.staffing_gaps",
        """
        commune_code allocated present gap gap_pct shortage surplus is_minimum origin
        91001 40 48 -8 -20 0 8 0 reported
        91002 30 24 6  20  6 0 0 reported
        91003 -  -  -  -   - - 0 -
        75001 20 20 0  0   0 0 0 simulated
        75002 -  -  -  -   - - 0 -
        01001 -  -  -  -   - - 0 -
        01002 -  -  -  -   - - 0 -
        """,
        where="baseline = 'allocated' AND field = 'all'",
    )


def test_seconded_staff_and_contracts_stand_beside_the_staff_present_and_are_not_added(told: Country) -> None:
    told.check(
        "marts.staffing_gaps",
        "commune_code present seconded_in contracted \n 91001 48 5 2 \n 91002 24 - -",
        where="baseline = 'allocated' AND province_code = '91' AND present IS NOT NULL",
    )


def test_a_baseline_that_covers_fewer_people_proves_shortages_only(told: Country) -> None:
    told.check(
        "marts.staffing_gaps",
        """
        commune_code allocated present gap shortage surplus is_minimum
        91001 32 48 -16 - - 1
        91002 32 24 8   8 - 1
        91003 32 -  -   - - 1
        """,
        where="baseline = 'average' AND province_code = '91'",
    )


def test_need_by_job_position_is_staff_present_and_what_the_commune_says_is_missing(told: Country) -> None:
    told.check(
        "marts.staffing_gaps",
        """
        commune_code field allocated present gap gap_pct shortage surplus is_minimum
        91001 all  49 48 1 2.04 1 - 1
        91001 land -  -  0 -    0 - 0
        91001 it   -  -  1 -    1 - 0
        91002 all  -  24 - -    - - 1
        91002 land -  -  4 -    4 - 0
        91002 it   -  -  - -    - - 0
        """,
        where="baseline = 'need' AND commune_code IN ('91001', '91002')",
    )


def test_surplus_and_shortage_of_a_province_are_not_netted(told: Country) -> None:
    told.check(
        "marts.staffing_balance",
        """
        province_code communes_expected communes_compared communes_not_reported communes_short communes_with_surplus
        91 3 2 1 1 1
        75 2 1 1 0 0
        01 2 0 2 - -
        VN 7 3 4 1 1
        """,
        where="baseline = 'allocated' AND field = 'all'",
    )
    told.check(
        "marts.staffing_balance",
        """
        province_code shortage surplus allocated present seconded_in contracted origin
        91 6 8 70 72 5 2 reported
        75 0 0 20 20 - - simulated
        01 - - -  -  - - -
        VN 6 8 90 92 5 2 simulated
        """,
        where="baseline = 'allocated' AND field = 'all'",
    )


def test_the_fields_of_a_province_add_up_over_the_communes_that_reported_them(told: Country) -> None:
    told.check(
        "marts.staffing_balance",
        """
        field communes_compared communes_not_reported communes_short communes_with_surplus shortage surplus
        all  1 2 1 - 1 -
        land 2 1 1 - 4 -
        it   1 2 1 - 1 -
        """,
        where="baseline = 'need' AND province_code = '91'",
    )


def test_a_baseline_of_one_province_takes_the_place_of_the_general_one_there() -> None:
    told = country(
        baseline("frame", "per_commune", posts=32.0), baseline("frame", "per_commune", "", 36.0, "same", "91")
    )
    told.report("91", "2025-10-15", "91001 staff_present 35")
    told.report("75", "2025-10-15", "75001 staff_present 35")
    told.night("2025-10-31", until="marts.staffing_gaps").check(
        "marts.staffing_gaps",
        "commune_code allocated gap \n 91001 36 1 \n 75001 32 -3",
        where="present IS NOT NULL",
    )


def test_a_baseline_ends_on_its_last_day() -> None:
    for as_of, count in (("2025-10-31", 7), ("2025-11-01", 0)):
        told = country(baseline("frame", "per_commune", posts=32.0, until="2025-10-31"))
        told.report("91", "2025-10-15", "91001 staff_present 35")
        told.night(as_of, until="marts.staffing_gaps")
        assert len(told.rows("marts.staffing_gaps")) == count


def test_staff_allocated_without_staff_present_is_not_known() -> None:
    told = country()
    told.report("91", "2025-10-15", "91001 staff_allocated 40")
    told.night("2025-10-31", until="marts.staffing_gaps").check(
        "marts.staffing_gaps",
        "allocated present gap shortage surplus \n 40 - - - -",
        where="commune_code = '91001' AND baseline = 'allocated'",
    )
