"""Files of a batch taken by several processes at once, which stay for the next batch.

Reading a day's workbooks is the longest part of a night and one file knows nothing of another. A file that brings its
process down (a fault in a parser's native code, or no memory left) is tried once more and then refused; the others are
not touched by it. The processes end when this one does, however it ends: their input closes.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

from pipelines.gate.faults import Fault
from pipelines.gate.submission import REJECTED, FileGate, Submission
from pipelines.landing.journal import Arrival
from pipelines.readers import Limits
from pipelines.reference.load import Reference

COMMAND = (sys.executable, "-m", "pipelines.gate.file_process")
# With fewer files the processes would cost more than they save.
FEWEST_FILES = 8
MOST_PROCESSES = 4
TRIES = 2
TakeFiles = Callable[[Sequence[Arrival], Callable[[Arrival], bytes], Reference, Limits], list[Submission]]
_SOURCES = Path(__file__).resolve().parents[2]


class FileFailed(RuntimeError):
    """The program itself broke on a file; the text is the other process's traceback."""


class FileProcess:
    """One process and the two pipes to it; started when first asked, and again after it has died."""

    def __init__(self, prepared: bytes) -> None:
        self._prepared = prepared
        self._process: subprocess.Popen[bytes] | None = None

    def take(self, arrival: Arrival, data: bytes) -> Submission | None:
        """The submission, None where the process died over the file. Raises FileFailed."""
        process = self._process or self._start()
        try:
            self._send(process, pickle.dumps((arrival, data), pickle.HIGHEST_PROTOCOL))
            answer = pickle.load(_pipe(process.stdout))
        except (BrokenPipeError, EOFError):
            self.close()
            return None
        if isinstance(answer, str):
            raise FileFailed(f"{arrival.file_name}: {answer}")
        assert isinstance(answer, Submission)
        return answer

    def close(self) -> None:
        """Ends the process and waits for it."""
        if self._process:
            _pipe(self._process.stdin).close()
            self._process.wait()
            _pipe(self._process.stdout).close()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        known = os.environ.get("PYTHONPATH", "")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in (str(_SOURCES), known) if part)}
        process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self._process = process
        self._send(process, self._prepared)
        return process

    def _send(self, process: subprocess.Popen[bytes], frame: bytes) -> None:
        stream = _pipe(process.stdin)
        stream.write(frame)
        stream.flush()


class FileProcesses:
    """Processes that hold the same reference tables and limits."""

    def __init__(self, reference: Reference, limits: Limits, count: int) -> None:
        prepared = pickle.dumps((reference, limits), pickle.HIGHEST_PROTOCOL)
        self.known = (reference, limits)
        self._processes = [FileProcess(prepared) for _ in range(count)]

    def take(self, arrivals: Sequence[Arrival], bytes_of: Callable[[Arrival], bytes]) -> list[Submission]:
        """The submissions in the order of the arrivals. Raises FileFailed."""
        waiting: SimpleQueue[int] = SimpleQueue()
        # The longest first, so that no process is left with one while the others have nothing to do.
        for index in sorted(range(len(arrivals)), key=lambda index: -arrivals[index].byte_count):
            waiting.put(index)
        taken: dict[int, Submission] = {}

        def work(process: FileProcess) -> None:
            while True:
                try:
                    index = waiting.get_nowait()
                except Empty:
                    return
                taken[index] = _take(process, arrivals[index], bytes_of(arrivals[index]))

        with ThreadPoolExecutor(len(self._processes)) as threads:
            list(threads.map(work, self._processes))
        return [taken[index] for index in range(len(arrivals))]

    def close(self) -> None:
        """Ends all of them."""
        for process in self._processes:
            process.close()


_kept: list[FileProcesses] = []


def take_files(
    arrivals: Sequence[Arrival], bytes_of: Callable[[Arrival], bytes], reference: Reference, limits: Limits
) -> list[Submission]:
    """Every file through `FileGate.take`, in several processes where files and processors are enough of that."""
    count = min(len(os.sched_getaffinity(0)), MOST_PROCESSES)
    if len(arrivals) < FEWEST_FILES or count == 1:
        return take_files_here(arrivals, bytes_of, reference, limits)
    return _processes_for(reference, limits, count).take(arrivals, bytes_of)


def take_files_here(
    arrivals: Sequence[Arrival], bytes_of: Callable[[Arrival], bytes], reference: Reference, limits: Limits
) -> list[Submission]:
    """The same in this process, one file after the other: for few files, and to watch what each of them does."""
    file_gate = FileGate(reference, limits)
    return [file_gate.take(arrival, bytes_of(arrival)) for arrival in arrivals]


def end_processes() -> None:
    """Ends the processes kept for the next batch."""
    while _kept:
        _kept.pop().close()


atexit.register(end_processes)


def _processes_for(reference: Reference, limits: Limits, count: int) -> FileProcesses:
    digests = (reference.digest, reference.gate_digest)
    for kept in _kept:
        if digests == (kept.known[0].digest, kept.known[0].gate_digest) and kept.known[1] == limits and digests[0]:
            return kept
    end_processes()
    _kept.append(FileProcesses(reference, limits, count))
    return _kept[-1]


def _take(process: FileProcess, arrival: Arrival, data: bytes) -> Submission:
    for _ in range(TRIES):
        submission = process.take(arrival, data)
        if submission is not None:
            return submission
    fault = Fault(
        "unreadable_file",
        detail="chương trình đọc đã dừng giữa chừng khi mở tệp",
        detail_en="the reading program stopped over it",
    )
    return Submission(arrival, faults=[fault], status=REJECTED)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
