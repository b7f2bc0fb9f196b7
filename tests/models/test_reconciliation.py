"""marts.published_reconciliation: published figures beside the sums of reports, with the reason of a difference."""

from __future__ import annotations

import datetime
import re

import pytest

from pipelines.reference.tables import EXPLANATIONS
from pipelines.settings import SQL_DIRECTORY
from tests.models.tiny import TINY, Country, day, published

TABLE = "marts.published_reconciliation"
CENTRES, STAFF = "centre_operating", "staff_present"
COLUMNS = "figure published_value reported_on reported_value difference explanation also"


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
            published("not_all_reported", CENTRES, "national", "2025-10-15", 4),
            published("not_all_nor_that_day", CENTRES, "national", "2025-10-10", 4),
            published("more_than_the_silent_could_add", CENTRES, "national_province_count", "2025-10-15", 4),
            published("more_than_published", CENTRES, "province:91", "2025-10-15", 1),
            published("exact_and_near", STAFF, "province:91", "2025-10-30", 1001),
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
    return country.night("2025-11-15", until=TABLE)


def test_a_difference_has_a_reason_and_the_others_stand_beside_it(compared: Country) -> None:
    compared.check(
        TABLE,
        f"""
        {COLUMNS}
        same                    4 2025-10-31    4   0 equal conflicting_publications
        same_but_earlier_day    4 2025-10-31    4   0 equal different_day
        other_day               3 2025-10-31    4   1 different_day -
        conflicting             3 2025-10-31    4   1 conflicting_publications -
        provinces               2 2025-10-31    2   0 equal -
        one_province            3 2025-10-31    3   0 equal -
        not_all_reported        4 2025-10-15    3  -1 incomplete_reports -
        not_all_nor_that_day    4 2025-10-15    3  -1 incomplete_reports different_day
        more_than_the_silent_could_add 4 2025-10-15 2 -2 differs -
        more_than_published     1 2025-10-15    2   1 differs -
        exact_and_near       1001 2025-10-31 1000  -1 different_day -
        one_source              2 2025-10-31    2   0 equal conflicting_publications
        another_source          3 2025-10-31    2  -1 conflicting_publications -
        too_new                 5 -             -   - not_reported -
        nothing_reported        7 -             -   - not_reported -
        never_reported          2 -             -   - published_only -
        """,
    )


def test_silent_units_explain_no_more_of_a_count_than_they_could_hold() -> None:
    """Six of seven communes add up to 1.000; the seventh may hold three times the average of what was published."""
    country = Country(
        published_figures=[
            published("little_missing", STAFF, "national", "2025-10-31", 1200),
            published("too_much_missing", STAFF, "national", "2025-10-30", 2000),
        ]
    )
    country.report("91", "2025-10-31", "91001 staff_present 1000\n91002 staff_present 0")
    country.report("75", "2025-10-31", "75001 staff_present 0\n75002 staff_present 0")
    country.report("01", "2025-10-31", "01001 staff_present 0\n01002 staff_present 0")
    country.night("2025-11-15", until=TABLE).check(
        TABLE,
        """
        figure difference reported_unit_count expected_unit_count explanation also
        little_missing    -200 6 7 incomplete_reports -
        too_much_missing -1000 6 7 different_day      -
        """,
    )


def test_what_was_compared_stands_beside_it(compared: Country) -> None:
    compared.check(
        TABLE,
        """
        figure reported_target reported_unit_count expected_unit_count difference_pct conflicting_figures
        same             5 5 5 0     conflicting
        provinces        3 5 5 0     -
        not_all_reported 5 4 5 -25   -
        exact_and_near   - 3 3 -0.1  -
        too_new          - - - -     -
        """,
        where="figure IN ('same', 'provinces', 'not_all_reported', 'exact_and_near', 'too_new')",
    )


def test_a_comparison_with_simulated_reports_says_so(compared: Country) -> None:
    compared.check(
        TABLE,
        """
        figure reported_origin origin
        same           simulated simulated
        another_source reported  reported
        too_new        -         published
        """,
        where="figure IN ('same', 'another_source', 'too_new')",
    )


# Published value, wording, worth of the last digit, sum of the reports, what explains the difference.
CASES: list[tuple[float, str, float | None, float, str]] = [
    # `192.718` written in full allows no difference; the same number as `hơn 192.700` does.
    (192718, "exact", None, 192718, "equal"),
    (192718, "exact", None, 192717, "differs"),
    (192700, "over", 100, 192718, "rounded"),
    (192700, "over", 100, 192750, "approximate"),
    (192700, "over", 100, 192799, "approximate"),
    (192700, "over", 100, 192800, "differs"),
    (192700, "over", 100, 192699, "differs"),
    (4000, "over", 1000, 3900, "differs"),
    # `gần 13.400`: from below.
    (13400, "nearly", 100, 13380, "rounded"),
    (13400, "nearly", 100, 13350, "rounded"),
    (13400, "nearly", 100, 13349, "approximate"),
    (13400, "nearly", 100, 13301, "approximate"),
    (13400, "nearly", 100, 13300, "differs"),
    (13400, "nearly", 100, 13401, "differs"),
    # `khoảng 50.000`: from either side.
    (50000, "about", 10000, 45000, "rounded"),
    (50000, "about", 10000, 44999, "approximate"),
    (50000, "about", 10000, 54999, "rounded"),
    (50000, "about", 10000, 55000, "approximate"),
    (50000, "about", 10000, 60000, "differs"),
    # `192,7 nghìn` says neither: rounded, or cut off.
    (192700, "exact", 100, 192650, "rounded"),
    (192700, "exact", 100, 192649, "differs"),
    (192700, "exact", 100, 192749, "rounded"),
    (192700, "exact", 100, 192750, "truncated"),
    (192700, "exact", 100, 192799, "truncated"),
    (192700, "exact", 100, 192800, "differs"),
]


