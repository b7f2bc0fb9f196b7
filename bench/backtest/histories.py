"""Whole courses of many indicators in every province, on the reporting days of a year and a half: what is forecast.

A history holds the values that provinces would have reported, day by day. Half of the histories are those of the
product's own simulation (`simulator`), the others are drawn here (`shapes.py`), so that nothing rests on one idea of
how work proceeds. Some reports are missing in all of them; a value then holds until the next report.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.form.layout import FORM
from pipelines.reference.load import Reference
from pipelines.reference.records import Indicator
from pipelines.simulation.assumptions import OPENING
from pipelines.simulation.chance import generator
from pipelines.simulation.country import make_country
from pipelines.simulation.histories import Histories, make_histories

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
COUNTED = ("one_per_commune", "all_provinces")
_MONTHS_AFTER = 18
_MISSING_SHARES = (0.0, 0.25)
"""A province leaves out a share of its reports drawn from this range."""


@dataclass(frozen=True)
class Course:
    """One indicator in all provinces. `value` and `target`: (day, province), NaN where the province reports none.

    `expected`: units that count, by province. `shape` names the kind of course; a flag of a province is a single step.
    """

    indicator: str
    shape: str
    value_type: str
    value: Floats
    target: Floats
    expected: Floats
    is_counted: bool


@dataclass(frozen=True)
class History:
    """Courses that belong together: one draw of chance. `is_sent`: (day, province), whether a report was sent.

    Forecasts are made on `forecast_days`, the first of `days`; the others only show how things ended.
    """

    name: str
    days: tuple[date, ...]
    forecast_days: tuple[date, ...]
    provinces: tuple[str, ...]
    courses: tuple[Course, ...]
    is_sent: Flags

    def province_rows(self) -> pa.Table:
        """The rows that `marts.province_progress` would hold, with the columns that the forecast reads."""
        parts = [self._rows(course) for course in self.courses]
        return pa.concat_tables(parts)

    def _rows(self, course: Course) -> pa.Table:
        days, provinces = self.is_sent.shape
        sent_day = _newest_sent(self.is_sent & ~np.isnan(course.value))
        has_value = sent_day >= 0
        value = np.where(has_value, np.take_along_axis(course.value, np.maximum(sent_day, 0), axis=0), np.nan)
        target = np.where(has_value, np.take_along_axis(course.target, np.maximum(sent_day, 0), axis=0), np.nan)
        target = course.target if course.is_counted else target
        expected = np.broadcast_to(course.expected, (days, provinces))
        ordinals = np.array([day.toordinal() for day in self.days])
        reported_on = np.where(has_value, ordinals[np.maximum(sent_day, 0)], -1)
        is_new = sent_day == np.arange(days)[:, None]
        reported = np.where(has_value, expected, 0.0)
        is_wanted = (expected > 0).ravel()
        columns = {
            "province_code": np.tile(np.array(self.provinces), days),
            "as_of_on": _dates(np.repeat(ordinals, provinces)),
            "value": _floats(value),
            "target": _floats(target),
            "progress_pct": _floats(100.0 * value / np.where(target == 0, np.nan, target)),
            "reported_unit_count": reported.ravel().astype(np.int64),
            "expected_unit_count": expected.ravel().astype(np.int64),
            "target_unit_count": (expected if course.is_counted else reported).ravel().astype(np.int64),
            "stale_unit_count": np.where(is_new, 0.0, reported).ravel().astype(np.int64),
            "last_reported_on": _dates(reported_on.ravel()),
        }
        rows = pa.table(columns).filter(pa.array(is_wanted))
        rows = rows.append_column("indicator", pa.array([course.indicator] * rows.num_rows))
        return rows.append_column("origin", pa.array(["simulated"] * rows.num_rows))


def reporting_days(reference: Reference) -> tuple[date, ...]:
    """Every day of the reporting calendar: on these, forecasts are made."""
    return tuple(item.as_of_on for item in reference.reporting_days if item.form == FORM)


def days_after(days: Sequence[date]) -> tuple[date, ...]:
    """The days on which reports go on after the last forecast, so that hardly a case stays open."""
    last = days[-1]
    months = [(last.year + (last.month + n) // 12, (last.month + n) % 12 + 1) for n in range(_MONTHS_AFTER)]
    ends = [date(year, month, monthrange(year, month)[1]) for year, month in months]
    return tuple(day for end in ends for day in (end.replace(day=15), end))


def sent(seed: int, name: str, days: int, provinces: int) -> Flags:
    """Which reports are sent at all: some provinces never miss one, others miss a quarter."""
    chance = generator(seed, "backtest", name, "sent")
    missing = chance.uniform(*_MISSING_SHARES, size=provinces)
    return np.asarray(chance.random((days, provinces)) >= missing)


def simulated(reference: Reference, seed: int, pace: float = 1.0) -> History:
    """The product's own simulation: what its provinces would report, without the workbooks.

    At another `pace` the calendar is stretched: the simulation's days all have the same published totals, and nothing
    should be learnt from these.
    """
    forecast_days = reporting_days(reference)
    days = (*forecast_days, *days_after(forecast_days))
    country = make_country(reference, seed, days[0])
    histories = make_histories(country)
    at = [OPENING + timedelta(days=round(pace * (day - OPENING).days)) for day in days]
    values = [_totals(histories, day, before) for day, before in zip(at, _days_before(at), strict=True)]
    items = [i for i in reference.reported_indicators if i.target_rule != "none" and not i.is_period_count]
    shape = "simulator" if pace == 1.0 else "simulator_other_pace"
    courses = [_course(reference, histories, item, values, days) for item in items]
    measured = tuple(replace(course, shape=shape) for course in courses if course.expected.any())
    codes = tuple(province.province_code for province in country.provinces)
    is_sent = sent(seed, "simulator", len(days), len(codes))
    return History(f"{shape}-{seed}", days, forecast_days, codes, measured, is_sent)


def _days_before(days: Sequence[date]) -> list[date]:
    return [days[0] - timedelta(days=15), *days[:-1]]


def _totals(histories: Histories, day: date, before: date) -> dict[str, Floats]:
    """Sum over each province's units, by indicator."""
    country = histories.country
    count = len(country.provinces)
    totals: dict[str, Floats] = {}
    for name, given in histories.commune_values(before.toordinal() + 1, day.toordinal()).items():
        known = given >= 0
        totals[name] = np.bincount(country.province_of[known], weights=given[known], minlength=count)
    for name, given in histories.provincial_values(day.toordinal()).items():
        totals[name] = np.where(given >= 0, given, np.nan).astype(np.float64)
    return totals


