"""The pages over a year of nightly reports at full scale, beside the same pages over the demo."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from bench.load import FIRST, serving
from bench.report import Section, milliseconds, verdict
from bench.visitors import PROTOCOL, Asked, Visits, ask
from dashboard.pages import PAGES

TARGET = 1.3
# Provinces that nobody has asked for before: what is read for them is not kept yet.
FRESH = ("11", "15", "22", "31", "42", "51", "68", "75", "86", "96")
FRESH_PAGE = "tinh, a province that nobody asked for before"


def measure_year(demo: Path, year: Path, rounds: int) -> Section:
    """Reruns each page over both, in turn; then a province's page with what has not been read before."""
    visits = asyncio.run(_visit(demo, year, rounds))
    ratios: dict[str, float] = {}
    rows = []
    for path in visits[0].seconds:
        few, many = (statistics.median(each.seconds[path]) for each in visits)
        ratios[path] = many / few
        rows.append((path or FIRST, milliseconds(few), milliseconds(many), f"{many / few:.2f} ×"))
    slowest = max(ratios, key=lambda path: ratios[path])
    return Section(
        "The pages over a year of history",
        f"{rounds} warm reruns of each page over the demo and over a year of reports every night, in turn; medians.",
        ("page", "demo, ms", "a year, ms", "ratio"),
        sorted(rows, key=lambda row: row[3], reverse=True),
        [verdict(f"slowest against the demo, {slowest or FIRST}", ratios[slowest], TARGET, "×")],
    )


async def _visit(demo: Path, year: Path, rounds: int) -> tuple[Visits, Visits]:
    visits = Visits(), Visits()
    with ExitStack() as stack:
        addresses = [stack.enter_context(serving(home)).stream for home in (demo, year)]
        connections = [await connect(address, subprotocols=[PROTOCOL], max_size=None) for address in addresses]
        pages = [Asked("" if name == "overview" else screen.path) for name, screen in PAGES.items()]
        for page in pages:
            await _in_turn(connections, page, (Visits(), Visits()), 2)
            await _in_turn(connections, page, visits, rounds)
        fresh = Visits(), Visits()
        for code in FRESH:
            await _in_turn(connections, Asked(PAGES["province"].path, f"tinh={code}"), fresh, 1)
        for seen, first_time in zip(visits, fresh, strict=True):
            seen.seconds[FRESH_PAGE] = first_time.seconds[PAGES["province"].path]
            seen.errors += first_time.errors
        for connection in connections:
            await connection.close()
    if errors := [error for each in visits for error in each.errors]:
        raise RuntimeError(f"{len(errors)} errors on the pages, first: {errors[0]}")
    return visits


async def _in_turn(
    connections: Sequence[ClientConnection], page: Asked, visits: tuple[Visits, Visits], rounds: int
) -> None:
    for _ in range(rounds):
        for connection, seen in zip(connections, visits, strict=True):
            await ask(connection, page, seen)
