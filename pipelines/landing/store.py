"""Takes files in: copies their bytes under their own hash, then notes the arrival in the journal.

A file counts as received once its journal line is on disk. Whatever dies before that leaves at most an
unnamed copy in the landing; the file itself still lies where it was, and the next run takes it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pipelines.durable import many_files
from pipelines.landing.journal import Arrival, Journal

JOURNAL = "journal.jsonl"
_UNFINISHED = re.compile(r"(^[.~])|(\.(part|tmp|crdownload|partial)$)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


class LandedFileDamaged(RuntimeError):
    """A landed file is missing or its bytes no longer give its name."""


class Landing:
    """The landing folder: `journal.jsonl` and `<first two digits>/<sha256>.<suffix>`.

    Whoever does not hold the writer lock says that he is no writer: he would cut off the line that is being written.
    """

    def __init__(self, folder: Path, is_writer: bool = True) -> None:
        self.folder = folder
        self.journal = Journal(folder / JOURNAL, is_writer)
        self._first: dict[str, Arrival] = {}
        self._note_first(self.journal.arrivals)

    def path_of(self, arrival: Arrival) -> Path:
        """Where the bytes of an arrival lie; the suffix only helps people to open the file."""
        suffix = Path(arrival.file_name).suffix.lower()
        return self.folder / arrival.sha256[:2] / (arrival.sha256 + (suffix if _SUFFIX.fullmatch(suffix) else ""))

    def bytes_of(self, arrival: Arrival) -> bytes:
        """The landed bytes of an arrival. Raises LandedFileDamaged."""
        return self.bytes_with(arrival.sha256)

    def bytes_with(self, sha256: str) -> bytes:
        """The landed bytes that have a hash, checked against it. Raises LandedFileDamaged."""
        path = self.path_of(self._first[sha256])
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise LandedFileDamaged(f"{path} is missing. Restore it from a backup.") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise LandedFileDamaged(f"{path} was altered after it was received. Restore it from a backup.")
        return data

    def receive(self, files: Iterable[Path], received_at: datetime, handed_in_after: int = 0) -> list[Arrival]:
        """Takes in every file that was not taken from the same place before; returns the new arrivals in order.

        Arrivals up to the sequence `handed_in_after` don't count: a file that somebody hands in again on purpose
        arrives again. Files that change or vanish while they are read are left for the next run.
        """
        seen = self.journal.seen_sources(after=handed_in_after)
        landed = set(self._first)
        arrivals: list[Arrival] = []
        with many_files() as write:
            for path in files:
                source = source_of(path, self.folder.parent)
                if source is None or source in seen:
                    continue
                data = self._read_settled(path, source)
                if data is None:
                    continue
                sha256 = hashlib.sha256(data).hexdigest()
                arrival = Arrival(
                    sequence=len(self.journal.arrivals) + len(arrivals) + 1,
                    sha256=sha256,
                    byte_count=len(data),
                    file_name=_as_text(path.name),
                    source_path=source[0],
                    source_mtime_ns=source[1],
                    received_at=received_at,
                )
                if sha256 not in landed:
                    write(self.path_of(arrival), data)
                    landed.add(sha256)
                arrivals.append(arrival)
        self.journal.append(arrivals)
        self._note_first(arrivals)
        return arrivals

    def _read_settled(self, path: Path, source: tuple[str, int, int]) -> bytes | None:
        """The bytes of a file; None where it is another one by now, or gone."""
        data = _read(path)
        return data if source_of(path, self.folder.parent) == source and len(data) == source[2] else None

    def _note_first(self, arrivals: Iterable[Arrival]) -> None:
        """Bytes lie under the suffix of the first file that brought them."""
        for arrival in arrivals:
            self._first.setdefault(arrival.sha256, arrival)


def source_of(path: Path, home: Path) -> tuple[str, int, int] | None:
    """(path, modification time, size) of a file, by which it is known again; None where it is gone.

    Paths inside the home are relative to it, so that an inbox is known again after the home has moved.
    """
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    absolute = path.resolve()
    place = absolute.relative_to(home) if absolute.is_relative_to(home) else absolute
    return _as_text(str(place)), stat.st_mtime_ns, stat.st_size


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _as_text(name: str) -> str:
    """A name that can be written down: what an old system left in another encoding shows as `\ufffd`."""
    return os.fsencode(name).decode("utf-8", errors="replace")


def incoming_files(paths: Iterable[Path]) -> list[Path]:
    """Files below the given files and folders, oldest first: a correction comes after what it corrects.

    Names of unfinished uploads are left out. Raises FileNotFoundError where a given path does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(
                item
                for item in path.rglob("*")
                if item.is_file() and not any(_UNFINISHED.search(part) for part in item.relative_to(path).parts)
            )
        elif path.exists():
            found.add(path)
        else:
            raise FileNotFoundError(f"{path} does not exist.")
    return sorted(found, key=_order)


def _order(path: Path) -> tuple[int, Path, str, str]:
    """By the last change; of files copied at the same moment the shorter name first (`91.xlsx`, `91-sua.xlsx`)."""
    changed_at = path.stat().st_mtime_ns if path.exists() else 0
    return (changed_at, path.parent, path.stem, path.suffix)
