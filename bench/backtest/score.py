"""How the forecasts did against what happened: ranges, days, chances. Frames of `cases.py` in, plain figures out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bench.backtest.experience import DAY_BANDS, DONE_BANDS

NOMINAL, LOWEST, HIGHEST = 80.0, 75.0, 85.0
"""Percent of cases that a range of 80 % holds, and what is accepted for it."""
LONGEST_NAIVE_DAYS = 730.0
_NEVER = pd.Timestamp("2200-01-01")


@dataclass(frozen=True, slots=True)
class Ranges:
    """How often a closed range held what happened (%); never finished counts as outside. Open ranges apart.

    `mean_error` and `naive_error`: days between forecast and completion, on the `compared` cases for which both name a
    day; a naive day beyond two years is taken as two years.
    """

    name: str
    count: int
    covered_pct: float
    early_pct: float
    open_count: int
    open_covered_pct: float
    compared: int
    mean_error: float
    naive_error: float
    median_error: float
    naive_median_error: float


@dataclass(frozen=True, slots=True)
class Chances:
    """How well stated chances agree with how often things came in time.

    `brier` is the mean squared difference (0 is perfect), `base_brier` that of stating the overall share every time.
    `bins`: (mean chance, share in time, number of cases) per ten percentage points.
    """

    name: str
    count: int
    brier: float
    base_brier: float
    bins: tuple[tuple[float, float, int], ...]


def one_due(found: pd.DataFrame) -> pd.DataFrame:
    """Rates and ranges do not depend on the due day: the cases of one due day are all cases once."""
    is_chosen: pd.Series[bool] = found["last_day_on"] == found["last_day_on"].max()
    return found.loc[is_chosen]


def ranges(name: str, found: pd.DataFrame) -> Ranges:
    """Scores the forecasts with a rate. A range that ended after the history did is left out: nobody can say."""
    rated = one_due(found)
    rated = rated[(rated["method"] == "recent_rate") & rated["early_finish_on"].notna()]
    is_open = rated["late_finish_on"].isna()
    has_ended = rated["met_on"].notna()
    closed = rated[~is_open & (has_ended | (rated["late_finish_on"] < rated["last_seen_on"]))]
    opened = rated[is_open]
    met_on = closed["met_on"].fillna(_NEVER)
    inside = (met_on >= closed["early_finish_on"]) & (met_on <= closed["late_finish_on"])
    both = rated[has_ended & rated["expected_finish_on"].notna() & rated["naive_days"].notna()]
    error = (both["expected_finish_on"] - both["met_on"]).dt.days.abs()
    taken = (both["met_on"] - both["as_of_on"]).dt.days
    naive = (both["naive_days"].clip(upper=LONGEST_NAIVE_DAYS) - taken).abs()
    return Ranges(
        name=name,
        count=len(closed),
        covered_pct=_pct(inside),
        early_pct=_pct(met_on < closed["early_finish_on"]),
        open_count=len(opened),
        open_covered_pct=_pct(opened["met_on"].fillna(_NEVER) >= opened["early_finish_on"]),
        compared=len(both),
        mean_error=float(error.mean()),
        naive_error=float(naive.mean()),
        median_error=float(error.median()),
        naive_median_error=float(naive.median()),
    )


def ranges_by(found: pd.DataFrame, key: Callable[[pd.DataFrame], pd.Series]) -> list[Ranges]:
    """The same for each group of cases, in order."""
    return [ranges(str(name), group) for name, group in found.groupby(key(found), observed=True)]


def by_done(found: pd.DataFrame) -> pd.Series:
    """Band of the share done."""
    return _banded(100.0 * found["proven_pct"] / found["target_pct"], DONE_BANDS, "%")


def by_days(found: pd.DataFrame) -> pd.Series:
    """Band of the days still needed at the present rate."""
    return _banded(found["unadjusted_days"].astype(np.float64), DAY_BANDS, " days")


def chances(name: str, found: pd.DataFrame) -> Chances:
    """Scores the chances stated before the last day; whether it came in time is judged by the first report of it."""
    stated = found[found["chance_on_time_pct"].notna() & (found["as_of_on"] <= found["last_day_on"])]
    chance = stated["chance_on_time_pct"].to_numpy(dtype=np.float64) / 100.0
    in_time = (stated["met_on"] <= stated["last_day_on"]).to_numpy(dtype=np.float64)
    if not chance.size:
        return Chances(name, 0, float("nan"), float("nan"), ())
    tenth = np.minimum((chance * 10).astype(int), 9)
    bins = tuple(
        (float(chance[tenth == n].mean()), float(in_time[tenth == n].mean()), int((tenth == n).sum()))
        for n in range(10)
        if (tenth == n).any()
    )
    brier, share = float(((chance - in_time) ** 2).mean()), float(in_time.mean())
    return Chances(name, int(chance.size), brier, share * (1.0 - share), bins)


def method_shares(found: pd.DataFrame) -> pd.Series:
    """How many forecasts were made by each method, each case once."""
    return one_due(found)["method"].value_counts()


def soon_done_pct(found: pd.DataFrame, days: int) -> float:
    """Percent of the cases without enough reports that ended within so many days."""
    waiting = one_due(found)
    waiting = waiting[waiting["method"] == "too_few_points"]
    return _pct((waiting["met_on"] - waiting["as_of_on"]).dt.days <= days)


def _banded(values: pd.Series, bands: tuple[tuple[float, float | None], ...], unit: str) -> pd.Series:
    edges = [low for low, _ in bands] + [np.inf]
    labels = [f"{low:g}-{high:g}{unit}" if high else f"{low:g}{unit} and more" for low, high in bands]
    return pd.cut(values, edges, right=False, labels=labels)


def _pct(values: pd.Series) -> float:
    return float(100.0 * values.mean()) if len(values) else float("nan")
