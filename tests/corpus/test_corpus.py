"""Every file of the corpus: what it says is taken, nothing is invented, what is not taken is answered."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import duckdb
import pytest

from pipelines.facts import ledger
from pipelines.gate.batch import gate_arrivals
from pipelines.gate.faults import Fault, FaultText, fault_text
from pipelines.gate.submission import Submission
from pipelines.landing.journal import Arrival
from pipelines.readers import Limits
from pipelines.reference.load import Reference
from tests.corpus import (
    corpus_communes,
    corpus_documents,
    corpus_envelope,
    corpus_formats,
    corpus_headings,
    corpus_hidden,
    corpus_hostile,
    corpus_layouts,
    corpus_lists,
    corpus_manners,
    corpus_many_units,
    corpus_numbers,
    corpus_provinces,
    corpus_refusals,
    corpus_revisions,
    corpus_totals,
    corpus_words,
)
from tests.corpus.kinds import WHAT_ARRIVES, Case, File, Remark, SetAside

CASES: tuple[Case, ...] = tuple(
    case
    for module in (
        corpus_layouts,
        corpus_lists,
        corpus_headings,
        corpus_manners,
        corpus_many_units,
        corpus_hidden,
        corpus_totals,
        corpus_numbers,
        corpus_words,
        corpus_communes,
        corpus_provinces,
        corpus_envelope,
        corpus_formats,
        corpus_documents,
        corpus_refusals,
        corpus_hostile,
        corpus_revisions,
    )
    for case in module.CASES
)
# Said about a sheet or a column as a whole: true of every part of the form that a file leaves out or adds.
ABOUT_THE_FORM = {"missing_sheet", "missing_column", "unknown_sheet", "unknown_column", "day_not_in_calendar"}
VIETNAMESE = set("ăâđêôơư\u0300\u0301\u0303\u0309\u0323")


@cache
def content_of(file: File) -> bytes:
    return file.content()


@dataclass(frozen=True)
class Answer:
    """A fault with its words."""

    fault: Fault
    text: FaultText

    def is_about(self, expected: SetAside | Remark) -> bool:
        fault = self.fault
        if expected.rules and fault.rule not in expected.rules:
            return False
        cell = fault.place.partition("!")[2]
        return expected.at in (fault.place, cell) or any(
            expected.at in unicodedata.normalize("NFC", text)
            for text in (fault.given, fault.unit, fault.detail, fault.indicator)
        )

    def __str__(self) -> str:
        fault = self.fault
        about = " ".join(part for part in (fault.unit, fault.indicator) if part)
        return f"{fault.rule} [{self.text.severity}] {fault.place} {about} given={fault.given!r} {fault.detail!r}"


class Desk:
    """Takes files one after the other, each in a batch of its own."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.connection = duckdb.connect()
        ledger.create(self.connection)
        self.count = 0

    def take(self, file: File) -> Submission:
        content = content_of(file)
        self.count += 1
        path = "/".join(part for part in ("/inbox", file.folder, file.name) if part)
        sha256 = hashlib.sha256(content).hexdigest()
        arrival = Arrival(self.count, sha256, len(content), file.name, path, 0, file.received_at)
        batch, (submission,) = gate_arrivals(
            [arrival],
            lambda _: content,
            self.reference,
            ledger.read_history(self.connection),
            self.connection,
            Limits(cells=file.cells_limit),
        )
        ledger.append(self.connection, batch)
        return submission

    def in_force(self) -> dict[tuple[str, str, object], float]:
        """The newest value of each unit, indicator and day."""
        rows = self.connection.execute(
            "SELECT unit_code, indicator, as_of_on, arg_max(value, submission_id) FROM facts.observations GROUP BY ALL"
        ).fetchall()
        return {(unit, indicator, day): value for unit, indicator, day, value in rows}


def answers(submission: Submission, reference: Reference) -> list[Answer]:
    return [Answer(fault, fault_text(fault, reference)) for fault in submission.faults]


def complaints(file: File, submission: Submission, reference: Reference) -> list[str]:
    """All that differs from what is expected, one line each."""
    found = answers(submission, reference)
    return [
        *_envelope(file, submission),
        *_values(file, submission, found),
        *_set_aside(file, found),
        *_remarks(file, found),
        *_words(found),
    ]


