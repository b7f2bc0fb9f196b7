"""Setbacks: something that was in order and is not for a while, with the remark that a careful reporter adds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.simulation.chance import generator
from pipelines.simulation.country import Country
from pipelines.simulation.events import Integers

# Indicator, days from and to, share of the province's communes, remark. No published figure rests on these.
_PLANS = (
    (
        "network_stable",
        date(2025, 10, 25),
        date(2025, 12, 10),
        0.2,
        "Đường truyền hư hỏng do mưa lũ, đang khắc phục",
    ),
    (
        "office_adequate",
        date(2026, 1, 10),
        date(2026, 6, 30),
        0.08,
        "Trụ sở xuống cấp, đã rà soát lại, chưa bảo đảm",
    ),
)


@dataclass(frozen=True, slots=True)
class Setback:
    """Communes by position whose flag is 0 from one day to another."""

    indicator: str
    from_day: int
    to_day: int
    communes: Integers
    remark: str

    def is_in_force(self, day: int) -> bool:
        """Whether the setback shows in a report of that day."""
        return self.from_day <= day <= self.to_day

    def apply(self, values: dict[str, Integers], day: int) -> None:
        """Set the flags of the communes to 0 while the setback is in force."""
        if self.indicator in values and self.is_in_force(day):
            flags = values[self.indicator].copy()
            flags[self.communes] = 0
            values[self.indicator] = flags


def make_setbacks(country: Country) -> tuple[Setback, ...]:
    """Each setback hits communes of one province, drawn by the seed."""
    setbacks = []
    for indicator, from_on, to_on, share, remark in _PLANS:
        chance = generator(country.seed, "setback", indicator)
        members = np.flatnonzero(country.province_of == chance.integers(len(country.provinces)))
        chosen = chance.choice(members, size=max(2, round(share * members.size)), replace=False)
        setbacks.append(Setback(indicator, from_on.toordinal(), to_on.toordinal(), np.sort(chosen), remark))
    return tuple(setbacks)
