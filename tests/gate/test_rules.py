"""Every rule of `data/reference/rules.csv`: raised by the code, tripped by a file, worded for the sender."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.gate.faults import Fault, FaultText, fault_text
from pipelines.gate.submission import Submission
from pipelines.reference.load import Reference
from pipelines.reference.records import Decision
from tests.gate.reports import DAY, QUANG_NGAI, Desk, Office, arrival_of
from tests.gate.trips import RIGHT, TRIPS, Trip

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = ("pipelines/gate", "pipelines/readers", "expectations")


@pytest.fixture(scope="module")
def handed_in(desk: Desk) -> dict[str, Submission]:
    """The file of each rule, as the gate left it; each with a ledger of its own, since they are all of one day."""
    return {trip.rule: deciding(desk, trip).hand_in(*trip.files(desk))[-1] for trip in TRIPS}


def deciding(desk: Desk, trip: Trip) -> Desk:
    """The desk after a person has decided about the file of a trip that needs it."""
    if trip.rule != "decided_by_person":
        return desk
    (content,) = trip.files(desk)
    sha256 = arrival_of(1, content).sha256
    decision = Decision(sha256, QUANG_NGAI, None, "", "Sở Nội vụ Quảng Ngãi xác nhận", DAY)
    return Desk(replace(desk.reference, decisions=(decision,)))


@pytest.fixture(params=TRIPS, ids=lambda trip: trip.rule)
def trip(request: pytest.FixtureRequest) -> Trip:
    found: Trip = request.param
    return found


def test_every_rule_of_the_table_is_tripped_once(reference: Reference) -> None:
    assert [trip.rule for trip in TRIPS if sum(other.rule == trip.rule for other in TRIPS) > 1] == []
    assert {trip.rule for trip in TRIPS} == {rule.rule for rule in reference.rules}


def test_the_code_raises_exactly_the_rules_of_the_table(reference: Reference) -> None:
    table = {rule.rule for rule in reference.rules}
    texts: set[str] = set()
    for folder in SOURCES:
        for path in (REPOSITORY / folder).glob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            texts |= {
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
            raised = [
                node.args[0].value
                for node in ast.walk(tree)
                if isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in ("Fault", "UnreadableFile")
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ]
            assert set(raised) <= table
    assert table <= texts


def test_a_file_that_is_right_breaks_no_rule(desk: Desk) -> None:
    (submission,) = desk.hand_in(desk.report(RIGHT))
    assert (submission.status, submission.faults) == ("accepted", [])
    assert len(submission.values) == len(RIGHT)


def test_the_fault_stands_at_its_place_with_what_was_given(trip: Trip, handed_in: dict[str, Submission]) -> None:
    faults = [fault for fault in handed_in[trip.rule].faults if fault.rule == trip.rule]
    fault = next(fault for fault in faults if fault.place == trip.place)
    assert trip.given in fault.given


def test_nothing_else_is_wrong_with_the_file(
    trip: Trip, handed_in: dict[str, Submission], reference: Reference
) -> None:
    """A column that is unknown is also one that is missing; otherwise each slip is named once, under one rule."""
    expected = {trip.rule} | ({"missing_column"} if "column" in trip.rule else set())
    assert {fault.rule for fault in handed_in[trip.rule].faults} <= expected


def test_a_value_that_is_set_aside_is_not_among_those_taken(
    trip: Trip, handed_in: dict[str, Submission], reference: Reference
) -> None:
    submission, severity = handed_in[trip.rule], reference.rule(trip.rule).severity
    if severity == "file":
        assert submission.status in ("rejected", "needs_review")
        assert len(submission.values) == 0
    elif severity == "critical":
        assert trip.place not in submission.values.place
        assert submission.status == ("partial" if len(submission.values) else "rejected")
    else:
        assert submission.status in ("accepted", "duplicate")


def test_files_that_a_person_can_identify_wait_for_review(handed_in: dict[str, Submission]) -> None:
    waiting = {rule for rule, submission in handed_in.items() if submission.status == "needs_review"}
    about_the_envelope = {"province_missing", "province_conflict", "day_missing", "day_conflict"}
    assert waiting == {"unknown_form", "new_shape", *about_the_envelope}


def test_the_message_says_where_what_was_given_what_was_expected_and_what_to_do(
    trip: Trip, handed_in: dict[str, Submission], reference: Reference
) -> None:
    faults = [fault for fault in handed_in[trip.rule].faults if fault.rule == trip.rule]
    assert faults
    texts = [fault_text(fault, reference) for fault in faults]
    assert any(trip.words in text.message_vi for text in texts)
    for fault, text in zip(faults, texts, strict=True):
        assert fault.place
        assert_complete(text, fault)


def assert_complete(text: FaultText, fault: Fault) -> None:
    """No empty sentence, no gap where a word is missing, no template left, and no English for the sender."""
    for sentence in (text.expected, text.message_vi, text.message_en, text.fix_vi, text.fix_en):
        assert sentence.strip() == sentence != ""
        assert not re.search(r"[{}]|“\s*”|\(\)|\(trống\)|  | [.,;:](\s|$)|None", sentence), sentence
    assert text.message_vi[-1] in ".?"
    assert text.fix_vi[-1] in ".?"
    assert re.search(r"[àáảãạăâđèéêìíòóôơùúưỳý]", text.message_vi.lower()), text.message_vi
    for word in ("file", "zip", "error", "invalid", "not "):
        assert word not in text.message_vi.lower().split(), fault


def test_a_rule_that_is_made_a_warning_keeps_the_value(desk: Desk, reference: Reference) -> None:
    """Severity is data: the Ministry may relax a rule in the table."""
    relaxed = tuple(
        replace(rule, severity="warning") if rule.rule == "out_of_bounds" else rule for rule in desk.reference.rules
    )
    office = Office(replace(desk.reference, rules=relaxed))
    (submission,) = office.take(next(trip for trip in TRIPS if trip.rule == "out_of_bounds").files(desk)[0])[1]
    assert submission.status == "accepted"
    assert [fault.rule for fault in submission.faults] == ["out_of_bounds"]
    assert 101 in submission.values.value
