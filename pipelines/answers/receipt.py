"""What became of a submission, as its sender is told: read from the ledger."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from pipelines.answers.listed import ListedFault, by_cause, in_reading_order
from pipelines.reference.load import Reference

STATUS_WORDS = {
    "accepted": "Đã nhận đủ",
    "partial": "Đã nhận một phần",
    "rejected": "Chưa nhận",
    "duplicate": "Đã nhận trước đây, không ghi lại",
    "needs_review": "Chờ Bộ Nội vụ xác nhận",
}
# The first digits of a file's hash: enough to tell files apart, short enough to be read out on the telephone.
RECEIPT_DIGITS = 12


@dataclass(frozen=True, slots=True)
class SheetCount:
    """How much of one sheet was taken and set aside."""

    sheet: str
    taken: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class IndicatorTotal:
    """The values taken for one indicator: in how many units, and their sum."""

    indicator: str
    unit_count: int
    total: float


@dataclass(frozen=True, slots=True)
class Receipt:
    """One submission. Text is empty and a day None where the file did not say it or nobody could read it.

    `duplicate_of` is the submission that brought the same file before, of a file that is only rehearsed.
    """

    submission_id: str
    file_name: str
    sha256: str
    byte_count: int
    received_at: datetime.datetime
    province_code: str
    form: str
    as_of_on: datetime.date | None
    revision: int | None
    status: str
    accepted_count: int
    rejected_count: int
    origin: str
    earlier_file_name: str = ""
    earlier_received_at: datetime.datetime | None = None
    sheets: list[SheetCount] = field(default_factory=list)
    totals: list[IndicatorTotal] = field(default_factory=list)
    faults: list[ListedFault] = field(default_factory=list)
    duplicate_of: str = ""

    @property
    def lines(self) -> list[ListedFault]:
        """The faults as people read them: what waits for the same cell is one line."""
        return in_reading_order(by_cause(self.faults))

    @property
    def is_to_be_fixed(self) -> bool:
        """Whether the sender has something to put right: not remarks, nor a form that waits for a person to read it."""
        of_file = {fault.rule for fault in self.faults if fault.severity == "file"}
        if self.status == "needs_review" and of_file == {"new_shape"}:
            return False
        return any(fault.severity != "warning" for fault in self.faults)

    @property
    def number(self) -> str:
        """What the sender quotes when asking about the file."""
        return self.sha256[:RECEIPT_DIGITS]


UNANSWERED = "work.unanswered"


def receipts(
    connection: duckdb.DuckDBPyConnection, reference: Reference, wanted: str = UNANSWERED
) -> Iterator[Receipt]:
    """Receipts in order of arrival for the submissions that the table `wanted` names."""
    totals = _by_submission(connection, _TOTALS.format(wanted=wanted))
    counts = _by_submission(connection, _SHEETS.format(wanted=wanted))
    faults = _by_submission(connection, _FAULTS.format(wanted=wanted))
    result = connection.execute(_SUBMISSIONS.format(wanted=wanted))
    names = [column[0] for column in result.description or []]
    for row in result.fetchall():
        said: dict[str, Any] = dict(zip(names, row, strict=True))
        submission_id = str(said["submission_id"])
        yield Receipt(
            **said,
            sheets=[SheetCount(*item) for item in counts.get(submission_id, [])],
            totals=[IndicatorTotal(*item) for item in totals.get(submission_id, [])],
            faults=in_reading_order([_fault(item, reference) for item in faults.get(submission_id, [])]),
        )


def _by_submission(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, list[tuple[Any, ...]]]:
    rows = connection.execute(sql).fetchall()
    return {key: [row[1:] for row in group] for key, group in itertools.groupby(rows, key=lambda row: str(row[0]))}


def _fault(row: Sequence[Any], reference: Reference) -> ListedFault:
    place, unit, code, given, expected, rule, message, fix, severity, *rest = (cell or "" for cell in row)
    name = reference.indicator(code).name_vi if code else ""
    title = reference.rule(rule).title_vi
    message_en, fix_en, cause = rest
    return ListedFault(
        rule, place, unit, name, given, expected, title, message, fix, severity, message_en, fix_en, cause
    )


_SUBMISSIONS = """
    SELECT s.submission_id, s.file_name, s.sha256, s.byte_count, s.received_at,
        COALESCE(s.province_code, '') AS province_code, COALESCE(s.form, '') AS form, s.as_of_on, s.revision, s.status,
        s.accepted_count, s.rejected_count, s.origin, COALESCE(earlier.file_name, '') AS earlier_file_name,
        earlier.received_at AS earlier_received_at
    FROM facts.submissions AS s SEMI JOIN {wanted} USING (submission_id)
    LEFT JOIN facts.submissions AS earlier ON s.supersedes_submission_id = earlier.submission_id
    ORDER BY s.submission_id
"""
_TOTALS = """
    SELECT submission_id, indicator, COUNT(*), SUM(value)
    FROM facts.observations SEMI JOIN {wanted} USING (submission_id)
    GROUP BY submission_id, indicator ORDER BY submission_id, indicator
"""
_SHEETS = r"""
    SELECT submission_id, sheet, COUNT(*) FILTER (WHERE is_taken), COUNT(*) FILTER (WHERE NOT is_taken)
    FROM (
        SELECT submission_id, REGEXP_REPLACE(source_place, '![A-Z]+\d+$', '') AS sheet, TRUE AS is_taken
        FROM facts.observations SEMI JOIN {wanted} USING (submission_id)
        UNION ALL
        SELECT submission_id, REGEXP_REPLACE(source_place, '![A-Z]+\d+$', ''), FALSE
        FROM facts.rejected_values SEMI JOIN {wanted} USING (submission_id)
        WHERE severity = 'critical'
    )
    GROUP BY submission_id, sheet ORDER BY submission_id, sheet
"""
_FAULTS = """
    SELECT submission_id, source_place, unit_text, indicator, given_text, expected_text, rule, message_vi, fix_vi,
        severity, message_en, fix_en, cause_place
    FROM facts.rejected_values SEMI JOIN {wanted} USING (submission_id)
    ORDER BY submission_id, source_place, rule
"""
