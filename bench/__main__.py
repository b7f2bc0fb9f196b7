"""`python -m bench [--full] [--only NAME] [--write]`: prints the tables, and brings docs/performance.md up to date."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer

from bench.commands import measure_demo, measure_nightly
from bench.gate import measure_gate
from bench.history import history_home, measure_history
from bench.ingest import measure_ingest
from bench.load import SECONDS, SESSIONS, measure_load
from bench.page import write_sections
from bench.proxy import measure_proxy
from bench.publish import measure_publish
from bench.queries import FEWEST_CALLS, measure_queries
from bench.reading import measure_reading
from bench.report import Section
from bench.season import Season, make_season
from bench.year_of_files import DAYS, SAMPLE_DAYS, measure_year_of_files
from bench.year_of_history import measure_year
from pipelines.settings import REPOSITORY

PAGE = REPOSITORY / "docs" / "performance.md"


@dataclass
class Bench:
    """What the measurements share. `scratch` may outlive the run: months of history, a year of workbooks and the demo
    are made once; `passing` does not.
    """

    scratch: Path
    passing: Path
    rounds: int
    is_full: bool
    months: Sequence[int]

    @cached_property
    def season(self) -> Season:
        """Workbooks of two days, and a home with the first."""
        return make_season(self.passing)

    @property
    def year_home(self) -> Path:
        """What is asked: in full a year of history, otherwise as many months as were measured at least."""
        return history_home(self.scratch, 12 if self.is_full else self.months[0])

    @cached_property
    def home(self) -> Path:
        """What the dashboard shows to its readers: in full the demo, otherwise a day of reports."""
        if not self.is_full:
            return self.season.fresh_home("shown").home
        demo = self.scratch / "demo"
        return demo if (demo / "published" / "current").exists() else measure_demo(self.scratch)[1].home


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measurement by the titles of its sections; `is_long` ones are made in full only, or by name."""

    titles: tuple[str, ...]
    measure: Callable[[Bench], list[Section]]
    is_long: bool = False


def _year_of_files(bench: Bench) -> list[Section]:
    days, sample = (DAYS, SAMPLE_DAYS) if bench.is_full else (10, 2)
    return [measure_year_of_files(bench.scratch, days, sample)]


def _publish(bench: Bench) -> list[Section]:
    months, quiet = (12, 30.0) if bench.is_full else (bench.months[0], 10.0)
    return [measure_publish(bench.scratch, months, max(bench.rounds, 5), quiet)]


def _load(bench: Bench) -> list[Section]:
    sessions, seconds = (SESSIONS, SECONDS) if bench.is_full else (10, 20.0)
    return measure_load(bench.home, sessions, seconds, max(bench.rounds, 15))


MEASUREMENTS = {
    "reading": Measurement(
        ("Reading one large workbook",), lambda bench: [measure_reading(bench.passing, max(bench.rounds, 5))]
    ),
    "ingest": Measurement(
        ("Warm ingest of one reporting day",), lambda bench: [measure_ingest(bench.season, bench.rounds)]
    ),
    "year": Measurement(("A year of workbooks",), _year_of_files),
    "gate": Measurement(("The gate",), lambda bench: [measure_gate(bench.season, max(bench.rounds, 5))]),
    "nightly": Measurement(
        ("`tiendo nightly` from a cold start",), lambda bench: [measure_nightly(bench.season, bench.rounds)]
    ),
    "demo": Measurement(("`tiendo demo --no-serve`",), lambda bench: [measure_demo(bench.scratch)[0]], is_long=True),
    "history": Measurement(
        ("A night as history grows",),
        lambda bench: [measure_history(bench.scratch, bench.months, max(bench.rounds, 5))],
    ),
    "queries": Measurement(
        ("Queries of the dashboard", "The analysts' twenty questions", "Marts against raw facts"),
        lambda bench: measure_queries(bench.year_home, bench.passing, FEWEST_CALLS),
    ),
    "publish": Measurement(("Publishing one more day",), _publish),
    "pages": Measurement(
        ("The pages over a year of history",),
        lambda bench: [measure_year(bench.home, bench.year_home, max(bench.rounds, 15))],
        is_long=True,
    ),
    "load": Measurement(("Reruns of the pages", "Sessions at once", "First page"), _load),
    "proxy": Measurement(
        ("Sessions held by one process, and by two behind a proxy",),
        lambda bench: [measure_proxy(bench.home)],
        is_long=True,
    ),
}


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each measurement; medians are shown.")] = 5,
    full: Annotated[bool, typer.Option("--full", help="At full size, and the long ones too (some hours).")] = False,
    only: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(MEASUREMENTS)}; may be repeated.")] = None,
    months: Annotated[str, typer.Option(help="Months of history, ascending; 1,3 or in full 1,3,6,12,24.")] = "",
    scratch: Annotated[Path | None, typer.Option(help="Folder that keeps histories and workbooks for later.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Bring docs/performance.md up to date.")] = False,
) -> None:
    """Measure against floors, peers and targets."""
    if unknown := sorted(set(only or ()) - set(MEASUREMENTS)):
        raise typer.BadParameter(f"{', '.join(unknown)}: expected {', '.join(MEASUREMENTS)}.")
    counts = [int(count) for count in (months or ("1,3,6,12,24" if full else "1,3")).split(",")]
    chosen = only or [name for name, measurement in MEASUREMENTS.items() if full or not measurement.is_long]
    titles = [title for measurement in MEASUREMENTS.values() for title in measurement.titles]
    with _folders(scratch) as (lasting, passing):
        bench = Bench(lasting, passing, rounds, full, counts)
        for name in chosen:
            sections = MEASUREMENTS[name].measure(bench)
            for section in sections:
                typer.echo(section.markdown())
            if write:
                write_sections(PAGE, sections, titles)
                typer.echo(f"{name}: {PAGE} written.", err=True)


@contextmanager
def _folders(scratch: Path | None) -> Iterator[tuple[Path, Path]]:
    """The folder that may be kept, and one that is not."""
    with tempfile.TemporaryDirectory(prefix="tiendo-bench-") as folder:
        passing = Path(folder) / "passing"
        passing.mkdir()
        yield (scratch or Path(folder)).resolve(), passing


if __name__ == "__main__":
    typer.run(main)