def _course(
    reference: Reference, histories: Histories, item: Indicator, values: list[dict[str, Floats]], days: tuple[date, ...]
) -> Course:
    country = histories.country
    if item.unit_level == "commune":
        counts = country.counts(item.indicator, days[0])
        expected = np.bincount(country.province_of[counts], minlength=len(country.provinces)).astype(np.float64)
    else:
        given = [reference.expected_count_on(item.indicator, p.province_code, days[0]) for p in country.provinces]
        expected = np.array(given, dtype=np.float64)
    value = np.array([of_day[item.indicator] for of_day in values])
    is_counted = item.target_rule in COUNTED
    target = (
        np.broadcast_to(expected, value.shape)
        if is_counted
        else np.array([of_day[item.target_rule] for of_day in values])
    )
    return Course(item.indicator, "simulator", item.value_type, value, target, expected, is_counted)


def _newest_sent(is_sent: Flags) -> NDArray[np.int64]:
    """Position of the newest report by each day, -1 before the first."""
    positions = np.where(is_sent, np.arange(is_sent.shape[0])[:, None], -1)
    return np.maximum.accumulate(positions, axis=0).astype(np.int64)


def _floats(values: Floats) -> pa.Array:
    flat = values.ravel()
    return pa.array(flat, mask=np.isnan(flat))


def _dates(ordinals: NDArray[np.int64]) -> pa.Array:
    since_1970 = ordinals - date(1970, 1, 1).toordinal()
    return pa.array(since_1970.astype(np.int32), type=pa.int32(), mask=ordinals < 0).cast(pa.date32())
