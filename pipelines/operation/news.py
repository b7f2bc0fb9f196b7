"""What there is to tell on a day: failed runs, figures that are not fresh, reports that have not come.

Late reports are read from the database of the lowest clearance, where no restricted figure is: what is not in it can't
get into a mail. Where that file is not there, there is nothing to tell about provinces.
"""

from __future__ import annotations

import datetime
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.database import open_for_reading
from pipelines.operation.failures import Failure
from pipelines.operation.recipients import Recipient
from pipelines.settings import SQL_DIRECTORY

LOWEST_CLEARANCE = Path("current") / "public.duckdb"


@dataclass(frozen=True, slots=True)
class LateReport:
    """A report that has not come (`missing`) or holds nothing usable (`empty`). `due_at`: the first moment too late."""

    province_code: str
    province_name: str
    form: str
    as_of_on: datetime.date
    due_at: datetime.datetime
    status: str

    def days_late(self, day: datetime.date) -> int:
        """Days since it was due; 1 on the day after the last day on which it was in time."""
        return (day - self.due_at.date()).days + 1


@dataclass(frozen=True, slots=True)
class Late:
    """Reports that are late, by when reports were counted, and whether the figures are simulated."""

    reports: tuple[LateReport, ...]
    known_at: datetime.datetime | None
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class News:
    """All there is to tell at a moment. `reasons`: why figures are not fresh, as (code, Vietnamese sentence)."""

    moment: datetime.datetime
    failures: tuple[Failure, ...]
    reasons: tuple[tuple[str, str], ...]
    late: Late


def read_late(published: Path, moment: datetime.datetime, days: int) -> Late:
    """Reports that are late at `moment` and fell due in the `days` before it."""
    database = published / LOWEST_CLEARANCE
    if not database.exists():
        return Late((), None, False)
    sql = (SQL_DIRECTORY / "operation" / "late_reports.sql").read_text(encoding="utf-8")
    with closing(open_for_reading(database.resolve())) as connection:
        rows = connection.execute(sql, [moment - datetime.timedelta(days=days), moment]).fetchall()
    reports = tuple(LateReport(*row[:6]) for row in rows)
    return Late(reports, rows[0][6], bool(rows[0][7])) if rows else Late((), None, False)


def news_for(recipient: Recipient, news: News, told_until: datetime.datetime | None) -> News | None:
    """The part of the news that concerns a recipient; None where there is none. A failure is told once."""
    failures = tuple(failure for failure in news.failures if told_until is None or failure.at > told_until)
    reports = tuple(report for report in news.late.reports if recipient.is_concerned_by(report.province_code))
    part = replace(
        news,
        failures=failures if recipient.wants_failures else (),
        reasons=news.reasons if recipient.wants_failures else (),
        late=replace(news.late, reports=reports),
    )
    return part if part.failures or part.reasons or part.late.reports else None
