"""facts.corrections_applied and what corrections do to the values in force: guard, expiry, and nothing hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.models.tiny import RECOUNT, Country

CURRENT = "facts.current_observations"
APPLIED = "facts.corrections_applied"
COLUMNS = "unit_code value why reported_value correction correction_document_no"


@pytest.fixture
def country() -> Country:
    """Two communes on one day, and a correction for one of them."""
    made = Country(corrections=[RECOUNT])
    made.report("91", "2025-10-15", "91001 staff_present 10\n91002 staff_present 7", sent="2025-10-16 09:00")
    return made


def test_a_correction_takes_the_place_of_the_value_and_both_stay_visible(country: Country) -> None:
    country.night("2025-10-15", known="2025-11-02 01:30", until=CURRENT).check(
        CURRENT,
        f"""
        {COLUMNS}
        91001 12 correction 10 recount 99/BNV
        91002 7 only 7 - -
        """,
    )
    country.check("facts.observations", "unit_code value\n91001 10\n91002 7")


@pytest.mark.parametrize(
    ("known", "status", "value"),
    [
        ("2025-10-31 01:30", "not_entered", "10"),
        ("2025-11-01 01:30", "applied", "12"),
        ("2025-12-31 23:00", "applied", "12"),
        ("2026-01-01 01:30", "expired", "10"),
    ],
)
def test_a_correction_applies_from_its_entry_to_its_expiry(
    country: Country, known: str, status: str, value: str
) -> None:
    country.night("2025-10-15", known=known, until=CURRENT)
    country.check(APPLIED, f"correction status given_value\nrecount {status} 10")
    country.check(CURRENT, f"value\n{value}", "unit_code = '91001'")


def test_a_value_that_the_province_has_changed_is_left_alone(country: Country) -> None:
    country.report("91", "2025-10-15", "91001 staff_present 11", sent="2025-11-05 09:00")
    country.night("2025-10-15", known="2025-11-06 01:30", until=CURRENT)
    country.check(APPLIED, "status expected_given given_value submission_id\nguard_failed 10 11 000002-tiny")
    country.check(CURRENT, "value why correction\n11 newer_revision -", "unit_code = '91001'")
    ((reason,),) = country.rows(APPLIED, "status_reason_vi")
    assert "cần xem lại đính chính này" in reason.replace("⎵", " ")


def test_a_correction_of_what_was_never_reported_corrects_nothing() -> None:
    country = Country(corrections=[replace(RECOUNT, unit_code="91003")])
    country.report("91", "2025-10-15", "91001 staff_present 10")
    country.night("2025-10-15", known="2025-11-02 01:30", until=CURRENT)
    country.check(APPLIED, "status given_value submission_id\nno_value - -")
    country.check(CURRENT, f"{COLUMNS}\n91001 10 only 10 - -")


def test_a_correction_that_expires_between_two_nights_is_taken_back(country: Country) -> None:
    """No file came in the second night: the day is derived again all the same."""
    country.night("2025-10-15", known="2025-12-31 01:30", until=CURRENT)
    country.night("2025-10-15", known="2026-01-01 01:30", until=CURRENT)
    country.check(CURRENT, "value why\n10 only", "unit_code = '91001'")
    country.night("2025-10-15", known="2025-12-31 01:30", until=CURRENT)
    country.check(CURRENT, "value why\n12 correction", "unit_code = '91001'")


def test_totals_rest_on_the_corrected_value(country: Country) -> None:
    country.night("2025-10-15", known="2025-11-02 01:30")
    country.check("marts.province_progress", "value\n19", "province_code = '91' AND indicator = 'staff_present'")


@pytest.mark.parametrize(
    ("known_on", "value", "correction_code"),
    [("2025-10-31", "10", "-"), ("2025-11-01", "12", "recount"), ("2026-01-01", "10", "-")],
)
def test_as_known_knows_the_corrections_of_its_day(
    country: Country, known_on: str, value: str, correction_code: str
) -> None:
    country.night("2025-10-15", known="2025-11-02 01:30", until="facts.as_known")
    country.check(
        f"facts.as_known('2025-10-20', '{known_on}')",
        f"value reported_value correction\n{value} 10 {correction_code}",
        "unit_code = '91001'",
    )
