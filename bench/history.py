"""What a night costs as history grows: months of nightly reports at full scale, and one more night on top of them.

`python -m bench.history --months 1,3` builds what is missing in `--scratch` and measures; the homes stay there.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bench.full_scale import INDICATORS, days_until, write_reference_directory, write_workbooks
from bench.history_home import BEHIND_DAYS, build_home
from bench.laps import Laps, ratio
from bench.night import take_night
from bench.processes import Apart, apart
from bench.report import Section, milliseconds, verdict
from pipelines.database import open_for_reading
from pipelines.landing.store import incoming_files
from pipelines.marts.models import load_models
from pipelines.orchestration.run import run_nightly
from pipelines.publish.versions import current_database, versions
from pipelines.settings import TIMEZONE, Settings

RATIO_TARGET, BYTES_TARGET = 1.3, 6.0
# The nights that are timed are the same whatever comes before, from the middle of a month: a night reads its month.
LAST_DAY = datetime.date(2027, 7, 14)
DAYS_OF_A_YEAR = 365
_ONE_DAY = datetime.timedelta(days=1)
_KEPT_VERSIONS = "2"
_SHOWN_MODELS = 6
REPORTS = "workbooks-of-nights"


@dataclass(slots=True)
class Measured:
    """The nights of one home: steps, models one by one, the whole through Dagster, processor time of the plain ones,
    and what is there in the end."""

    steps: Laps = field(default_factory=Laps)
    models: Laps = field(default_factory=Laps)
    through_dagster: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    peak_bytes: int = 0
    value_count: int = 0
    working_bytes: int = 0
    published_bytes: int = 0
    lower_bytes: int = 0


def measure_history(scratch: Path, months: Sequence[int], rounds: int) -> Section:
    """A home for each number of months, each in a process of its own; the nights go round, one home after the other."""
    reference = reference_of(scratch)
    nights = [LAST_DAY + number * _ONE_DAY for number in range(1, 2 * rounds + 4)]
    write_workbooks(scratch / REPORTS, reference, nights, BEHIND_DAYS)
    measured = {count: Measured() for count in months}
    with ExitStack() as opened:
        processes = {count: opened.enter_context(apart()) for count in months}
        homes = {count: copied(history_home(scratch, count), f"nights-{count}") for count in months}
        for number, day in enumerate(nights):
            for count in months:
                _night(processes[count], homes[count], scratch / REPORTS, day, number, measured[count])
    for count, home in homes.items():
        _weigh(home, measured[count])
        shutil.rmtree(home)
    return _section(measured, rounds)


def reference_of(scratch: Path) -> Path:
    """Reference tables for the homes of a scratch folder."""
    scratch.mkdir(parents=True, exist_ok=True)
    return write_reference_directory(scratch / "reference-history", INDICATORS)


def history_home(scratch: Path, months: int) -> Path:
    """The home that holds so many months, published; built if it is not there, or was by other models or tables."""
    reference = reference_of(scratch)
    content = [model.digest.encode() for model in load_models()]
    content += [path.read_bytes() for path in sorted(reference.iterdir())]
    home = scratch / f"history-{months}-{hashlib.sha256(b''.join(content)).hexdigest()[:8]}"
    if not home.is_dir():
        for outdated in scratch.glob(f"history-{months}-*"):
            shutil.rmtree(outdated)
        days = days_until(LAST_DAY, round(DAYS_OF_A_YEAR * months / 12))
        with apart() as process:
            built = process.run(build_home, home, reference, days[0], days[-1])
        typer.echo(
            f"{home.name}: {built.result:,} values in {built.seconds:,.0f} s, {built.peak_bytes / 2**30:.1f} GiB"
        )
    return home


def plain_night(home: Path, reports: Path, day: datetime.date, is_profiled: bool = False) -> tuple[Laps, Laps]:
    """Laps of the steps, and of the models where they are to be built one after the other."""
    steps, models = Laps(), Laps()
    files = incoming_files([reports / day.isoformat()])
    settings = Settings(home=home, keep_versions=int(_KEPT_VERSIONS))
    take_night(settings, files, day, _known_at(day), steps, models if is_profiled else None)
    return steps, models


def dagster_night(home: Path, reports: Path, day: datetime.date) -> None:
    """The same as `tiendo nightly` runs it; Dagster knows no days to come, so its clock is set ahead."""
    from dagster._core.test_utils import freeze_time

    os.environ["TIENDO_KEEP_VERSIONS"] = _KEPT_VERSIONS
    files = incoming_files([reports / day.isoformat()])
    with freeze_time(_known_at(day).replace(tzinfo=ZoneInfo(TIMEZONE))):
        outcome = run_nightly(Settings(home=home), known_at=_known_at(day), as_of_on=day, paths=files)
    if not outcome.is_success:
        raise RuntimeError(f"{home}: {outcome.problems}")


def _known_at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day + _ONE_DAY, datetime.time(1, 30))


def copied(home: Path, name: str) -> Path:
    """A home for nights that leaves this one as it is. Published files are never changed, so they are not copied."""
    copy = home.with_name(name)
    shutil.rmtree(copy, ignore_errors=True)
    published = Settings(home=home).folders().published.name
    shutil.copytree(home, copy, symlinks=True, ignore=shutil.ignore_patterns(published))
    shutil.copytree(home / published, copy / published, symlinks=True, copy_function=os.link)
    return copy


def _night(process: Apart, home: Path, reports: Path, day: datetime.date, number: int, measured: Measured) -> None:
    """The first two warm the process up, the third has its models one by one; then plain and by Dagster in turn."""
    # Several homes of a gigabyte each: no more than what the next night starts from is kept of them.
    for outdated in versions(Settings(home=home).folders().published)[:-1]:
        shutil.rmtree(outdated)
    if number % 2 == 1:
        by_dagster = process.run(dagster_night, home, reports, day)
        if number > 2:
            measured.through_dagster.append(by_dagster.seconds)
        return
    plain = process.run(plain_night, home, reports, day, number == 2)
    steps, models = plain.result
    if number == 2:
        measured.models = models
    elif number > 2:
        measured.steps.add(steps)
        measured.cpu_seconds.append(plain.cpu_seconds)
        measured.peak_bytes = max(measured.peak_bytes, plain.peak_bytes)


def _weigh(home: Path, measured: Measured) -> None:
    folders = Settings(home=home).folders()
    published = current_database(folders.published)
    with closing(open_for_reading(published)) as connection:
        (measured.value_count,) = connection.execute("SELECT COUNT(*) FROM facts.observations").fetchall()[0]
    measured.working_bytes = folders.warehouse_file.stat().st_size
    measured.published_bytes = published.stat().st_size
    measured.lower_bytes = sum(path.stat().st_size for path in published.parent.glob("*.duckdb") if path != published)


def _section(measured: dict[int, Measured], rounds: int) -> Section:
    each = list(measured.values())
    first, last = each[0], each[-1]
    totals = [statistics.median(one.steps.totals()) for one in each]
    by_dagster = [statistics.median(one.through_dagster) for one in each]
    slowest = sorted(last.models.seconds, key=lambda name: -last.models.median(name))[:_SHOWN_MODELS]
    rows = [(name, *(milliseconds(one.steps.median(name)) for one in each)) for name in first.steps.seconds]
    rows += [
        ("**a night, plain steps**", *(f"**{milliseconds(total)}**" for total in totals)),
        ("processor time", *(milliseconds(statistics.median(one.cpu_seconds)) for one in each)),
        ("**a night through Dagster**", *(f"**{milliseconds(total)}**" for total in by_dagster)),
        *((f"{name}, alone, one run", *(milliseconds(one.models.median(name)) for one in each)) for name in slowest),
        ("memory at the peak, GiB", *(f"{one.peak_bytes / 2**30:.2f}" for one in each)),
        ("values in the ledger, millions", *(f"{one.value_count / 1e6:.1f}" for one in each)),
        ("working file, MB", *(f"{one.working_bytes / 1e6:,.0f}" for one in each)),
        ("published file, MB", *(f"{one.published_bytes / 1e6:,.0f}" for one in each)),
        ("files of lower clearances, MB", *(f"{one.lower_bytes / 1e6:,.0f}" for one in each)),
        ("published file, bytes per value", *(f"{one.published_bytes / one.value_count:.2f}" for one in each)),
    ]
    names = f"{list(measured)[-1]} months / {next(iter(measured))} month"
    verdicts = [
        verdict(f"through Dagster, {names}", ratio(last.through_dagster, first.through_dagster), RATIO_TARGET, "×"),
        verdict(f"plain steps, {names}", ratio(last.steps.totals(), first.steps.totals()), RATIO_TARGET, "×"),
        f"the same by processor time: {ratio(last.cpu_seconds, first.cpu_seconds):.2f} ×",
        verdict("published file", last.published_bytes / last.value_count, BYTES_TARGET, "bytes per value"),
    ]
    if len(measured) > 1:
        slope = statistics.linear_regression(list(measured), totals)
        verdicts.append(
            f"slope (least squares): {slope.slope * 1000:.0f} ms a month on {slope.intercept * 1000:,.0f} ms"
        )
    return Section(
        "A night as history grows",
        f"{INDICATORS} indicators of every commune, reported every night by 33 of 34 provinces and corrected by one; "
        f"the real workbooks of one more night arrive. Medians of {rounds} nights, the homes in turn, each in a "
        "process of its own; milliseconds.",
        ("", *(f"{count} month{'s' if count > 1 else ''}" for count in measured)),
        rows,
        verdicts,
    )


def main(
    months: Annotated[str, typer.Option(help="Numbers of months, ascending.")] = "1,24",
    rounds: Annotated[int, typer.Option(min=1, help="Nights of each kind; medians are shown.")] = 5,
    scratch: Annotated[Path | None, typer.Option(help="Folder that keeps the homes.")] = None,
) -> None:
    """Measure a night over so many months of history."""
    with tempfile.TemporaryDirectory(prefix="tiendo-bench-") as folder:
        counts = [int(count) for count in months.split(",")]
        typer.echo(measure_history(scratch or Path(folder), counts, rounds).markdown())


if __name__ == "__main__":
    typer.run(main)
