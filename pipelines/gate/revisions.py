"""A file and those before it for the same day: which values it replaces, whether it is older than they are.

The later arrival counts, value by value; nothing of that is silent. A file that is received again unchanged says what
became of it the first time.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import duckdb

from pipelines.facts.ledger import TAKEN, History
from pipelines.gate.faults import Fault, shown_number
from pipelines.gate.rows import batch_values
from pipelines.gate.submission import DUPLICATE, NEEDS_REVIEW, PARTIAL, REJECTED, Submission
from pipelines.reference.load import Reference
from pipelines.settings import SQL_DIRECTORY

_NOT_WHOLLY_TAKEN = {
    PARTIAL: ("khi đó chỉ nhận một phần, phần còn lại chờ sửa", "only a part of it was taken, the rest waits"),
    REJECTED: ("khi đó chưa nhận được số liệu nào", "nothing of it could be taken then"),
    NEEDS_REVIEW: ("đang chờ Bộ Nội vụ xác nhận", "it waits for the Ministry to say what it is"),
}
_NATIONAL = ""


def note_revisions(
    submissions: Sequence[Submission],
    reference: Reference,
    history: History,
    connection: duckdb.DuckDBPyConnection,
) -> dict[str, str]:
    """Notes on each submission what it changes; gives {submission: newest one of which it replaces a value}.

    `submissions` are settled and in order of arrival; `history` and `connection` are the ledger before them.
    Rules: `value_changed`, `completion_withdrawn`, `older_issue_after_newer`, `duplicate_not_taken`.
    """
    statuses = {**history.statuses, **{item.arrival.submission_id: item.status for item in submissions}}
    issues = dict(history.issues)
    for submission in submissions:
        if submission.status == DUPLICATE:
            _note_untaken(submission, history, statuses)
        elif submission.status in TAKEN:
            _note_issue(submission, issues)
    followers = _followers(submissions, history)
    days = {item.envelope.as_of_on for item in followers}
    compared = [item for item in submissions if item.status in TAKEN and item.envelope.as_of_on in days]
    return _note_changes(compared, reference, connection)


def _note_untaken(submission: Submission, history: History, statuses: dict[str, str]) -> None:
    """Says of a file that was received before what became of it, where it was not taken as a whole."""
    first = history.by_hash[submission.arrival.sha256]
    words = _NOT_WHOLLY_TAKEN.get(statuses.get(first, ""))
    if words:
        submission.faults = [
            Fault("duplicate_not_taken", detail=f"{first}, {words[0]}", detail_en=f"{first}, {words[1]}")
        ]


def _note_issue(submission: Submission, issues: dict[tuple[str, str, datetime.date], tuple[int, str]]) -> None:
    envelope = submission.envelope
    if envelope.issue_no is None or envelope.as_of_on is None:
        return
    report = (envelope.province_code, envelope.form, envelope.as_of_on)
    newest, holder = issues.get(report, (0, ""))
    if envelope.issue_no < newest:
        given, expected = str(envelope.issue_no), str(newest)
        submission.faults.append(
            Fault("older_issue_after_newer", given=given, expected=expected, detail=holder, detail_en=holder)
        )
    else:
        issues[report] = (envelope.issue_no, submission.arrival.submission_id)


def _followers(submissions: Sequence[Submission], history: History) -> list[Submission]:
    """Submissions that can replace something: their province was reported on for the day before, by whomever."""
    seen = {(province, day) for province, _, day in history.newest}
    followers = []
    for submission in submissions:
        day = submission.envelope.as_of_on
        if submission.status not in TAKEN or day is None:
            continue
        province = submission.envelope.province_code
        is_after_another = (_NATIONAL, day) in seen or (
            any(other == day for _, other in seen) if province == _NATIONAL else (province, day) in seen
        )
        if is_after_another:
            followers.append(submission)
        seen.add((province, day))
    return followers


def _note_changes(
    submissions: Sequence[Submission], reference: Reference, connection: duckdb.DuckDBPyConnection
) -> dict[str, str]:
    if not submissions:
        return {}
    rows = batch_values(submissions)
    connection.register("batch_values", rows)
    query = (SQL_DIRECTORY / "gate" / "previous_values.sql").read_text(encoding="utf-8")
    found = connection.execute(query).fetchall()
    connection.unregister("batch_values")
    owners, indexes = rows.column("owner").to_pylist(), rows.column("index").to_pylist()
    superseded: dict[str, str] = {}
    for key, previous, earlier in found:
        submission, index = submissions[owners[key]], indexes[key]
        own = submission.arrival.submission_id
        superseded[own] = max(earlier, superseded.get(own, ""))
        value = submission.values.value[index]
        if value != previous:
            submission.faults.append(_change(submission, index, previous, earlier, reference))
    return superseded


def _change(submission: Submission, index: int, previous: float, earlier: str, reference: Reference) -> Fault:
    values = submission.values
    is_flag = reference.indicator(values.indicator[index]).value_type == "flag"
    return Fault(
        "completion_withdrawn" if is_flag and values.value[index] < previous else "value_changed",
        values.place[index],
        submission.unit_name(values.unit_code[index], reference),
        values.indicator[index],
        shown_number(values.value[index]),
        shown_number(previous),
        earlier,
        earlier,
    )
