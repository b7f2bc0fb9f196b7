"""docs/forecast.md: the words are in `page.template.md`, the figures come from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from bench.backtest import score
from bench.backtest.cases import DUE_DAYS, TARGETS
from bench.backtest.experience import FEWEST_CASES

_TEMPLATE = Path(__file__).with_name("page.template.md")
_LATER_FROM = pd.Timestamp("2026-03-31")
_METHODS = ("recent_rate", "single_step", "plateau", "regressed")
_RANGE_HEADINGS = (
    *("", "closed ranges", "held what happened", "came earlier", "open ranges", "came earlier"),
    *("mean error, days", "last 30 days' rate"),
)


@dataclass(frozen=True)
class Results:
    """`found`: histories of seeds never learnt from. `later`: later parts of histories learnt from until a day.

    `other_shapes`: by shape, forecast with what all other shapes taught.
    """

    training_count: int
    training_cases: int
    test_count: int
    found: pd.DataFrame = field(repr=False)
    later: pd.DataFrame = field(repr=False)
    other_shapes: dict[str, pd.DataFrame] = field(repr=False)


def page(results: Results) -> str:
    """The whole page as Markdown."""
    figures = {**_totals(results), **_range_tables(results), **_chance_tables(results.found)}
    return _TEMPLATE.read_text(encoding="utf-8").format(**figures)


def _totals(results: Results) -> dict[str, str]:
    total = score.ranges("all", results.found)
    return {
        "covered": f"{total.covered_pct:.1f}",
        "count": f"{total.count:,}",
        "error": f"{total.mean_error:.0f}",
        "naive": f"{total.naive_error:.0f}",
        "median": f"{total.median_error:.0f}",
        "naive_median": f"{total.naive_median_error:.0f}",
        "compared": f"{total.compared:,}",
        "training_count": f"{results.training_count}",
        "training_cases": f"{results.training_cases:,}",
        "test_count": f"{results.test_count}",
        "targets": " and ".join(f"{target:.0f} %" for target in TARGETS),
        "due_days": f"{len(DUE_DAYS)}",
        "lowest": f"{score.LOWEST:.0f}",
        "highest": f"{score.HIGHEST:.0f}",
        "fewest": f"{FEWEST_CASES}",
    }


def _range_tables(results: Results) -> dict[str, str]:
    found = results.found
    simulated = found[found["shape"] == "simulator"]
    later_of_found = found[found["as_of_on"] >= _LATER_FROM]
    overall = [
        score.ranges("held-out seeds", found),
        score.ranges("their forecasts from 31/03/2026 on", later_of_found),
        score.ranges("held-out later parts", results.later),
    ]
    country = score.ranges("country", found[found["province_code"] == "VN"])
    by_band = [*score.ranges_by(found, score.by_days), *score.ranges_by(found, score.by_done), country]
    others = [score.ranges(name, part) for name, part in results.other_shapes.items()]
    return {
        "overall": _range_table(overall),
        "by_band": _range_table(by_band),
        "by_shape": _range_table(score.ranges_by(found, lambda cases: cases["shape"])),
        "by_other_shapes": _range_table(others),
        "by_indicator": _range_table(score.ranges_by(simulated, lambda cases: cases["indicator"])),
    }


def _chance_tables(found: pd.DataFrame) -> dict[str, str]:
    scored = [score.chances("all", found)]
    scored += [score.chances(method, found[found["method"] == method]) for method in _METHODS]
    brier = ([s.name, f"{s.count:,}", f"{s.brier:.3f}", f"{s.base_brier:.3f}"] for s in scored if s.count)
    bins = ([f"{100 * c:.0f} %", f"{100 * s:.0f} %", f"{n:,}"] for c, s, n in scored[0].bins)
    shares = score.method_shares(found)
    total = int(shares.sum())
    methods = ([str(name), f"{int(count):,}", f"{100 * count / total:.1f} %"] for name, count in shares.items())
    return {
        "brier": _table(("method", "forecasts", "Brier", "share only"), brier),
        "calibration": _table(("chance stated", "came true", "forecasts"), bins),
        "methods": _table(("method", "forecasts", "share"), methods),
        "few": f"{100 * int(shares.get('too_few_points', 0)) / total:.1f}",
        "few_done": f"{score.soon_done_pct(found, 90):.0f}",
    }


def _range_table(rows: Iterable[score.Ranges]) -> str:
    cells = (
        [
            *(r.name, f"{r.count:,}", _pct(r.covered_pct), _pct(r.early_pct), f"{r.open_count:,}"),
            *(_pct(100 - r.open_covered_pct), _days(r.mean_error), _days(r.naive_error)),
        ]
        for r in rows
        if r.count or r.open_count
    )
    return _table(_RANGE_HEADINGS, cells)


def _table(headings: Iterable[str], rows: Iterable[list[str]]) -> str:
    names = list(headings)
    rule = ["---", *("---:" for _ in names[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (names, rule, *rows))


def _pct(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.1f} %"


def _days(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.0f}"
