"""Posts allocated and staff present in each commune, on any day.

Published totals hold: the country's staff on 30/09/2025, An Giang's posts, Hà Tĩnh's staff. Published sources use
different baselines (Hà Tĩnh's 2,697 are called 243 above a central frame, An Giang's posts include the military
command): here staff present never exceed the posts allocated, so such a surplus is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.simulation.chance import generator
from pipelines.simulation.country import Country
from pipelines.simulation.events import Anchor, Floats, Integers, apportion

# Posts that a commune of each kind has on average before its province's own level is applied.
_POSTS = {"phường": 66.0, "xã": 60.0, "đặc khu": 45.0}
_POSTS_LEFT_OUT = 7.0
# Staff present per post, in the country, on the day of the published total; invented.
_FILLED_SHARE = 0.932
# Knots of the course: people leave until September, then posts are filled again.
_KNOTS = tuple(
    date.fromisoformat(day).toordinal()
    for day in ("2025-07-01", "2025-09-30", "2025-12-31", "2026-02-25", "2026-12-31")
)
_SHIFTS = (0.012, 0.0, 0.018, 0.03, 0.045)
_HIGHEST_SHARE = 0.995


@dataclass(frozen=True)
class Staffing:
    """Posts per commune, and per province the staff present as straight lines between knots (day, head count)."""

    country: Country
    allocated: Integers
    courses: tuple[tuple[tuple[int, float], ...], ...]

    def present_on(self, day: int) -> Integers:
        """Staff present in each commune; communes of a province drift apart slowly."""
        chance = generator(self.country.seed, "staff spread")
        level, drift = chance.normal(scale=0.04, size=(2, self.allocated.size))
        elapsed = (day - _KNOTS[0]) / 240.0
        weights = self.allocated * np.exp(level + drift * elapsed)
        present = np.zeros_like(self.allocated)
        for position, course in enumerate(self.courses):
            members = self.country.province_of == position
            days, heads = zip(*course, strict=True)
            total = round(float(np.interp(day, days, heads)))
            present[members] = apportion(total, weights[members], self.allocated[members])
        return present

    def trainable(self) -> Integers:
        """How many a commune can train in the end and never exceed the staff present on any day."""
        lowest = np.minimum.reduce([self.present_on(day) for day in _KNOTS])
        trainable: Integers = np.floor(0.92 * lowest).astype(np.int64)
        return trainable


def make_staffing(country: Country) -> Staffing:
    """Posts first, then each province's course, scaled so that the published national total is met exactly."""
    posts = _posts(country)
    national = max(country.published("staff_present"), key=lambda a: a.on, default=None)
    sizes = np.bincount(country.province_of, weights=posts, minlength=len(country.provinces))
    shares = _filled_shares(country)
    fixed = {
        position: figures[0]
        for position, unit in enumerate(country.provinces)
        if (figures := country.published("staff_present", f"province:{unit.province_code}"))
    }
    courses = [_course(sizes[position] * shares[position]) for position in range(len(country.provinces))]
    for position, anchor in fixed.items():
        courses[position] = _fixed_course(anchor, sizes[position] * shares[position, 1])
    if national is not None:
        courses = _scaled(courses, national, fixed)
    return Staffing(country, posts, tuple(courses))


def _posts(country: Country) -> Integers:
    """Posts per commune: published province totals exactly, the rest so that the country is filled as assumed."""
    chance = generator(country.seed, "posts")
    means = np.array([_POSTS[commune.unit_type] for commune in country.communes])
    weights = means * np.exp(chance.normal(scale=0.13, size=means.size))
    weights = weights * np.exp(chance.normal(scale=0.1, size=len(country.provinces)))[country.province_of]
    weights = np.where(country.is_left_out, _POSTS_LEFT_OUT, weights)
    totals: dict[int, int] = {}
    for position, unit in enumerate(country.provinces):
        scope = f"province:{unit.province_code}"
        for anchor in country.published("staff_allocated", scope):
            totals[position] = anchor.count
        for anchor in country.published("staff_present", scope):
            totals.setdefault(position, round(anchor.count / (_FILLED_SHARE + 0.02)))
    national = max((anchor.count for anchor in country.published("staff_present")), default=0)
    wanted = round(national / _FILLED_SHARE) if national else round(float(weights.sum()))
    posts = np.zeros(means.size, dtype=np.int64)
    caps = np.full(means.size, 190, dtype=np.int64)
    is_free = ~np.isin(country.province_of, list(totals))
    posts[is_free] = apportion(wanted - sum(totals.values()), weights[is_free], caps[is_free])
    for position, total in totals.items():
        members = country.province_of == position
        posts[members] = apportion(total, weights[members], caps[members])
    return np.maximum(posts, 1)


def _filled_shares(country: Country) -> Floats:
    """Share of posts filled, one row per province, one column per knot: each falls and rises in its own way."""
    chance = generator(country.seed, "filled shares")
    count = len(country.provinces)
    level = _FILLED_SHARE - 0.015 * country.readiness + chance.normal(scale=0.015, size=count)
    wobble = chance.normal(scale=0.006, size=(count, len(_KNOTS)))
    shares: Floats = np.minimum(level[:, None] + np.array(_SHIFTS) + wobble, _HIGHEST_SHARE)
    return shares


def _course(heads: Floats) -> tuple[tuple[int, float], ...]:
    return tuple(zip(_KNOTS, heads.tolist(), strict=True))


def _fixed_course(anchor: Anchor, in_september: float) -> tuple[tuple[int, float], ...]:
    """As published until its reporting day, then on towards the province's own level."""
    count = float(anchor.count)
    ahead = [(knot, count + (in_september - count) * 0.5 + 8.0 * n) for n, knot in enumerate(_KNOTS)]
    return ((_KNOTS[0], count), (anchor.until, count), *((day, heads) for day, heads in ahead if day > anchor.until))


def _scaled(
    courses: list[tuple[tuple[int, float], ...]], national: Anchor, fixed: dict[int, Anchor]
) -> list[tuple[tuple[int, float], ...]]:
    """Courses of the free provinces moved so that all heads, rounded by province, add up to the published total."""

    def at(position: int) -> float:
        days, heads = zip(*courses[position], strict=True)
        return float(np.interp(national.until, days, heads))

    free = [position for position in range(len(courses)) if position not in fixed]
    open_total = national.count - sum(round(at(position)) for position in fixed)
    now = np.array([at(position) for position in free])
    wanted = apportion(open_total, now, np.full(now.size, national.count, dtype=np.int64))
    for position, current, target in zip(free, now.tolist(), wanted.tolist(), strict=True):
        courses[position] = tuple((day, heads * target / current) for day, heads in courses[position])
    return courses
