"""The suite of the gate, generated from `data/reference/indicators.csv`.

Bounds and limits ride beside each value as columns, so that a rule is one expectation over all values of all
files of a run: an expectation costs the same for one value as for a hundred thousand. `meta` names the rule.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from expectations.library import great_expectations
from pipelines.reference.load import Reference

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ExpectationSuite
    from great_expectations.expectations import Expectation

SUITE = "values"
KEY = "value_key"


def values_frame(
    reference: Reference, indicators: Sequence[str], values: Sequence[float], limits: Sequence[float]
) -> pd.DataFrame:
    """One row per value: key, indicator, value, bounds, whole part, and the companion value that it may not exceed.

    `limits` holds NaN where a value has no companion; a missing bound is NaN and not checked.
    """
    import numpy as np
    import pandas as pd

    names = np.array(indicators, dtype=object)
    positions, codes = pd.factorize(names)
    lower = np.array([_bound(reference.indicator(code).lower) for code in codes], dtype=float)
    upper = np.array([_bound(reference.indicator(code).upper) for code in codes], dtype=float)
    number = np.array(values, dtype=float)
    return pd.DataFrame(
        {
            KEY: np.arange(len(number)),
            "indicator": names,
            "value": number,
            "lower": lower[positions],
            "upper": upper[positions],
            "whole": np.trunc(number),
            "companion": np.array(limits, dtype=float),
        }
    )


def _bound(bound: float | None) -> float:
    return math.nan if bound is None else bound


def values_suite(reference: Reference) -> ExpectationSuite:
    """The expectations that the indicators of the reference tables call for, each with the name of its rule."""
    return great_expectations().ExpectationSuite(name=SUITE, expectations=list(_expectations(reference)))


def _expectations(reference: Reference) -> list[Expectation]:
    gxe = great_expectations().expectations

    reported = reference.reported_indicators
    codes = [indicator.indicator for indicator in reported]
    expectations: list[Expectation] = [
        gxe.ExpectColumnValuesToBeInSet(column="indicator", value_set=codes, meta={"rule": "unknown_indicator"})
    ]
    if any(indicator.lower is not None for indicator in reported):
        expectations.append(_at_least("value", "lower", "out_of_bounds"))
    if any(indicator.upper is not None for indicator in reported):
        expectations.append(_at_least("upper", "value", "out_of_bounds"))
    # Flags and counts are all there is, and both are whole.
    expectations.append(
        gxe.ExpectColumnPairValuesToBeEqual(
            column_A="value", column_B="whole", ignore_row_if="either_value_is_missing", meta={"rule": "not_whole"}
        )
    )
    if any(indicator.target_rule in codes for indicator in reported):
        expectations.append(_at_least("companion", "value", "exceeds_companion"))
    return expectations


def _at_least(larger: str, smaller: str, rule: str) -> Expectation:
    gxe = great_expectations().expectations

    return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=larger,
        column_B=smaller,
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        meta={"rule": rule},
    )
