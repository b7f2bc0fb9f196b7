"""marts.verification_sample and marts.verification_draw: a random sample that anybody can draw again."""

from __future__ import annotations

import hashlib

import pytest

from tests.models.tiny import Country, directive, parameters

TABLE, CLAIMS = "marts.verification_sample", "marts.verification_claims"
AS_OF = "2025-10-31"
DONE = ("91001", "91002", "91003", "75001")


def country_of(units: tuple[str, ...] = DONE, **changed: float) -> Country:
    country = Country(
        directives=[directive("task", "2025-11-10", "centre_operating", "centre_decided")],
        parameters=parameters(**changed),
    )
    for unit in units:
        country.report(unit[:2], AS_OF, f"{unit} centre_operating 1 2025-10-20 12/QĐ")
    country.report("75", AS_OF, "75 centre_decided 1\n75002 centre_operating 0")
    return country.night(AS_OF)


def first_of(units: tuple[str, ...], seed: int, indicator: str = "centre_operating") -> str:
    return min(units, key=lambda unit: hashlib.md5(f"{seed}|{unit}|{indicator}".encode()).hexdigest())


def test_claims_are_what_is_reported_as_done_under_directives_due_near_the_day() -> None:
    country_of().check(
        CLAIMS,
        """
        unit_code indicator        directive reported_on
        91001     centre_operating task      2025-10-31
        91002     centre_operating task      2025-10-31
        91003     centre_operating task      2025-10-31
        75001     centre_operating task      2025-10-31
        75        centre_decided   task      2025-10-31
        """,
    )
    assert country_of(verification_window_days=9).rows(CLAIMS) == []


@pytest.mark.parametrize("seed", [7, 8, 2026])
def test_each_province_and_indicator_gives_the_units_with_the_smallest_hashes(seed: int) -> None:
    drawn = first_of(DONE[:3], seed)
    country_of(verification_seed=seed).check(
        TABLE,
        f"""
        draw unit_code indicator        claim_count seed   as_of_on   value done_on    evidence source_place
        1    {drawn}   centre_operating 3           {seed} 2025-10-31 1     2025-10-20 12/QĐ    Biểu⎵01!A1
        1    75001     centre_operating 1           {seed} 2025-10-31 1     2025-10-20 12/QĐ    Biểu⎵01!A1
        1    75        centre_decided   1           {seed} 2025-10-31 1     -          -        Biểu⎵01!A1
        """,
    )


@pytest.mark.parametrize("order", [DONE, DONE[::-1], ("91003", "75001", "91001", "91002")])
def test_the_sample_does_not_depend_on_the_order_of_the_rows(order: tuple[str, ...]) -> None:
    columns = "draw, unit_code, indicator"
    assert country_of(order).rows(TABLE, columns) == country_of().rows(TABLE, columns)


def test_a_draw_with_the_declared_seed_and_size_is_the_sample() -> None:
    country = country_of(verification_size=2)
    assert country.rows("marts.verification_draw(7, 2)") == country.rows(TABLE)
    assert len(country.rows("marts.verification_draw(7, 3)", where="province_code = '91'")) == 3


def test_one_more_claim_moves_nothing_else_in_the_draw() -> None:
    before = country_of(DONE[:2]).rows("marts.verification_draw(7, 9)", "unit_code", "province_code = '91'")
    after = country_of().rows("marts.verification_draw(7, 9)", "unit_code", "province_code = '91'")
    assert [row for row in after if row != ["91003"]] == before
