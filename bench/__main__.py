"""`python -m bench [--rounds N] [--full] [--write]`: prints the tables, and writes docs/performance.md if asked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bench.commands import measure_demo, measure_nightly
from bench.history import measure_history
from bench.ingest import measure_ingest
from bench.load import SECONDS, SESSIONS, measure_load
from bench.queries import measure_queries
from bench.reading import measure_reading
from bench.report import Section, machine
from bench.season import make_season
from bench.year_of_history import measure_year, year_home
from pipelines.settings import REPOSITORY

PAGE = REPOSITORY / "docs" / "performance.md"
SHORT_SESSIONS, SHORT_SECONDS = 10, 20.0
INTRODUCTION = """# Performance

Written by `python -m bench --full --write`; `make bench` prints the same without the demo. What counts are the ratios:
both sides of each were measured in the same minute on the same machine. Seconds depend on the machine:

"""


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each measurement; medians are shown.")] = 5,
    full: Annotated[bool, typer.Option("--full", help="Run the whole demo too, and ask its database.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write docs/performance.md.")] = False,
) -> None:
    """Measure ingest, cold start, queries and the dashboard under readers against their targets."""
    with tempfile.TemporaryDirectory(prefix="tiendo-bench-") as folder:
        scratch = Path(folder)
        season = make_season(scratch)
        sections = [_shown(measure_reading(scratch, max(rounds, 5)))]
        sections += [_shown(measure_ingest(season, rounds)), _shown(measure_nightly(season, rounds))]
        settings = season.fresh_home("queries")
        if full:
            section, settings = measure_demo(scratch)
            sections.append(_shown(section))
            sections.append(_shown(measure_history(scratch, (1, 12), rounds)))
        sections.append(_shown(measure_queries(settings, max(rounds, 5))))
        sessions, seconds = (SESSIONS, SECONDS) if full else (SHORT_SESSIONS, SHORT_SECONDS)
        if full:
            year = year_home(scratch, scratch / "history-12.duckdb")
            sections.append(_shown(measure_year(settings.home, year, max(rounds, 15))))
        sections += [_shown(section) for section in measure_load(settings.home, sessions, seconds, max(rounds, 15))]
    if write:
        body = "\n".join(section.markdown() for section in sections)
        PAGE.write_text(f"{INTRODUCTION}{machine()}\n\n{body}", encoding="utf-8")
        typer.echo(f"{PAGE} written.")


def _shown(section: Section) -> Section:
    typer.echo(section.markdown())
    return section


if __name__ == "__main__":
    typer.run(main)
