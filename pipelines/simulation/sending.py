"""Who sends which report when: mostly in time, some late, a few not at all, a few once more with a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from pipelines.form.layout import FORM
from pipelines.reference.load import Reference
from pipelines.simulation.chance import generator
from pipelines.simulation.country import Country

# Invented habits; a province's own lateness is drawn around the first.
_LATE_SHARE = 0.08
_MISSING_SHARE = 0.025
_CORRECTED_SHARE = 0.05
_LATE_DAYS = (3, 13)
# Of the last day's reports so many come too late for the last night, and so many not at all.
_LAST_DAY_LATE, _LAST_DAY_MISSING = 2, 1
_DAYS_TO_SEND = 2


@dataclass(frozen=True, slots=True)
class Sending:
    """One file on its way; `province` and `day` are positions. Revision 1 of a corrected report holds mistakes."""

    province: int
    day: int
    sent_at: datetime
    revision: int
    is_corrected_later: bool


def due_dates(reference: Reference, days: Sequence[date]) -> dict[date, date]:
    """Last day on which each report is in time; for days outside the calendar the usual two days later."""
    calendar = {d.as_of_on: d.due_on for d in reference.reporting_days if d.form == FORM}
    return {day: calendar.get(day, day + timedelta(days=_DAYS_TO_SEND)) for day in days}


def quiet_provinces(country: Country, day_count: int) -> tuple[int, ...]:
    """Positions of the provinces whose last report comes late (all but the last of them) or never (the last)."""
    if day_count < 3:
        return ()
    order = np.argsort(-_lateness(country), kind="stable")[: _LAST_DAY_LATE + _LAST_DAY_MISSING]
    return tuple(int(position) for position in order)


def plan_sending(country: Country, days: Sequence[date], due: Mapping[date, date]) -> list[Sending]:
    """All files of all provinces, by day and province.

    Nobody misses a day on which a published total can first be shown, and of all days but the last everything is
    there by the last due day: the newest figures then rest on what they should.
    """
    quiet = quiet_provinces(country, len(days))
    lateness = _lateness(country)
    shown = {country.until(figure.as_of) for figure in country.reference.published_figures}
    plan: list[Sending] = []
    for day, as_of in enumerate(days):
        is_last = day == len(days) - 1
        latest = None if is_last else datetime.combine(due[days[-1]], time(17, 30))
        for province in range(len(country.provinces)):
            chance = generator(country.seed, "sending", as_of.isoformat(), country.provinces[province].province_code)
            draw = chance.random()
            is_late, is_missing = draw < lateness[province], draw > 1.0 - _MISSING_SHARE
            if is_last and quiet:
                is_late, is_missing = province in quiet[:_LAST_DAY_LATE], province in quiet[_LAST_DAY_LATE:]
            if is_missing and (is_last or (day < len(days) - 2 and as_of not in shown)):
                continue
            sent_at = _sent_at(chance, as_of, due[as_of], is_late)
            sent_at = sent_at if latest is None else min(sent_at, latest)
            plan.extend(_with_correction(chance, Sending(province, day, sent_at, 1, False), is_late, due[as_of]))
    return plan


def _lateness(country: Country) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    chance = generator(country.seed, "lateness")
    level = 0.4 * country.readiness + chance.normal(scale=0.7, size=len(country.provinces))
    return np.clip(_LATE_SHARE * np.exp(level), 0.01, 0.4)


def _sent_at(chance: np.random.Generator, as_of: date, due: date, is_late: bool) -> datetime:
    """A working hour on one of the days that are left, or some days after the last of them."""
    if is_late:
        sent_on = due + timedelta(days=int(chance.integers(*_LATE_DAYS)))
        return datetime.combine(sent_on, time(8)) + timedelta(minutes=int(chance.integers(0, 540)))
    wait = int(chance.integers(0, max(1, (due - as_of).days + 1)))
    # On the day that the report describes, figures are ready in the afternoon at the earliest.
    opening, minutes = (time(15), 150) if wait == 0 else (time(8), 570)
    return datetime.combine(as_of + timedelta(days=wait), opening) + timedelta(minutes=int(chance.integers(0, minutes)))


def _with_correction(chance: np.random.Generator, sending: Sending, is_late: bool, due: date) -> list[Sending]:
    """Some of the punctual files hold a mistake and are put right before the reports are due."""
    if is_late or chance.random() >= _CORRECTED_SHARE:
        return [sending]
    closing = datetime.combine(due, time(22))
    corrected_at = min(sending.sent_at + timedelta(minutes=int(chance.integers(60, 2000))), closing)
    original = Sending(sending.province, sending.day, sending.sent_at, 1, True)
    return [original, Sending(sending.province, sending.day, corrected_at, 2, False)]
