"""Indicators that grow event by event: commune flags, people placed one by one, provincial flags.

Belongs here: the same way for all of them. Does not belong here: figures (`assumptions.py`, published figures), or
indicators that follow their own logic (`staffing.py`, `dossiers.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.simulation.assumptions import OPENING, PREREQUISITE_DELAY_DAYS, SAME_ORDER, Course
from pipelines.simulation.country import Country, assumed
from pipelines.simulation.events import (
    NEVER,
    Anchor,
    Events,
    Floats,
    Integers,
    after_prerequisite,
    event_days,
    monotone,
    not_before,
)

_OPENING_DAY = OPENING.toordinal()


def commune_events(
    country: Country,
    indicator: str,
    course: Course,
    capacities: Integers,
    *,
    derived: Sequence[Anchor] = (),
    prerequisites: Sequence[Events] = (),
) -> Events:
    """Events of a commune indicator; `derived` are totals that follow from published figures of other indicators."""
    unit = np.repeat(np.arange(capacities.size), capacities)
    province = country.province_of[unit]
    scores = country.scores(indicator, unit, province)
    needed = _prerequisite_days(unit, prerequisites) if prerequisites else None
    days = _days(country, indicator, course, scores, province, derived, needed)
    return Events(unit, days)


def provincial_events(country: Country, indicator: str, course: Course, prerequisites: Sequence[Events] = ()) -> Events:
    """Events of a provincial flag: one for each province."""
    unit = np.arange(len(country.provinces))
    scores = country.scores(SAME_ORDER.get(indicator, indicator), unit, unit)
    needed = _prerequisite_days(unit, prerequisites) if prerequisites else None
    return Events(unit, _days(country, indicator, course, scores, unit, (), needed))


def _days(
    country: Country,
    indicator: str,
    course: Course,
    scores: Floats,
    province: Integers,
    derived: Sequence[Anchor],
    needed: Integers | None,
) -> Integers:
    """Provinces with published figures of their own first; the rest of the country makes up the national totals."""
    days = np.full(scores.shape, NEVER, dtype=np.int64)
    is_fixed = np.zeros(scores.shape, dtype=np.bool_)
    for position, unit in enumerate(country.provinces):
        figures = country.published(indicator, f"province:{unit.province_code}")
        if not figures:
            continue
        members = province == position
        count = int(members.sum())
        anchors = monotone([*figures, *assumed(course, count)], count)
        days[members] = _placed(scores[members], anchors, None if needed is None else needed[members])
        is_fixed |= members
    rest = ~is_fixed
    national = [*country.published(indicator), *derived, *assumed(course, scores.size)]
    residual = [
        Anchor(a.on, a.until, max(0, a.count - int((days[is_fixed] <= a.until).sum())), a.is_published)
        for a in national
    ]
    anchors = monotone(residual, int(rest.sum()))
    days[rest] = _placed(scores[rest], anchors, None if needed is None else needed[rest])
    return days


def _placed(scores: Floats, anchors: Sequence[Anchor], needed: Integers | None) -> Integers:
    if needed is None:
        return event_days(scores, anchors, _OPENING_DAY)
    days = event_days(after_prerequisite(scores, needed, anchors), anchors, _OPENING_DAY)
    return not_before(days, needed, anchors, PREREQUISITE_DELAY_DAYS)


def _prerequisite_days(unit: Integers, prerequisites: Sequence[Events]) -> Integers:
    """The day on which the last of the prerequisite flags of each unit is set; NEVER where it lacks one."""
    latest = np.zeros(int(unit.max(initial=0)) + 1, dtype=np.int64)
    for prerequisite in prerequisites:
        by_unit = np.full(latest.size, NEVER, dtype=np.int64)
        known = prerequisite.unit < by_unit.size
        by_unit[prerequisite.unit[known]] = prerequisite.day[known]
        latest = np.maximum(latest, by_unit)
    return latest[unit]
