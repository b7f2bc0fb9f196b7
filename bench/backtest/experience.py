"""What past cases teach: how many times longer than the present rate promises a thing really takes.

The times are kept as percentiles for each method, by whether the very last unit counts (a target of 100 %), and for
bands of what is done and of the days still needed. Cases that
had not ended when their history did are not left out (that would make every forecast too early) and not counted as
never: they count for as long as they were seen (Kaplan and Meier's estimate). A percentile that lies beyond what was
ever seen has no row. A band with few cases takes the percentiles of the next wider one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from bench.backtest.cases import ERRORS_SCHEMA, observed_days

PERCENTILES = (1, *range(5, 100, 5), 99)
FEWEST_CASES = 300
DONE_BANDS: tuple[tuple[float, float | None], ...] = ((0.0, 50.0), (50.0, 80.0), (80.0, 95.0), (95.0, None))
DAY_BANDS: tuple[tuple[float, float | None], ...] = (
    (0.0, 15.0),
    (15.0, 30.0),
    (30.0, 60.0),
    (60.0, 120.0),
    (120.0, 200.0),
    (200.0, None),
)
_WHOLE: tuple[tuple[float, float | None], ...] = ((0.0, None),)
# What tells cases of a method apart. A single step has no share done; a standstill and a decline have no rate.
BANDS = {
    "recent_rate": (DONE_BANDS, DAY_BANDS),
    "single_step": (_WHOLE, DAY_BANDS),
    "plateau": (DONE_BANDS, _WHOLE),
    "regressed": (DONE_BANDS, _WHOLE),
}


def learn(found: pd.DataFrame, until: date | None = None) -> pa.Table:
    """The percentiles that the cases give (rows of `forecast_errors`); with `until`, from what was seen by then."""
    if until is not None:
        found = found[found["as_of_on"] < pd.Timestamp(until)]
    days, has_ended = observed_days(found, until)
    measured = pd.DataFrame(
        {
            "method": found["method"],
            "is_whole": found["target_pct"] >= 100.0,
            "done": 100.0 * found["proven_pct"] / found["target_pct"],
            "unit": unit_days(found),
            "has_ended": has_ended,
        }
    )
    measured["ratio"] = days / measured["unit"]
    measured = measured[measured["ratio"] > 0.0]
    rows = [
        row
        for method in BANDS
        for is_whole in (True, False)
        for row in _of_method(method, is_whole, measured[measured["method"] == method])
    ]
    return pa.Table.from_pylist(rows, schema=ERRORS_SCHEMA)


def unit_days(found: pd.DataFrame) -> pd.Series:
    """The measure in which experience is kept: the days still needed at the present rate, else single days."""
    is_plain = found["method"].isin(["plateau", "regressed"])
    return found["unadjusted_days"].astype(np.float64).mask(is_plain, 1.0)


def _of_method(method: str, is_whole: bool, cases: pd.DataFrame) -> Iterator[dict[str, object]]:
    done_bands, day_bands = BANDS[method]
    same_goal = cases[cases["is_whole"] == is_whole]
    for days in day_bands:
        same_days = same_goal[_within(same_goal["unit"], days)]
        for done in done_bands:
            own = same_days[_within(same_days["done"], done)]
            used = next(c for c in (own, same_days, same_goal, cases) if len(c) >= FEWEST_CASES or c is cases)
            band = {
                "method": method,
                "is_whole": is_whole,
                "done_from_pct": done[0],
                "done_to_pct": done[1],
                "days_from": days[0],
                "days_to": days[1],
            }
            for percentile, ratio in _percentiles(used["ratio"].to_numpy(), used["has_ended"].to_numpy()):
                yield {**band, "percentile": percentile, "ratio": round(ratio, 4), "case_count": len(used)}


def _within(values: pd.Series, band: tuple[float, float | None]) -> pd.Series:
    low, high = band
    return (values >= low) & (values < (np.inf if high is None else high))


def _percentiles(ratio: NDArray[np.float64], has_ended: NDArray[np.bool_]) -> Iterator[tuple[int, float]]:
    """(percentile, ratio by which that share has ended), as far as it was ever seen."""
    if not ratio.size:
        return
    order = np.lexsort((~has_ended, ratio))
    at_risk = np.arange(ratio.size, 0, -1)
    ended = 1.0 - np.cumprod(1.0 - has_ended[order] / at_risk)
    for percentile in PERCENTILES:
        position = int(np.searchsorted(ended, percentile / 100.0 - 1e-9))
        if position < ratio.size:
            yield percentile, float(ratio[order][position])
