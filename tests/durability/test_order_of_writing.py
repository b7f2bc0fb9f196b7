"""What bears its final name is on disk: each file is flushed before it is renamed, and its folder after.

Every flush and every rename of a process is written down and read as a power cut would: at any moment.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import verification
from pipelines.answers.inbox import put_into_inbox
from pipelines.backup.home import back_up, unpack_home
from pipelines.settings import Home, Settings
from tests.durability.conftest import SECOND
from tests.durability.nights import in_child, whole_night

NOW = datetime.datetime(2025, 8, 3, 2, 0)


class Trace:
    """The flushes and renames of this process, and what is wrong about their order."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.rename_count = 0
        self._flushed: dict[int, int] = {}
        self._waiting: dict[int, str] = {}

    def flushed(self, descriptor: int) -> None:
        stat = os.fstat(descriptor)
        self._flushed[stat.st_ino] = stat.st_mtime_ns
        self._waiting.pop(stat.st_ino, None)

    def dated(self, path: Path) -> None:
        """A file whose date alone was set is still on disk."""
        stat = path.stat()
        if stat.st_ino in self._flushed:
            self._flushed[stat.st_ino] = stat.st_mtime_ns

    def renames(self, source: Path, target: Path) -> None:
        """A name that begins with a point, or lies in such a folder, is not final: nobody reads it."""
        if any(part.startswith(".") for part in target.parts):
            return
        self.rename_count += 1
        files = [path for path in source.rglob("*") if not path.is_symlink()] if source.is_dir() else [source]
        for path in files:
            if not path.is_symlink() and self._flushed.get(path.stat().st_ino) != path.stat().st_mtime_ns:
                self.faults.append(f"{path} became {target} without having been flushed")
        self._waiting[target.parent.stat().st_ino] = f"{target.parent} was not flushed after {target.name} had come"

    def all_faults(self) -> list[str]:
        return self.faults + list(self._waiting.values())


def traced(function: Callable[..., object], *arguments: object) -> tuple[list[str], int]:
    """Faults, and how many final names were given; for child processes, since it stays in place."""
    trace, real_flush, real_set_date = Trace(), os.fsync, os.utime

    def flush(descriptor: Any) -> None:
        real_flush(descriptor)
        trace.flushed(descriptor)

    def watched(real: Callable[..., None]) -> Callable[..., None]:
        def rename(source: Any, target: Any, *rest: Any, **named: Any) -> None:
            trace.renames(Path(source), Path(target))
            real(source, target, *rest, **named)

        return rename

    def set_date(path: Any, *times: Any, **named: Any) -> None:
        real_set_date(path, *times, **named)
        if not isinstance(path, int):
            trace.dated(Path(path))

    os.fsync, os.utime = flush, set_date
    os.rename, os.replace, os.link = watched(os.rename), watched(os.replace), watched(os.link)
    function(*arguments)
    return trace.all_faults(), trace.rename_count


def rebuild(home: Path) -> None:
    verification.rebuild(Settings(home=home), NOW)


def back_up_and_restore(home: Path) -> None:
    backup = home.parent / "backup.tar.gz"
    back_up(Home(home), backup, NOW, None)
    unpack_home(backup, Home(home.parent / "new"))


def hand_in(home: Path) -> None:
    source = next((home / "landing").glob("*/*.xlsx"))
    put_into_inbox(Settings(home=home), source, "báo cáo.xlsx", NOW.date())


def second_night(home: Path) -> None:
    whole_night(home, SECOND)


@pytest.mark.parametrize("work", [second_night, rebuild, back_up_and_restore, hand_in])
def test_nothing_bears_its_name_before_it_is_on_disk(home: Path, work: Callable[[Path], None]) -> None:
    faults, renames = in_child(traced, work, home)
    assert faults == []
    assert renames > 0


def rename_too_early(home: Path) -> None:
    (home / "half").write_text("ha")
    (home / "half").rename(home / "whole")


def test_a_rename_that_comes_too_early_is_seen(tmp_path: Path) -> None:
    faults, _ = in_child(traced, rename_too_early, tmp_path)
    assert [fault.rpartition("/")[2] for fault in faults] == [
        "whole without having been flushed",
        f"{tmp_path.name} was not flushed after whole had come",
    ]
