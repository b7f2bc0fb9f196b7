"""`python -m bench.backtest [--write]`: learns from some histories, forecasts others, and says how good that was."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated

import pandas as pd
import pyarrow as pa
import typer

from bench.backtest import score
from bench.backtest.cases import DUE_DAYS, ERRORS_SCHEMA, cases, empty_errors
from bench.backtest.experience import learn
from bench.backtest.histories import History, simulated
from bench.backtest.page import Results, page
from bench.backtest.plot import calibration_plot
from bench.backtest.shapes import varied
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import REPOSITORY, Settings

ERRORS = REPOSITORY / "data" / "reference" / "forecast_errors.csv"
PAGE = REPOSITORY / "docs" / "forecast.md"
PLOT = REPOSITORY / "docs" / "forecast-calibration.svg"

SLICE_FROM = date(2026, 3, 31)
"""What was seen before this day is learnt from, what was forecast from it on is tested."""
TRAINING_SIMULATED = ((101, 1.0), (102, 1.0), (103, 1.0), (104, 1.0), (111, 0.7), (112, 0.85), (113, 1.2), (114, 1.5))
TRAINING_VARIED = range(201, 225)
TEST_SIMULATED = ((1, 1.0), (2, 1.0), (3, 1.0), (11, 0.75), (12, 0.9), (13, 1.1), (14, 1.35))
TEST_VARIED = range(21, 35)
SIMULATOR_SHAPES = ("simulator", "simulator_other_pace")


def main(
    write: Annotated[bool, typer.Option("--write", help="Write the percentiles, the page and the plot.")] = False,
) -> None:
    """Back-test the forecasts. Ends with 1 if ranges or days are not as good as promised."""
    started = time.monotonic()
    reference = load_reference(Settings().reference_directory())
    training = [simulated(reference, seed, pace) for seed, pace in TRAINING_SIMULATED]
    training += [varied(reference, seed) for seed in TRAINING_VARIED]
    learnt = _all_cases(training, empty_errors(), DUE_DAYS[-1:])
    errors = learn(learnt)
    test = test_histories(reference)
    results = Results(
        training_count=len(training),
        training_cases=len(learnt),
        test_count=len(test),
        found=_all_cases(test, errors),
        later=_later_slices(training, learnt),
        other_shapes=_other_shapes(test, learnt),
    )
    text = page(results)
    typer.echo(text)
    typer.echo(f"{time.monotonic() - started:.0f} s", err=True)
    if write:
        write_errors(errors)
        PAGE.write_text(text, encoding="utf-8")
        PLOT.write_text(calibration_plot(results.found), encoding="utf-8")
        typer.echo(f"{ERRORS}, {PAGE} and {PLOT} written.", err=True)
    total = score.ranges("all", results.found)
    is_good = score.LOWEST <= total.covered_pct <= score.HIGHEST and total.mean_error < total.naive_error
    raise typer.Exit(0 if is_good else 1)


def test_histories(reference: Reference) -> list[History]:
    """Histories of seeds that nothing is learnt from."""
    histories = [simulated(reference, seed, pace) for seed, pace in TEST_SIMULATED]
    return histories + [varied(reference, seed) for seed in TEST_VARIED]


def write_errors(errors: pa.Table) -> None:
    """Writes the percentiles as the reference table reads them."""
    with ERRORS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ERRORS_SCHEMA.names)
        for row in errors.to_pylist():
            writer.writerow([_cell(row[name]) for name in ERRORS_SCHEMA.names])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _all_cases(histories: Iterable[History], errors: pa.Table, due_days: Iterable[date] = DUE_DAYS) -> pd.DataFrame:
    days = tuple(due_days)
    return pd.concat([cases(history, errors, days) for history in histories], ignore_index=True)


def _later_slices(training: list[History], learnt: pd.DataFrame) -> pd.DataFrame:
    """Learns from what was seen by a day and forecasts the same histories from that day on."""
    errors = learn(learnt, until=SLICE_FROM)
    chosen = [*training[: len(TRAINING_SIMULATED) : 2], *training[len(TRAINING_SIMULATED) :: 3]]
    found = _all_cases(chosen, errors, DUE_DAYS[-1:])
    return found[found["as_of_on"] >= pd.Timestamp(SLICE_FROM)]


def _other_shapes(test: list[History], learnt: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Forecasts each shape with what was learnt from all the others."""
    shapes = {shape: (shape,) for shape in learnt["shape"].unique() if shape not in SIMULATOR_SHAPES}
    found = {}
    for name, kinds in {"simulator": SIMULATOR_SHAPES, **shapes}.items():
        errors = learn(learnt[~learnt["shape"].isin(kinds)])
        parts = [_only(history, kinds) for history in test]
        found[name] = _all_cases([part for part in parts if part.courses], errors, DUE_DAYS[-1:])
    return found


def _only(history: History, shapes: tuple[str, ...]) -> History:
    return replace(history, courses=tuple(course for course in history.courses if course.shape in shapes))


if __name__ == "__main__":
    typer.run(main)
