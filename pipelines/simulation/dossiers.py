"""Dossiers in a period: how many came in, how many of them online, how many were settled on time.

These are flows: each report covers the days since the previous one, so they depend on the reporting calendar.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from pipelines.simulation.chance import generator
from pipelines.simulation.country import Country
from pipelines.simulation.events import Floats, Integers

# Dossiers a day, invented: wards serve more people than rural communes.
_A_DAY = {"phường": 58.0, "xã": 29.0, "đặc khu": 6.0}
_FIRST_DAY = date(2025, 7, 1).toordinal()
# Around Tết (17/02/2026) offices close for a week.
_QUIET_FROM, _QUIET_TO = date(2026, 2, 13).toordinal(), date(2026, 2, 23).toordinal()
_QUIET_FACTOR = 0.35


def dossiers(country: Country, first_day: int, last_day: int) -> tuple[Integers, Integers, Integers]:
    """Received, on time and online in each commune from `first_day` to `last_day`, both included."""
    chance = generator(country.seed, "dossiers", str(last_day))
    received = chance.poisson(_daily(country) * _working_weight(first_day, last_day))
    progress = (last_day - _FIRST_DAY) / 240.0
    on_time = chance.binomial(received, _share(country, "on time", 0.87, 0.09, progress))
    online = chance.binomial(received, _share(country, "online", 0.42, 0.36, progress))
    return received.astype(np.int64), on_time.astype(np.int64), online.astype(np.int64)


def _daily(country: Country) -> Floats:
    chance = generator(country.seed, "dossiers a day")
    means = np.array([_A_DAY[commune.unit_type] for commune in country.communes])
    daily: Floats = means * np.exp(chance.normal(scale=0.35, size=means.size)) * ~country.is_left_out
    return daily


def _working_weight(first_day: int, last_day: int) -> float:
    quiet = max(0, min(last_day, _QUIET_TO) - max(first_day, _QUIET_FROM) + 1)
    return (last_day - first_day + 1) - quiet * (1.0 - _QUIET_FACTOR)


def _share(country: Country, name: str, start: float, gain: float, progress: float) -> Floats:
    """A share per commune that rises with time, more slowly in provinces that are less ready."""
    chance = generator(country.seed, "dossier share", name)
    province = -0.025 * country.readiness + chance.normal(scale=0.02, size=len(country.provinces))
    commune = chance.normal(scale=0.03, size=country.province_of.size)
    shares: Floats = start + gain * min(progress, 1.2) + province[country.province_of] + commune
    return np.clip(shares, 0.05, 0.995)
