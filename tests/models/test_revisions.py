"""facts.current_observations: which submission is in force for each value, and why."""

from __future__ import annotations

from tests.models.tiny import Country

CURRENT = "facts.current_observations"
COLUMNS = "unit_code as_of_on value why superseded_value superseded_submission_id"


def test_a_value_says_what_it_has_replaced() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 10\n91002 staff_present 7", sent="2025-10-16 09:00")
    country.report("91", "2025-10-15", "91001 staff_present 11", sent="2025-10-17 09:00")
    country.report("91", "2025-10-15", "91001 staff_present 12", sent="2025-10-18 09:00")
    country.night("2025-10-15", until=CURRENT).check(
        CURRENT,
        f"""
        {COLUMNS}
        91001 2025-10-15 12 newer_revision 11 000002-tiny
        91002 2025-10-15 7 only - -
        """,
    )


def test_only_values_that_were_sent_more_than_once_are_kept_aside() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 10\n91002 staff_present 7", sent="2025-10-16 09:00")
    country.report("91", "2025-10-15", "91001 staff_present 11", sent="2025-10-17 09:00")
    country.report("91", "2025-10-15", "91001 staff_present 11", sent="2025-10-18 09:00")
    country.night("2025-10-15")
    country.check(
        "facts.revised_values",
        """
        unit_code submission_id superseded_value superseded_submission_id revision_count
        91001     000003-tiny   11               000002-tiny              3
        """,
    )
    country.check(
        "facts.restated_values",
        """
        unit_code restatement old_value new_value old_submission_id new_submission_id source_place
        91001     000002-tiny 10        11        000001-tiny       000002-tiny       Biểu⎵01!A1
        """,
    )


def test_a_submission_knows_how_much_of_it_still_counts() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 10\n91002 staff_present 7", sent="2025-10-16 09:00")
    country.report("91", "2025-10-15", "91001 staff_present 11", sent="2025-10-17 09:00")
    country.night("2025-10-15").check(
        "marts.submission_contents",
        """
        submission_id province_code accepted_count in_force_count is_compilation
        000001-tiny   91            2              1              False
        000002-tiny   91            1              1              False
        """,
    )


def test_two_departments_of_a_province_are_in_force_side_by_side() -> None:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 10", sent="2025-10-16 09:00")
    country.report("91", "2025-10-15", "91001 centre_operating 1", sent="2025-10-17 09:00")
    country.night("2025-10-15", until=CURRENT).check(
        CURRENT,
        """
        indicator value why submission_id
        centre_operating 1 only 000002-tiny
        staff_present 10 only 000001-tiny
        """,
    )


def test_a_day_that_arrives_late_replaces_nothing_of_later_days() -> None:
    country = Country()
    country.report("91", "2025-10-31", "91001 staff_present 12", sent="2025-11-01 09:00")
    country.report("91", "2025-10-15", "91001 staff_present 10", sent="2025-11-20 09:00")
    country.night("2025-10-31", until=CURRENT).check(
        CURRENT,
        f"""
        {COLUMNS}
        91001 2025-10-15 10 only - -
        91001 2025-10-31 12 only - -
        """,
    )
