"""The file of a backup: a gzipped tar that ordinary tools unpack, with a list of all hashes as its last member.

Whatever was damaged, cut off or added is refused with the member's name, and nothing of it is used.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pipelines import __version__
from pipelines.backup.contents import Part, take_stock
from pipelines.durable import sync_file, sync_folder
from pipelines.settings import Home

LIST = "backup.json"
FORMAT = 1
FOLDERS = frozenset({"landing", "reference", "audit", "published", "outbox", "operation", "inbox"})
_ANOTHER = "Take another backup."
_PIECE = 1 << 20
# Workbooks are compressed already; databases shrink to a fifth even so.
_LEVEL = 1
_VERSION = re.compile(r"\d{6}")


class BackupRefused(RuntimeError):
    """The file is no backup that can be trusted; the message names the member."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a backup as its list has it."""

    byte_count: int
    sha256: str
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The list: which release wrote it, the version that was current, and all files by name."""

    release: str
    current: str | None
    members: Mapping[str, Member]

    @property
    def byte_count(self) -> int:
        """Size of all files."""
        return sum(member.byte_count for member in self.members.values())


def write_backup(home: Home, path: Path) -> Listed:
    """Writes the backup, reads it again from its first byte to its last, and only then gives it its name.

    Raises FileExistsError, OSError where the disk does not take it; then nothing is left behind.
    """
    if path.exists():
        raise FileExistsError(f"{path} exists. Choose another name; a backup is never written over.")
    unfinished = path.with_name(f".{path.name}.part")
    try:
        # Whoever may not see restricted figures may not read the file.
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed:
            _write(home, packed)
        sync_file(unfinished)
        listed = check_backup(unfinished)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)
    return listed


def _write(home: Home, packed: gzip.GzipFile) -> None:
    members: dict[str, Member] = {}
    with ExitStack() as stack, tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        contents = take_stock(home, stack)
        for part in contents.parts():
            members[part.name] = _add(tar, part)
        listed = Listed(__version__, contents.current, members)
        data = json.dumps({"format": FORMAT, **asdict(listed)}, indent=1).encode()
        info = tarfile.TarInfo(LIST)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))


def _add(tar: tarfile.TarFile, part: Part) -> Member:
    info = tarfile.TarInfo(part.name)
    info.size, info.mtime, info.mode = part.byte_count, part.mtime_ns // 1_000_000_000, part.mode
    source = _Hashed(part.source)
    tar.addfile(info, source)
    return Member(part.byte_count, source.hash.hexdigest(), part.mtime_ns)


class _Hashed:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.hash.update(piece)
        return piece


def check_backup(path: Path) -> Listed:
    """Reads the whole backup and holds every file to its hash. Raises BackupRefused, FileNotFoundError."""
    return unpack(path, None)


def unpack(path: Path, target: Path | None) -> Listed:
    """Writes the files below `target` (an empty folder, or nowhere) and holds each to its hash.

    What was written is worth nothing if this raises BackupRefused.
    """
    found: dict[str, tuple[int, str]] = {}
    listed: Listed | None = None
    with _members(path) as members:
        for info, source in members:
            if info.name == LIST:
                listed = _read_list(path, source.read())
                continue
            if info.name in found or listed is not None:
                raise BackupRefused(f"{path}: {info.name!r} does not belong where it stands. {_ANOTHER}")
            found[info.name] = _unpack(source, target / info.name if target else None, info.mode & 0o777)
    if listed is None:
        last = next(reversed(found), "its first byte")
        raise BackupRefused(f"{path}: it ends early, after {last!r}. {_ANOTHER}")
    for name in sorted(found.keys() | listed.members.keys()):
        member = listed.members.get(name)
        if member is None or found.get(name) != (member.byte_count, member.sha256):
            raise BackupRefused(f"{path}: {name!r} is not the file that was backed up. {_ANOTHER}")
        if target:
            os.utime(target / name, ns=(member.mtime_ns, member.mtime_ns))
    return listed


@contextmanager
def _members(path: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    """Every member with its bytes. Raises BackupRefused with the member that can't be read, or is none of a backup."""
    reached = ["its first byte"]
    try:
        with gzip.open(path) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            yield _each(path, tar, reached)
            # What was added behind the end, or cut off it, shows in the checksum of the whole.
            while packed.read(_PIECE):
                pass
    except (gzip.BadGzipFile, zlib.error, EOFError, tarfile.TarError, UnicodeError, ValueError) as error:
        raise BackupRefused(f"{path}: damaged at or after {reached[-1]!r} ({error}). {_ANOTHER}") from error


def _each(path: Path, tar: tarfile.TarFile, reached: list[str]) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for info in tar:
        reached.append(info.name)
        _check_place(path, info.name)
        source = tar.extractfile(info) if info.type in (tarfile.REGTYPE, tarfile.AREGTYPE) else None
        if source is None or info.issparse():
            raise BackupRefused(f"{path}: {info.name!r} is no ordinary file. {_ANOTHER}")
        yield info, source


def _check_place(path: Path, name: str) -> None:
    """Raises BackupRefused for the name of a member that leads anywhere but below the home."""
    place = PurePosixPath(name)
    parts = place.parts
    is_inside = str(place) == name and not place.is_absolute() and ".." not in parts and "\0" not in name
    if name != LIST and (not is_inside or len(parts) < 2 or parts[0] not in FOLDERS):
        raise BackupRefused(f"{path}: {name!r} leads to a place that no backup holds. {_ANOTHER}")
    if parts[0] == "published" and not (len(parts) == 3 and _VERSION.fullmatch(parts[1])):
        raise BackupRefused(f"{path}: {name!r} is no file of a published version. {_ANOTHER}")


def _unpack(source: IO[bytes], place: Path | None, mode: int) -> tuple[int, str]:
    """Writes a member and flushes it to disk; gives its size and its hash."""
    content = _Hashed(source)
    byte_count = 0
    with ExitStack() as stack:
        out = None
        if place:
            place.parent.mkdir(parents=True, exist_ok=True)
            # Never through a link, never over a file.
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            out = stack.enter_context(os.fdopen(os.open(place, flags, mode), "wb"))
        while piece := content.read(_PIECE):
            byte_count += len(piece)
            if out:
                out.write(piece)
        if out:
            out.flush()
            os.fsync(out.fileno())
    return byte_count, content.hash.hexdigest()


def _read_list(path: Path, data: bytes) -> Listed:
    try:
        content: dict[str, Any] = json.loads(data)
        if content["format"] != FORMAT:
            raise BackupRefused(f"{path}: format {content['format']} is none that release {__version__} reads.")
        current = content["current"]
        if current is not None and not _VERSION.fullmatch(current):
            raise ValueError(f"current: {current!r}")
        members = {name: Member(**member) for name, member in content["members"].items()}
        return Listed(content["release"], current, members)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackupRefused(f"{path}: {LIST} is not as it was written ({error}). {_ANOTHER}") from error
