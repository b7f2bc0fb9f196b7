"""What a person waits for who types a command: process start, imports and all."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.report import Section, verdict
from bench.season import FIRST_DAY, Season
from pipelines.settings import Settings

COLD_TARGET, NOTHING_NEW_TARGET, DEMO_TARGET = 12.0, 3.0, 120.0
TIENDO = Path(sys.executable).parent / "tiendo"


def measure_nightly(season: Season, rounds: int) -> Section:
    """`tiendo nightly` in an empty home with one day in the inbox, and once more with nothing new."""
    first, again = [], []
    for _ in range(rounds):
        home = season.scratch / "cold"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(season.reports / FIRST_DAY.isoformat(), home / "inbox" / "reports")
        first.append(_seconds("nightly", "--home", str(home)))
        again.append(_seconds("nightly", "--home", str(home)))
    cold, nothing_new = statistics.median(first), statistics.median(again)
    return Section(
        "`tiendo nightly` from a cold start",
        f"A new process each time, medians of {rounds} rounds.",
        ("in the inbox", "s"),
        [("one reporting day, nothing published yet", f"{cold:.1f}"), ("nothing new", f"{nothing_new:.1f}")],
        [
            verdict("cold start to published", cold, COLD_TARGET, "s"),
            verdict("nothing new", nothing_new, NOTHING_NEW_TARGET, "s"),
        ],
    )


def measure_demo(scratch: Path) -> tuple[Section, Settings]:
    """`tiendo demo --no-serve` once; gives the home too, for measurements on a full season."""
    home = scratch / "demo"
    shutil.rmtree(home, ignore_errors=True)
    taken = _seconds("demo", "--no-serve", "--home", str(home))
    settings = Settings(home=home)
    published = next((settings.folders().published / "current").glob("*.duckdb"))
    section = Section(
        "`tiendo demo --no-serve`",
        "17 reporting days: writing the workbooks, and one night through Dagster for each day. One run.",
        ("", ""),
        [("time", f"{taken:.0f} s"), ("published file", f"{published.stat().st_size / 1e6:.0f} MB")],
        [verdict("demo", taken, DEMO_TARGET, "s")],
    )
    return section, settings


def _seconds(*arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run([str(TIENDO), *arguments], check=True, capture_output=True)
    return time.perf_counter() - started
