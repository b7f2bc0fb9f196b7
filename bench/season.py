"""Simulated reports of full size, and homes in which they wait: what every measurement starts from."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipelines import nightly
from pipelines.durable import writer_lock
from pipelines.landing.store import incoming_files
from pipelines.reference.load import load_reference
from pipelines.settings import Settings
from pipelines.simulation.files import simulate

FIRST_DAY, SECOND_DAY = datetime.date(2025, 7, 15), datetime.date(2025, 7, 31)
# With this seed all 34 provinces report for both days.
EVERYBODY_REPORTS = 2


@dataclass(frozen=True, slots=True)
class Season:
    """Reports of all provinces for two days, and a home that has taken the first of them."""

    reports: Path
    home: Path
    scratch: Path

    def files_of(self, day: datetime.date) -> list[Path]:
        """The workbooks of a day."""
        return incoming_files([self.reports / day.isoformat()])

    def fresh_home(self, name: str) -> Settings:
        """A copy of the home after the first day; an earlier copy of that name is removed."""
        home = self.scratch / name
        shutil.rmtree(home, ignore_errors=True)
        return Settings(home=shutil.copytree(self.home, home, symlinks=True))


def known_at(day: datetime.date) -> datetime.datetime:
    """The night in which the reports of a day are taken."""
    return datetime.datetime.combine(day + datetime.timedelta(days=3), datetime.time(1, 30))


def make_season(scratch: Path) -> Season:
    """Writes the reports and runs the first night, which also warms up whatever is loaded only once."""
    reports, home = scratch / "reports", scratch / "home"
    settings = Settings(home=home)
    reference = load_reference(settings.reference_directory())
    simulate(reports, reference, from_on=FIRST_DAY, to_on=SECOND_DAY, seed=EVERYBODY_REPORTS)
    # Corrections come on top of a province's report; a day of 34 workbooks is measured.
    for correction in reports.rglob("*-dinh-chinh.xlsx"):
        correction.unlink()
    season = Season(reports, home, scratch)
    with writer_lock(settings.folders().warehouse), nightly.open_warehouse(settings) as warehouse:
        nightly.land(warehouse, season.files_of(FIRST_DAY), known_at(FIRST_DAY))
        run = nightly.note_run(warehouse, "first", FIRST_DAY, known_at(FIRST_DAY))
        nightly.derive(warehouse, run, known_at(FIRST_DAY))
        nightly.answer(warehouse)
        nightly.publish(warehouse)
    return season
