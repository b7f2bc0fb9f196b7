"""The suite follows the reference tables; every expectation has a value that breaks it and one that does not."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from expectations.suites import KEY, values_frame, values_suite
from expectations.validation import ExpectationFailed, broken_rules
from pipelines.reference.load import Reference

NONE = math.nan
Value = tuple[str, float, float]
"""Indicator, value, and the value of the companion that it may not exceed."""


def broken(reference: Reference, *values: Value) -> dict[str, list[int]]:
    """{rule: positions of the values that break it}"""
    indicators, numbers, limits = zip(*values, strict=True)
    return broken_rules(values_frame(reference, indicators, numbers, limits), reference)


@pytest.mark.parametrize(
    ("value", "rules"),
    [
        (("staff_contracted", 0, NONE), []),
        (("staff_contracted", 100, NONE), []),
        (("staff_contracted", -1, NONE), ["out_of_bounds"]),
        (("staff_contracted", 101, NONE), ["out_of_bounds"]),
        (("staff_contracted", 2.5, NONE), ["not_whole"]),
        (("staff_contracted", -0.5, NONE), ["out_of_bounds", "not_whole"]),
        (("office_adequate", 0, NONE), []),
        (("office_adequate", 1, NONE), []),
        (("office_adequate", 2, NONE), ["out_of_bounds"]),
        (("office_adequate", 0.5, NONE), ["not_whole"]),
        (("staff_present", 40, 40), []),
        (("staff_present", 41, 40), ["exceeds_companion"]),
        (("staff_present", 41, NONE), []),
        (("staff_present", 0, 0), []),
    ],
)
def test_each_expectation_is_broken_by_the_values_it_is_for(
    reference: Reference, value: Value, rules: list[str]
) -> None:
    assert broken(reference, ("staff_contracted", 5, NONE), value) == {rule: [1] for rule in rules}


def test_an_indicator_that_no_form_carries_is_unknown(reference: Reference) -> None:
    published_only = next(item for item in reference.indicators if not item.form_sheet).indicator
    assert broken(reference, (published_only, 5, NONE)) == {"unknown_indicator": [0]}


def test_every_rule_of_the_suite_is_in_the_table_and_broken_by_one_of_these_values(reference: Reference) -> None:
    suite = values_suite(reference)
    rules = {str((expectation.meta or {})["rule"]) for expectation in suite.expectations}
    assert rules == {"unknown_indicator", "out_of_bounds", "not_whole", "exceeds_companion"}
    assert rules <= {rule.rule for rule in reference.rules}


def test_a_bound_changed_in_the_table_changes_the_suite(reference: Reference) -> None:
    wider = tuple(
        replace(item, upper=500.0) if item.indicator == "staff_contracted" else item for item in reference.indicators
    )
    changed = replace(reference, indicators=wider, digest="other tables")
    assert broken(reference, ("staff_contracted", 101, NONE)) == {"out_of_bounds": [0]}
    assert broken(changed, ("staff_contracted", 101, NONE), ("staff_contracted", 501, NONE)) == {"out_of_bounds": [1]}


def test_a_bound_that_the_table_leaves_open_is_not_checked(reference: Reference) -> None:
    opened = tuple(replace(item, lower=None, upper=None) for item in reference.indicators)
    changed = replace(reference, indicators=opened, digest="no bounds")
    assert broken(changed, ("staff_contracted", 10**9, NONE), ("staff_contracted", -5, NONE)) == {}


def test_many_values_that_break_many_rules_are_all_named(reference: Reference) -> None:
    count = 5_000
    values: list[Value] = [("staff_contracted", 101 if n % 2 else 5, NONE) for n in range(count)]
    assert broken(reference, *values) == {"out_of_bounds": list(range(1, count, 2))}


def test_no_values_break_nothing(reference: Reference) -> None:
    frame = values_frame(reference, [], [], [])
    assert broken_rules(frame, reference) == {}


def test_the_frame_holds_numbers_only_beside_the_indicator(reference: Reference) -> None:
    frame = values_frame(reference, ["staff_present", "office_adequate"], [12.5, 1], [40, NONE])
    assert frame[KEY].tolist() == [0, 1]
    assert frame["whole"].tolist() == [12, 1]
    assert (frame["lower"].tolist(), frame["upper"].tolist()) == ([0, 0], [250, 1])
    numbers = frame.drop(columns=["indicator", KEY])
    assert all(dtype == np.float64 for dtype in numbers.dtypes)
    words: Any = ["đang thực hiện"]
    with pytest.raises(ValueError):
        values_frame(reference, ["staff_present"], words, [NONE])


def test_an_expectation_that_can_not_be_evaluated_is_no_pass(reference: Reference) -> None:
    frame = values_frame(reference, ["staff_present"], [12], [NONE]).drop(columns=["whole"])
    with pytest.raises(ExpectationFailed):
        broken_rules(frame, reference)
