"""Files that survive a crash: written beside their place, flushed to disk, then renamed."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

_LOCK, _STEP_LOCK = ".lock", ".step"
_GLANCE_SECONDS = 0.2
# A kernel or a file system that has no way to copy from file to file: the bytes go through this program.
_CANNOT_COPY = frozenset({errno.ENOSYS, errno.EXDEV, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})
_PIECE = 1 << 20
_DIED = re.compile(r", step (?P<step>\S+) \((?P<tries>\d+)\), run (?P<run>\S+), since")


class AnotherRunHoldsTheLock(RuntimeError):
    """A second run tried to write while one is writing."""


class RunIsOver(RuntimeError):
    """A step came to work when its run was over: another may be writing by now."""


def sync_folder(folder: Path) -> None:
    """Makes renames and new names inside `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Flushes a file that somebody else has written to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Creates a folder and those above it so that their names survive a power cut."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def file_sha256(path: Path) -> str:
    """The hash of a file's bytes, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_file(source: Path, target: Path) -> None:
    """Makes `target` a copy of a file. Raises OSError.

    Where the file system can (XFS, Btrfs), both share their blocks until one of them is written to: then a copy of any
    size takes no time and no room.
    """
    with source.open("rb") as original, target.open("wb") as copy:
        left = os.fstat(original.fileno()).st_size
        while left:
            try:
                done = os.copy_file_range(original.fileno(), copy.fileno(), left)
            except OSError as error:
                if error.errno not in _CANNOT_COPY:
                    raise
                done = 0
            if not done:
                shutil.copyfileobj(original, copy, _PIECE)
                return
            left -= done


def append_whole(path: Path, data: bytes) -> None:
    """Adds `data` to the end of a file and flushes it to disk. Raises OSError; then the file is as it was.

    A process that dies on the way can leave a part of `data` behind.
    """
    make_folder(path.parent)
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        length = file.tell()
        try:
            if file.write(data) != len(data):
                raise OSError(errno.ENOSPC, "the disk took only a part", str(path))
            os.fsync(file.fileno())
        except OSError:
            file.truncate(length)
            raise
    if is_new:
        sync_folder(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` so that `path` is either absent (or as it was) or complete, whenever the process dies."""
    with many_files() as write:
        write(path, data)


@contextmanager
def many_files() -> Iterator[Callable[[Path, bytes], None]]:
    """Gives a function that writes like `write_whole`; only at the end of the block are all names on disk.

    Each folder is flushed once instead of once per file, which on a busy disk is most of the time.
    """
    folders: set[Path] = set()

    def write(path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        folders.update((path.parent, path.parent.parent))
        unfinished = path.with_name(f".{path.name}.part")
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)

    yield write
    for folder in folders:
        sync_folder(folder)


@contextmanager
def writer_lock(folder: Path, run_id: str = "") -> Iterator[None]:
    """Holds the one writer's place of an installation; the kernel frees it when the process ends, however it ends.

    A run whose steps work in other processes holds it by its name, which they look for (`step_lock`). Raises
    AnotherRunHoldsTheLock where another process holds it, or where a step of a run that died is still at work, saying
    which one and since when.
    """
    make_folder(folder)
    with (folder / _LOCK).open("a+") as lock:
        if not _take(lock, fcntl.LOCK_EX):
            raise _refusal(folder, lock)
        name = f", run {run_id}" if run_id else ""
        _sign(lock, f"{_command()}{name}")
        # Signed first: a step that comes between finds another run's name, or is found here.
        if (folder / _STEP_LOCK).exists():
            with (folder / _STEP_LOCK).open() as step:
                if not _take(step, fcntl.LOCK_SH):
                    raise _refusal(folder, step)
        yield


@contextmanager
def step_lock(folder: Path, run_id: str, step: str) -> Iterator[int]:
    """Holds the place of the one step at work, for a step in another process than its run; waits for other steps.

    Gives how often in a row this step has begun: a process that was killed in it leaves its name behind. Raises
    RunIsOver where the run's own process does not hold the writer lock any more.
    """
    make_folder(folder)
    with (folder / _STEP_LOCK).open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _check_run_goes_on(folder, run_id, step)
        lock.seek(0)
        left = _DIED.search(lock.read())
        tries = int(left["tries"]) + 1 if left and (left["step"], left["run"]) == (step, run_id) else 1
        _sign(lock, f"step {step} ({tries}), run {run_id}")
        try:
            yield tries
        finally:
            lock.truncate(0)


def _check_run_goes_on(folder: Path, run_id: str, step: str) -> None:
    with (folder / _LOCK).open("a+") as lock:
        is_held = not _take(lock, fcntl.LOCK_SH, tries=1)
        lock.seek(0)
        holder = lock.read()
    if not is_held or f", run {run_id}, since" not in holder:
        raise RunIsOver(
            f"The step {step} belongs to the run {run_id}, whose own process has ended. The step does nothing; the "
            "next run takes up what that one has left."
        )


def _take(lock: IO[str], kind: int, tries: int = 3) -> bool:
    """Takes a lock if it is free. A step that only looks whether its run goes on is gone a moment later."""
    for is_last in [False] * (tries - 1) + [True]:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if not is_last:
                time.sleep(_GLANCE_SECONDS)
    return False


def _refusal(folder: Path, lock: IO[str]) -> AnotherRunHoldsTheLock:
    lock.seek(0)
    holder = lock.read().strip() or "unknown process"
    return AnotherRunHoldsTheLock(
        f"Another run is writing to {folder} ({holder}). Wait until it ends, then run the command again. "
        "Nothing was changed by this one."
    )


def _sign(lock: IO[str], name: str) -> None:
    lock.truncate(0)
    # The file's time of change is that of this line: since when the lock is held.
    lock.write(f"process {os.getpid()}, {name}, since {_changed_at(lock):%Y-%m-%d %H:%M:%S} UTC")
    lock.flush()


def _command() -> str:
    """What this process was started as, without the path to it."""
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]) if sys.argv and sys.argv[0] else "python"


def _changed_at(file: IO[str]) -> datetime:
    """When a file was last changed. Asked of the file, so that nothing here reads a clock."""
    os.utime(file.fileno())
    return datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