@pytest.fixture(scope="module")
def worded() -> Country:
    """Each case on a day of its own, for which every commune of An Giang reported."""
    days = [(day("2025-10-01") + datetime.timedelta(days=number)).isoformat() for number in range(len(CASES))]
    country = Country(
        published_figures=[
            published(f"case_{number}", STAFF, "province:91", on, value, wording, step)
            for number, (on, (value, wording, step, _, _)) in enumerate(zip(days, CASES, strict=True))
        ]
    )
    for on, (_, _, _, reported, _) in zip(days, CASES, strict=True):
        values = f"91001 staff_present {reported}\n91002 staff_present 0\n91003 staff_present 0"
        country.report("91", on, values)
    return country.night(days[-1], until=TABLE)


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: "-".join(str(cell) for cell in CASES[number]))
def test_digits_and_wording_say_how_far_a_report_may_be(worded: Country, number: int) -> None:
    assert worded.rows(TABLE, "explanation, also", f"figure = 'case_{number}'") == [[CASES[number][-1], "-"]]


def test_another_denominator_explains_another_value_and_stands_beside_an_equal_one() -> None:
    country = Country(
        published_figures=[
            published("other", CENTRES, "national", "2025-10-15", 2, of=4),
            published("equal", CENTRES, "province:91", "2025-10-15", 2, of=4),
            published("same_denominator", CENTRES, "national_province_count", "2025-10-15", 1, of=3),
        ]
    )
    country.report("75", "2025-10-15", "75001 centre_operating 1\n75002 centre_operating 0")
    country.report("91", "2025-10-15", "91001 centre_operating 1\n91002 centre_operating 1\n91003 centre_operating 0")
    country.night("2025-10-15", until=TABLE).check(
        TABLE,
        f"""
        {COLUMNS} reported_target
        other            2 2025-10-15 3 1 different_denominator - 5
        equal            2 2025-10-15 2 0 equal different_denominator 3
        same_denominator 1 2025-10-15 2 1 differs - 3
        """,
    )


def test_publications_conflict_only_where_their_digits_cannot_mean_the_same() -> None:
    on, of = "2025-10-31", ("staff_present", "national")
    country = Country(
        published_figures=[
            published("full", *of, on, 192718),
            published("more_than", *of, on, 192700, "over", 100),
            published("nearly", *of, on, 192700, "nearly", 100),
            published("other_day", *of, "2025-10-30", 150000),
            published("declared", *of, "2025-10-20", 93, conflicts_with="declared_other"),
            published("declared_other", *of, "2025-10-21", 68),
        ]
    )
    country.night("2025-10-31", until=TABLE).check(
        TABLE,
        """
        figure conflicting_figures explanation also
        full           nearly         not_reported conflicting_publications
        more_than      -              not_reported -
        nearly         full           not_reported conflicting_publications
        other_day      -              not_reported -
        declared       declared_other not_reported conflicting_publications
        declared_other declared       not_reported conflicting_publications
        """,
    )


def test_a_published_share_is_held_against_its_own_numbers() -> None:
    def share(name: str, value: float, of: float | None, pct: tuple[float, float] | None) -> object:
        return published(name, "communes_short_of_staff", "national", "2025-10-31", value, of=of, pct=pct)

    country = Country(
        published_figures=[
            share("cut_off", 50000, 120000, (41.6, 0.1)),  # 41,67 %
            share("rounded_up", 1785, 3319, (54, 1)),  # 53,78 %
            share("rounded_down", 1330, 3319, (40, 1)),  # 40,07 %
            share("in_full", 1, 4, (25, 1)),
            share("half", 1, 8, (13, 1)),  # 12,5 %
            share("wrong", 1, 3, (34, 1)),
            share("no_denominator", 2345, None, (19, 1)),
            share("no_share", 1, 3, None),
        ]
    )
    country.night("2025-10-31", until=TABLE).check(
        TABLE,
        """
        figure computed_pct published_pct pct_explanation
        cut_off        41.67 41.6 truncated
        rounded_up     53.78 54   rounded
        rounded_down   40.07 40   rounded
        in_full        25    25   equal
        half           12.5  13   rounded
        wrong          33.33 34   differs
        no_denominator -     19   -
        no_share       33.33 -    -
        """,
    )


def test_the_model_uses_the_codes_of_the_closed_list_and_no_other() -> None:
    sql = (SQL_DIRECTORY / "marts" / "published_reconciliation.sql").read_text(encoding="utf-8")
    used = {*re.findall(r"'(\w+)' AS code", sql), *re.findall(r"COALESCE\(explanations.explanation, '(\w+)'\)", sql)}
    assert used == set(EXPLANATIONS)


def test_the_order_of_the_codes_is_that_of_the_table() -> None:
    in_order = sorted(TINY.explanation_codes, key=lambda item: item.precedence)
    assert tuple(item.code for item in in_order) == EXPLANATIONS
