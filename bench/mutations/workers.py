"""Damaged files in processes of their own: what hangs, dies or grows is a finding, and the others go on."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from bench.mutations.mutants import mutant
from bench.mutations.night import Verdict, take

BATCH = 50
FILE_SECONDS = 10.0
# Loading the libraries of the checks, and the checks over a whole batch.
_BETWEEN_SECONDS = 120.0
MEMORY_TARGET = 1 << 30
# Addresses, not memory in use: the libraries alone reserve more than the target. It stops what would never end.
_ADDRESSES = 6 << 30
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class BatchResult:
    """A batch judged: its verdicts, and the most memory that the process and its children have held so far."""

    verdicts: list[Verdict]
    peak_bytes: int


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    turn: Synchronized[int]
    since: Synchronized[float]
    batches: list[list[int]]


def judge(seed: int, numbers: Sequence[int], processes: int) -> Iterator[BatchResult]:
    """Judges the files with these numbers, in batches as they are done."""
    batches = [list(numbers[start : start + BATCH]) for start in range(0, len(numbers), BATCH)]
    workers = [_start(seed, batches[first::processes]) for first in range(processes) if batches[first::processes]]
    while workers:
        ready = wait([worker.connection for worker in workers], timeout=0.5)
        for worker in list(workers):
            lost: str = ""
            if worker.connection in ready:
                try:
                    yield worker.connection.recv()
                    worker.batches.pop(0)
                    continue
                except EOFError:
                    worker.process.join()
                    lost = f"crash: the process ended with {worker.process.exitcode}"
            elif _is_late(worker):
                worker.process.kill()
                worker.process.join()
                lost = f"hang: more than {FILE_SECONDS:g} s"
            if lost:
                workers.remove(worker)
                if worker.batches:
                    verdict, rest = _without_culprit(seed, worker, lost)
                    yield BatchResult([verdict], 0)
                    workers += [_start(seed, rest)] if rest else []


def _without_culprit(seed: int, worker: _Worker, what: str) -> tuple[Verdict, list[list[int]]]:
    """A verdict on the file whose turn it was, and what is left to do without it."""
    number = worker.turn.value if worker.turn.value >= 0 else worker.batches[0][0]
    culprit = mutant(seed, number)
    file = f"{culprit.original.format}, {culprit.original.report.name}"
    rest = [[other for other in batch if other != number] for batch in worker.batches]
    return Verdict(number, file, culprit.change, "crashed", [what]), [batch for batch in rest if batch]


def _is_late(worker: _Worker) -> bool:
    allowed = FILE_SECONDS if worker.turn.value >= 0 else _BETWEEN_SECONDS
    return time.monotonic() - worker.since.value > allowed


def _start(seed: int, batches: list[list[int]]) -> _Worker:
    here, there = _SPAWN.Pipe(duplex=False)
    turn: Any = _SPAWN.Value("q", -1)
    since: Any = _SPAWN.Value("d", time.monotonic())
    process = _SPAWN.Process(target=_work, args=(seed, batches, there, turn, since), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here, turn, since, batches)


def _work(seed: int, batches: list[list[int]], out: Connection, turn: Any, since: Any) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    os.environ["TQDM_DISABLE"] = "1"

    def mark(number: int) -> None:
        since.value = time.monotonic()
        turn.value = number

    for batch in batches:
        mark(-1)
        verdicts = take([mutant(seed, number) for number in batch], mark)
        kilobytes = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        out.send(BatchResult(verdicts, kilobytes * 1024))
