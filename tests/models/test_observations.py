"""facts.current_observations, facts.as_known: which value is in force, and what was known of it when."""

from __future__ import annotations

import pytest

from tests.models.tiny import Country

CURRENT, KNOWN = "facts.current_observations", "facts.as_known"
COLUMNS = "unit_code indicator as_of_on value submission_id source_place"


def test_a_revision_replaces_the_cells_that_it_carries_and_no_others() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 centre_operating 0\n91002 centre_operating 1", sent="2025-10-16 09:00")
    country.report("91", "2025-10-15", "91001 centre_operating 1", sent="2025-10-20 09:00")
    country.night("2025-10-15", until=CURRENT).check(
        CURRENT,
        f"""
        {COLUMNS} received_at
        91001 centre_operating 2025-10-15 1 000002-tiny Biểu⎵01!A1 2025-10-20T09:00:00
        91002 centre_operating 2025-10-15 1 000001-tiny Biểu⎵01!A2 2025-10-16T09:00:00
        """,
    )


def test_each_reported_day_keeps_its_own_value() -> None:
    country = Country()
    country.report("91", "2025-10-31", "91001 centre_operating 1")
    country.report("91", "2025-10-15", "91001 centre_operating 0", sent="2025-11-20 09:00")
    country.night("2025-10-31", until=CURRENT).check(
        CURRENT,
        f"""
        {COLUMNS}
        91001 centre_operating 2025-10-15 0 000002-tiny Biểu⎵01!A1
        91001 centre_operating 2025-10-31 1 000001-tiny Biểu⎵01!A1
        """,
    )


def test_of_two_files_of_one_moment_the_later_arrival_counts_and_of_two_cells_the_last() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 10", sent="2025-10-16 09:00")
    country.report("91", "2025-10-15", "91001 staff_present 11\n91001 staff_present 12", sent="2025-10-16 09:00")
    country.night("2025-10-15", until=CURRENT).check(
        CURRENT,
        f"""
        {COLUMNS}
        91001 staff_present 2025-10-15 12 000002-tiny Biểu⎵01!A2
        """,
    )


@pytest.fixture(scope="module")
def corrected() -> Country:
    """Two days, the first of them put right a month later."""
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 10\n91002 staff_present 7", sent="2025-10-16 09:00")
    country.report("91", "2025-10-31", "91001 staff_present 12", sent="2025-11-01 23:59:59")
    country.report("91", "2025-10-15", "91001 staff_present 9", sent="2025-11-20 09:00")
    return country.night("2025-11-15", until=KNOWN)


@pytest.mark.parametrize(
    ("effective_on", "known_on", "expected"),
    [
        ("2025-10-14", "2025-12-31", ""),
        ("2025-10-15", "2025-10-15", ""),
        ("2025-10-15", "2025-10-16", "91001 2025-10-15 10 000001-tiny \n 91002 2025-10-15 7 000001-tiny"),
        ("2025-10-15", "2025-11-20", "91001 2025-10-15 9 000003-tiny \n 91002 2025-10-15 7 000001-tiny"),
        ("2025-10-30", "2025-12-31", "91001 2025-10-15 9 000003-tiny \n 91002 2025-10-15 7 000001-tiny"),
        ("2025-10-31", "2025-10-31", "91001 2025-10-15 10 000001-tiny \n 91002 2025-10-15 7 000001-tiny"),
        ("2025-10-31", "2025-11-01", "91001 2025-10-31 12 000002-tiny \n 91002 2025-10-15 7 000001-tiny"),
        ("2025-12-31", "2025-12-31", "91001 2025-10-31 12 000002-tiny \n 91002 2025-10-15 7 000001-tiny"),
    ],
)
def test_as_known_holds_nothing_that_was_learned_later(
    corrected: Country, effective_on: str, known_on: str, expected: str
) -> None:
    corrected.check(
        f"facts.as_known(DATE '{effective_on}', DATE '{known_on}')",
        f"unit_code as_of_on value submission_id \n {expected}",
    )
