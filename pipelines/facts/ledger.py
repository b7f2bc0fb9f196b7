"""Appends a gated batch to the ledger in one transaction, and tells the gate what the ledger already holds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.database import first_value, transaction
from pipelines.facts.tables import OBSERVATIONS, REJECTED_VALUES, SUBMISSIONS, create_ledger, drop_outdated_ledger

TAKEN = ("accepted", "partial")


@dataclass(frozen=True, slots=True)
class Batch:
    """What the gate made of some arrivals: tables with exactly the columns of the ledger."""

    submissions: pa.Table
    observations: pa.Table
    rejected_values: pa.Table


ReportKey = tuple[str, str, datetime.date]
"""Province, form and day: files with the same key are revisions of one report."""


@dataclass(slots=True)
class History:
    """What the ledger holds that decides about the next files.

    The first submission of each hash, what became of each submission, and for each report the newest revision and the
    highest number of issue by the sender's own count, both with the submission that brought it.
    """

    by_hash: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    newest: dict[ReportKey, tuple[int, str]] = field(default_factory=dict)
    issues: dict[ReportKey, tuple[int, str]] = field(default_factory=dict)

    def note(self, submission_id: str, status: str, report: ReportKey | None, issue_no: int | None) -> int | None:
        """Notes one more submission; gives the number of its revision, None where nothing of it was taken."""
        self.statuses[submission_id] = status
        if status not in TAKEN or report is None:
            return None
        revision = self.newest.get(report, (0, ""))[0] + 1
        self.newest[report] = (revision, submission_id)
        if issue_no is not None and issue_no >= self.issues.get(report, (0, ""))[0]:
            self.issues[report] = (issue_no, submission_id)
        return revision


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Creates the ledger, and what the pipeline notes beside it: days whose figures are to be derived again,
    submissions that wait for an answer, and which reference tables filled the ledger.

    A ledger with other columns, from another version of the product, is dropped; the next run fills it again.
    """
    with transaction(connection):
        connection.execute("CREATE SCHEMA IF NOT EXISTS work")
        if drop_outdated_ledger(connection):
            for table in ("unanswered", "state", "models"):
                connection.execute(f"DROP TABLE IF EXISTS work.{table}")
        create_ledger(connection)
        connection.execute("CREATE TABLE IF NOT EXISTS work.refresh_days (as_of_on DATE PRIMARY KEY)")
        connection.execute("CREATE TABLE IF NOT EXISTS work.unanswered (submission_id VARCHAR PRIMARY KEY)")
        connection.execute("CREATE TABLE IF NOT EXISTS work.state (name VARCHAR PRIMARY KEY, content VARCHAR)")


def last_sequence(connection: duckdb.DuckDBPyConnection) -> int:
    """Sequence of the newest arrival in the ledger, 0 for an empty one."""
    newest = first_value(connection, "SELECT MAX(submission_id) FROM facts.submissions")
    return int(str(newest).split("-")[0]) if newest else 0


def read_history(connection: duckdb.DuckDBPyConnection) -> History:
    """Reads the history from the ledger."""
    history = History()
    for submission_id, sha256, province, form, day, status, issue_no in connection.execute(
        "SELECT submission_id, sha256, province_code, form, as_of_on, status, issue_no "
        "FROM facts.submissions ORDER BY submission_id"
    ).fetchall():
        history.by_hash.setdefault(sha256, submission_id)
        history.note(submission_id, status, (province or "", form or "", day) if day else None, issue_no)
    return history


def append(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Adds the batch; either all of it is in the ledger afterwards or nothing, whenever the process dies.

    The days that it touches are noted in `work.refresh_days`, its submissions in `work.unanswered`.
    """
    with transaction(connection):
        for table, rows in (
            (SUBMISSIONS, batch.submissions),
            (OBSERVATIONS, batch.observations),
            (REJECTED_VALUES, batch.rejected_values),
        ):
            names = ", ".join(column.name for column in table.columns)
            connection.register("batch_rows", rows)
            connection.execute(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM batch_rows")
            connection.unregister("batch_rows")
        connection.register("batch_rows", batch.submissions.select(["submission_id", "as_of_on"]))
        connection.execute("INSERT INTO work.unanswered SELECT submission_id FROM batch_rows")
        connection.execute(
            "INSERT OR IGNORE INTO work.refresh_days "
            "SELECT DISTINCT as_of_on FROM batch_rows WHERE as_of_on IS NOT NULL"
        )
        connection.unregister("batch_rows")


def unaccounted(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Submissions not answered yet whose stated counts are not those of the ledger's rows: something got lost."""
    return connection.execute(_UNACCOUNTED).fetchall()


# Submissions that were not answered yet, also those of a run that died: older ones have passed this check before.
_UNACCOUNTED = """
    WITH new AS (SELECT submission_id FROM work.unanswered),
    taken AS (SELECT submission_id, COUNT(*) AS row_count FROM facts.observations SEMI JOIN new USING (submission_id)
        GROUP BY submission_id),
    set_aside AS (SELECT submission_id, COUNT(*) AS row_count FROM facts.rejected_values
        SEMI JOIN new USING (submission_id) WHERE severity <> 'warning' GROUP BY submission_id)
    SELECT submission_id, accepted_count, taken.row_count, rejected_count, set_aside.row_count
    FROM facts.submissions SEMI JOIN new USING (submission_id)
    FULL JOIN taken USING (submission_id) FULL JOIN set_aside USING (submission_id)
    WHERE NULLIF(accepted_count, 0) IS DISTINCT FROM taken.row_count
        OR NULLIF(rejected_count, 0) IS DISTINCT FROM set_aside.row_count
"""
