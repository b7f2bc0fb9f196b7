"""Starts a query in a child process, waits for it, ends it: at most four at a time, each with its own deadline.

The child reads an unlinked copy of the published database. It is made once per version (0.1 s for 50 MB) and has no
name, so neither the folder of the installation nor anything beside the database can be reached or told from inside.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from dashboard.console import places

CHILD = Path(__file__).with_name("child.py")
AT_ONCE = 4
# Two versions, each in as many files as there are clearances.
COPIES_KEPT = 6
LONGEST_QUERY = 20_000
BYTE_LIMIT = 32 << 20
MOST_SAID = 4 * BYTE_LIMIT
READ_BYTES = 1 << 16
ROW_LIMITS = (200, 1_000, 10_000, 50_000)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take. Memory in MB: DuckDB's own limit, and that of the whole process."""

    rows: int = ROW_LIMITS[1]
    seconds: int = 15
    query_memory_mb: int = 512
    process_memory_mb: int = 1_500


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result: `kind` is `number`, `day`, `moment`, `truth` or `text`; `type_name` DuckDB's own."""

    name: str
    kind: str
    type_name: str


@dataclass(frozen=True, slots=True)
class Result:
    """Rows in the order of the query. `cut_by` is `row_limit` or `byte_limit` where there were more, else `''`."""

    columns: tuple[Column, ...]
    rows: list[list[Any]]
    cut_by: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no result.

    `kind` is `busy`, `too_long`, `timed_out`, `stopped`, `memory`, `not_one_select`, `broken`, or the name of DuckDB's
    exception; then `message` holds its words and `line` the line of the query that it names.
    """

    kind: str
    message: str = ""
    line: int | None = None


class _Copies:
    """Unlinked copies of published databases, by path and modification time; the oldest gives way."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, int], IO[bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def descriptor(self, path: str) -> int:
        """A descriptor of its own for the caller to close."""
        key = (path, Path(path).stat().st_mtime_ns)
        with self._lock:
            if key not in self._files:
                copy = tempfile.TemporaryFile()  # noqa: SIM115 - kept open for the queries to come
                with Path(path).open("rb") as original:
                    shutil.copyfileobj(original, copy, 1 << 20)
                copy.flush()
                self._files[key] = copy
                while len(self._files) > COPIES_KEPT:
                    self._files.popitem(last=False)[1].close()
            self._files.move_to_end(key)
            return os.dup(self._files[key].fileno())


_copies = _Copies()


@dataclass
class Query:
    """A query on its way; leaving the `with` block ends its process, whatever happened.

    `advance` waits a little and says whether it is over; `outcome` is what came of it. It is never slower than its
    deadline, whatever the query does: the process is killed.
    """

    path: str
    sql: str
    limits: Limits
    outcome: Result | Fault | None = None
    _process: subprocess.Popen[bytes] | None = None
    _place: int | None = None
    _started: float = 0.0
    _said: bytearray = field(default_factory=bytearray)

    def __enter__(self) -> Query:
        if len(self.sql) > LONGEST_QUERY:
            self.outcome = Fault("too_long")
        elif (place := places.take(AT_ONCE)) is None:
            self.outcome = Fault("busy")
        else:
            self._place = place
            try:
                self._start()
            except BaseException:
                self._end()
                raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        """Kills the process if there is one, and frees the place."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()
            self._process = None
        if self._place is not None:
            os.close(self._place)
            self._place = None

    def _start(self) -> None:
        descriptor = _copies.descriptor(self.path)
        try:
            self._started = time.monotonic()
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(descriptor,),
                env={"LANG": "C.UTF-8"},
                cwd="/",
            )
        finally:
            os.close(descriptor)
        request = {
            "descriptor": descriptor,
            "sql": self.sql,
            "row_limit": self.limits.rows,
            "byte_limit": BYTE_LIMIT,
            "seconds": self.limits.seconds,
            "query_memory_mb": self.limits.query_memory_mb,
            "process_memory_mb": self.limits.process_memory_mb,
        }
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(request).encode())
            self._process.stdin.close()

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return time.monotonic() - self._started

    def advance(self, seconds: float) -> bool:
        """Wait at most `seconds` for news; True once there is an outcome."""
        until = time.monotonic() + seconds
        while self.outcome is None and time.monotonic() < until:
            if self.seconds > self.limits.seconds:
                self.outcome = Fault("timed_out")
            elif self._is_over(max(until - time.monotonic(), 0.0)):
                self.outcome = self._understood()
        return self.outcome is not None

    def _is_over(self, seconds: float) -> bool:
        """Take what the child has said; True once it has closed its end."""
        assert self._process is not None
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        if not select.select([pipe], [], [], min(seconds, self.limits.seconds))[0]:
            return False
        said = os.read(pipe, READ_BYTES)
        self._said += said
        if len(self._said) > MOST_SAID:
            self.outcome = Fault("broken")
        return not said

    def _understood(self) -> Result | Fault:
        """The outcome of a child that has ended by itself or by one of its limits."""
        assert self._process is not None
        took = self.seconds
        code = self._process.wait()
        lines = [json.loads(line) for line in self._said.splitlines()] if code == 0 else []
        end = lines[-1] if lines else {}
        if "fault" in end:
            return Fault(end["fault"], end.get("message", ""), end.get("line"))
        if "end" in end:
            columns = tuple(Column(*column) for column in lines[0]["columns"])
            rows = [row for line in lines[1:-1] for row in line["rows"]]
            return Result(columns, rows, "" if end["end"] == "complete" else end["end"], took)
        if took >= self.limits.seconds:
            return Fault("timed_out")
        return Fault("memory" if code < 0 else "broken")


def run(path: str, sql: str, limits: Limits | None = None) -> Result | Fault:
    """Run one query and wait for its outcome."""
    with Query(path, sql, limits or Limits()) as query:
        while not query.advance(1.0):
            continue
    assert query.outcome is not None
    return query.outcome