def _envelope(file: File, submission: Submission) -> Iterable[str]:
    envelope = submission.envelope
    if submission.status not in file.status:
        yield f"status: expected {' or '.join(file.status)}, came {submission.status}"
    if submission.status in ("rejected", "duplicate"):
        return
    if file.province is not None and envelope.province_code != file.province:
        yield f"province: expected {file.province!r}, came {envelope.province_code!r}"
    if envelope.as_of_on != file.day:
        yield f"day: expected {file.day}, came {envelope.as_of_on}"


def _values(file: File, submission: Submission, found: list[Answer]) -> Iterable[str]:
    values = submission.values
    keys = list(zip(values.unit_code, values.indicator, strict=True))
    taken = dict(zip(keys, zip(values.value, values.place, strict=True), strict=True))
    if len(taken) != len(keys):
        yield f"values: {len(keys) - len(taken)} taken twice"
    for key in sorted(file.values.keys() - taken.keys()):
        yield f"value {key}: expected {file.values[key]:g}, not taken"
    for key in sorted(taken.keys() - file.values.keys() - file.either.keys()):
        yield f"value {key}: invented {taken[key][0]:g} from {taken[key][1]}"
    for key in sorted(taken.keys() & (file.values.keys() | file.either.keys())):
        expected = file.values.get(key, file.either.get(key))
        if taken[key][0] != expected:
            yield f"value {key}: expected {expected:g}, came {taken[key][0]:g} from {taken[key][1]}"
    untaken = file.either.keys() - taken.keys()
    if untaken and not any(answer.text.severity != "warning" for answer in found):
        yield f"neither taken nor set aside: {sorted(untaken)}"
    dates = dict(zip(values.indicator, values.done_on, strict=True))
    for indicator, day in file.done_on.items():
        if dates.get(indicator) != day:
            yield f"date of {indicator}: expected {day}, came {dates.get(indicator)}"


def _set_aside(file: File, found: list[Answer]) -> Iterable[str]:
    serious = [answer for answer in found if answer.text.severity != "warning"]
    for expected in file.set_aside:
        if not any(answer.is_about(expected) for answer in serious):
            yield f"set aside: expected {expected}, nobody said so"
    for answer in serious:
        if not file.either and not any(answer.is_about(expected) for expected in (*file.set_aside, *file.remarks)):
            yield f"set aside: nothing is wrong here: {answer}"


def _remarks(file: File, found: list[Answer]) -> Iterable[str]:
    warnings = [answer for answer in found if answer.text.severity == "warning"]
    for expected in file.remarks:
        if not any(answer.is_about(expected) for answer in found):
            yield f"remark: expected {expected}, nobody said so"
    for answer in warnings:
        known = answer.fault.rule in ABOUT_THE_FORM or answer.fault.rule in file.may_be_remarked
        if not known and not any(answer.is_about(expected) for expected in file.remarks):
            yield f"remark: nothing is odd here: {answer}"


def _words(found: list[Answer]) -> Iterable[str]:
    for answer in found:
        for words in (answer.text.message_vi, answer.text.fix_vi):
            if not VIETNAMESE & set(unicodedata.normalize("NFD", words.lower()) + words.lower()):
                yield f"words: no Vietnamese sentence for {answer}: {words!r}"


def report(file: File, submission: Submission, reference: Reference, lines: list[str]) -> str:
    """What was expected and what came, for a reader of the test's output."""
    envelope = submission.envelope
    said = [f"    {answer}" for answer in answers(submission, reference)] or ["    nothing"]
    head = f"{file.name}: {submission.status}, province {envelope.province_code!r}, day {envelope.as_of_on}"
    return "\n".join([head, *(f"  - {line}" for line in lines), "  the answer to the sender:", *said])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_as_a_careful_clerk_would(case: Case, reference: Reference) -> None:
    desk = Desk(reference)
    wrong = []
    for file in case.files:
        submission = desk.take(file)
        if lines := complaints(file, submission, reference):
            wrong.append(report(file, submission, reference, lines))
    if case.in_force is not None and desk.in_force() != dict(case.in_force):
        wrong.append(f"in force: expected {dict(case.in_force)}\n          came     {desk.in_force()}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_row_of_what_really_arrives_has_a_file() -> None:
    covered = {detail for case in CASES for detail in case.covers}
    known = {detail for details in WHAT_ARRIVES.values() for detail in details}
    assert known - covered == set()
    assert covered - known == set()


def test_the_corpus_is_large_and_its_names_are_its_own() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)
    assert sum(len(case.files) for case in CASES) >= 80


def test_every_file_states_what_is_right() -> None:
    for case in CASES:
        for file in case.files:
            assert file.values or file.either or file.set_aside or file.remarks, case.name
