"""Readers of the dashboard without a browser: they speak Streamlit's own messages over real websockets."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE_SECONDS = 60.0
PROTOCOL = Subprotocol("streamlit")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page as an address asks for it: its path ('' for the first) and its filters."""

    path: str
    query: str = ""


@dataclass(slots=True)
class Visits:
    """What readers waited for each page, in seconds, what the server's processor worked for a rerun of it, the bytes of
    the answers, and what went wrong.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    cpu_seconds: dict[str, float] = field(default_factory=dict)
    bytes_received: int = 0
    errors: list[str] = field(default_factory=list)

    def all_seconds(self) -> list[float]:
        """Every wait, whatever the page."""
        return [each for waits in self.seconds.values() for each in waits]


async def ask(connection: ClientConnection, asked: Asked, visits: Visits) -> None:
    """Ask for a page, or for the same page with other filters, and wait until it is complete."""
    message = BackMsg()
    message.rerun_script.page_name = asked.path
    message.rerun_script.query_string = asked.query
    started = time.perf_counter()
    await connection.send(message.SerializeToString())
    while True:
        content = await asyncio.wait_for(connection.recv(), PATIENCE_SECONDS)
        assert isinstance(content, bytes)
        visits.bytes_received += len(content)
        answer = ForwardMsg.FromString(content)
        kind = answer.WhichOneof("type")
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            visits.errors.append(f"{asked.path}: {answer.delta.new_element.exception.message}")
        if kind == "script_finished":
            visits.seconds.setdefault(asked.path, []).append(time.perf_counter() - started)
            return


async def reader(
    address: str, choices: Sequence[Asked], seed: int, until: float, think_seconds: float, visits: Visits
) -> None:
    """One reader: opens a page or changes a filter, thinks for `think_seconds` on average, until the clock says so."""
    chance = random.Random(seed)
    await asyncio.sleep(chance.uniform(0, think_seconds))
    async with connect(address, subprotocols=[PROTOCOL], max_size=None) as connection:
        while time.monotonic() < until:
            try:
                await ask(connection, chance.choice(choices), visits)
            except (TimeoutError, OSError) as error:
                visits.errors.append(f"{type(error).__name__}: {error}")
                return
            await asyncio.sleep(chance.uniform(0.5, 1.5) * think_seconds)


async def crowd(address: str, choices: Sequence[Asked], sessions: int, seconds: float, think_seconds: float) -> Visits:
    """Many readers at once."""
    visits = Visits()
    until = time.monotonic() + seconds
    await asyncio.gather(*(reader(address, choices, seed, until, think_seconds, visits) for seed in range(sessions)))
    return visits


async def alone(address: str, pages: Sequence[Asked], rounds: int, cpu_seconds: Callable[[], float]) -> Visits:
    """One reader who reruns one page after the other; the first runs of each are not counted."""
    visits = Visits()
    async with connect(address, subprotocols=[PROTOCOL], max_size=None) as connection:
        for page in pages:
            for _ in range(2):
                await ask(connection, page, Visits())
            before = cpu_seconds()
            for _ in range(rounds):
                await ask(connection, page, visits)
            visits.cpu_seconds[page.path] = (cpu_seconds() - before) / rounds
    return visits
