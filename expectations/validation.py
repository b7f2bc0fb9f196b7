"""Runs the suite over one frame of values and gives back which values break which rule.

Great Expectations takes seconds to import, so it (and pandas) is imported when the first value is checked, not before.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from expectations.library import great_expectations
from expectations.suites import KEY, SUITE, values_suite
from pipelines.reference.load import Reference

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ValidationDefinition
    from great_expectations.core import ExpectationValidationResult

_RESULT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [KEY],
    "return_unexpected_index_query": False,
}


class ExpectationFailed(RuntimeError):
    """An expectation could not be evaluated: a fault of the product or the reference tables, not of a report."""


def broken_rules(frame: pd.DataFrame, reference: Reference) -> dict[str, list[int]]:
    """{rule: keys of the values that break it}, every value counted. Raises ExpectationFailed.

    The frame is that of `suites.values_frame`; an empty frame breaks nothing.
    """
    if frame.empty:
        return {}
    result = _definition(_ReferenceByDigest(reference)).run(
        batch_parameters={"dataframe": frame}, result_format=_RESULT
    )
    broken: dict[str, list[int]] = {}
    for outcome in result.results:
        rule = str((outcome.expectation_config.meta or {})["rule"])
        keys = _keys(outcome)
        if keys:
            broken.setdefault(rule, []).extend(keys)
    return {rule: sorted(set(keys)) for rule, keys in broken.items()}


def _keys(outcome: ExpectationValidationResult) -> list[int]:
    if outcome.success:
        return []
    found = outcome.result.get("unexpected_index_list")
    if found is None:
        raise ExpectationFailed(f"{outcome.expectation_config}: {outcome.exception_info}")
    return [int(row[KEY]) for row in found]


class _ReferenceByDigest:
    """A reference that compares equal to another with the same tables, so that the suite is built once per content."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    def __hash__(self) -> int:
        return hash(self.reference.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ReferenceByDigest) and other.reference.digest == self.reference.digest


@lru_cache(maxsize=4)
def _definition(key: _ReferenceByDigest) -> ValidationDefinition:
    gx = great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    batch = (
        context.data_sources.add_pandas("gate").add_dataframe_asset(SUITE).add_batch_definition_whole_dataframe(SUITE)
    )
    suite = context.suites.add(values_suite(key.reference))
    return gx.ValidationDefinition(name=SUITE, data=batch, suite=suite)
