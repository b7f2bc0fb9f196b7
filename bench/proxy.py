"""Sessions that one dashboard process holds, and two of them behind `deploy/haproxy/tiendo.cfg`.

`python -m bench.proxy HOME` needs haproxy (`apt-get install haproxy`). More and more sessions are opened, step by step,
until the slowest twentieth of the reruns takes a second. Proxy and readers share the machine's processors with the
servers, so the processor time of each is told beside the waits: what two processes could hold is limited by the sum.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bench.load import LOAD_TARGET_SECONDS, THINK_SECONDS, Server, choices, free_port, serving
from bench.processes import cpu_seconds
from bench.report import Section, milliseconds, percentile
from bench.visitors import crowd
from pipelines.settings import REPOSITORY

CONFIGURATION = REPOSITORY / "deploy" / "haproxy" / "tiendo.cfg"
SESSIONS_TARGET, RATIO_TARGET = 80, 1.7
FIRST_STEP, STEP, SECONDS = 60, 20, 40.0
TRIES = 3
# Beyond this the machine would only swap places between processes.
_MOST_SESSIONS = 300
_WORDS = {False: "one process", True: "two behind HAProxy"}


@dataclass(frozen=True, slots=True)
class Step:
    """So many sessions for a while: waits in seconds, errors, and processors busy by part (1.0 is one processor)."""

    is_double: bool
    sessions: int
    reruns: int
    middle: float
    late: float
    errors: int
    servers: float
    proxy: float
    readers: float

    @property
    def is_held(self) -> bool:
        """Whether nearly everybody was served in time."""
        return self.late < LOAD_TARGET_SECONDS and not self.errors


def measure_proxy(home: Path, first: int = FIRST_STEP, step: int = STEP, seconds: float = SECONDS) -> Section:
    """One process step by step, then two."""
    with serving(home) as server:
        alone = _steps(False, server.stream, [server], None, first, step, seconds)
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(home)) for _ in range(2)]
        port, proxy = stack.enter_context(proxied([server.port for server in servers]))
        check_stickiness(port)
        stream = f"ws://127.0.0.1:{port}/_stcore/stream"
        both = _steps(True, stream, servers, proxy.pid, first, step, seconds)
    return _section(alone, both, seconds)


@contextmanager
def proxied(ports: Sequence[int]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """HAProxy with the configuration for operators, on free ports: gives its own port and its process."""
    own = free_port()
    text = CONFIGURATION.read_text(encoding="utf-8").replace("127.0.0.1:8500", f"127.0.0.1:{own}")
    for named, port in zip((8501, 8502), ports, strict=True):
        text = text.replace(f"127.0.0.1:{named}", f"127.0.0.1:{port}")
    program = shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise RuntimeError("haproxy is missing: apt-get install haproxy")
    with tempfile.TemporaryDirectory(prefix="tiendo-bench-") as folder:
        configuration = Path(folder) / "haproxy.cfg"
        configuration.write_text(text, encoding="utf-8")
        process = subprocess.Popen([program, "-db", "-q", "-f", str(configuration)])
        try:
            _until_answered(own)
            yield own, process
        finally:
            process.terminate()
            process.wait(timeout=20)


def check_stickiness(port: int) -> None:
    """Raises RuntimeError unless a reader without the cookie gets one, and one with it is kept where he is."""
    address = f"http://127.0.0.1:{port}/_stcore/health"
    if _process_given(address, {}) is None:
        raise RuntimeError("the proxy gives no cookie to a new reader")
    for name in ("one", "two"):
        if _process_given(address, {"Cookie": f"tiendo_process={name}"}):
            raise RuntimeError(f"the proxy sends a reader of process {name} to another one")


def _process_given(address: str, headers: dict[str, str]) -> str | None:
    """The process that a reader is told to stay with; None where he is told nothing."""
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as answer:
        told = "; ".join(answer.headers.get_all("Set-Cookie", []))
    found = re.search(r"tiendo_process=(\w+)", told)
    return found[1] if found else None


def _until_answered(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _steps(
    is_double: bool,
    stream: str,
    servers: Sequence[Server],
    proxy: int | None,
    first: int,
    step: int,
    seconds: float,
) -> list[Step]:
    """Steps up to and with the first that is not held, each as it went two times of three."""
    parts: list[Callable[[], float]] = [
        lambda: sum(server.cpu_seconds() for server in servers),
        lambda: cpu_seconds(proxy) if proxy else 0.0,
        time.process_time,
    ]
    steps: list[Step] = []
    for sessions in range(first, _MOST_SESSIONS + 1, step):
        tries: list[Step] = []
        # A second without a processor for the servers, whoever had it, decides nothing.
        while not _is_decided(tries):
            tries.append(_step(is_double, stream, sessions, seconds, parts))
        steps.append(sorted(tries, key=lambda step: (step.errors, step.late))[len(tries) // 2])
        if not steps[-1].is_held:
            break
    return steps


def _is_decided(tries: Sequence[Step]) -> bool:
    """Held at once, or as two of three tries went."""
    return any(step.is_held for step in tries[:1]) or len(tries) == TRIES


def _step(is_double: bool, stream: str, sessions: int, seconds: float, parts: Sequence[Callable[[], float]]) -> Step:
    """So many sessions for a while; `parts` tell the processor seconds of servers, proxy and readers so far."""
    before, started = [part() for part in parts], time.perf_counter()
    visits = asyncio.run(crowd(stream, choices(), sessions, seconds, THINK_SECONDS))
    took = time.perf_counter() - started
    busy = [(part() - earlier) / took for part, earlier in zip(parts, before, strict=True)]
    waits = visits.all_seconds()
    middle, late = percentile(waits, 0.5), percentile(waits, 0.95)
    typer.echo(f"{_WORDS[is_double]}, {sessions} sessions: p95 {late:.2f} s", err=True)
    return Step(is_double, sessions, len(waits), middle, late, len(visits.errors), *busy)


def _section(alone: Sequence[Step], both: Sequence[Step], seconds: float) -> Section:
    held, held_by_both = (max((step.sessions for step in steps if step.is_held), default=0) for steps in (alone, both))
    ratio = held_by_both / held if held else 0.0
    at_target = next((step for step in alone if step.sessions >= SESSIONS_TARGET), None)
    verdicts = [
        f"one process holds **{held}** sessions (target {SESSIONS_TARGET}): {_word(held >= SESSIONS_TARGET)}",
        f"two behind the proxy hold **{held_by_both}**, **{ratio:.2f} ×** (target {RATIO_TARGET:g} ×): "
        f"{_word(ratio >= RATIO_TARGET)}",
        _room(alone[-1], both[-1]),
    ]
    if at_target is not None:
        verdicts.insert(1, f"p95 of {at_target.sessions} sessions on one process: {milliseconds(at_target.late)} ms")
    return Section(
        "Sessions held by one process, and by two behind a proxy",
        f"Each step {seconds:g} s; a session opens a page or changes a filter every {THINK_SECONDS:g} s on average; "
        f"held is what keeps p95 under {LOAD_TARGET_SECONDS:g} s without an error. The last columns are processors "
        f"busy, of {os.cpu_count()} that servers, proxy and the simulated readers share.",
        ("", "sessions", "reruns", "p50 ms", "p95 ms", "errors", "servers", "proxy", "readers"),
        [
            (
                _WORDS[step.is_double],
                str(step.sessions),
                f"{step.reruns:,}",
                milliseconds(step.middle),
                milliseconds(step.late),
                str(step.errors),
                f"{step.servers:.2f}",
                f"{step.proxy:.2f}",
                f"{step.readers:.2f}",
            )
            for step in (*alone, *both)
        ],
        verdicts,
    )


def _word(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def _room(alone: Step, both: Step) -> str:
    """What readers and proxy take of the machine, and how many sessions two servers could have with all of it."""
    processors = float(os.cpu_count() or 1)
    a_server, a_proxy, a_reader = (1000 * part / both.sessions for part in (both.servers, both.proxy, both.readers))
    return (
        f"thousandths of a processor that a session takes at the last step of two: {a_server:.1f} in its server, "
        f"{a_proxy:.1f} in the proxy, {a_reader:.1f} in the simulated reader; at that of one: "
        f"{1000 * alone.servers / alone.sessions:.1f} in the server. Proxy and readers leave two servers "
        f"{processors - both.proxy - both.readers:.2f} of {processors:g} processors, where one server used "
        f"{alone.servers:.2f}"
    )


def main(
    home: Annotated[Path, typer.Argument(help="A home with a published database.")],
    first: Annotated[int, typer.Option(min=1, help="Sessions of the first step.")] = FIRST_STEP,
    step: Annotated[int, typer.Option(min=1, help="So many more each step.")] = STEP,
    seconds: Annotated[float, typer.Option(min=1)] = SECONDS,
) -> None:
    """Find how many sessions are held."""
    typer.echo(measure_proxy(home, first, step, seconds).markdown())


if __name__ == "__main__":
    typer.run(main)
