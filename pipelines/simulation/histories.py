"""The course of every reported indicator, and its values on any day.

An indicator without an assumption of its own follows a fallback for its type, so a new line in `indicators.csv` is
simulated without a change here. Values are whole numbers; BLANK stands for "not reported".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pipelines.reference.records import Indicator
from pipelines.simulation import assumptions
from pipelines.simulation.chance import generator
from pipelines.simulation.country import Country
from pipelines.simulation.dossiers import dossiers
from pipelines.simulation.events import NEVER, Anchor, Events, Integers
from pipelines.simulation.growth import commune_events, provincial_events
from pipelines.simulation.obstacles import resolved
from pipelines.simulation.setbacks import Setback, make_setbacks
from pipelines.simulation.staffing import Staffing, make_staffing

BLANK = -1
_LONGEST_LEAD_DAYS = 10


@dataclass(frozen=True)
class Histories:
    """`events` by indicator, at both levels; `first_need` holds what gaps are counted down from."""

    country: Country
    staffing: Staffing
    events: Mapping[str, Events]
    first_need: Mapping[str, Integers]
    posts_required: Integers
    to_review: Integers
    reviewed_share: Mapping[int, tuple[float, ...]]
    setbacks: tuple[Setback, ...]

    def commune_values(self, first_day: int, day: int) -> dict[str, Integers]:
        """Every commune indicator at the end of `day`; flows cover the days from `first_day`."""
        received, on_time, online = dossiers(self.country, first_day, day)
        values = {
            "staff_allocated": self.staffing.allocated,
            "staff_present": self.staffing.present_on(day),
            "military_posts_required": self.posts_required,
            "dossiers_received": received,
            "dossiers_on_time": on_time,
            "dossiers_online": online,
        }
        count = len(self.country.communes)
        items = [i for i in self.country.reference.reported_indicators if i.unit_level == "commune"]
        for item in items:
            if item.indicator in self.events:
                happened = self.events[item.indicator].counts_on(day, count)
                need = self.first_need.get(item.indicator)
                values[item.indicator] = happened if need is None else need - happened
        for setback in self.setbacks:
            setback.apply(values, day)
        for item in items:
            if item.sum_of:
                values[item.indicator] = np.sum([values[part] for part in item.sum_of], axis=0)
        return {item.indicator: self._reported(item, values, day) for item in items}

    def provincial_values(self, day: int) -> dict[str, Integers]:
        """Every provincial indicator at the end of `day`."""
        count = len(self.country.provinces)
        values: dict[str, Integers] = {}
        for item in self.country.reference.reported_indicators:
            if item.unit_level != "province":
                continue
            if item.indicator in self.events:
                values[item.indicator] = self.events[item.indicator].counts_on(day, count)
            elif item.target_rule in values:
                values[item.indicator] = np.floor(self._reviewed(day) * values[item.target_rule]).astype(np.int64)
            else:
                values[item.indicator] = self.to_review
        return values

    def _reviewed(self, day: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        days = list(self.reviewed_share)
        table = np.array(list(self.reviewed_share.values()))
        return np.array([np.interp(day, days, table[:, position]) for position in range(table.shape[1])])

    def _reported(self, item: Indicator, values: Mapping[str, Integers], day: int) -> Integers:
        """Within the bounds, not above the indicator that it is measured against, blank where it does not apply."""
        given = values[item.indicator]
        if item.target_rule in values:
            given = np.minimum(given, values[item.target_rule])
        lower = None if item.lower is None else int(item.lower)
        upper = None if item.upper is None else int(item.upper)
        applies = self.country.counts(item.indicator, date.fromordinal(day))
        return np.where(applies, np.clip(given, lower, upper), BLANK)


def make_histories(country: Country) -> Histories:
    """Draw every course once; all days are read off these."""
    staffing = make_staffing(country)
    events: dict[str, Events] = {}
    first_need: dict[str, Integers] = {}
    for item in country.reference.reported_indicators:
        if item.sum_of or item.indicator in _DRAWN_OTHERWISE:
            continue
        needed = assumptions.PREREQUISITES.get(item.indicator, ())
        prerequisites = [events[code] for code in needed if code in events]
        if item.unit_level == "commune":
            course, capacities = _course_and_capacities(country, staffing, item)
            derived = _implied_technical_staff(country) if item.indicator == "military_technical_staff" else []
            events[item.indicator] = commune_events(
                country, item.indicator, course, capacities, derived=derived, prerequisites=prerequisites
            )
            if item.indicator in assumptions.GAP_COURSES:
                first_need[item.indicator] = capacities
        elif item.value_type == "flag":
            course = assumptions.PROVINCE_COURSES.get(item.indicator, assumptions.FALLBACK_FLAG)
            events[item.indicator] = provincial_events(country, item.indicator, course, prerequisites)
    events["obstacles_resolved"] = resolved(country, events["obstacles_raised"])
    events["military_officers_transferred"] = _transfers(country, events)
    return Histories(
        country,
        staffing,
        events,
        first_need,
        _posts_required(country, events),
        generator(country.seed, "to review").integers(*assumptions.PROCEDURES_TO_REVIEW, len(country.provinces)),
        _reviewed_shares(country),
        make_setbacks(country),
    )


_DRAWN_OTHERWISE = frozenset(
    {
        "staff_allocated",
        "staff_present",
        "military_posts_required",
        "military_officers_transferred",
        "dossiers_received",
        "dossiers_on_time",
        "dossiers_online",
        "obstacles_resolved",
    }
)


def _course_and_capacities(
    country: Country, staffing: Staffing, item: Indicator
) -> tuple[assumptions.Course, Integers]:
    """How a commune indicator grows, and how far in each commune; training can't reach more than the staff present."""
    courses = {**assumptions.COMMUNE_COURSES, **assumptions.GAP_COURSES}
    fallback = assumptions.FALLBACK_FLAG if item.value_type == "flag" else assumptions.FALLBACK_COUNT
    course = courses.get(item.indicator, fallback)
    if item.target_rule == "staff_present":
        return course, staffing.trainable()
    return course, country.capacities(item.indicator, course, assumptions.OPENING + timedelta(days=1))


