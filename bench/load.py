"""The dashboard under readers: time of a rerun by page, many sessions at once, the weight of the first page.

`python -m bench.load HOME --sessions 10 --seconds 20` is a short run on a home that was published before.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.error import URLError

import typer

from bench.first_page import measure_first_page
from bench.processes import cpu_seconds, resident_bytes
from bench.report import Section, milliseconds, percentile, verdict
from bench.visitors import Asked, Visits, alone, crowd
from dashboard.access import LOCAL_READER
from dashboard.pages import PAGES, open_to
from pipelines.settings import REPOSITORY

SESSIONS, SECONDS, THINK_SECONDS = 80, 60.0, 4.0
RERUN_TARGET_MS, LOAD_TARGET_SECONDS = 60.0, 1.0
START_SECONDS, WARM_SECONDS = 60.0, 20.0
FIRST = "(first page)"
# What a reader changes on a page; every page is visited without a filter too.
FILTERS = {
    "province": ("tinh=91", "tinh=01", "tinh=48", "tinh=79"),
    "deadlines": ("chi-dao=kl202_procedures", "chi-dao=steering_letter_obstacles"),
}


@dataclass(frozen=True, slots=True)
class Server:
    """A dashboard in a process of its own."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def stream(self) -> str:
        """Where sessions connect."""
        return f"ws://127.0.0.1:{self.port}/_stcore/stream"

    def cpu_seconds(self) -> float:
        """Processor time that the process has used so far."""
        return cpu_seconds(self.process.pid)

    def resident_megabytes(self) -> float:
        """Memory that the process holds now."""
        return resident_bytes(self.process.pid) / 2**20


def choices() -> list[Asked]:
    """Pages and filters that readers choose from, each as likely as the others."""
    plain = [Asked("" if name == "overview" else screen.path) for name, screen in open_to(LOCAL_READER).items()]
    return plain + [Asked(PAGES[name].path, query) for name, queries in FILTERS.items() for query in queries]


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """The dashboard as it is run in earnest, warmed up."""
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "TIENDO_HOME": str(home.resolve()), "PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen([*command, "--log-level", "warning"], cwd=REPOSITORY, env=environment)
    try:
        server = Server(process, port)
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(server: Server) -> None:
    """Until it answers and its own visitor is through with all pages: the processor is quiet again."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{server.port}/_stcore/health", timeout=1).close()
            break
        except (URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
    until, before = time.monotonic() + WARM_SECONDS, -1.0
    while time.monotonic() < until and server.cpu_seconds() - before > 0.1:
        before = server.cpu_seconds()
        time.sleep(1)


def measure_load(home: Path, sessions: int, seconds: float, rounds: int) -> list[Section]:
    """Three sections: reruns of each page by one reader, a crowd of readers, the first page in a browser."""
    with serving(home) as server:
        pages = [Asked("" if name == "overview" else screen.path) for name, screen in open_to(LOCAL_READER).items()]
        first = measure_first_page(f"http://127.0.0.1:{server.port}/")
        reruns = reruns_section(asyncio.run(alone(server.stream, pages, rounds, server.cpu_seconds)), rounds)
        before = server.cpu_seconds()
        visits = asyncio.run(crowd(server.stream, choices(), sessions, seconds, THINK_SECONDS))
        used = server.cpu_seconds() - before
        return [reruns, crowd_section(visits, sessions, used, server.resident_megabytes()), first]


def reruns_section(visits: Visits, rounds: int) -> Section:
    """Medians by page, the slowest first; errors on a page would make it fast, so they end the measurement."""
    if visits.errors:
        raise RuntimeError(f"{len(visits.errors)} errors on the pages, first: {visits.errors[0]}")
    medians = {path: statistics.median(waits) for path, waits in visits.seconds.items()}
    slowest = sorted(medians, key=lambda path: -medians[path])
    return Section(
        "Reruns of the pages",
        f"One session, {rounds} warm reruns of each page over a websocket, from the request to the last message.",
        ("page", "p50 ms", "server's processor ms"),
        [(path or FIRST, milliseconds(medians[path]), milliseconds(visits.cpu_seconds[path])) for path in slowest],
        [verdict(f"heaviest page, {slowest[0] or FIRST}", medians[slowest[0]] * 1000, RERUN_TARGET_MS, "ms")],
    )


def crowd_section(visits: Visits, sessions: int, used_seconds: float, megabytes: float) -> Section:
    """Waits of all readers, and what the server needed for them."""
    waits = visits.all_seconds()
    middle, late = percentile(waits, 0.5), percentile(waits, 0.95)
    return Section(
        "Sessions at once",
        f"{sessions} sessions over real websockets, each opening a page or changing a filter every {THINK_SECONDS:g} s "
        "on average; readers and server share the machine.",
        ("", ""),
        [
            ("reruns", f"{len(waits):,}"),
            ("p50", f"{milliseconds(middle)} ms"),
            ("p95", f"{milliseconds(late)} ms"),
            ("longest", f"{milliseconds(max(waits))} ms"),
            ("errors", str(len(visits.errors))),
            ("server's processor time per rerun", f"{used_seconds / len(waits) * 1000:.0f} ms"),
            ("sent per rerun, uncompressed", f"{visits.bytes_received / len(waits) / 1000:.0f} kB"),
            ("server's memory at the end", f"{megabytes:.0f} MB"),
        ],
        [verdict("p95", late, LOAD_TARGET_SECONDS, "s"), f"no errors: {'MISSED' if visits.errors else 'met'}"],
    )


def main(
    home: Annotated[Path, typer.Argument(help="A home with a published database.")],
    sessions: Annotated[int, typer.Option(min=1)] = SESSIONS,
    seconds: Annotated[float, typer.Option(min=1)] = SECONDS,
    rounds: Annotated[int, typer.Option(min=3, help="Reruns of each page by one reader.")] = 15,
) -> None:
    """Measure the dashboard of a home."""
    for section in measure_load(home, sessions, seconds, rounds):
        typer.echo(section.markdown())


if __name__ == "__main__":
    typer.run(main)
