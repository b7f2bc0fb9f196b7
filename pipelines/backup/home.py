"""Puts a backup in place as a new home, and backups into a folder that keeps the newest of them."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from pipelines.backup.archive import BackupRefused, Listed, unpack, write_backup
from pipelines.durable import sync_folder
from pipelines.publish.versions import CURRENT
from pipelines.settings import Home

_UNFINISHED = ".restoring"
_NAME = "tiendo-{:%Y%m%d-%H%M%S}.tar.gz"
_NAMES = "tiendo-" + "[0-9]" * 8 + "-" + "[0-9]" * 6 + ".tar.gz"


class HomeNotEmpty(RuntimeError):
    """A home is restored into a new or empty folder only: nothing is ever written over."""


def back_up(home: Home, target: Path, now: datetime.datetime, keep: int | None) -> tuple[Path, Listed]:
    """Writes a backup to `target`, or into it under the name of the moment where it is a folder.

    Of the backups in the folder only the newest `keep` stay, and only once the new one has been read again.
    """
    path = target / _NAME.format(now) if target.is_dir() else target
    listed = write_backup(home, path)
    if keep is not None:
        for old in sorted(path.parent.glob(_NAMES))[:-keep]:
            if old != path:
                old.unlink()
        sync_folder(path.parent)
    return path, listed


def unpack_home(path: Path, home: Home) -> Listed:
    """Unpacks a backup, holds all of it to its hashes, then puts it in place; what is published comes last.

    Raises HomeNotEmpty, BackupRefused (then the home is as empty as before), FileNotFoundError.
    """
    root, unfinished = home.root, home.root / _UNFINISHED
    if root.exists() and any(item != unfinished for item in root.iterdir()):
        raise HomeNotEmpty(f"{root} is not empty. Name a new folder with --home; nothing is written over.")
    is_new = not root.exists()
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        listed = unpack(path, unfinished)
        _make_current(unfinished, listed)
    except BaseException:
        shutil.rmtree(root if is_new else unfinished)
        raise
    for folder in sorted(unfinished.iterdir(), key=lambda folder: folder.name == "published"):
        _sync_tree(folder)
        folder.rename(root / folder.name)
        sync_folder(root)
    unfinished.rmdir()
    home.make_folders()
    return listed


def _make_current(unfinished: Path, listed: Listed) -> None:
    if listed.current is None:
        return
    if not (unfinished / "published" / listed.current).is_dir():
        raise BackupRefused(f"The backup lacks its current version {listed.current}. Take another backup.")
    (unfinished / "published" / CURRENT).symlink_to(listed.current)


def _sync_tree(folder: Path) -> None:
    """The files are on disk already; now their names."""
    for item in folder.rglob("*"):
        if item.is_dir() and not item.is_symlink():
            sync_folder(item)
    sync_folder(folder)
