"""Takes files in: copies their bytes under their own hash, then notes the arrival in the journal.

A file counts as received once its journal line is on disk. Whatever dies before that leaves at most an
unnamed copy in the landing; the file itself still lies where it was, and the next run takes it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import signal
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from pipelines.durable import make_folder, many_files, sync_file, sync_folder
from pipelines.landing.journal import Arrival, Journal

JOURNAL = "journal.jsonl"
# A larger file is copied piece by piece: whoever may write to the inbox must not decide how much memory a night takes.
LARGEST_IN_MEMORY = 64_000_000
_PIECE = 1 << 20
LARGEST_STEP_BACK = timedelta(days=1)
_UNFINISHED = re.compile(r"(^[.~])|(\.(part|tmp|crdownload|partial)$)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


class LandedFileDamaged(RuntimeError):
    """A landed file is missing or its bytes no longer give its name."""


class ClockSetBack(RuntimeError):
    """The moment that counts as now lies long before that of the last arrival."""


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

    def bytes_up_to(self, arrival: Arrival, largest: int) -> bytes:
        """As `bytes_of`; of a file that is larger only as much as shows that it is. Raises LandedFileDamaged."""
        if arrival.byte_count <= largest:
            return self.bytes_of(arrival)
        try:
            with self.path_of(self._first[arrival.sha256]).open("rb") as file:
                return file.read(largest + 1)
        except FileNotFoundError as error:
            raise LandedFileDamaged(f"{error.filename} is missing. Restore it from a backup.") from error

    def receive(self, files: Iterable[Path], received_at: datetime, handed_in_after: int = 0) -> list[Arrival]:
        """Takes in every file that was not taken from the same place before; returns the new arrivals in order.

        Arrivals up to the sequence `handed_in_after` don't count: a file that somebody hands in again on purpose
        arrives again. Files that change or vanish while they are read are left for the next run.
        Raises ClockSetBack.
        """
        received_at = self._no_earlier(received_at)
        seen = self.journal.seen_sources(after=handed_in_after)
        landed = set(self._first)
        arrivals: list[Arrival] = []
        with many_files() as write:
            for path in files:
                source = source_of(path, self.folder.parent)
                if source is None or source in seen:
                    continue
                if source[2] > LARGEST_IN_MEMORY:
                    sha256, data = self._copy_settled(path, source), None
                else:
                    data = self._read_settled(path, source)
                    sha256 = None if data is None else hashlib.sha256(data).hexdigest()
                if sha256 is None:
                    continue
                arrival = Arrival(
                    sequence=len(self.journal.arrivals) + len(arrivals) + 1,
                    sha256=sha256,
                    byte_count=source[2],
                    file_name=_as_text(path.name),
                    source_path=source[0],
                    source_mtime_ns=source[1],
                    received_at=received_at,
                )
                if sha256 not in landed:
                    if data is None:
                        self._name_copy(self.path_of(arrival))
                    else:
                        write(self.path_of(arrival), data)
                    landed.add(sha256)
                elif data is None:
                    self._unnamed.unlink()
                arrivals.append(arrival)
        self.journal.append(arrivals)
        self._note_first(arrivals)
        return arrivals

    def _no_earlier(self, received_at: datetime) -> datetime:
        """A clock set back a little makes no report older than one that came before it: the later one counts.

        Raises ClockSetBack where it is more than that: today's reports would be taken for reports of days to come.
        """
        if not self.journal.arrivals:
            return received_at
        last = self.journal.arrivals[-1].received_at
        if received_at < last - LARGEST_STEP_BACK:
            raise ClockSetBack(
                f"The clock says {received_at}, but the last file came on {last}. Set the clock right, then run again; "
                "nothing was taken in, the files lie where they were. If the last run's clock was wrong, restore the "
                "backup from before it (`tiendo restore`)."
            )
        return max(received_at, last)

    def _read_settled(self, path: Path, source: tuple[str, int, int]) -> bytes | None:
        """The bytes of a file; None where it is another one by now, or gone."""
        data = _read(path)
        return data if source_of(path, self.folder.parent) == source and len(data) == source[2] else None

    def _copy_settled(self, path: Path, source: tuple[str, int, int]) -> str | None:
        """The hash of a large file, whose copy then lies where `_name_copy` finds it; None as in `_read_settled`."""
        digest = hashlib.sha256()
        make_folder(self.folder)
        try:
            with path.open("rb") as given, self._unnamed.open("wb") as copy:
                while piece := given.read(_PIECE):
                    digest.update(piece)
                    copy.write(piece)
                length = copy.tell()
        except FileNotFoundError:
            return None
        settled = source_of(path, self.folder.parent) == source and length == source[2]
        return digest.hexdigest() if settled else None

    @property
    def _unnamed(self) -> Path:
        return self.folder / ".large.part"

    def _name_copy(self, path: Path) -> None:
        make_folder(path.parent)
        sync_file(self._unnamed)
        self._unnamed.replace(path)
        sync_folder(path.parent)

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


def is_being_written(path: Path) -> bool:
    """Whether a program on this machine has the file open to write: a copy on its way. False where nobody can tell.

    The kernel grants a read lease only for a file that is open to no writer.
    """
    try:
        with path.open("rb") as file:
            # Whoever begins to write meanwhile has the kernel send a signal: one that does nothing.
            fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


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

    Names of unfinished uploads are left out, and links: whoever may write to the inbox could have any file of this
    machine taken in and sent back. Raises FileNotFoundError where a given path does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(
                item
                for item in path.rglob("*")
                if item.is_file()
                and not item.is_symlink()
                and not any(_UNFINISHED.search(part) for part in item.relative_to(path).parts)
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
