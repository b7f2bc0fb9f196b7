"""A night derives only the days that its reports touch, and gives what deriving everything would give."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.database import table_names
from pipelines.marts import build
from tests.models.tiny import Country, directive

Report = Callable[[Country], object]
# In the order of arrival: the first days, a late one, corrections of old days, a report of which nothing could be
# taken, a file refused as a whole that names a day to come, and the redrawing of Đồng Nai.
REPORTS: tuple[Report, ...] = (
    lambda c: c.report("91", "2025-10-15", "91 centre_decided 1\n91001 staff_present 9\n91001 staff_allocated 10"),
    lambda c: c.report("75", "2025-10-31", "75 centre_decided 0\n75002 centre_operating 1", origin="simulated"),
    lambda c: c.report(
        "91", "2025-10-31", "91002 centre_operating 1", status="partial", set_aside={"staff_present": 2}
    ),
    lambda c: c.report("01", "2025-10-15", "01 centre_decided 1 2025-10-10", sent="2025-11-03 09:00"),
    lambda c: c.report("91", "2025-10-15", "91 centre_decided 0\n91001 staff_allocated 9", sent="2025-11-04 09:00"),
    lambda c: c.report("75", "2025-10-31", sent="2025-11-05 09:00", status="rejected", set_aside={"staff_present": 3}),
    lambda c: c.report("75", "2030-01-01", status="rejected", set_aside={"": 1}, severity="file"),
    lambda c: c.report("75", "2026-05-15", "75003 centre_operating 1\n75 centre_decided 1"),
    lambda c: c.report("91", "2025-10-31", "91 centre_decided 1", sent="2026-05-16 09:00"),
)
LAST_DAY = "2026-05-15"


def contents(country: Country) -> dict[str, list[list[str]]]:
    tables = table_names(country.connection, "reference", "facts", "marts")
    return {table: country.rows(table) for table in tables}


def new_country() -> Country:
    return Country(directives=[directive("task", "2025-10-31", "centre_decided", "staff_present")])


@pytest.fixture(scope="module")
def at_once() -> dict[str, list[list[str]]]:
    country = new_country()
    for report in REPORTS:
        report(country)
    return contents(country.night(LAST_DAY))


@pytest.mark.parametrize("reports_per_night", [1, 4])
def test_night_after_night_gives_what_one_night_over_everything_gives(
    at_once: dict[str, list[list[str]]], reports_per_night: int
) -> None:
    country = new_country()
    for start in range(0, len(REPORTS), reports_per_night):
        for report in REPORTS[start : start + reports_per_night]:
            report(country)
        country.night(LAST_DAY)
    assert contents(country) == at_once


@pytest.mark.parametrize("reports_per_night", [4, len(REPORTS)])
def test_days_derived_one_at_a_time_give_what_all_at_once_give(
    at_once: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch, reports_per_night: int
) -> None:
    country = new_country()
    monkeypatch.setattr(build, "DAYS_AT_ONCE", 1)
    for start in range(0, len(REPORTS), reports_per_night):
        for report in REPORTS[start : start + reports_per_night]:
            report(country)
        country.night(LAST_DAY)
    assert contents(country) == at_once


def test_a_night_without_reports_changes_nothing(at_once: dict[str, list[list[str]]]) -> None:
    country = new_country()
    for report in REPORTS:
        report(country)
    assert contents(country.night(LAST_DAY).night(LAST_DAY)) == at_once


def test_a_night_leaves_the_days_before_its_reports_alone() -> None:
    country = new_country()
    country.report("91", "2025-10-15", "91 centre_decided 1")
    country.night("2025-10-31")
    country.connection.execute("UPDATE marts.province_progress SET value = 77 WHERE province_code = '91'")
    country.report("75", "2025-10-31", "75 centre_decided 1")
    country.night("2025-10-31").check(
        "marts.province_progress",
        "as_of_on value \n 2025-10-15 77 \n 2025-10-31 1",
        where="province_code = '91' AND indicator = 'centre_decided'",
    )


@pytest.mark.parametrize("model", ["marts.province_progress", "reference.denominators"])
def test_every_day_is_derived_again_when_a_model_or_what_it_reads_has_changed(model: str) -> None:
    country = new_country()
    country.report("91", "2025-10-15", "91 centre_decided 1")
    country.night("2025-10-31")
    country.connection.execute("UPDATE work.models SET digest = 'of another file' WHERE model = ?", [model])
    country.connection.execute("UPDATE marts.province_progress SET value = 77")
    build.prepare(country.connection)
    country.night("2025-10-31")
    assert country.rows("marts.province_progress", where="value = 77") == []
