"""What a process and those that it has started use: memory at the peak, processor time. Read from /proc (Linux)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Generic, TypeVar

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_SAMPLE_SECONDS = 0.05


def tree(process_id: int) -> list[int]:
    """The process and all that descend from it and are still there."""
    found = [process_id]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):
                found += [int(child) for child in children.read_text(encoding="ascii").split()]
    return found


def cpu_seconds(process_id: int) -> float:
    """Processor time of a process so far, without that of others that it started."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def tree_cpu_seconds(process_id: int) -> float:
    """Processor time so far of a process, of those that descend from it, and of those that have ended."""
    total = 0.0
    for each in tree(process_id):
        with suppress(OSError):
            fields = Path(f"/proc/{each}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
            total += sum(int(fields[number]) for number in (11, 12, 13, 14)) / _TICKS
    return total


def resident_bytes(process_id: int) -> int:
    """Memory that a process holds now; pages that it shares with others included."""
    with suppress(OSError):
        return int(Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    return 0


def written_bytes() -> int:
    """Bytes that this process has caused to be written to disks so far."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)["write_bytes"])


class Peak:
    """The most memory that a process and its descendants held together, looked at twenty times a second.

    Pages that several of them share count for each, so that the figure errs on the side of too much.
    """

    def __init__(self) -> None:
        self.bytes = 0

    def look(self, process_id: int) -> None:
        """Counts what is held now."""
        self.bytes = max(self.bytes, sum(map(resident_bytes, tree(process_id))))


@contextmanager
def watched(process_id: int) -> Iterator[Peak]:
    """Watches a process while the block runs."""
    peak, is_over = Peak(), threading.Event()

    def watch() -> None:
        while not is_over.wait(_SAMPLE_SECONDS):
            peak.look(process_id)

    peak.look(process_id)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        is_over.set()
        watcher.join()


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Run(Generic[Result]):
    """A call made in a process of its own. `peak_bytes` is what that process and its descendants held together."""

    result: Result
    seconds: float
    cpu_seconds: float
    peak_bytes: int


class Apart:
    """A process of its own for one call after the other, so that memory and processor time are those of the calls."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, get_context("spawn"))
        self.process_id = self._pool.submit(os.getpid).result()

    def run(self, function: Callable[..., Result], *arguments: object) -> Run[Result]:
        """Calls a function of a module and waits for it. Raises what it raises."""
        before, started = tree_cpu_seconds(self.process_id), time.perf_counter()
        with watched(self.process_id) as peak:
            result = self._pool.submit(function, *arguments).result()
        seconds = time.perf_counter() - started
        return Run(result, seconds, tree_cpu_seconds(self.process_id) - before, peak.bytes)

    def close(self) -> None:
        """Ends the process."""
        self._pool.shutdown()


@contextmanager
def apart() -> Iterator[Apart]:
    """A process that ends with the block."""
    process = Apart()
    try:
        yield process
    finally:
        process.close()
