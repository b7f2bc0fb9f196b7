"""Publishes a database file as a new version folder and flips the `current` link to it in one step.

A version folder is never changed once it has its name. A reader resolves `current` once and keeps the file it
opened, even after old versions are removed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from pipelines.durable import make_folder, sync_file, sync_folder

CURRENT = "current"
DATABASE = "restricted.duckdb"
_UNFINISHED = ".unfinished-"
_VERSION = re.compile(r"\d{6}")


class NothingPublished(RuntimeError):
    """There is no published version yet."""


class NothingKnown(RuntimeError):
    """No report had come by the day that was asked for."""


def versions(published: Path) -> list[Path]:
    """Complete version folders, oldest first."""
    if not published.is_dir():
        return []
    return sorted(path for path in published.iterdir() if _VERSION.fullmatch(path.name))


def current_database(published: Path) -> Path:
    """The database of the current version by its real path. Raises NothingPublished."""
    database = published / CURRENT / DATABASE
    if not database.exists():
        raise NothingPublished(
            f"Nothing has been published in {published} yet. Run `tiendo nightly` (or `tiendo demo --no-serve`)."
        )
    return database.resolve()


def publish(published: Path, files: Mapping[str, Path], keep: int) -> Path:
    """Moves closed database files into a new version, makes it current, removes all but the newest `keep` versions.

    Dying at any point leaves the previous version current; what was unfinished is removed by the next call.
    """
    make_folder(published)
    for leftover in published.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(leftover)
    number = int(versions(published)[-1].name) + 1 if versions(published) else 1
    unfinished, version = published / f"{_UNFINISHED}{number:06d}", published / f"{number:06d}"
    unfinished.mkdir()
    for name, source in files.items():
        shutil.move(source, unfinished / name)
        sync_file(unfinished / name)
    sync_folder(unfinished)
    unfinished.rename(version)
    sync_folder(published)
    _flip(published, version)
    for old in versions(published)[:-keep]:
        _remove(old)
    return version


def _flip(published: Path, version: Path) -> None:
    """Renaming a link over a link is one step: a reader finds the old version or the new one, never none."""
    link = published / f".{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(version.name)
    link.replace(published / CURRENT)
    sync_folder(published)


def _remove(version: Path) -> None:
    """Takes the version's name away first, so that dying on the way leaves no version without its files."""
    doomed = version.with_name(f"{_UNFINISHED}{version.name}")
    version.rename(doomed)
    shutil.rmtree(doomed)
