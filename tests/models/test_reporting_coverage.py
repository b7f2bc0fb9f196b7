"""marts.reporting_coverage: who has reported for which day of the calendar, in time or not."""

from __future__ import annotations

import pytest

from tests.models.tiny import Country

TABLE = "marts.reporting_coverage"
VALUE = "91001 staff_present 5"


def told(country: Country, columns: str, known: str = "2025-10-20 01:30") -> list[str]:
    """What is told of An Giang's report for 15/10, which is due by the end of 17/10."""
    country.night("2025-10-15", known, until=TABLE)
    (row,) = country.rows(TABLE, columns, "province_code = '91' AND as_of_on = '2025-10-15'")
    return row


@pytest.mark.parametrize(
    ("sent", "status", "days_late"),
    [
        ("2025-10-15 09:00", "on_time", "-"),
        ("2025-10-17 23:59:59", "on_time", "-"),
        ("2025-10-18 00:00", "late", "1"),
        ("2025-10-18 23:59:59", "late", "1"),
        ("2025-10-19 00:00", "late", "2"),
    ],
)
def test_a_report_is_in_time_until_midnight_of_its_last_day(sent: str, status: str, days_late: str) -> None:
    country = Country()
    country.report("91", "2025-10-15", VALUE, sent=sent)
    assert told(country, "due_at, status, days_late") == ["2025-10-18T00:00:00", status, days_late]


@pytest.mark.parametrize(("known", "status"), [("2025-10-17 23:59:59", "not_due"), ("2025-10-18 00:00", "missing")])
def test_what_has_not_come_is_missing_once_it_is_due(known: str, status: str) -> None:
    assert told(Country(), "received_at, status, days_late, accepted_count, origin", known) == ["-", status, *"---"]


def test_there_is_a_row_for_every_province_and_day_of_the_calendar() -> None:
    country = Country()
    country.report("91", "2025-10-15", VALUE)
    country.report("91", "2025-10-20", VALUE)
    country.night("2025-10-31", known="2025-11-03 01:30", until=TABLE).check(
        TABLE,
        """
        province_code as_of_on status
        01 2025-10-15 missing \n 01 2025-10-31 missing \n 01 2025-11-15 not_due
        75 2025-10-15 missing \n 75 2025-10-31 missing \n 75 2025-11-15 not_due
        91 2025-10-15 on_time \n 91 2025-10-31 missing \n 91 2025-11-15 not_due
        """,
    )


def test_a_revision_keeps_the_first_receipt_and_tells_the_newest_faults() -> None:
    country = Country()
    country.report("91", "2025-10-15", VALUE, "2025-10-16 09:00", "partial", {"staff_present": 3})
    country.report("91", "2025-10-15", f"{VALUE}\n91002 staff_present 6", "2025-10-19 09:00", "partial", {"a": 1})
    assert told(country, "status, received_at, revision, accepted_count, rejected_count") == [
        "on_time", "2025-10-16T09:00:00", "2", "3", "1",
    ]  # fmt: skip


def test_an_empty_report_is_no_report() -> None:
    country = Country()
    country.report("91", "2025-10-15", sent="2025-10-16 09:00")
    assert told(country, "status, received_at, accepted_count") == ["empty", "2025-10-16T09:00:00", "0"]


def test_an_empty_report_in_time_does_not_make_the_late_values_punctual() -> None:
    country = Country()
    country.report("91", "2025-10-15", sent="2025-10-16 09:00")
    country.report("91", "2025-10-15", VALUE, sent="2025-10-19 09:00")
    assert told(country, "status, received_at, days_late") == ["late", "2025-10-19T09:00:00", "2"]


def test_a_report_of_which_every_value_was_set_aside_was_received_and_is_empty() -> None:
    country = Country()
    country.report("91", "2025-10-15", "", "2025-10-16 09:00", "rejected", {"staff_present": 2})
    assert told(country, "status, received_at, revision, accepted_count, rejected_count") == [
        "empty", "2025-10-16T09:00:00", "-", "0", "2",
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["rejected", "needs_review"])
def test_a_file_refused_as_a_whole_is_no_report(status: str) -> None:
    country = Country()
    country.report("91", "2025-10-15", "", "2025-10-16 09:00", status, {"": 1}, severity="file")
    assert told(country, "status, received_at, rejected_count") == ["missing", "-", "-"]


def test_the_same_file_once_more_changes_nothing() -> None:
    country = Country()
    country.report("91", "2025-10-15", VALUE, "2025-10-16 09:00", origin="simulated")
    country.report("91", "2025-10-15", "", "2025-10-19 09:00", "duplicate", {"": 1}, severity="warning")
    assert told(country, "status, received_at, revision, rejected_count, origin") == [
        "on_time", "2025-10-16T09:00:00", "1", "0", "simulated",
    ]  # fmt: skip


def test_a_compilation_counts_for_each_province_whose_values_it_holds() -> None:
    country = Country()
    country.report("91", "2025-10-15", f"{VALUE}\n75001 staff_present 4", sent="2025-10-16 09:00")
    country.connection.execute("UPDATE facts.submissions SET province_code = NULL")
    country.connection.execute("UPDATE facts.observations SET province_code = SUBSTRING(unit_code, 1, 2)")
    country.night("2025-10-15", "2025-10-20 01:30", until=TABLE).check(
        TABLE,
        """
        province_code status  sent_by     accepted_count rejected_count
        91            on_time compilation 1              -
        75            on_time compilation 1              -
        01            missing -           -              -
        """,
        "as_of_on = '2025-10-15'",
    )


def test_a_report_of_its_own_is_named_before_the_compilation() -> None:
    country = Country()
    country.report("91", "2025-10-15", VALUE, sent="2025-10-16 09:00")
    country.connection.execute("UPDATE facts.submissions SET province_code = NULL")
    country.report("91", "2025-10-15", VALUE, sent="2025-10-19 09:00")
    assert told(country, "status, received_at, sent_by, accepted_count, filled_count") == [
        "on_time", "2025-10-16T09:00:00", "province", "2", "1",
    ]  # fmt: skip


def test_a_report_that_never_came_has_filled_nothing() -> None:
    assert told(Country(), "filled_count, filled_pct") == ["0", "0"]
    assert told(Country(), "filled_count, filled_pct", "2025-10-16 01:30") == ["-", "-"]
