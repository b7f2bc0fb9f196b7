"""What waits for a person: files whose envelope is open, columns and names that nobody knows, corrections that fail.

The published ledger says which files have questions; only those are read again, with the reference tables as they are
now, so that what was decided since the last night is no question any more.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.database import open_for_reading, table_names
from pipelines.gate.faults import FaultText, fault_text
from pipelines.gate.limits import limits_of
from pipelines.gate.submission import NEEDS_REVIEW, FileGate, Submission
from pipelines.landing.store import Landing
from pipelines.reference.load import Reference
from pipelines.settings import Settings
from pipelines.vietnamese import plain

ENVELOPE_RULES = frozenset({"unknown_form", "province_missing", "province_conflict", "day_missing", "day_conflict"})
LABEL_RULES = ("unknown_column", "new_shape", "unknown_indicator", "several_figures")
_CANDIDATE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file of which nothing is taken until a person has said what it is, and the question."""

    submission_id: str
    file_name: str
    sha256: str
    received_at: datetime.datetime
    province_code: str
    as_of_on: datetime.date | None
    rule: str
    question: FaultText


@dataclass(frozen=True, slots=True)
class WaitingColumn:
    """A label of a form that nobody has said the meaning of, over a column or before a row of a list.

    The same one in several files is one question.
    """

    shape: str
    label: str
    sheet: str
    samples: tuple[str, ...]
    value_count: int
    files: tuple[str, ...]
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingUnit:
    """A name that is none of its province's units, with how many values wait for it and the codes it may mean."""

    province_code: str
    text: str
    value_count: int
    files: tuple[str, ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailedCorrection:
    """A correction whose guard does not hold any more: the province has reported another value since."""

    correction: str
    unit_code: str
    indicator: str
    as_of_on: datetime.date
    expected_given: float
    given_value: float
    corrected_value: float


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that waits. `settled_count` files have been decided about and wait for the next run."""

    files: tuple[WaitingFile, ...] = ()
    columns: tuple[WaitingColumn, ...] = ()
    units: tuple[WaitingUnit, ...] = ()
    corrections: tuple[FailedCorrection, ...] = ()
    settled_count: int = 0


def read_queue(published: Path, settings: Settings, reference: Reference) -> Queue:
    """Reads the queue from a published database. Raises LandedFileDamaged where a file to read again is damaged."""
    with closing(open_for_reading(published)) as connection:
        asked = [str(row[0]) for row in connection.execute(_FILES_WITH_QUESTIONS, [LABEL_RULES]).fetchall()]
        units = _waiting_units(connection, reference)
        corrections = _failed_corrections(connection)
    read = read_again(asked, settings, reference)
    files = tuple(_waiting_file(item, reference) for item in read if item.status == NEEDS_REVIEW)
    settled = sum(item.status != NEEDS_REVIEW and not _asks_about_labels(item) for item in read)
    return Queue(files, _waiting_columns(read), units, corrections, settled)


def read_again(submission_ids: Sequence[str], settings: Settings, reference: Reference) -> list[Submission]:
    """Landed files through the gate as it would take them now, each by itself."""
    gate, landing = FileGate(reference, limits_of(settings)), Landing(settings.folders().landing, is_writer=False)
    arrivals = {arrival.submission_id: arrival for arrival in landing.journal.arrivals}
    return [
        gate.take(arrivals[submission_id], landing.bytes_of(arrivals[submission_id]))
        for submission_id in submission_ids
        if submission_id in arrivals
    ]


def _waiting_file(submission: Submission, reference: Reference) -> WaitingFile:
    arrival, envelope = submission.arrival, submission.envelope
    fault = next(item for item in submission.faults if reference.rule(item.rule).severity == "file")
    return WaitingFile(
        arrival.submission_id,
        arrival.file_name,
        arrival.sha256,
        arrival.received_at,
        envelope.province_code,
        envelope.as_of_on,
        fault.rule,
        fault_text(fault, reference),
    )


def _asks_about_labels(submission: Submission) -> bool:
    return any(fault.rule in LABEL_RULES for fault in submission.faults)


def _waiting_columns(read: Sequence[Submission]) -> tuple[WaitingColumn, ...]:
    """One entry per shape and label, in the order in which they were met."""
    found: dict[tuple[str, str], WaitingColumn] = {}
    for submission in read:
        name = submission.arrival.file_name
        for item in submission.unmapped:
            known = found.get((item.shape, item.label))
            found[item.shape, item.label] = WaitingColumn(
                item.shape,
                item.label,
                known.sheet if known else item.sheet,
                tuple(dict.fromkeys((*(known.samples if known else ()), *item.sample_values)))[:_SAMPLES],
                item.value_count + (known.value_count if known else 0),
                tuple(dict.fromkeys((*(known.files if known else ()), name))),
                tuple(dict.fromkeys((*(known.suggestions if known else ()), *item.suggestions))),
            )
    return tuple(found.values())


def _waiting_units(connection: duckdb.DuckDBPyConnection, reference: Reference) -> tuple[WaitingUnit, ...]:
    """Names without a unit, those that somebody has decided about since left out."""
    provinces = {commune.commune_code: commune.province_code for commune in reference.communes}
    decided = {(provinces.get(alias.unit_code, alias.unit_code), plain(alias.alias)) for alias in reference.aliases}
    return tuple(
        WaitingUnit(province, text, count, tuple(files), tuple(dict.fromkeys(_CANDIDATE.findall(fixes))))
        for province, text, count, files, fixes in connection.execute(_UNKNOWN_UNITS).fetchall()
        if (province, plain(text)) not in decided
    )


def _failed_corrections(connection: duckdb.DuckDBPyConnection) -> tuple[FailedCorrection, ...]:
    """None where an earlier version of the product has published."""
    if "facts.corrections_applied" not in table_names(connection, "facts"):
        return ()
    return tuple(FailedCorrection(*row) for row in connection.execute(_FAILED_CORRECTIONS).fetchall())


# A duplicate has its questions where it came first.
_FILES_WITH_QUESTIONS = """
    SELECT submission_id FROM facts.submissions
    WHERE status = 'needs_review' OR submission_id IN (
        SELECT submission_id FROM facts.rejected_values WHERE list_contains(?::VARCHAR[], rule)
    )
    ORDER BY submission_id
"""
_UNKNOWN_UNITS = """
    SELECT province_code, unit_text, COUNT(*), LIST(DISTINCT file_name ORDER BY file_name),
        STRING_AGG(DISTINCT fix_vi, ' ' ORDER BY fix_vi)
    FROM facts.rejected_values
    WHERE rule = 'unknown_unit' AND province_code IS NOT NULL AND unit_text IS NOT NULL
    GROUP BY province_code, unit_text ORDER BY 3 DESC, 1, 2
"""
_FAILED_CORRECTIONS = """
    SELECT correction, unit_code, indicator, as_of_on, expected_given, given_value, corrected_value
    FROM facts.corrections_applied WHERE status = 'guard_failed' ORDER BY correction
"""
