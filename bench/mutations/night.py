"""A batch of damaged files through what a night does with them: gate, ledger, answers. In this process."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

import duckdb

from bench.mutations.mutants import Mutant
from bench.mutations.oracle import Noted, Outcome, TakenValue, is_answered, strange_values, unfounded, wrong_envelope
from bench.mutations.reports import DAY, PROVINCE, country
from bench.mutations.second_look import look_again
from pipelines.answers.outbox import answers_to
from pipelines.answers.receipt import receipts
from pipelines.facts import ledger
from pipelines.facts.ledger import History
from pipelines.gate.batch import gate_arrivals
from pipelines.gate.file_processes import take_files_here
from pipelines.gate.legacy_text import decode_legacy
from pipelines.landing.journal import Arrival
from pipelines.readers import Limits, read_file

RECEIVED_AT = datetime(2026, 2, 14, 8, 0)
CRASHED = "crashed"
Mark = Callable[[int], None]
"""Told the number of each file when its turn comes."""


@dataclass
class Verdict:
    """What became of one damaged file, and what was wrong with that."""

    number: int
    file: str
    change: str
    status: str
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0
    taken: int = 0
    changed: int = 0
    was_read_again: bool = True


def take(mutants: Sequence[Mutant], mark: Mark) -> list[Verdict]:
    """Judges a batch. A batch that breaks is taken file by file, so that the others are judged all the same."""
    try:
        return _take_batch(mutants, mark)
    except (Exception, RecursionError) as error:
        if len(mutants) > 1:
            return [verdict for mutant in mutants for verdict in take([mutant], mark)]
        verdict = _verdict(mutants[0], CRASHED)
        where = traceback.extract_tb(error.__traceback__)[-1]
        verdict.findings.append(f"crash: {error!r:.200} in {where.filename.rpartition('/')[2]}:{where.lineno}")
        return [verdict]


def _verdict(mutant: Mutant, status: str) -> Verdict:
    file = f"{mutant.original.format}, {mutant.original.report.name}"
    return Verdict(mutant.number, file, mutant.change, status)


def _take_batch(mutants: Sequence[Mutant], mark: Mark) -> list[Verdict]:
    by_sequence = {item.number + 1: item for item in mutants}
    arrivals = [_arrival(item) for item in mutants]
    # An empty file comes last, so that the time of the one before it ends where the checks over all of them begin.
    last = Arrival(max(by_sequence) + 1, hashlib.sha256().hexdigest(), 0, "empty.xlsx", "inbox/empty", 0, RECEIVED_AT)
    started: dict[int, float] = {}

    def bytes_of(arrival: Arrival) -> bytes:
        started[arrival.sequence] = time.perf_counter()
        if arrival is last:
            mark(-1)
            return b""
        mark(arrival.sequence - 1)
        return by_sequence[arrival.sequence].content

    with duckdb.connect() as connection:
        ledger.create(connection)
        batch, submissions = gate_arrivals(
            [*arrivals, last], bytes_of, country(), History(), connection, Limits(), take_files_here
        )
        ledger.append(connection, batch)
        lost = {str(row[0]): f"counts: {row}" for row in ledger.unaccounted(connection)}
        outcomes = _outcomes(connection)
        answers = _answer(connection, {item.submission_id: by_sequence[item.sequence] for item in arrivals}, mark)
    seconds = {one: end - begin for (one, begin), (_, end) in pairwise(started.items())}
    verdicts = []
    for mutant, submission in zip(mutants, submissions[:-1], strict=True):
        mark(mutant.number)
        name = submission.arrival.submission_id
        verdict = _judge(mutant, outcomes.get(name))
        verdict.seconds = max(seconds.get(mutant.number + 1, 0.0), answers.get(name, 0.0))
        verdict.findings += [lost[name]] if name in lost else []
        verdicts.append(verdict)
    mark(-1)
    return verdicts


def _arrival(mutant: Mutant) -> Arrival:
    sha256 = hashlib.sha256(mutant.content).hexdigest()
    path = f"inbox/{mutant.file_name}"
    return Arrival(mutant.number + 1, sha256, len(mutant.content), mutant.file_name, path, 0, RECEIVED_AT)


def _answer(connection: duckdb.DuckDBPyConnection, mutants: Mapping[str, Mutant], mark: Mark) -> dict[str, float]:
    """Makes the answers as the nightly job does, without writing them to disk; gives their seconds."""
    seconds = {}
    for receipt in receipts(connection, country()):
        if receipt.submission_id not in mutants:
            continue
        mutant = mutants[receipt.submission_id]
        mark(mutant.number)
        started = time.perf_counter()
        answers_to(receipt, lambda _, content=mutant.content: content, country())
        seconds[receipt.submission_id] = time.perf_counter() - started
    return seconds


def _outcomes(connection: duckdb.DuckDBPyConnection) -> dict[str, Outcome]:
    """What the ledger holds, by submission."""
    outcomes = {
        name: Outcome(status, province, day, [], [])
        for name, status, province, day in connection.execute(
            "SELECT submission_id, status, province_code, as_of_on FROM facts.submissions"
        ).fetchall()
    }
    values: dict[str, list[TakenValue]] = {}
    for name, *row in connection.execute(
        "SELECT submission_id, unit_code, indicator, value, source_place FROM facts.observations"
    ).fetchall():
        values.setdefault(name, []).append(TakenValue(*row))
    noted: dict[str, list[Noted]] = {}
    for name, *row in connection.execute(
        "SELECT submission_id, rule, severity, source_place, message_vi, fix_vi FROM facts.rejected_values"
    ).fetchall():
        noted.setdefault(name, []).append(Noted(*row))
    return {
        name: Outcome(item.status, item.province, item.day, values.get(name, []), noted.get(name, []))
        for name, item in outcomes.items()
    }


def _judge(mutant: Mutant, outcome: Outcome | None) -> Verdict:
    if outcome is None:
        verdict = _verdict(mutant, "lost")
        verdict.findings.append("counts: the file is not in the ledger")
        return verdict
    verdict = _verdict(mutant, outcome.status)
    verdict.taken = len(outcome.values)
    verdict.findings += is_answered(outcome)
    strange = strange_values(mutant, outcome)
    verdict.changed = len(strange)
    is_moved = bool(outcome.values) and (outcome.day, outcome.province) != (DAY, PROVINCE)
    if outcome.values and (strange or is_moved or mutant.change.startswith("title")):
        cells, _ = decode_legacy(read_file(mutant.content, Limits()), country())
        look = look_again(mutant.content, mutant.original.format, cells)
        verdict.was_read_again = look.is_independent
        verdict.findings += unfounded(mutant, outcome, strange, look)
        verdict.findings += wrong_envelope(outcome, look)
    return verdict
