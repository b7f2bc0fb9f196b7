"""A year's workbooks, 34 provinces every day, handed in at once, against the same workbooks by pandas.

`python -m bench.year_of_files --days 3` is a short run; the workbooks stay in `--scratch` for the next one.
"""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import sqlalchemy
import typer

from bench.full_scale import FIRST_DAY, days_until, write_reference_directory, write_workbooks
from bench.laps import Laps
from bench.night import take_night
from bench.pandas_way import read_known, take
from bench.processes import Run, apart
from bench.report import Section, verdict
from pipelines.database import open_for_reading
from pipelines.gate.file_processes import end_processes
from pipelines.landing.store import incoming_files
from pipelines.publish.versions import current_database
from pipelines.settings import Settings

DAYS, SAMPLE_DAYS = 365, 10
FASTER_TARGET, MEMORY_TARGET_GIB = 10.0, 1.5
_ONE_DAY = datetime.timedelta(days=1)


def measure_year_of_files(scratch: Path, day_count: int, sample_days: int) -> Section:
    """Ours over all files, between two halves of a sample by pandas, so that a slow hour hits both."""
    scratch.mkdir(parents=True, exist_ok=True)
    reference = write_reference_directory(scratch / "reference-daily")
    reports = scratch / "workbooks"
    days = days_until(FIRST_DAY + (day_count - 1) * _ONE_DAY, day_count)
    write_workbooks(reports, reference, days)
    sample = [days[number * day_count // sample_days] for number in range(min(sample_days, day_count))]
    half = (len(sample) + 1) // 2
    sampled = [_by_pandas(scratch, reports, reference, sample[:half])]
    with apart() as process:
        ours = process.run(take_year, _home(scratch, reference), reports, days)
    if len(sample) > half:
        sampled.append(_by_pandas(scratch, reports, reference, sample[half:]))
    laps, values_by_day, file_count = ours.result
    for run in sampled:
        _agree(run.result, values_by_day)
    return _section(laps, ours, sampled, file_count, sum(values_by_day.values()), len(sample))


def take_year(home: Path, reports: Path, days: Sequence[datetime.date]) -> tuple[Laps, dict[datetime.date, int], int]:
    """One night that finds all of them in its inbox: laps, values in the ledger by day, and how many files it took."""
    settings, laps = Settings(home=home, keep_versions=2), Laps()
    files = incoming_files([reports / day.isoformat() for day in days])
    known_at = datetime.datetime.combine(days[-1] + _ONE_DAY, datetime.time(1, 30))
    take_night(settings, files, days[-1], known_at, laps)
    end_processes()
    with closing(open_for_reading(current_database(settings.folders().published))) as connection:
        counts = connection.execute("SELECT as_of_on, COUNT(*) FROM facts.observations GROUP BY 1").fetchall()
    return laps, dict(counts), len(files)


def take_by_pandas(
    database: Path, reports: Path, reference: Path, days: Sequence[datetime.date]
) -> tuple[dict[datetime.date, int], int]:
    """Day after day, as it would have run: values taken by day, and how many files there were."""
    engine = sqlalchemy.create_engine(f"sqlite:///{database}")
    known, taken, count = read_known(reference), {}, 0
    for day in days:
        files = incoming_files([reports / day.isoformat()])
        taken[day] = take(files, engine, known)
        count += len(files)
    engine.dispose()
    return taken, count


def _home(scratch: Path, reference: Path) -> Path:
    home = scratch / "year-of-files"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    shutil.copytree(reference, home / "reference")
    return home


def _by_pandas(
    scratch: Path, reports: Path, reference: Path, days: Sequence[datetime.date]
) -> Run[tuple[dict[datetime.date, int], int]]:
    database = scratch / "pandas.sqlite"
    database.unlink(missing_ok=True)
    with apart() as process:
        return process.run(take_by_pandas, database, reports, reference, days)


def _agree(by_pandas: tuple[dict[datetime.date, int], int], ours: dict[datetime.date, int]) -> None:
    for day, count in by_pandas[0].items():
        if count != ours[day]:
            raise AssertionError(
                f"{day}: pandas takes {count:,} values, the gate {ours[day]:,}; they must be the same."
            )


def _section(
    laps: Laps,
    ours: Run[tuple[Laps, dict[datetime.date, int], int]],
    sampled: Sequence[Run[tuple[dict[datetime.date, int], int]]],
    file_count: int,
    value_count: int,
    sample_days: int,
) -> Section:
    sample_files = sum(run.result[1] for run in sampled)
    pandas_seconds, pandas_cpu = sum(run.seconds for run in sampled), sum(run.cpu_seconds for run in sampled)
    scale = file_count / sample_files
    return Section(
        "A year of workbooks",
        f"{file_count:,} workbooks handed in at once, {value_count:,} values. pandas: {sample_files} of them "
        f"({sample_days} days spread over the time, half before ours and half after), scaled by {scale:.1f}, since its "
        "cost is per file; openpyxl, five checks and `to_sql` into SQLite (`bench/pandas_way.py`), one process; the "
        "same number of values each day. Each side in a process of its own; one run.",
        ("", "s", "ms a workbook", "processor s", "memory, GiB"),
        [
            *((f"ours: {step}", f"{laps.median(step):,.1f}", "", "", "") for step in laps.seconds),
            ("**ours**", *_figures(ours.seconds, ours.cpu_seconds, file_count, ours.peak_bytes)),
            (
                "**pandas, openpyxl, to_sql**",
                *_figures(
                    pandas_seconds * scale, pandas_cpu * scale, file_count, max(run.peak_bytes for run in sampled)
                ),
            ),
        ],
        [
            f"{'met' if pandas_seconds * scale >= FASTER_TARGET * ours.seconds else 'MISSED'}: faster than pandas "
            f"**{pandas_seconds * scale / ours.seconds:.1f} ×** (target {FASTER_TARGET:g} × or more); "
            f"by processor time {pandas_cpu * scale / ours.cpu_seconds:.1f} ×",
            verdict("memory, reading processes included", ours.peak_bytes / 2**30, MEMORY_TARGET_GIB, "GiB"),
        ],
    )


def _figures(seconds: float, cpu_seconds: float, file_count: int, peak_bytes: int) -> tuple[str, str, str, str]:
    return (
        f"**{seconds:,.0f}**",
        f"{seconds / file_count * 1000:.1f}",
        f"{cpu_seconds:,.0f}",
        f"{peak_bytes / 2**30:.2f}",
    )


def main(
    days: Annotated[int, typer.Option(min=1, help="How many days of 34 workbooks.")] = DAYS,
    sample_days: Annotated[int, typer.Option(min=1, help="How many of them by pandas.")] = SAMPLE_DAYS,
    scratch: Annotated[Path | None, typer.Option(help="Folder that keeps the workbooks.")] = None,
) -> None:
    """Measure a year of workbooks against pandas."""
    with tempfile.TemporaryDirectory(prefix="tiendo-bench-") as folder:
        typer.echo(measure_year_of_files(scratch or Path(folder), days, sample_days).markdown())


if __name__ == "__main__":
    typer.run(main)
