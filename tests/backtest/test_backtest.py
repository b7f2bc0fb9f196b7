"""The percentiles in the repo keep their promise on histories that nothing was learnt from, and no future leaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from bench.backtest import score
from bench.backtest.cases import DUE_DAYS, ERRORS_SCHEMA, cases, empty_errors
from bench.backtest.experience import learn
from bench.backtest.histories import History, simulated
from bench.backtest.shapes import varied
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import REPOSITORY

# None of these seeds is learnt from (`bench/backtest/__main__.py`).
VARIED_SEEDS, PACES = (901, 902, 903), ((904, 1.0), (905, 0.9), (906, 1.25))


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(REPOSITORY / "data" / "reference")


@pytest.fixture(scope="module")
def learnt(reference: Reference) -> pa.Table:
    rows = [{name: getattr(row, name) for name in ERRORS_SCHEMA.names} for row in reference.forecast_errors]
    return pa.Table.from_pylist(rows, schema=ERRORS_SCHEMA)


@pytest.fixture(scope="module")
def unseen(reference: Reference, learnt: pa.Table) -> pd.DataFrame:
    histories = [varied(reference, seed) for seed in VARIED_SEEDS]
    histories += [simulated(reference, seed, pace) for seed, pace in PACES]
    return pd.concat([cases(history, learnt, DUE_DAYS[-2:]) for history in histories], ignore_index=True)


def test_the_range_of_80_percent_holds_75_to_85_percent_of_what_happens(unseen: pd.DataFrame) -> None:
    found = score.ranges("unseen", unseen)
    assert found.count > 20_000
    assert score.LOWEST <= found.covered_pct <= score.HIGHEST


def test_the_expected_day_is_nearer_than_that_of_the_last_30_days_rate(unseen: pd.DataFrame) -> None:
    found = score.ranges("unseen", unseen)
    assert found.mean_error < 0.9 * found.naive_error
    assert found.median_error < found.naive_median_error


def test_a_stated_chance_comes_true_as_often_as_it_says(unseen: pd.DataFrame) -> None:
    found = score.chances("unseen", unseen)
    assert found.brier < 0.75 * found.base_brier
    assert all(abs(chance - share) < 0.1 for chance, share, count in found.bins if count > 1_000)


def test_a_forecast_is_the_same_whatever_comes_after_it(reference: Reference, learnt: pa.Table) -> None:
    whole = varied(reference, 901)
    day = whole.forecast_days[12]
    known = [column for column in cases(whole, learnt, DUE_DAYS[-1:]) if column not in ("met_on", "last_seen_on")]
    frames = [cases(history, learnt, DUE_DAYS[-1:])[known] for history in (whole, _until(whole, day))]
    at_day = [
        frame[frame["as_of_on"] == pd.Timestamp(day)]
        .sort_values(["directive", "province_code", "indicator"])
        .reset_index(drop=True)
        for frame in frames
    ]
    pd.testing.assert_frame_equal(at_day[0], at_day[1])


def test_what_is_learnt_by_a_day_rests_on_nothing_after_it(reference: Reference) -> None:
    whole = varied(reference, 901)
    day = date(2026, 3, 31)
    early = _until(whole, day)
    found = [learn(cases(history, empty_errors(), DUE_DAYS[-1:]), until=day) for history in (whole, early)]
    assert found[0].equals(found[1])
    assert found[0].num_rows > 100


def _until(history: History, day: date) -> History:
    """The history as it was known on a day."""
    count = history.days.index(day) + 1
    courses = [replace(c, value=c.value[:count], target=np.asarray(c.target)[:count]) for c in history.courses]
    days = history.days[:count]
    return replace(history, days=days, forecast_days=days, courses=tuple(courses), is_sent=history.is_sent[:count])


def one_case(days: int, has_ended: bool, unit_days: float = 10.0) -> dict[str, object]:
    """A case with a rate that ended, or was last seen, so many days after its last report."""
    last = pd.Timestamp("2025-10-01")
    end = last + pd.Timedelta(days=days)
    return {
        "method": "recent_rate",
        "target_pct": 100.0,
        "proven_pct": 30.0,
        "unadjusted_days": unit_days,
        "last_point_on": last,
        "as_of_on": last,
        "met_on": end if has_ended else pd.NaT,
        "last_seen_on": end,
    }


def ratios(rows: list[dict[str, object]]) -> dict[int, float]:
    """The percentiles learnt for the band of the cases."""
    learnt = learn(pd.DataFrame(rows)).to_pylist()
    return {
        int(row["percentile"]): float(row["ratio"])
        for row in learnt
        if row["is_whole"] and row["done_from_pct"] == 0.0 and row["days_from"] == 0.0
    }


def test_percentiles_are_multiples_of_the_days_that_the_rate_promised() -> None:
    """Ten cases of 10 promised days that took 10, 20 … 100."""
    found = ratios([one_case(10 * n, True) for n in range(1, 11)])
    assert (found[10], found[50], found[90], found[99]) == (1.0, 5.0, 9.0, 10.0)


def test_a_case_that_has_not_ended_counts_for_as_long_as_it_was_seen() -> None:
    """Two end after 10 and 30 days, one was seen for 20: a third has ended by 10; of those left after 20, all by 30."""
    found = ratios([one_case(10, True), one_case(20, False), one_case(30, True)])
    assert (found[30], found[35], found[99]) == (1.0, 3.0, 3.0)


def test_what_nobody_has_seen_has_no_percentile() -> None:
    found = ratios([one_case(10, True), one_case(500, False)])
    assert max(found) == 50
