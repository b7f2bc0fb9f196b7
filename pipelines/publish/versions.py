"""Publishes a database file as a new version folder and flips the `current` link to it in one step.

A version folder is never changed once it has its name. A reader resolves `current` once and keeps the file it
opened, even after old versions are removed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from pipelines.durable import sync_file, sync_folder

CURRENT = "current"
DATABASE = "restricted.duckdb"
_VERSION = re.compile(r"\d{6}")


class NothingPublished(RuntimeError):
    """There is no published version yet."""


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
    """Copies closed database files into a new version, makes it current, removes all but the newest `keep` versions.

    Dying at any point leaves the previous version current; what was unfinished is removed by the next call.
    """
    published.mkdir(parents=True, exist_ok=True)
    for leftover in published.glob(".unfinished-*"):
        shutil.rmtree(leftover)
    number = int(versions(published)[-1].name) + 1 if versions(published) else 1
    unfinished, version = published / f".unfinished-{number:06d}", published / f"{number:06d}"
    unfinished.mkdir()
    for name, source in files.items():
        shutil.copyfile(source, unfinished / name)
        sync_file(unfinished / name)
    sync_folder(unfinished)
    unfinished.rename(version)
    link = published / f".{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(version.name)
    link.replace(published / CURRENT)
    sync_folder(published)
    for old in versions(published)[:-keep]:
        shutil.rmtree(old)
    return version
