"""Submissions → rows with exactly the columns of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipelines.facts.ledger import Batch, History
from pipelines.facts.tables import OBSERVATIONS, REJECTED_VALUES, SUBMISSIONS, LedgerTable
from pipelines.gate.faults import fault_text
from pipelines.gate.submission import Submission
from pipelines.reference.load import Reference

_BATCH_VALUES = pa.schema(
    [
        ("value_key", pa.int64()),
        ("owner", pa.int32()),
        ("index", pa.int32()),
        ("unit_code", pa.string()),
        ("indicator", pa.string()),
        ("as_of_on", pa.date32()),
        ("value", pa.float64()),
        ("received_at", pa.timestamp("us")),
        ("submission_id", pa.string()),
    ]
)


def batch_values(submissions: Sequence[Submission], indicators: Collection[str] | None = None) -> pa.Table:
    """The values of some indicators with the place they have in their submission, for checks against the ledger.

    All values where no indicators are named.
    """
    columns: dict[str, list[Any]] = {name: [] for name in _BATCH_VALUES.names}
    for owner, submission in enumerate(submissions):
        values = submission.values
        indexes = [index for index, code in enumerate(values.indicator) if indicators is None or code in indicators]
        columns["owner"] += [owner] * len(indexes)
        columns["index"] += indexes
        columns["unit_code"] += [values.unit_code[index] for index in indexes]
        columns["indicator"] += [values.indicator[index] for index in indexes]
        columns["value"] += [values.value[index] for index in indexes]
        columns["as_of_on"] += [submission.envelope.as_of_on] * len(indexes)
        columns["received_at"] += [submission.arrival.received_at] * len(indexes)
        columns["submission_id"] += [submission.arrival.submission_id] * len(indexes)
    columns["value_key"] = list(range(len(columns["owner"])))
    return pa.table(columns, schema=_BATCH_VALUES)


def ledger_rows(
    submissions: Sequence[Submission], reference: Reference, history: History, superseded: Mapping[str, str]
) -> Batch:
    """Rows for the three tables of the ledger; brings `history` up to date.

    `superseded` names for a submission the newest one of which it replaces a value (see `revisions.py`).
    """
    return Batch(
        submissions=_table(
            SUBMISSIONS, [_submission_row(item, reference, history, superseded) for item in submissions]
        ),
        observations=pa.concat_tables(
            [_observations(item, reference) for item in submissions if len(item.values)]
            or [OBSERVATIONS.arrow_schema().empty_table()]
        ),
        rejected_values=_table(
            REJECTED_VALUES, [row for item in submissions for row in _rejected_rows(item, reference)]
        ),
    )


def _table(table: LedgerTable, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=table.arrow_schema())


def _submission_row(
    submission: Submission, reference: Reference, history: History, superseded: Mapping[str, str]
) -> dict[str, Any]:
    arrival, envelope = submission.arrival, submission.envelope
    revision = history.note(
        arrival.submission_id,
        submission.status,
        (envelope.province_code, envelope.form, envelope.as_of_on) if envelope.as_of_on else None,
        envelope.issue_no,
    )
    severities = [reference.rule(fault.rule).severity for fault in submission.faults]
    return {
        "submission_id": arrival.submission_id,
        "province_code": envelope.province_code or None,
        "form": envelope.form or None,
        "as_of_on": envelope.as_of_on,
        "received_at": arrival.received_at,
        "revision": revision,
        "file_name": arrival.file_name,
        "sha256": arrival.sha256,
        "byte_count": arrival.byte_count,
        "status": submission.status,
        "accepted_count": len(submission.values),
        "rejected_count": sum(severity != "warning" for severity in severities),
        "supersedes_submission_id": superseded.get(arrival.submission_id),
        "origin": envelope.origin,
        "issue_no": envelope.issue_no,
    }


def _provinces(submission: Submission, reference: Reference) -> list[str]:
    """For each value the province that its unit is or lies in; in a file of one province that province."""
    envelope, units = submission.envelope, submission.values.unit_code
    if envelope.province_code or envelope.as_of_on is None:
        return [envelope.province_code] * len(units)
    communes = reference.communes_on(envelope.as_of_on)
    return [communes[unit].province_code if unit in communes else unit for unit in units]


def _observations(submission: Submission, reference: Reference) -> pa.Table:
    values, envelope, arrival = submission.values, submission.envelope, submission.arrival
    count = len(values)
    provinces = _provinces(submission, reference)
    columns = {
        "unit_code": values.unit_code,
        "unit_level": [
            "province" if unit == province else "commune"
            for unit, province in zip(values.unit_code, provinces, strict=True)
        ],
        "province_code": provinces,
        "indicator": values.indicator,
        "as_of_on": [envelope.as_of_on] * count,
        "value": values.value,
        "done_on": values.done_on,
        "evidence": values.evidence,
        "submission_id": [arrival.submission_id] * count,
        "source_place": values.place,
        "received_at": [arrival.received_at] * count,
        "origin": [envelope.origin] * count,
    }
    return pa.table(columns, schema=OBSERVATIONS.arrow_schema())


def _rejected_rows(submission: Submission, reference: Reference) -> list[dict[str, Any]]:
    arrival, envelope = submission.arrival, submission.envelope
    rows = []
    for fault in submission.faults:
        text = fault_text(fault, reference)
        rows.append(
            {
                "submission_id": arrival.submission_id,
                "province_code": envelope.province_code or None,
                "as_of_on": envelope.as_of_on,
                "received_at": arrival.received_at,
                "file_name": arrival.file_name,
                "source_place": fault.place,
                "unit_text": fault.unit or None,
                "indicator": fault.indicator or None,
                "given_text": fault.given or None,
                "expected_text": text.expected,
                "rule": fault.rule,
                "severity": text.severity,
                "message_vi": text.message_vi,
                "message_en": text.message_en,
                "fix_vi": text.fix_vi,
                "fix_en": text.fix_en,
                "cause_place": fault.cause_place or None,
                "origin": envelope.origin,
            }
        )
    return rows
