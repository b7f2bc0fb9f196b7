"""What every province would have to report on every simulated day, and that as filled-in forms.

Belongs here: values read off the histories, with evidence and remarks. Does not belong here: who sends what when
(`sending.py`), or what goes wrong (`mess.py`).
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from pipelines.form.values import FormValues
from pipelines.reference.load import Reference
from pipelines.simulation.assumptions import OPENING
from pipelines.simulation.chance import generator
from pipelines.simulation.country import Country, make_country
from pipelines.simulation.events import Integers
from pipelines.simulation.histories import BLANK, Histories, make_histories

_SINGLE_TIER_REMARK = "Thành phố tổ chức một Trung tâm một cấp"


@dataclass(frozen=True)
class Truth:
    """Values by day, then indicator, then position of the unit; BLANK where a unit does not report the indicator."""

    country: Country
    histories: Histories
    days: tuple[date, ...]
    commune_values: tuple[dict[str, Integers], ...]
    provincial_values: tuple[dict[str, Integers], ...]

    def national_total(self, indicator: str, on: date) -> int:
        """Sum over all units that report the indicator on a simulated day."""
        given = self._given(indicator, on)
        return int(given[given != BLANK].sum())

    def province_totals(self, indicator: str, on: date) -> dict[str, int]:
        """Sum by province code; a province in which nobody reports the indicator is left out."""
        given = self._given(indicator, on)
        provinces = self.country.provinces
        is_commune = self.country.reference.indicator(indicator).unit_level == "commune"
        positions = self.country.province_of if is_commune else np.arange(len(provinces))
        reported = given != BLANK
        totals = np.bincount(positions[reported], weights=given[reported], minlength=len(provinces))
        return {provinces[p].province_code: int(totals[p]) for p in np.unique(positions[reported])}

    def settled(self, quiet: Sequence[int]) -> Truth:
        """Provinces that miss the last day hold, one report earlier, what is published for the last day.

        Otherwise a published total could not be reached from the reports that arrive in time.
        """
        if len(self.days) < 2:
            return self
        pinned = {
            figure.indicator
            for figure in self.country.reference.published_figures
            if self.country.until(figure.as_of) == self.days[-1]
        }
        provinces = np.arange(len(self.country.provinces))
        return replace(
            self,
            commune_values=_carried_back(self.commune_values, pinned, np.isin(self.country.province_of, quiet)),
            provincial_values=_carried_back(self.provincial_values, pinned, np.isin(provinces, quiet)),
        )

    def form_values(self, day: int, province: int) -> FormValues:
        """The form that a province would fill in faultlessly; `day` and `province` are positions."""
        code = self.country.provinces[province].province_code
        members = np.flatnonzero(self.country.province_of == province)
        codes = [self.country.communes[position].commune_code for position in members]
        values: dict[tuple[str, str], float | str] = {}
        for indicator, given in self.commune_values[day].items():
            reported = zip(codes, given[members].tolist(), strict=True)
            values.update({(unit, indicator): value for unit, value in reported if value != BLANK})
        for indicator, given in self.provincial_values[day].items():
            if given[province] != BLANK:
                values[code, indicator] = int(given[province])
        done_on = self._done_on(day, province)
        evidence = {indicator: self._evidence(indicator, province) for indicator in done_on}
        return FormValues(values, done_on, evidence, self._remarks(day, province))

    def _given(self, indicator: str, on: date) -> Integers:
        position = self.days.index(on)
        is_commune = self.country.reference.indicator(indicator).unit_level == "commune"
        values = self.commune_values if is_commune else self.provincial_values
        return values[position][indicator]

    def _done_on(self, day: int, province: int) -> dict[str, date]:
        done = {}
        for indicator, given in self.provincial_values[day].items():
            events = self.histories.events.get(indicator)
            if events is not None and given[province] == 1:
                happened = min(int(events.day[province]), self.days[day].toordinal())
                done[indicator] = date.fromordinal(happened)
        return done

    def _evidence(self, indicator: str, province: int) -> str:
        """A document number that nobody can take for a real one: MP stands for `mô phỏng`."""
        number = generator(self.country.seed, "evidence", indicator, str(province)).integers(10, 3000)
        return f"MP-{number}/QĐ-UBND"

    def _remarks(self, day: int, province: int) -> dict[tuple[str, str], str]:
        remarks: dict[tuple[str, str], str] = {}
        reference, communes = self.country.reference, self.country.communes
        if self.country.provinces[province].has_single_tier_centre:
            sheet = reference.indicator("pvhcc_commune_operating").form_sheet
            for position in np.flatnonzero(self.country.province_of == province):
                remarks[sheet, communes[position].commune_code] = _SINGLE_TIER_REMARK
        for setback in self.histories.setbacks:
            if setback.is_in_force(self.days[day].toordinal()):
                sheet = reference.indicator(setback.indicator).form_sheet
                for position in setback.communes[self.country.province_of[setback.communes] == province]:
                    remarks[sheet, communes[position].commune_code] = setback.remark
        return remarks


def _carried_back(
    days: tuple[dict[str, Integers], ...], pinned: Set[str], is_quiet: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[dict[str, Integers], ...]:
    earlier, last = days[-2:]
    held = {name: np.where(is_quiet, last[name], earlier[name]) for name in pinned & last.keys()}
    return (*days[:-2], {**earlier, **held}, last)


def make_truth(reference: Reference, days: Sequence[date], seed: int) -> Truth:
    """Histories drawn once, read off on each day. Days must be ascending; flows cover the days between them."""
    country = make_country(reference, seed, days[0])
    histories = make_histories(country)
    first_days = [max(_before(days), OPENING) + timedelta(days=1), *(day + timedelta(days=1) for day in days)]
    communes = tuple(
        histories.commune_values(first.toordinal(), day.toordinal())
        for first, day in zip(first_days, days, strict=False)
    )
    provincial = tuple(histories.provincial_values(day.toordinal()) for day in days)
    return Truth(country, histories, tuple(days), communes, provincial)


def _before(days: Sequence[date]) -> date:
    """The report before the first one: as far back as the next one is ahead."""
    return days[0] - (days[1] - days[0] if len(days) > 1 else timedelta(days=15))
