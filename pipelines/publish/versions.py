"""Publishes database files as a new version folder and flips the `current` link to it in one step.

A version folder is never changed once it has its name; its manifest says what it holds. A reader resolves `current`
once and keeps the file it opened, even after old versions are removed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from pipelines.durable import make_folder, sync_file, sync_folder, write_whole
from pipelines.publish.manifest import MANIFEST, Basis, describe

CURRENT = "current"
DATABASE = "restricted.duckdb"
_UNFINISHED = ".unfinished-"
_VERSION = re.compile(r"\d{6}")


class NothingPublished(RuntimeError):
    """There is no published version yet."""


class NothingKnown(RuntimeError):
    """No report had come by the day that was asked for."""


class NoLink(RuntimeError):
    """Where the link to the current version belongs, something else stands."""


def versions(published: Path) -> list[Path]:
    """Complete version folders, oldest first."""
    if not published.is_dir():
        return []
    return sorted(path for path in published.iterdir() if _VERSION.fullmatch(path.name))


def current_database(published: Path, name: str = DATABASE) -> Path:
    """A database of the current version by its real path. Raises NothingPublished."""
    link = published / CURRENT
    database = link / name
    if database.exists():
        return database.resolve()
    if not link.is_symlink():
        raise NothingPublished(
            f"Nothing has been published in {published} yet. Run `tiendo nightly` (or `tiendo demo --no-serve`)."
        )
    raise NothingPublished(
        f"{link} leads to {link.readlink()}, where no {name} is. Put that folder back from a backup, or run "
        "`tiendo rebuild`: it publishes the figures anew from the landed files."
    )


def write_version(published: Path, files: Mapping[str, Path], basis: Basis) -> Path:
    """Moves closed database files into a new version, which is complete but not current yet.

    Dying at any point leaves an unfinished folder, which the next call removes, or a version that nobody reads.
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
    write_whole(unfinished / MANIFEST, describe(unfinished, basis))
    unfinished.rename(version)
    sync_folder(published)
    return version


def make_current(version: Path, keep: int) -> None:
    """Flips the link to a complete version, and removes all but the newest `keep`."""
    published = version.parent
    _flip(published, version)
    for old in versions(published)[:-keep]:
        remove_version(old)


def _flip(published: Path, version: Path) -> None:
    """Renaming a link over a link is one step: a reader finds the old version or the new one, never none."""
    current, link = published / CURRENT, published / f".{CURRENT}"
    if current.exists() and not current.is_symlink():
        raise NoLink(f"{current} is no link: somebody has copied it as a folder. Remove it, then run again.")
    link.unlink(missing_ok=True)
    link.symlink_to(version.name)
    link.replace(current)
    sync_folder(published)


def remove_version(version: Path) -> None:
    """Removes a version. Takes its name away first, so that dying on the way leaves no version without its files."""
    doomed = version.with_name(f"{_UNFINISHED}{version.name}")
    version.rename(doomed)
    shutil.rmtree(doomed)
