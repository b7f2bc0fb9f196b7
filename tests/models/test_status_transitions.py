"""Every way in which a directive goes from one status to another, around each kind of deadline.

One line per case: the wording of the deadline, what the province reported (`day value [done_on]`), the day that is
judged, and its status on that day.
"""

from __future__ import annotations

import datetime

import pytest

from pipelines.reference.due_text import read_due_text
from pipelines.reference.records import Directive, DirectiveDeadline
from tests.models.tiny import Country, day

YEAR = 2025
CASES = """
# a deadline that excludes its day, without a completion date: the first report decides
trước ngày 31/10/2025 | 2025-10-15 0                          | 2025-10-15 | on_track
trước ngày 31/10/2025 | 2025-10-15 0                          | 2025-10-23 | at_risk
trước ngày 31/10/2025 | 2025-10-15 0                          | 2025-10-30 | at_risk
trước ngày 31/10/2025 | 2025-10-15 0                          | 2025-10-31 | overdue
trước ngày 31/10/2025 | 2025-10-29 1                          | 2025-10-29 | met_on_time
trước ngày 31/10/2025 | 2025-10-30 1                          | 2025-10-31 | met_on_time
trước ngày 31/10/2025 | 2025-10-31 1                          | 2025-10-31 | met_late
trước ngày 31/10/2025 | 2025-11-01 1                          | 2025-11-15 | met_late
# a deadline that includes its day
đến hết ngày 31/10/2025 | 2025-10-15 0                        | 2025-10-31 | at_risk
đến hết ngày 31/10/2025 | 2025-10-15 0                        | 2025-11-01 | overdue
đến hết ngày 31/10/2025 | 2025-10-30 1                        | 2025-10-31 | met_on_time
đến hết ngày 31/10/2025 | 2025-10-31 1                        | 2025-10-31 | met_on_time
đến hết ngày 31/10/2025 | 2025-11-01 1                        | 2025-11-01 | met_late
# a month: before it, or within it
trước tháng 11/2025 | 2025-10-31 1                            | 2025-10-31 | met_on_time
trước tháng 11/2025 | 2025-11-01 1                            | 2025-11-01 | met_late
trước tháng 11/2025 | 2025-10-15 0                            | 2025-11-01 | overdue
trong tháng 11/2025 | 2025-11-30 1                            | 2025-11-30 | met_on_time
trong tháng 11/2025 | 2025-12-01 1                            | 2025-12-01 | met_late
trong tháng 11/2025 | 2025-10-15 0                            | 2025-12-01 | overdue
# a quarter, a year
quý 4/2025 | 2025-12-31 1                                     | 2025-12-31 | met_on_time
quý 4/2025 | 2025-10-15 0                                     | 2025-12-31 | at_risk
quý 4/2025 | 2025-10-15 0                                     | 2026-01-01 | overdue
đến hết năm 2025 | 2025-12-31 1                               | 2026-01-15 | met_on_time
đến hết năm 2025 | 2026-01-01 1                               | 2026-01-15 | met_late
# far away: nothing is said of a deadline that is more than half a year off
đến hết năm 2026 | 2025-10-15 0                               | 2026-07-03 | not_due
đến hết năm 2026 | 2025-10-15 0                               | 2026-07-04 | at_risk
# evidence: the completion date decides over the day of the report, in both directions
trước ngày 31/10/2025 | 2025-11-15 1 2025-10-30               | 2025-11-15 | met_on_time
trước ngày 31/10/2025 | 2025-11-15 1 2025-10-31               | 2025-11-15 | met_late
đến hết ngày 31/10/2025 | 2025-11-15 1 2025-10-31             | 2025-11-15 | met_on_time
đến hết ngày 31/10/2025 | 2025-11-15 1 2025-11-01             | 2025-11-15 | met_late
# late evidence: given in a later report, with the same completion
trước ngày 31/10/2025 | 2025-11-05 1; 2025-11-15 1 2025-10-29 | 2025-11-05 | met_late
trước ngày 31/10/2025 | 2025-11-05 1; 2025-11-15 1 2025-10-29 | 2025-11-15 | met_on_time
trước ngày 31/10/2025 | 2025-10-15 1 2025-10-10; 2025-11-15 1 | 2025-11-15 | met_on_time
# regressions, before and after the deadline, and done once more
trước ngày 31/10/2025 | 2025-10-15 1; 2025-10-20 0            | 2025-10-20 | regressed
trước ngày 31/10/2025 | 2025-10-15 1; 2025-11-15 0            | 2025-11-15 | regressed
trước ngày 31/10/2025 | 2025-10-15 1; 2025-10-20 0; 2025-10-25 1 | 2025-10-25 | met_on_time
trước ngày 31/10/2025 | 2025-10-15 1; 2025-10-20 0; 2025-11-15 1 | 2025-11-15 | met_late
# missing reports: never reported, and reported once and silent since
trước ngày 31/10/2025 |                                       | 2025-10-30 | not_reported
trước ngày 31/10/2025 |                                       | 2025-11-15 | not_reported
trước ngày 31/10/2025 | 2025-11-15 0                          | 2025-10-31 | not_reported
trước ngày 31/10/2025 | 2025-10-15 0                          | 2026-02-13 | overdue
trước ngày 31/10/2025 | 2025-10-15 1                          | 2026-02-13 | met_on_time
"""
AMENDED = """
# đến hết ngày 31/10/2025 becomes đến hết ngày 30/11/2025, announced on 25/10/2025
2025-10-15 0               | 2025-10-24 | at_risk
2025-10-15 0               | 2025-10-25 | at_risk
2025-10-15 0               | 2025-11-01 | at_risk
2025-10-15 0               | 2025-12-01 | overdue
2025-10-15 0; 2025-11-15 1 | 2025-11-15 | met_on_time
2025-10-15 0; 2025-12-01 1 | 2025-12-01 | met_late
"""


