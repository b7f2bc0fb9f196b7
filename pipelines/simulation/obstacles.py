"""Obstacles that communes raise, and when each of them is resolved."""

from __future__ import annotations

import numpy as np

from pipelines.simulation.chance import generator
from pipelines.simulation.country import Country
from pipelines.simulation.events import NEVER, Events

# Invented: an obstacle takes three weeks on average, one in twenty-five stays open for good.
_MEAN_DELAY_DAYS = 20.0
_NEVER_RESOLVED = 0.04


def resolved(country: Country, raised: Events) -> Events:
    """The day on which each obstacle raised was resolved; provinces that are less ready take longer."""
    chance = generator(country.seed, "resolved")
    slowness = np.exp(0.55 * country.readiness + 0.25 * chance.normal(size=len(country.provinces)))
    province = country.province_of[raised.unit]
    delay = np.ceil(chance.exponential(_MEAN_DELAY_DAYS, size=raised.day.size) * slowness[province])
    stays_open = chance.random(raised.day.size) < _NEVER_RESOLVED * slowness[province]
    day = np.where(stays_open | (raised.day >= NEVER), NEVER, raised.day + delay.astype(np.int64))
    return Events(raised.unit, day.astype(np.int64))
