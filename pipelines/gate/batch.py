"""All files of a batch through the gate: each by itself, then the suite over all their values at once.

Great Expectations costs per run, not per value, so the values of all files are checked in one go.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import duckdb
import numpy as np

from expectations.library import great_expectations
from expectations.suites import values_frame
from expectations.validation import broken_rules
from pipelines.facts.ledger import Batch, History
from pipelines.gate.faults import Fault, shown_number
from pipelines.gate.file_processes import TakeFiles, take_files
from pipelines.gate.revisions import note_revisions
from pipelines.gate.rows import batch_values, ledger_rows
from pipelines.gate.submission import ACCEPTED, DUPLICATE, PARTIAL, REJECTED, Submission
from pipelines.landing.journal import Arrival
from pipelines.readers import Limits
from pipelines.reference.load import Reference
from pipelines.settings import SQL_DIRECTORY


def gate_arrivals(
    arrivals: Sequence[Arrival],
    bytes_of: Callable[[Arrival], bytes],
    reference: Reference,
    history: History,
    connection: duckdb.DuckDBPyConnection,
    limits: Limits,
    take: TakeFiles = take_files,
) -> tuple[Batch, list[Submission]]:
    """Takes arrivals through every check; gives the rows for the ledger and the submissions they came from.

    `history` is that of the ledger before this batch and is brought up to date. `connection` is only read from. `take`
    reads the files, each by itself.
    """
    fresh = _first_of_their_bytes(arrivals, history)
    with ThreadPoolExecutor(1) as meanwhile:
        # It takes a second or two, in which this process would wait for those that read.
        if fresh:
            meanwhile.submit(great_expectations)
        taken = {item.arrival.submission_id: item for item in take(fresh, bytes_of, reference, limits)}
    submissions = [taken.get(arrival.submission_id) or _duplicate(arrival, history) for arrival in arrivals]
    read = [submission for submission in submissions if len(submission.values)]
    _check_values(read, reference)
    _check_fallen(read, reference, connection)
    for submission in submissions:
        _settle(submission, reference)
    superseded = note_revisions(submissions, reference, history, connection)
    return ledger_rows(submissions, reference, history, superseded), submissions


def _first_of_their_bytes(arrivals: Sequence[Arrival], history: History) -> list[Arrival]:
    """The arrivals to be read: the same bytes are read once, whenever they came."""
    return [
        arrival
        for arrival in arrivals
        if history.by_hash.setdefault(arrival.sha256, arrival.submission_id) == arrival.submission_id
    ]


def _duplicate(arrival: Arrival, history: History) -> Submission:
    fault = Fault("duplicate_file", detail=history.by_hash[arrival.sha256])
    return Submission(arrival, status=DUPLICATE, faults=[fault])


def _settle(submission: Submission, reference: Reference) -> None:
    if submission.status:
        return
    set_aside = any(reference.rule(fault.rule).severity == "critical" for fault in submission.faults)
    if set_aside and not len(submission.values):
        submission.status = REJECTED
    else:
        submission.status = PARTIAL if set_aside else ACCEPTED


def _check_values(submissions: list[Submission], reference: Reference) -> None:
    """Runs the suite; a value that breaks a critical rule leaves its submission, one that breaks another stays."""
    owners = [number for number, submission in enumerate(submissions) for _ in range(len(submission.values))]
    starts = np.cumsum([0, *(len(submission.values) for submission in submissions)])
    indicators = [code for submission in submissions for code in submission.values.indicator]
    values = [value for submission in submissions for value in submission.values.value]
    limits = [limit for submission in submissions for limit in _companions(submission, reference)]
    seen: set[int] = set()
    broken: dict[int, set[int]] = {}
    for expectation, keys in broken_rules(values_frame(reference, indicators, values, limits), reference).items():
        for key in (key for key in keys if key not in seen):
            seen.add(key)
            rule = "not_a_flag" if reference.indicator(indicators[key]).value_type == "flag" else expectation
            submission, index = submissions[owners[key]], key - int(starts[owners[key]])
            expected = _expected(rule, indicators[key], limits[key], reference)
            submission.faults.append(_value_fault(rule, submission, index, expected, reference))
            if reference.rule(rule).severity == "critical":
                broken.setdefault(owners[key], set()).add(index)
    for owner, indexes in broken.items():
        submissions[owner].values.remove(indexes)


def _companions(submission: Submission, reference: Reference) -> list[float]:
    """For each value the value of the same unit that it may not exceed (filled ≤ required), NaN where there is none."""
    values = submission.values
    companion_of = {
        indicator.indicator: indicator.target_rule
        for indicator in reference.reported_indicators
        if indicator.target_rule not in ("none", "one_per_commune", "all_provinces")
    }
    wanted = set(companion_of.values())
    given = {
        (unit, indicator): value
        for unit, indicator, value in zip(values.unit_code, values.indicator, values.value, strict=True)
        if indicator in wanted
    }
    return [
        given.get((unit, companion_of[indicator]), math.nan) if indicator in companion_of else math.nan
        for unit, indicator in zip(values.unit_code, values.indicator, strict=True)
    ]


def _expected(rule: str, code: str, limit: float, reference: Reference) -> str:
    """What completes the rule's sentences for a value of this indicator."""
    indicator = reference.indicator(code)
    if rule == "exceeds_companion":
        return f"“{reference.indicator(indicator.target_rule).name_vi}” ({shown_number(limit)})"
    if rule == "out_of_bounds":
        lower, upper = indicator.lower, indicator.upper
        if lower is None or upper is None:
            return f"từ {shown_number(lower)} trở lên" if lower is not None else f"không quá {shown_number(upper or 0)}"
        return f"từ {shown_number(lower)} đến {shown_number(upper)}"
    return ""


def _value_fault(rule: str, submission: Submission, index: int, expected: str, reference: Reference) -> Fault:
    values = submission.values
    unit = submission.unit_name(values.unit_code[index], reference)
    given = shown_number(values.value[index])
    return Fault(rule, values.place[index], unit, values.indicator[index], given, expected)


def _check_fallen(submissions: list[Submission], reference: Reference, connection: duckdb.DuckDBPyConnection) -> None:
    """Remarks on cumulative values that are lower than those of the unit's previous reported day."""
    cumulative = {item.indicator for item in reference.reported_indicators if item.is_cumulative}
    rows = batch_values(submissions, cumulative)
    if not rows.num_rows:
        return
    connection.register("batch_values", rows)
    found = connection.execute((SQL_DIRECTORY / "gate" / "fallen_values.sql").read_text(encoding="utf-8")).fetchall()
    connection.unregister("batch_values")
    keys = rows.column("value_key").to_pylist()
    owner_of = dict(
        zip(keys, zip(rows.column("owner").to_pylist(), rows.column("index").to_pylist(), strict=True), strict=True)
    )
    for key, previous, _ in found:
        owner, index = owner_of[key]
        fault = _value_fault("cumulative_fell", submissions[owner], index, shown_number(previous), reference)
        submissions[owner].faults.append(fault)