def lines(text: str) -> list[tuple[str, ...]]:
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(part.strip() for part in row.split("|")) for row in rows]


def task(wording: str) -> Directive:
    due = read_due_text(wording, YEAR)
    assert due is not None
    indicators, issued = ("centre_decided",), day("2025-10-15")
    return Directive(
        "task", "Việc", "Task", "", "", issued, due.due_on, due.is_inclusive, wording, indicators, 100.0, "", ""
    )


def reported(country: Country, reports: str) -> Country:
    for report in filter(None, (part.strip() for part in reports.split(";"))):
        on, words = report.split(" ", 1)
        country.report("91", on, f"91 centre_decided {words}")
    return country


def status_on(country: Country, judged_on: str) -> str:
    country.night(judged_on, until="marts.directive_status")
    ((status,),) = country.rows("marts.directive_status", "status", "province_code = '91'")
    return status


@pytest.mark.parametrize(("wording", "reports", "judged_on", "status"), lines(CASES))
def test_a_status_follows_from_the_wording_the_reports_and_the_day(
    wording: str, reports: str, judged_on: str, status: str
) -> None:
    assert status_on(reported(Country(directives=[task(wording)]), reports), judged_on) == status


@pytest.mark.parametrize(("reports", "judged_on", "status"), lines(AMENDED))
def test_an_amended_deadline_counts_from_its_announcement_on(reports: str, judged_on: str, status: str) -> None:
    country = reported(amended_country(), reports)
    assert status_on(country, judged_on) == status


def test_what_an_earlier_day_was_judged_by_stays_on_record() -> None:
    country = reported(amended_country(), "2025-10-20 0; 2025-11-05 0").night("2025-11-05")
    country.check(
        "marts.directive_history",
        """
        as_of_on   last_day_on is_amended days_to_due
        2025-10-20 2025-10-31  False      11
        2025-11-05 2025-11-30  True       25
        """,
        where="province_code = '91'",
    )
    country.check(
        "reference.deadlines",
        """
        valid_from_on valid_to_on last_day_on is_amended
        2025-07-01    2025-10-24  2025-10-31  False
        2025-10-25    -           2025-11-30  True
        """,
    )


def test_an_edited_deadline_judges_every_day_again() -> None:
    country = reported(Country(directives=[task("đến hết ngày 31/10/2025")]), "2025-10-15 0; 2025-11-05 1")
    country.night("2025-11-05")
    country.edit(directives=(task("đến hết ngày 15/11/2025"),))
    country.night("2025-11-06").check(
        "marts.directive_history",
        "as_of_on last_day_on status \n 2025-10-15 2025-11-15 on_track \n 2025-11-05 2025-11-15 met_on_time "
        "\n 2025-11-06 2025-11-15 met_on_time",
        where="province_code = '91'",
    )


def amended_country() -> Country:
    due = read_due_text("đến hết ngày 30/11/2025", YEAR)
    assert due is not None
    later = DirectiveDeadline(
        "task", "amendment", datetime.date(2025, 10, 25), due.due_on, True, "đến hết ngày 30/11/2025", "9/CV", "", ""
    )
    return Country(directives=[task("đến hết ngày 31/10/2025")], directive_deadlines=[later])
