"""The simulated country: its units in a fixed order, how ready each province is, and what has been published.

Belongs here: what every simulated indicator needs. Does not belong here: any indicator's own course.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from pipelines.form.layout import FORM
from pipelines.reference.load import Reference
from pipelines.reference.records import Commune, Province
from pipelines.simulation.assumptions import UNITS_LEFT_OUT, Course
from pipelines.simulation.chance import generator
from pipelines.simulation.events import Anchor, Floats, Integers, apportion

_PUSHED_TO_THE_END = 1000.0


@dataclass(frozen=True)
class Country:
    """Units by position: `communes[i]` belongs to `provinces[province_of[i]]`. Days are ordinals throughout."""

    reference: Reference
    seed: int
    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]
    province_of: Integers

    @cached_property
    def is_left_out(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """True for the two special zones that the published totals leave out."""
        return np.array([commune.commune_name in UNITS_LEFT_OUT for commune in self.communes])

    @cached_property
    def readiness(self) -> Floats:
        """One number per province that all its indicators share: small is early."""
        return generator(self.seed, "readiness").normal(size=len(self.provinces))

    @cached_property
    def held_back(self) -> frozenset[str]:
        """Provinces without a commune centre yet on the day for which that was published."""
        return _held_back(self)

    def counts(self, indicator: str, on: date) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which communes report an indicator at all: not where the reference expects none of the province."""
        exceptions = [self.reference.denominator_on(indicator, p.province_code, on) for p in self.provinces]
        expected = np.array([exception is None or exception.expected_count > 0 for exception in exceptions])
        mask = expected[self.province_of]
        item = self.reference.indicator(indicator)
        if item.group == "military" or (item.group == "pvhcc" and item.unit_level == "commune"):
            mask = mask & ~self.is_left_out
        return mask

    def province_position(self, province_code: str) -> int:
        """Where a province stands in the arrays."""
        return [province.province_code for province in self.provinces].index(province_code)

    def until(self, as_of: date) -> date:
        """The first reporting day that can show a figure published for a day."""
        later = [d.as_of_on for d in self.reference.reporting_days if d.form == FORM and d.as_of_on >= as_of]
        return min(later, default=as_of)

    def published(self, indicator: str, scope: str = "national") -> list[Anchor]:
        """Published totals of an indicator, each holding until the first reporting day that can show it."""
        return [
            Anchor(f.as_of.toordinal(), self.until(f.as_of).toordinal(), round(f.value), is_published=True)
            for f in self.reference.published_figures
            if f.indicator == indicator and f.scope == scope
        ]

    def scores(self, indicator: str, unit: Integers, province: Integers) -> Floats:
        """Readiness of each event: its province's, its own province's for this indicator, its unit's and its own.

        Some provinces come to a standstill half-way: a gap in the scores, which becomes a plateau in time.
        """
        chance = generator(self.seed, "scores", indicator)
        own = 0.6 * self.readiness + 0.7 * chance.normal(size=len(self.provinces))
        pace = np.exp(0.35 * chance.normal(size=len(self.provinces)))
        units = chance.normal(scale=0.7, size=int(unit.max(initial=0)) + 1)
        inner = pace[province] * (units[unit] + chance.normal(scale=0.45, size=unit.size))
        stands_still = chance.random(len(self.provinces)) < 0.25
        pause = np.where(stands_still, chance.uniform(0.5, 1.1, len(self.provinces)), 0.0)
        scores: Floats = own[province] + inner + np.where(inner > 0.1, pause[province], 0.0)
        item = self.reference.indicator(indicator)
        for position, unit_province in enumerate(self.provinces):
            if item.group == "pvhcc" and unit_province.province_code in self.held_back:
                scores[province == position] += _PUSHED_TO_THE_END
            if item.unit_level == "province" and item.group == "pvhcc" and unit_province.has_single_tier_centre:
                scores[province == position] -= _PUSHED_TO_THE_END
        return scores

    def capacities(self, indicator: str, course: Course, on: date) -> Integers:
        """How many events each commune can have in the end: 1 for a flag, an uneven share of the total for a count."""
        item = self.reference.indicator(indicator)
        counts = self.counts(indicator, on)
        if item.value_type == "flag":
            return counts.astype(np.int64)
        chance = generator(self.seed, "capacities", indicator)
        is_ward = np.array([commune.unit_type == "phường" for commune in self.communes])
        weights = np.exp(chance.normal(scale=0.35, size=len(self.communes)))
        weights = weights * np.exp(chance.normal(scale=0.3, size=len(self.provinces)))[self.province_of]
        weights = np.where(is_ward, course.ward_factor, 1.0) * np.where(counts, weights, 0.0)
        most = course.at_most if item.upper is None else min(course.at_most, int(item.upper))
        caps = np.where(counts, most, 0).astype(np.int64)
        highest = max((anchor.count for anchor in self.published(indicator)), default=0)
        total = max(round(course.per_commune * int(counts.sum())), round(1.1 * highest))
        shares = apportion(total, weights, caps)
        for position, province in enumerate(self.provinces):
            figures = self.published(indicator, f"province:{province.province_code}")
            needed = round(1.15 * max((anchor.count for anchor in figures), default=0))
            members = self.province_of == position
            if needed > shares[members].sum():
                shares[members] = apportion(needed, weights[members], caps[members])
        return shares


def make_country(reference: Reference, seed: int, on: date) -> Country:
    """The registry of a day, in the order of the codes."""
    provinces = tuple(sorted(reference.provinces_on(on).values(), key=lambda p: p.province_code))
    communes = tuple(sorted(reference.communes_on(on).values(), key=lambda c: c.commune_code))
    position = {province.province_code: n for n, province in enumerate(provinces)}
    province_of = np.array([position[commune.province_code] for commune in communes], dtype=np.int64)
    return Country(reference, seed, provinces, communes, province_of)


def assumed(course: Course, event_count: int) -> list[Anchor]:
    """An assumed course as totals of so many events."""
    days = [(day.toordinal(), round(share * event_count)) for day, share in course.reached]
    return [Anchor(day, day, count) for day, count in days]


def _held_back(country: Country) -> frozenset[str]:
    """Which provinces have no commune centre while "3,127 in 32 provinces" holds, chosen so that both fit.

    The rest of the country must be able to hold the published number of centres, so only provinces that are small
    enough come into question.
    """
    indicator = "pvhcc_commune_established"
    chosen: list[str] = []
    for figure in country.reference.published_figures:
        if figure.indicator != indicator or figure.scope != "national_province_count":
            continue
        counts = country.counts(indicator, figure.as_of)
        sizes = np.bincount(country.province_of[counts], minlength=len(country.provinces))
        totals = [f.count for f in country.published(indicator) if f.on == figure.as_of.toordinal()]
        spare = int(sizes.sum()) - max(totals, default=0)
        missing = int((sizes > 0).sum()) - round(figure.value)
        order = generator(country.seed, "held back").permutation(len(country.provinces))
        chosen.extend(_that_fit(country.provinces, sizes, order, missing, spare))
    return frozenset(chosen)


def _that_fit(provinces: Sequence[Province], sizes: Integers, order: Integers, missing: int, spare: int) -> list[str]:
    chosen: list[str] = []
    for position in sorted(order.tolist(), key=lambda p: sizes[p] * missing > spare):
        if len(chosen) == missing:
            break
        if 0 < sizes[position] <= spare:
            chosen.append(provinces[position].province_code)
            spare -= int(sizes[position])
    return chosen
