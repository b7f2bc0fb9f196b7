"""The append-only journal of the landing: one JSON line per arrival, run and published version, each with the hash of
the one before. `head`, beside it, has the hash of the last line, so that lines cut off the end are missed.

Together with the landed files and the reference tables it is all that the warehouse is derived from.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipelines.durable import append_whole, write_whole

HEAD = "head"
FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file was received. `sequence` counts arrivals from 1; `received_at` is Vietnamese local time.

    `source_path` (relative inside the home) and `source_mtime_ns` say where the file lay, so that an inbox is not read
    twice.
    """

    sequence: int
    sha256: str
    byte_count: int
    file_name: str
    source_path: str
    source_mtime_ns: int
    received_at: datetime

    @property
    def submission_id(self) -> str:
        """Sorts in the order of arrival; the hash makes it recognisable on a receipt."""
        return f"{self.sequence:06d}-{self.sha256[:8]}"


@dataclass(frozen=True, slots=True)
class Run:
    """A run began to take the arrivals up to `through`. The figures describe `as_of_on`, as known at `known_at`."""

    run_id: str
    through: int
    as_of_on: date
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """A version is complete and about to become current; `manifest_sha256` stands for all its files."""

    version: str
    run_id: str
    manifest_sha256: str


Record = Arrival | Run | Publication


class JournalBroken(RuntimeError):
    """The chain of hashes does not hold: somebody changed the journal."""


class Journal:
    """Reads and appends `journal.jsonl`. One writer at a time: callers that append hold the writer lock.

    A reader that is not the writer leaves an unfinished last line alone: the writer may be at it.
    """

    def __init__(self, path: Path, is_writer: bool = True) -> None:
        self.path = path
        self.arrivals: list[Arrival] = []
        self.runs: list[Run] = []
        self.publications: list[Publication] = []
        self._hashes = [FIRST]
        # Read before the lines: a writer writes it after them.
        self._noted_head = _read(path.with_name(HEAD))
        if path.exists():
            if is_writer:
                self._drop_unfinished_line()
            for number, line in enumerate(_complete_lines(path), start=1):
                self._take_chained(line, f"{path}, line {number}")

    def seen_sources(self, after: int = 0) -> set[tuple[str, int, int]]:
        """(path, modification time, size) of the files that arrivals after the sequence `after` were taken from."""
        return {(item.source_path, item.source_mtime_ns, item.byte_count) for item in self.arrivals[after:]}

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return len(self._hashes) - 1

    @property
    def head(self) -> str:
        """The hash of the last line."""
        return self._hashes[-1]

    @property
    def noted_head(self) -> bytes:
        """What `head` holds once it has been written for the last line."""
        return f"{self.head}\n".encode()

    @property
    def is_cut(self) -> bool:
        """Whether `head` names a line that there is not: the last lines are missing or altered, or `head` is.

        A writer that died between line and head has left it at an earlier line. Earlier releases have written none.
        """
        return self._noted_head not in (None, *(f"{known}\n".encode() for known in self._hashes))

    def head_at(self, line_count: int) -> str | None:
        """The hash of the last line at the time when there were so many; None where there never were."""
        return self._hashes[line_count] if 0 <= line_count <= self.line_count else None

    def append(self, records: Sequence[Record]) -> None:
        """Writes records and flushes them to disk; once it returns they are part of history.

        Raises OSError where the disk does not take them; then none of them is, on disk or in memory, so that the
        step can be repeated.
        """
        lines: list[str] = []
        previous = self._hashes[-1]
        for record in records:
            content = {"kind": type(record).__name__.lower(), **asdict(record), "previous": previous}
            lines.append(json.dumps(content, ensure_ascii=False, default=_as_text))
            previous = _line_hash(lines[-1])
        append_whole(self.path, "".join(f"{line}\n" for line in lines).encode())
        for line in lines:
            self._take(json.loads(line), line)
        # The records are history by now; a head that could not be written is behind until the next time.
        with suppress(OSError):
            write_whole(self.path.with_name(HEAD), self.noted_head)
            self._noted_head = self.noted_head

    def _take_chained(self, line: str, where: str) -> None:
        try:
            content = json.loads(line)
            if content["previous"] != self._hashes[-1]:
                raise JournalBroken(f"{where}: the line before it was altered or removed.")
            self._take(content, line)
        except (KeyError, TypeError, ValueError) as error:
            raise JournalBroken(f"{where}: it is not as it was written ({error}).") from error

    def _take(self, content: dict[str, Any], line: str) -> None:
        kind = content.pop("kind")
        content.pop("previous")
        if kind == "arrival":
            content["received_at"] = datetime.fromisoformat(content["received_at"])
            self.arrivals.append(Arrival(**content))
        elif kind == "run":
            content["as_of_on"] = date.fromisoformat(content["as_of_on"])
            content["known_at"] = datetime.fromisoformat(content["known_at"])
            self.runs.append(Run(**content))
        elif kind == "publication":
            self.publications.append(Publication(**content))
        else:
            raise ValueError(f"no such kind: {kind}")
        self._hashes.append(_line_hash(line))

    def _drop_unfinished_line(self) -> None:
        """A line without its end was never acknowledged: the process died while writing it."""
        data = self.path.read_bytes()
        if data and not data.endswith(b"\n"):
            with self.path.open("r+b") as file:
                file.truncate(data.rfind(b"\n") + 1)
                os.fsync(file.fileno())


def _complete_lines(path: Path) -> list[str]:
    """Not by splitlines(): a file name may hold characters that it takes for the end of a line, such as U+2028."""
    complete = path.read_bytes().rpartition(b"\n")[0]
    return [line.decode(errors="replace") for line in complete.split(b"\n")] if complete else []


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _line_hash(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in the journal")
