"""What publishing one more day costs: time, bytes written, and what readers notice who ask all the while."""

from __future__ import annotations

import datetime
import shutil
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from bench.arguments import Arguments, dashboard_queries
from bench.full_scale import write_workbooks
from bench.history import LAST_DAY, REPORTS, copied, history_home, reference_of
from bench.history_home import BEHIND_DAYS
from bench.laps import Laps
from bench.night import PUBLISHING, take_night
from bench.processes import Run, apart, written_bytes
from bench.report import Section, milliseconds, percentile
from pipelines.database import open_for_reading
from pipelines.landing.store import incoming_files
from pipelines.publish.versions import current_database
from pipelines.settings import Settings

_ONE_DAY = datetime.timedelta(days=1)
_KEPT_VERSIONS = 3
_BETWEEN_SECONDS = 0.02
# Of what a page asks, so much that each reader comes round in a second.
_ASKED = ("run", "national_indicators", "map_tiles", "directives", "coverage_on", "province_header", "communes")


class WatchedLaps(Laps):
    """Laps that also note when each began (seconds of the clock) and what was written to disks meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.began: dict[str, float] = {}
        self.ended: dict[str, float] = {}
        self.written: dict[str, int] = {}

    @contextmanager
    def lap(self, step: str) -> Iterator[None]:
        """Times a block as a step."""
        before = written_bytes()
        self.began[step] = time.time()
        with super().lap(step):
            yield
        self.ended[step] = time.time()
        self.written[step] = written_bytes() - before


@dataclass(slots=True)
class Asked:
    """What a reader has waited, by the moment at which he asked; versions seen; what went wrong."""

    waits: list[tuple[float, float]] = field(default_factory=list)
    versions: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


def measure_publish(scratch: Path, months: int, rounds: int, quiet_seconds: float) -> Section:
    """Nights over a home with history while a reader in another process asks; before them he asks undisturbed."""
    days = [LAST_DAY + number * _ONE_DAY for number in range(1, rounds + 2)]
    write_workbooks(scratch / REPORTS, reference_of(scratch), days, BEHIND_DAYS)
    home, stop = scratch / "publishing", scratch / "publishing.stop"
    shutil.rmtree(stop, ignore_errors=True)
    copied(history_home(scratch, months), home.name)
    with apart() as writer, apart() as reader, ThreadPoolExecutor(1) as threads:
        writer.run(publishing_night, home, scratch / REPORTS, days[0])
        asking = threads.submit(reader.run, ask_until, home, stop)
        try:
            time.sleep(quiet_seconds)
            began = time.time()
            nights = [writer.run(publishing_night, home, scratch / REPORTS, day).result for day in days[1:]]
        finally:
            stop.mkdir()
        asked: Run[Asked] = asking.result()
    published = current_database(Settings(home=home).folders().published)
    version_bytes = sum(path.stat().st_size for path in published.parent.iterdir())
    working_bytes = Settings(home=home).folders().warehouse_file.stat().st_size
    for folder in (home, stop):
        shutil.rmtree(folder)
    return _section(nights, asked.result, began, months, version_bytes, working_bytes)


def publishing_night(home: Path, reports: Path, day: datetime.date) -> WatchedLaps:
    """One night, watched."""
    laps = WatchedLaps()
    known_at = datetime.datetime.combine(day + _ONE_DAY, datetime.time(1, 30))
    settings = Settings(home=home, keep_versions=_KEPT_VERSIONS)
    take_night(settings, incoming_files([reports / day.isoformat()]), day, known_at, laps)
    return laps


def ask_until(home: Path, stop: Path) -> Asked:
    """Asks one query after the other, of the version that is current when a round begins, until `stop` is there."""
    published, asked = Settings(home=home).folders().published, Asked()
    queries = {name: sql for name, sql in dashboard_queries().items() if name in _ASKED}
    number = 0
    while not stop.exists():
        # The link is followed once for everything on a page, as the dashboard does.
        database = current_database(published).resolve()
        asked.versions.add(database.parent.name)
        with closing(open_for_reading(database)) as connection:
            arguments = Arguments(connection)
            while not stop.exists() and current_database(published).resolve() == database:
                for sql in queries.values():
                    _ask(connection, sql, arguments.bound(sql, number), asked)
                    time.sleep(_BETWEEN_SECONDS)
                number += 1
    return asked


def _ask(connection: duckdb.DuckDBPyConnection, sql: str, bound: dict[str, object], asked: Asked) -> None:
    moment, started = time.time(), time.perf_counter()
    try:
        connection.cursor().execute(sql, bound).fetchall()
    except duckdb.Error as error:
        asked.errors.append(f"{type(error).__name__}: {error}")
    asked.waits.append((moment, time.perf_counter() - started))


def _section(
    nights: list[WatchedLaps], asked: Asked, began: float, months: int, version_bytes: int, working_bytes: int
) -> Section:
    spans = [(night.began[PUBLISHING[0]], night.ended[PUBLISHING[-1]]) for night in nights]
    quiet = [wait for moment, wait in asked.waits if moment < began]
    meanwhile = [wait for moment, wait in asked.waits if any(start <= moment < end for start, end in spans)]
    by_night = [
        wait
        for moment, wait in asked.waits
        if moment >= began and not any(start <= moment < end for start, end in spans)
    ]
    steps = [
        (
            step,
            milliseconds(statistics.median(night.seconds[step][0] for night in nights)),
            f"{statistics.median(night.written[step] for night in nights) / 1e6:,.1f}",
        )
        for step in PUBLISHING
    ]
    totals = [sum(night.seconds[step][0] for step in PUBLISHING) for night in nights]
    written = [sum(night.written[step] for step in PUBLISHING) for night in nights]
    readers = [("asked while nothing else ran", quiet), ("asked while a version was published", meanwhile)]
    readers += [("asked during the rest of a night", by_night)]
    return Section(
        "Publishing one more day",
        f"{months} month{'s' if months > 1 else ''} of history; medians of {len(nights)} nights. A reader in another "
        f"process asks {len(_ASKED)} queries of the dashboard in turn: {len(asked.waits):,} calls, "
        f"{len(asked.versions)} versions. The floor is one copy of what is published: "
        f"{version_bytes / 1e6:,.0f} MB in all files of a version, {working_bytes / 1e6:,.0f} MB in the working file.",
        ("", "ms", "MB written"),
        [
            *steps,
            (
                "**publishing**",
                f"**{milliseconds(statistics.median(totals))}**",
                f"**{statistics.median(written) / 1e6:,.1f}**",
            ),
            *(
                (
                    f"{title}: p50, p95",
                    f"{milliseconds(percentile(waits, 0.5))}, {milliseconds(percentile(waits, 0.95))}",
                    "",
                )
                for title, waits in readers
                if waits
            ),
        ],
        [
            f"readers' errors: **{len(asked.errors)}** (target 0): "
            + (f"MISSED, first: {asked.errors[0]}" if asked.errors else "met")
        ],
    )
