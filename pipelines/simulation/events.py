"""When things happen, one by one, so that their running count passes through given totals exactly.

Every flag set and every person placed is an event. Events are ordered by a readiness score (small is early); the
order is kept and only the calendar is stretched between the totals that must be met. A province that is slow stays
slow, and the national count is still exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

NEVER = 10**7
"""A day number beyond every calendar."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """By the end of day `on` exactly `count` events have happened, and no further one until after day `until`."""

    on: int
    until: int
    count: int
    is_published: bool = False


@dataclass(frozen=True, slots=True)
class Events:
    """Events of one indicator: position of the unit, and the day number on which it happens."""

    unit: Integers
    day: Integers

    def counts_on(self, day: int, unit_count: int) -> Integers:
        """How many events each unit has had by the end of a day."""
        return np.bincount(self.unit[self.day <= day], minlength=unit_count).astype(np.int64)


def monotone(anchors: Sequence[Anchor], event_count: int) -> tuple[Anchor, ...]:
    """Anchors in time order, with assumed ones dropped where they contradict published ones.

    Published counts win over assumed ones; of two published counts that fall, the earlier is kept and the later
    raised to it, since what has happened stays happened.
    """
    published = sorted((a for a in anchors if a.is_published), key=lambda a: a.on)
    kept: list[Anchor] = []
    for anchor in published:
        low = kept[-1].count if kept else 0
        kept.append(Anchor(anchor.on, anchor.until, min(max(anchor.count, low), event_count), True))
    for anchor in sorted((a for a in anchors if not a.is_published), key=lambda a: a.on):
        before = [a for a in kept if a.on <= anchor.on]
        after = [a for a in kept if a.until >= anchor.on]
        low = max((a.count for a in before), default=0)
        high = min((a.count for a in after), default=event_count)
        if low <= anchor.count <= high and not any(a.on <= anchor.on <= a.until for a in kept):
            kept.append(anchor)
            kept.sort(key=lambda a: a.on)
    return tuple(kept)


def event_days(scores: Floats, anchors: Sequence[Anchor], opening: int) -> Integers:
    """A day for each event, in the order of the scores, such that every anchor holds.

    `opening` is the last day before anything could happen. Events beyond the last anchor's count never happen.
    """
    days = np.full(scores.shape, NEVER, dtype=np.int64)
    order = np.argsort(scores, kind="stable")
    for before, after in pairwise((Anchor(opening, opening, 0), *anchors)):
        members = order[before.count : after.count]
        if members.size == 0:
            continue
        ranks = (np.arange(members.size) + 0.5) / members.size
        chosen = scores[members]
        width = chosen[-1] - chosen[0]
        # Half by rank, half by score: gaps in the scores stay visible as pauses, but no day gets everything.
        position = ranks if width == 0 else 0.5 * ranks + 0.5 * (chosen - chosen[0]) / width
        exact = before.until + position * (after.on - before.until)
        days[members] = np.clip(np.ceil(exact), before.until + 1, after.on).astype(np.int64)
    return days


def after_prerequisite(scores: Floats, prerequisite: Integers, anchors: Sequence[Anchor]) -> Floats:
    """Scores that put events behind those whose prerequisite is met in time for an earlier published total."""
    limits = np.array([a.on for a in anchors if a.is_published], dtype=np.int64)
    span = float(np.ptp(scores)) + 1.0
    late: Integers = np.searchsorted(limits, prerequisite, side="left").astype(np.int64)
    return scores + late * span


def not_before(days: Integers, prerequisite: Integers, anchors: Sequence[Anchor], delay: int) -> Integers:
    """Days moved to `delay` days after their prerequisite, as far as that leaves every published total standing."""
    moved = np.where(days < NEVER, np.maximum(days, prerequisite + delay), days)
    for anchor in anchors:
        if anchor.is_published:
            crossed = (days <= anchor.on) & (moved > anchor.on)
            moved = np.where(crossed, np.maximum(anchor.on, prerequisite), moved)
            days = np.where(crossed, anchor.on, days)
    return moved


def apportion(total: int, weights: Floats, caps: Integers) -> Integers:
    """Whole shares of a total in proportion to weights, none above its cap; largest remainders first."""
    shares = np.zeros(weights.shape, dtype=np.int64)
    total = min(total, int(caps.sum()))
    # Give the full ones their cap, then share the rest out again among the others, until nobody is above.
    while True:
        is_free = shares < caps
        active = np.where(is_free, np.maximum(weights, 1e-9), 0.0)
        remaining = total - int(shares.sum())
        if remaining <= 0 or not is_free.any():
            return shares
        exact = active * (remaining / active.sum())
        is_full = is_free & (exact >= caps)
        if not is_full.any():
            break
        shares[is_full] = caps[is_full]
    shares[is_free] = np.floor(exact[is_free]).astype(np.int64)
    order = np.argsort(-(exact - np.floor(exact)), kind="stable")
    order = order[shares[order] < caps[order]]
    shares[order[: total - int(shares.sum())]] += 1
    return shares
