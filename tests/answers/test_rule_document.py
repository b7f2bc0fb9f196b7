"""`docs/rules.md`: every rule once, with an example, as the tables say today."""

from __future__ import annotations

import csv
import re

import pytest

from pipelines.answers.rule_document import EXAMPLES, read_examples, rule_document
from pipelines.gate.faults import fault_text
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import REPOSITORY

TABLES = REPOSITORY / "data" / "reference"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(TABLES)


def test_every_rule_has_exactly_one_example(reference: Reference) -> None:
    with (TABLES / EXAMPLES).open(encoding="utf-8", newline="") as file:
        given = [row["rule"] for row in csv.DictReader(file)]
    assert sorted(given) == sorted(rule.rule for rule in reference.rules)


def test_no_example_leaves_a_brace_or_a_gap(reference: Reference) -> None:
    for example in read_examples(TABLES).values():
        text = fault_text(example, reference)
        for sentence in (text.expected, text.message_vi, text.message_en, text.fix_vi, text.fix_en):
            assert not re.search(r"[{}]|“\s*”|\(\)|\(trống\)|None", sentence), (example.rule, sentence)


def test_the_document_is_up_to_date(reference: Reference) -> None:
    written = (REPOSITORY / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rule_document(reference, read_examples(TABLES)), "run `make docs`"


def test_every_rule_has_a_title_in_both_languages(reference: Reference) -> None:
    assert [rule.rule for rule in reference.rules if not rule.title_vi.strip() or not rule.title_en.strip()] == []
