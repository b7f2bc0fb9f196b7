"""`sql/checks`: every check passes on a sound country and names the row that breaks it."""

from __future__ import annotations

import pytest

from pipelines.settings import SQL_DIRECTORY
from tests.models.tiny import Country

CHECKS = sorted((SQL_DIRECTORY / "checks").glob("*.sql"))
# Of the country on 31/10/2025: An Giang has reported, two provinces have not.
COUNTS = {"reported_unit_count": "1", "expected_unit_count": "3", "stale_unit_count": "0", "set_aside_count": "0"}
# What breaks each check, and what it then says.
BREAKS = {
    "calendar_reaches_far_enough": [
        ("DELETE FROM reference.calendar WHERE as_of_on > '2025-12-29'", ["2025-10-31", "2025-12-29"]),
        ("DELETE FROM reference.calendar", ["2025-10-31", "None"]),
    ],
    "country_is_sum_of_provinces": [
        (
            "UPDATE marts.national_progress SET value = 2 WHERE indicator = 'centre_decided'",
            ["centre_decided", "2025-10-31", "2.0", "1.0", "3.0", "3.0"],
        ),
        (
            "UPDATE marts.national_progress SET target = NULL WHERE indicator = 'centre_decided'",
            ["centre_decided", "2025-10-31", "1.0", "1.0", "None", "3.0"],
        ),
    ],
    "coverage_adds_up": [
        (
            f"UPDATE marts.national_progress SET {column} = 9 WHERE indicator = 'centre_decided'",
            ["centre_decided", "2025-10-31", *("9" if name == column else count for name, count in COUNTS.items())],
        )
        for column in COUNTS
    ],
    "coverage_is_not_lost": [
        (
            "UPDATE marts.province_progress SET value = NULL WHERE province_code = '91' AND as_of_on = '2025-10-31'",
            ["91", "centre_decided", "2025-10-31"],
        ),
    ],
    "registry_is_complete": [("SELECT 1", ["3", "7"])],
    "values_have_a_source": [
        (
            "UPDATE facts.observations SET submission_id = 'nobody' WHERE as_of_on = '2025-10-31'",
            ["91", "centre_decided", "2025-10-31", "nobody"],
        ),
        (
            "UPDATE facts.observations SET source_place = '' WHERE as_of_on = '2025-10-31'",
            ["91", "centre_decided", "2025-10-31", "000002-tiny"],
        ),
    ],
}


def broken_rows(country: Country, check: str) -> list[list[str]]:
    sql = (SQL_DIRECTORY / "checks" / f"{check}.sql").read_text(encoding="utf-8")
    return [[str(cell) for cell in row] for row in country.connection.execute(sql).fetchall()]


def sound_country() -> Country:
    country = Country()
    country.report("91", "2025-10-15", "91 centre_decided 0")
    country.report("91", "2025-10-31", "91 centre_decided 1")
    return country.night("2025-10-31", clear=False)


@pytest.mark.parametrize(
    ("check", "damage", "row"), [(check, *case) for check, cases in BREAKS.items() for case in cases]
)
def test_a_check_names_the_row_that_breaks_it(check: str, damage: str, row: list[str]) -> None:
    country = sound_country()
    if check != "registry_is_complete":
        assert broken_rows(country, check) == []
    country.connection.execute(damage)
    assert row in broken_rows(country, check)


def test_every_check_has_a_row_that_breaks_it() -> None:
    assert {path.stem for path in CHECKS} == set(BREAKS)


def test_a_province_whose_communes_were_redrawn_may_lose_what_they_had_reported() -> None:
    country = Country()
    country.report("75", "2025-10-15", "75002 centre_operating 1")
    country.report("91", "2026-05-15", "91001 centre_operating 1")
    country.night("2026-05-15")
    lost = country.rows("marts.province_progress", "value", "province_code = '75' AND indicator = 'centre_operating'")
    assert lost == [["-"], ["1"]]
    assert broken_rows(country, "coverage_is_not_lost") == []
