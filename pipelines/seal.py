"""The hash of the working database, noted when a run has closed it: what is altered between two runs is found."""

from __future__ import annotations

from pathlib import Path

from pipelines.durable import file_sha256, sync_folder, write_whole


def seal(database: Path) -> None:
    """Notes the hash of a database that was closed. One that still has a log beside it is left without."""
    if not database.with_name(f"{database.name}.wal").exists():
        write_whole(_seal_of(database), file_sha256(database).encode())


def break_seal(database: Path) -> None:
    """Removes the seal of a database that is about to be written to; what dies on the way leaves none."""
    if _seal_of(database).exists():
        _seal_of(database).unlink()
        sync_folder(database.parent)


def is_altered(database: Path) -> bool:
    """Whether a sealed database has other bytes by now; one without a seal is not judged."""
    return _seal_of(database).exists() and _seal_of(database).read_text() != file_sha256(database)


def _seal_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.sha256")
