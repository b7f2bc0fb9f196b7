"""docs/forecast.md: how a forecast is made, how good it was on simulated histories, and what it can't say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from bench.backtest import score
from bench.backtest.cases import DUE_DAYS, TARGETS
from bench.backtest.experience import FEWEST_CASES

_METHODS = ("recent_rate", "single_step", "plateau", "regressed")


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
    return "\n".join([*_introduction(results), *_range_part(results), *_chance_part(results), *_rest(results)])


def _introduction(results: Results) -> list[str]:
    total = score.ranges("all", results.found)
    return [
        "# Forecast",
        "",
        "> Nếu giữ tốc độ của những tuần gần đây thì còn cần chừng này ngày; những trường hợp tương tự trước đây, tám trên",
        "> mười lần, đã xong trong khoảng từ ngày này đến ngày kia, và chừng này phần trăm đã kịp hạn.",
        "",
        "Written by `make backtest` (`python -m bench.backtest --write`), with the percentiles that the forecasts use",
        "(`data/reference/forecast_errors.csv`) and the picture.",
        "",
        "**All figures on this page are measured on simulated histories.** They say that the arithmetic keeps its promises",
        "where work proceeds as in the simulations; they say nothing yet of how provinces really work. As real histories",
        "come, they take the place of the simulated ones (last section).",
        "",
        "## In short",
        "",
        f"- The 80 % range held what happened in **{total.covered_pct:.1f} %** of {_number(total.count)} forecasts on "
        "histories that nothing was learnt from.",
        f"- The expected day was wrong by **{total.mean_error:.0f} days** on average, the same rate as in the last 30 days",
        f"  by {total.naive_error:.0f} days (medians {total.median_error:.0f} and {total.naive_median_error:.0f}; "
        f"{_number(total.compared)} forecasts for which both name a day).",
        "- A chance of x % came true in about x % of the cases:",
        "",
        "![Calibration](forecast-calibration.svg)",
        "",
        "## How a forecast is made",
        "",
        "`sql/marts/forecast_history.sql` makes it for every reporting day, `marts.directive_forecast` shows the newest.",
        "",
        "1. *Rate*: a straight line through the share proven (units without a report count as not done) of the last 60",
        "   days, in which a report 14 days older counts half. Only days with a report count, and only those in which nearly",
        "   all of today's units (95 %) had reported: a first report is no progress.",
        "2. *Days still needed*: what is left, divided by the rate, from the last report on.",
        "3. *Experience*: how many times longer it really took in similar cases, as percentiles. Similar: the same method,",
        "   the same kind of goal (to the last unit, or a share), a similar share done, similar days still needed. The median",
        "   gives the expected day, the 10th and the 90th percentile the range, and the share of cases that would still have",
        "   come by the last day the chance of being on time. Never is anything called certain: chances lie between 1 and 99.",
        "",
        "| method | when | what is said |",
        "| --- | --- | --- |",
        "| `recent_rate` | it moves | rate, days, range, chance |",
        "| `plateau` | nothing moved for a month, or more than a year is needed at this rate | chance, from how long "
        "standstills lasted; no day |",
        "| `regressed` | it goes backwards | chance, in the same way; no day |",
        "| `single_step` | one yes or no of one province: no curve to draw | chance, from the pace of the country; no day |",
        "| `too_few_points` | fewer than three reports, or less than 14 days (không đủ số liệu) | required rate only |",
        "| `met`, `no_target`, `not_reported`, `not_issued` | nothing to forecast, or nothing to do it with | nothing; "
        "100 % for what was met in time |",
        "",
        "After the last day an unmet target has a chance of 0 and no required rate.",
        "",
    ]


def _range_part(results: Results) -> list[str]:
    found = results.found
    by_days = sorted(score.ranges_by(found, score.by_days), key=lambda item: float(item.name.split("-")[0].split(" ")[0]))
    by_done = sorted(score.ranges_by(found, score.by_done), key=lambda item: float(item.name.split("-")[0].split("%")[0]))
    simulated = found[found["shape"] == "simulator"]
    outside = [score.ranges(name, part) for name, part in results.other_shapes.items()]
    return [
        "## What was tested",
        "",
        f"Learnt from {results.training_count} histories ({_number(results.training_cases)} forecasts), tested on "
        f"{results.test_count} others of other seeds. A third are those of the product's own simulation, read off without",
        "workbooks, also at another pace, since all its seeds pass through the same published totals. The others are drawn",
        "in nine shapes (steady, S-curve, slowing, rush towards a day, standstill, setback, late start, some units never",
        "done, mixed) and single steps. Provinces leave out up to a quarter of their reports. Targets are "
        f"{' and '.join(f'{target:.0f} %' for target in TARGETS)}, due days {len(DUE_DAYS)}. The SQL is the product's own file.",
        "",
        "Cases that had not ended 18 months after the last forecast are neither dropped nor called endless: they count for",
        "as long as they were seen (Kaplan and Meier). Where more than a tenth of the similar cases never ended, the range",
        "has no late end, and the table says *open*; in a closed range, what never ended counts as a miss.",
        "",
        "## Ranges and days",
        "",
        *_range_table([score.ranges("held-out seeds", found), score.ranges("held-out later parts", results.later)]),
        "",
        "Held-out later parts: learnt from what was seen by 31/03/2026, tested on the forecasts of the same histories after it.",
        "",
        "By days still needed at the present rate, by share done, for the country:",
        "",
        *_range_table([*by_days, *by_done, score.ranges("country", found[found["province_code"] == "VN"])]),
        "",
        "By shape, learnt from all shapes, this one included:",
        "",
        *_range_table(score.ranges_by(found, lambda cases: cases["shape"])),
        "",
        "By shape, learnt only from the **others**: what to expect where work proceeds as in none of the histories.",
        "",
        *_range_table(outside),
        "",
        "By indicator, in the simulation of the product. The experience is one for all indicators, so a single one may lie",
        "outside: commanders were appointed in one jump (published: 43 % and two weeks later 78 %), staff are never complete",
        "in the simulation, training stops at 60 %.",
        "",
        *_range_table(score.ranges_by(simulated, lambda cases: cases["indicator"])),
        "",
    ]


def _chance_part(results: Results) -> list[str]:
    found = results.found
    scored = [score.chances("all", found)]
    scored += [score.chances(method, found[found["method"] == method]) for method in _METHODS]
    lines = [
        "## Chance of being on time",
        "",
        "Brier score: mean squared difference between the chance and what happened, 0 is perfect; beside it that of stating",
        "the overall share each time. Only forecasts made by the last day count.",
        "",
        "| method | forecasts | Brier | share only |",
        "| --- | ---: | ---: | ---: |",
        *(f"| {s.name} | {_number(s.count)} | {s.brier:.3f} | {s.base_brier:.3f} |" for s in scored if s.count),
        "",
        "Stated and come true, all methods:",
        "",
        "| chance stated | came true | forecasts |",
        "| ---: | ---: | ---: |",
        *(f"| {100 * c:.0f} % | {100 * s:.0f} % | {_number(n)} |" for c, s, n in scored[0].bins),
        "",
    ]
    return lines


def _rest(results: Results) -> list[str]:
    shares = score.method_shares(results.found)
    total = int(shares.sum())
    few = int(shares.get("too_few_points", 0))
    return [
        "## What could not be said",
        "",
        "| method | forecasts | share |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {_number(int(count))} | {100 * count / total:.1f} % |" for name, count in shares.items()),
        "",
        f"*Không đủ số liệu*: {100 * few / total:.1f} % of the open cases, nearly all in the first weeks or after missing "
        f"reports. {score.soon_done_pct(results.found, 90):.0f} % of them ended within 90 days all the same: "
        "the words mean that nobody knows, not that it is late.",
        "",
        "## What it does not know",
        "",
        "- Only the reports. A decree, a flood or a visit changes the rate only once it shows in reports.",
        "- The due day. Work speeds up before a deadline; the simulations do so only in part.",
        "- Provinces of one history depend on each other: the number of cases is larger than the experience in them.",
        "",
        "## Repeating it",
        "",
        "`make backtest` takes a few minutes, gives the same figures each time, and ends with an error where the ranges hold",
        f"fewer than {score.LOWEST:.0f} % or more than {score.HIGHEST:.0f} %, or the days are no better than the last 30 days'. "
        "A change of",
        "`forecast_history.sql` needs a new run. With real reports: give `bench/backtest/histories.py` a `History` made from",
        "`marts.province_progress` (one per half-year or so), learn from those alone as soon as each band has "
        f"{FEWEST_CASES} cases",
        "(bands with fewer take the next wider one), and keep the newest half-year for the test.",
        "",
    ]


def _range_table(rows: Iterable[score.Ranges]) -> list[str]:
    return [
        "| | closed ranges | held what happened | came earlier | open ranges | came earlier | mean error, days | last 30 days' rate |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {r.name} | {_number(r.count)} | {_pct(r.covered_pct)} | {_pct(r.early_pct)} | {_number(r.open_count)} | "
            f"{_pct(100 - r.open_covered_pct)} | {_days(r.mean_error)} | {_days(r.naive_error)} |"
            for r in rows
            if r.count or r.open_count
        ),
    ]


def _number(count: int) -> str:
    return f"{count:,}"


def _pct(value: float) -> str:
    return "" if value != value else f"{value:.1f} %"


def _days(value: float) -> str:
    return "" if value != value else f"{value:.0f}"
