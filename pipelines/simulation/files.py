"""Writes the simulated reports as workbooks, each with the time at which it was sent.

The same arguments give the same files, byte for byte. Many files are shared out to two processes.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.form.layout import FORM, sheet_layouts
from pipelines.form.workbook import write_form
from pipelines.reference.load import Reference
from pipelines.settings import TIMEZONE
from pipelines.simulation.chance import generator
from pipelines.simulation.mess import InjectedFault, Spoiled, slips, spoil
from pipelines.simulation.sending import Sending, due_dates, plan_sending, quiet_provinces
from pipelines.simulation.truth import Truth, make_truth
from pipelines.vietnamese import folded

FIRST_DAY = date(2025, 7, 15)
LAST_DAY = date(2026, 2, 25)
ORIGIN = "simulated"

# Starting processes takes longer than writing a few files.
_WORKERS = 2
_FILES_WORTH_A_POOL = 60
# A file that was cut off in transfer: this share of its bytes arrived.
_ARRIVED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class SimulatedFile:
    """One file in the order of sending; `as_of_on` is the day that it was made for, even if it claims another."""

    path: Path
    province_code: str
    as_of_on: date
    sent_at: datetime
    revision: int
    faults: tuple[InjectedFault, ...]


@dataclass(frozen=True)
class Studio:
    """Makes files from a truth; each process has its own, so that only plans and results travel between them."""

    truth: Truth
    out_dir: Path
    mess: float

    def write(self, sending: Sending) -> SimulatedFile:
        """Fill in the form for one sending, spoil it if its turn has come, and write it with its time of sending."""
        truth, as_of_on = self.truth, self.truth.days[sending.day]
        reference, province = truth.country.reference, truth.country.provinces[sending.province]
        spoiled = self._filled_in(sending)
        buffer = io.BytesIO()
        write_form(
            buffer,
            reference,
            province.province_code,
            as_of_on=spoiled.as_of_on,
            values=spoiled.values,
            origin=ORIGIN,
        )
        content = buffer.getvalue()
        if spoiled.is_cut_off:
            content = content[: int(_ARRIVED_SHARE * len(content))]
        suffix = "" if sending.revision == 1 else "-dinh-chinh"
        name = f"{province.province_code}-{folded(province.short_name).replace(' ', '-')}{suffix}.xlsx"
        path = self.out_dir / as_of_on.isoformat() / name
        path.write_bytes(content)
        sent = sending.sent_at.replace(tzinfo=ZoneInfo(TIMEZONE)).timestamp()
        os.utime(path, (sent, sent))
        return SimulatedFile(path, province.province_code, as_of_on, sending.sent_at, sending.revision, spoiled.faults)

    def _filled_in(self, sending: Sending) -> Spoiled:
        country, as_of_on = self.truth.country, self.truth.days[sending.day]
        code = country.provinces[sending.province].province_code
        purpose = (as_of_on.isoformat(), code, str(sending.revision))
        values = replace(self.truth.form_values(sending.day, sending.province), revision=sending.revision)
        if sending.is_corrected_later:
            layouts = sheet_layouts(country.reference, code, as_of_on)
            published = {figure.indicator for figure in country.reference.published_figures}
            values = slips(generator(country.seed, "slips", *purpose), layouts, values, published)
        chance = generator(country.seed, "mess", *purpose)
        if chance.random() >= self.mess:
            return Spoiled(values, as_of_on, False, ())
        layouts = sheet_layouts(country.reference, code, as_of_on)
        others = [p.province_code for p in country.provinces if p.province_code != code]
        return spoil(chance, layouts, code, others, as_of_on, values)


def simulate(
    out_dir: Path,
    reference: Reference,
    *,
    from_on: date = FIRST_DAY,
    to_on: date = LAST_DAY,
    every: int | None = None,
    seed: int = 1,
    mess: float = 0.0,
    progress: Callable[[int, int], None] | None = None,
) -> list[SimulatedFile]:
    """Write the reports of all provinces and return them in the order in which they were sent.

    Days are those of the reporting calendar, or every so many days from `from_on`. `mess` is the share of files with
    injected faults. `progress` is called with (files written, files in all).
    """
    days = simulated_days(reference, from_on, to_on, every)
    if not days:
        return []
    for day in days:
        (out_dir / day.isoformat()).mkdir(parents=True, exist_ok=True)
    studio = _make_studio(reference, days, seed, out_dir, mess)
    plan = plan_sending(studio.truth.country, days, due_dates(reference, days))
    files: list[SimulatedFile] = []
    for file in _written(studio, plan):
        files.append(file)
        if progress is not None:
            progress(len(files), len(plan))
    return sorted(files, key=lambda file: (file.sent_at, file.path))


def simulated_days(reference: Reference, from_on: date, to_on: date, every: int | None) -> list[date]:
    """The days that reports describe, ascending."""
    if every is not None:
        count = (to_on - from_on).days // every + 1
        return [from_on + timedelta(days=every * n) for n in range(max(0, count))]
    calendar = (day.as_of_on for day in reference.reporting_days if day.form == FORM)
    return sorted(day for day in calendar if from_on <= day <= to_on)


def _make_studio(reference: Reference, days: Sequence[date], seed: int, out_dir: Path, mess: float) -> Studio:
    truth = make_truth(reference, days, seed)
    return Studio(truth.settled(quiet_provinces(truth.country, len(days))), out_dir, mess)


def _written(studio: Studio, plan: Sequence[Sending]) -> Iterator[SimulatedFile]:
    if len(plan) < _FILES_WORTH_A_POOL:
        yield from map(studio.write, plan)
        return
    truth = studio.truth
    given = (truth.country.reference, truth.days, truth.country.seed, studio.out_dir, studio.mess)
    workers = min(_WORKERS, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, get_context("spawn"), _open_studio, given) as pool:
        yield from pool.map(_write_in_worker, plan, chunksize=8)


# A worker process draws the truth once (the same as everywhere, by the seed) instead of receiving it with every file.
_studio_of_worker: list[Studio] = []


def _open_studio(reference: Reference, days: Sequence[date], seed: int, out_dir: Path, mess: float) -> None:
    _studio_of_worker[:] = [_make_studio(reference, days, seed, out_dir, mess)]


def _write_in_worker(sending: Sending) -> SimulatedFile:
    return _studio_of_worker[0].write(sending)
