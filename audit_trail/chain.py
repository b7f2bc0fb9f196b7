"""The access log: one JSON line per act in `<home>/audit/YYYY-MM.jsonl`, each with the hash of the line before it.

Lines are only ever added. `head` holds the hash of the newest line, so that lines missing at the end are found as well
as altered ones. The chain shows what was changed by someone who does not write all of it anew; against whoever may, a
hash noted elsewhere helps (`tiendo audit verify` prints the newest one, `--holds` looks for it again).

Several processes write at once: a lock of the kernel's puts them in a row, and it ends with the process that holds it.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

FIRST = "0" * 64
HEAD, LOCK, MONTHS = "head", ".lock", "[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"
LONGEST_TEXT = 20_000
# Nobody but the service and its group reads who looked at what.
_FILE_MODE, _FOLDER_MODE = 0o640, 0o750


@dataclass(frozen=True, slots=True)
class Act:
    """One line. `at` is Vietnamese local time; `detail` says what was asked for, never what was answered."""

    at: datetime
    subject: str
    action: str
    roles: tuple[str, ...] = ()
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: `kind` is `unreadable`, `altered` (this line, or lines after it are missing),
    `missing_end` (lines after the last one are gone) or `missing_head`; `place` is the file with the line."""

    kind: str
    place: str


def append(folder: Path, act: Act) -> None:
    """Adds an act and flushes it to disk. Raises OSError where the disk does not take it; then nothing is added."""
    make_folder(folder)
    with _one_at_a_time(folder):
        months = files(folder)
        # A clock that was set back does not write into a month that is over: the order of lines is that of writing.
        path = max([*months[-1:], folder / f"{act.at:%Y-%m}.jsonl"])
        previous = _previous(folder, months)
        line = json.dumps(
            {
                "at": act.at.isoformat(timespec="milliseconds"),
                "subject": act.subject[:LONGEST_TEXT],
                "roles": sorted(act.roles),
                "action": act.action,
                "detail": {name: text[:LONGEST_TEXT] for name, text in act.detail.items()},
                "previous": previous,
            },
            ensure_ascii=True,
        )
        _add(path, f"{line}\n".encode())
        _set_head(folder, _hash(line.encode()))


def files(folder: Path) -> list[Path]:
    """The months, oldest first."""
    return sorted(folder.glob(MONTHS))


def extent(folder: Path) -> dict[str, bytes | int]:
    """The log between two lines, for a copy: the size of each month, which only grows, and the content of the head,
    which is written over. Empty where there is no log.
    """
    if not folder.is_dir():
        return {}
    with _one_at_a_time(folder):
        found: dict[str, bytes | int] = {path.name: path.stat().st_size for path in files(folder)}
        if (folder / HEAD).exists():
            found[HEAD] = (folder / HEAD).read_bytes()
        return found


def acts(path: Path) -> list[Act]:
    """The acts of one month in the order of writing; a line that can't be read is left to `breaks`."""
    found = []
    for line in _lines(path):
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            content = json.loads(line)
            at = datetime.fromisoformat(content["at"])
            detail = {str(name): str(text) for name, text in content["detail"].items()}
            roles = tuple(str(role) for role in content["roles"])
            found.append(Act(at, str(content["subject"]), str(content["action"]), roles, detail))
    return found


def breaks(folder: Path) -> list[Break]:
    """Every place where a line was altered, added or taken away; empty where the chain holds."""
    with _one_at_a_time(folder):
        found: list[Break] = []
        hashes, place, previous = [FIRST], "", FIRST
        for path in files(folder):
            for number, line in enumerate(_lines(path), start=1):
                here = f"{path.name}:{number}"
                said = _previous_of(line)
                if said is None:
                    found.append(Break("unreadable", here))
                elif said != previous:
                    found.append(Break("altered", place or here))
                place, previous = here, _hash(line)
                hashes.append(previous)
        head = _head(folder)
        if head is None and len(hashes) > 1:
            found.append(Break("missing_head", HEAD))
        # A process that died between line and head leaves the head one line behind.
        elif head is not None and head not in hashes[-2:]:
            found.append(Break("missing_end", place or HEAD))
        return found


def newest(folder: Path) -> tuple[int, str]:
    """How many lines there are, and the hash of the last one, to be noted elsewhere."""
    hashes = line_hashes(folder)
    return len(hashes), hashes[-1] if hashes else FIRST


def line_hashes(folder: Path) -> list[str]:
    """The hash of every line in the order of writing."""
    return [_hash(line) for path in files(folder) for line in _lines(path)]


def make_folder(folder: Path) -> None:
    """Creates the folder of the log, closed to others."""
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Holds the log's lock. A folder that can only be read has no writer to wait for."""
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _FILE_MODE)
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.EROFS, errno.EACCES) or os.access(folder, os.W_OK):
            raise
        yield
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _previous(folder: Path, months: Sequence[Path]) -> str:
    """The hash that the next line carries.

    It is that of the last line while head and lines agree, or the head is the one line behind that a dying process
    leaves. Otherwise it is what the head says: the break stays visible instead of being written over.
    """
    head = _head(folder)
    last = next((line for path in reversed(months) if (line := _last_line(path))), b"")
    if not last:
        return head or FIRST
    if head in (_hash(last), _previous_of(last)):
        return _hash(last)
    return head or FIRST


def _add(path: Path, data: bytes) -> None:
    """Appends a whole line; a line that a dying process left unfinished was never acknowledged, and goes first."""
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, _FILE_MODE)
    try:
        length = _length_of_whole_lines(descriptor)
        try:
            if os.write(descriptor, data) != len(data):
                raise OSError(errno.ENOSPC, "the disk took only a part", str(path))
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, length)
            raise
    finally:
        os.close(descriptor)
    if is_new:
        _sync_folder(path.parent)


def _length_of_whole_lines(descriptor: int) -> int:
    size = os.fstat(descriptor).st_size
    if size == 0 or os.pread(descriptor, 1, size - 1) == b"\n":
        return size
    whole = os.pread(descriptor, size, 0).rfind(b"\n") + 1
    os.ftruncate(descriptor, whole)
    return whole


def _set_head(folder: Path, value: str) -> None:
    """Written over in place: of 64 characters in one sector there is no half."""
    is_new = not (folder / HEAD).exists()
    descriptor = os.open(folder / HEAD, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, _FILE_MODE)
    try:
        os.pwrite(descriptor, f"{value}\n".encode(), 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _sync_folder(folder)


def _head(folder: Path) -> str | None:
    try:
        return (folder / HEAD).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None


def _lines(path: Path) -> list[bytes]:
    """Whole lines; split at line feeds only, which JSON escapes inside texts."""
    whole = path.read_bytes().rpartition(b"\n")[0]
    return whole.split(b"\n") if whole else []


def _last_line(path: Path) -> bytes:
    """Read from the end: a month may be long."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        reach = 1 << 12
        while True:
            file.seek(max(size - reach, 0))
            whole = file.read(reach).rpartition(b"\n")[0]
            start = whole.rfind(b"\n") + 1
            if start or reach >= size:
                return whole[start:]
            reach *= 8


def _previous_of(line: bytes) -> str | None:
    try:
        return str(json.loads(line)["previous"])
    except (ValueError, KeyError, TypeError):
        return None


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
