"""Courses of every shape that work takes: steady, S-shaped, slowing, rushing, standing still, falling back, never done.

Each unit of a province (a commune) gets the day on which it is done; a province's value is how many are done by then.
Every province draws its own start, length and disturbances, so no two courses end on the same day.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.backtest.histories import Course, Floats, History, days_after, reporting_days, sent
from pipelines.reference.load import Reference
from pipelines.simulation.chance import generator

Chance = np.random.Generator
_NEVER = 10_000.0
_LATEST_START_DAYS = 270.0
"""Works do not all begin on the first day; otherwise the calendar would tell how far along everything is."""


def _steady(chance: Chance, count: int) -> Floats:
    start, length = chance.uniform(-60, 60), chance.uniform(60, 420)
    return np.asarray(start + length * chance.random(count))


def _s_curve(chance: Chance, count: int) -> Floats:
    return np.asarray(chance.uniform(60, 260) + chance.uniform(12, 60) * chance.logistic(size=count))


def _slowing(chance: Chance, count: int) -> Floats:
    return np.asarray(chance.uniform(-30, 60) + chance.exponential(chance.uniform(20, 90), size=count))


def _rush(chance: Chance, count: int) -> Floats:
    """Most is done in the last weeks before a day that everybody works towards; some follow after it."""
    aim = chance.uniform(120, 380)
    before = aim * chance.random(count) ** chance.uniform(0.2, 0.6)
    is_after = chance.random(count) < chance.uniform(0.0, 0.15)
    return np.where(is_after, aim + chance.exponential(25.0, size=count), before)


def _standstill(chance: Chance, count: int) -> Floats:
    """Work stops for one and a half to six months, in some provinces for good."""
    days = _steady(chance, count)
    stop, pause = np.quantile(days, chance.uniform(0.2, 0.95)), chance.uniform(45, 180)
    pause = _NEVER if chance.random() < 0.05 else pause
    return np.where(days > stop, days + pause, days)


def _late_start(chance: Chance, count: int) -> Floats:
    return np.asarray(chance.uniform(90, 300) + chance.uniform(20, 200) * chance.random(count))


def _some_never_done(chance: Chance, count: int) -> Floats:
    """In half of the provinces some units can't be done at all."""
    days = _steady(chance, count)
    if chance.random() < 0.5:
        return days
    is_impossible = chance.random(count) < chance.uniform(0.0, 0.4)
    is_impossible[chance.integers(count)] = True
    return np.where(is_impossible, _NEVER, days)


def _mixed(chance: Chance, count: int) -> Floats:
    """Every province in its own way."""
    draw = _PLAIN[int(chance.integers(len(_PLAIN)))]
    return np.asarray(draw(chance, count))


_PLAIN: tuple[Callable[[Chance, int], Floats], ...] = (_steady, _s_curve, _slowing, _rush, _standstill, _late_start)
SHAPES: dict[str, Callable[[Chance, int], Floats]] = {
    "steady": _steady,
    "s_curve": _s_curve,
    "slowing": _slowing,
    "rush": _rush,
    "standstill": _standstill,
    "setback": _steady,
    "late_start": _late_start,
    "some_never_done": _some_never_done,
    "mixed": _mixed,
}
"""In `setback` some of what was done is lost for a time, see `_lost`."""
SINGLE_STEPS = 3


def varied(reference: Reference, seed: int) -> History:
    """One course of each shape in all provinces, and some provincial yes-or-no steps."""
    forecast_days = reporting_days(reference)
    days = (*forecast_days, *days_after(forecast_days))
    units = reference.provinces_on(days[0])
    since_first = np.array([(day - days[0]).days for day in days], dtype=np.float64)
    sizes = np.array([province.commune_count for province in units.values()])
    courses = []
    for shape, draw in SHAPES.items():
        chance = generator(seed, "backtest", shape)
        since_start = since_first - chance.uniform(0.0, _LATEST_START_DAYS)
        done = [_done(chance, draw, shape, int(size), since_start) for size in sizes]
        courses.append(_counted(shape, shape, np.array(done).T, sizes))
    for number in range(SINGLE_STEPS):
        chance = generator(seed, "backtest", "single step", str(number))
        draw = (_s_curve, _slowing, _rush)[number]
        since_start = since_first - chance.uniform(0.0, _LATEST_START_DAYS)
        steps = draw(chance, len(units))[None, :] <= since_start[:, None]
        courses.append(_counted(f"single_step_{number}", "single_step", steps.astype(np.float64), np.ones(len(units))))
    is_sent = sent(seed, "varied", len(days), len(units))
    return History(f"varied-{seed}", days, forecast_days, tuple(units), tuple(courses), is_sent)


def _done(chance: Chance, draw: Callable[[Chance, int], Floats], shape: str, count: int, since_start: Floats) -> Floats:
    done = (draw(chance, count)[None, :] <= since_start[:, None]).sum(axis=1).astype(np.float64)
    return done - _lost(chance, done, since_start) if shape == "setback" else done


def _lost(chance: Chance, done: Floats, since_start: Floats) -> NDArray[np.float64]:
    """A share of what was done is undone on a day (a flood, a recount) and made good over the months after."""
    on, share, length = chance.uniform(60, 300), chance.uniform(0.02, 0.3), chance.uniform(30, 200)
    since = since_start - on
    left = np.clip(1.0 - since / length, 0.0, 1.0)
    return np.where(since >= 0, np.floor(share * left * done), 0.0)


def _counted(indicator: str, shape: str, value: Floats, sizes: NDArray[np.generic]) -> Course:
    expected = sizes.astype(np.float64)
    value_type = "flag"
    return Course(indicator, shape, value_type, value, np.broadcast_to(expected, value.shape), expected, True)