def _parts(country: Country) -> tuple[str, ...]:
    return country.reference.indicator("military_posts_filled").sum_of


def _implied_technical_staff(country: Country) -> list[Anchor]:
    """What the published transfers leave for technical staff.

    13,400 transferred are published as about 8,800 officers and over 4,600 professional soldiers; the four officer
    posts add up to 8,779, so the rest, 4,621, is taken for the technical staff. An inference.
    """
    others = [part for part in _parts(country) if part != "military_technical_staff"]
    implied = []
    for transferred in country.published("military_officers_transferred"):
        known = [a.count for part in others for a in country.published(part) if a.on == transferred.on]
        if len(known) == len(others):
            count = transferred.count - sum(known)
            implied.append(Anchor(transferred.on, transferred.until, count, is_published=True))
    return implied


def _transfers(country: Country, events: Mapping[str, Events]) -> Events:
    """Each post is filled by somebody transferred up to ten days before, not across a published total."""
    unit = np.concatenate([events[part].unit for part in _parts(country)])
    day = np.concatenate([events[part].day for part in _parts(country)])
    lead = generator(country.seed, "transfer lead").integers(0, _LONGEST_LEAD_DAYS, day.size)
    earlier = np.where(day < NEVER, np.maximum(day - lead, assumptions.OPENING.toordinal() + 1), day)
    for anchor in country.published("military_officers_transferred"):
        earlier = np.where(day > anchor.until, np.maximum(earlier, anchor.until + 1), earlier)
    return Events(unit, earlier)


def _posts_required(country: Country, events: Mapping[str, Events]) -> Integers:
    """Every post that could ever be filled is required."""
    posts = np.zeros(len(country.communes), dtype=np.int64)
    for part in _parts(country):
        posts += np.bincount(events[part].unit, minlength=posts.size)
    return posts


def _reviewed_shares(country: Country) -> dict[int, tuple[float, ...]]:
    """Share of procedures reviewed by each day and province: some finish, some stay far behind."""
    chance = generator(country.seed, "reviewed")
    lag = 0.5 * country.readiness + 0.5 * chance.normal(size=len(country.provinces))
    shares: dict[int, tuple[float, ...]] = {assumptions.OPENING.toordinal(): (0.0,) * len(lag)}
    floor = np.zeros(len(lag))
    for day, share in assumptions.PROCEDURES_REVIEWED.reached:
        odds = np.log((share + 0.01) / (1.01 - share)) - 1.1 * lag
        floor = np.maximum(floor, np.minimum(1.0, 1.04 / (1.0 + np.exp(-odds))))
        shares[day.toordinal()] = tuple(floor.tolist())
    return shares
