"""`python -m bench.mutations [--count N] [--seed S] [--write]`; with `--only N --keep DIR` writes file N to look at."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from bench.mutations.mutants import mutant
from bench.mutations.page import page
from bench.mutations.tally import Tally
from bench.mutations.workers import judge
from pipelines.settings import REPOSITORY

PAGE = REPOSITORY / "docs" / "robustness.md"


def main(
    count: Annotated[int, typer.Option(min=1, help="How many damaged files.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
    processes: Annotated[int, typer.Option(min=1, help="Processes side by side.")] = 2,
    only: Annotated[int, typer.Option(help="Judge this file alone.")] = -1,
    keep: Annotated[Path | None, typer.Option(help="Write the file of --only into this folder.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Write docs/robustness.md.")] = False,
) -> None:
    """Damage right reports in every way and see what the gate makes of them. Ends with 1 if there are findings."""
    started = time.monotonic()
    numbers = [only] if only >= 0 else list(range(count))
    tally = Tally(seed)
    for result in judge(seed, numbers, processes):
        tally.add(result)
        typer.echo(f"\r{tally.count:,} of {len(numbers):,}", nl=False, err=True)
    tally.seconds = time.monotonic() - started
    typer.echo("", err=True)
    if keep and only >= 0:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / mutant(seed, only).file_name).write_bytes(mutant(seed, only).content)
    typer.echo(page(tally))
    for verdict in tally.with_findings:
        for finding in verdict.findings:
            typer.echo(f"{verdict.number}: {verdict.file}; {verdict.change}; {verdict.status}: {finding}")
    if write:
        PAGE.write_text(page(tally), encoding="utf-8")
        typer.echo(f"{PAGE} written.")
    raise typer.Exit(1 if tally.with_findings or not tally.is_small else 0)


if __name__ == "__main__":
    typer.run(main)
