"""The files of one version: the restricted database, and beside it one for each lower clearance, made from it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipelines.clearance import HIGHEST, LOWER
from pipelines.publish import leaks
from pipelines.publish.lower import Since, file_name, write_lower

# Who may open each file, for a machine on which analysts read them themselves: everybody, the group, its owner.
MODES = {"public": 0o644, "internal": 0o640, HIGHEST: 0o600}


def write_files(restricted: Path, folder: Path, since: Since | None) -> dict[str, Path]:
    """Writes the lower databases of a closed restricted one into `folder`; gives all by their names in a version.

    Raises LeakFound where one of them holds what it may not, and ClearanceInvalid for a table that does not say what
    becomes of it.
    """
    lower = {clearance: folder / f"publishing-{clearance}.duckdb" for clearance in LOWER}
    # Two processors, two files: most of the work is in tables of a few rows.
    with ThreadPoolExecutor(len(lower)) as threads:
        for done in [threads.submit(_write, restricted, path, name, since) for name, path in lower.items()]:
            done.result()
    files = {**lower, HIGHEST: restricted}
    for clearance, path in files.items():
        path.chmod(MODES[clearance])
    return {file_name(clearance): path for clearance, path in files.items()}


def _write(restricted: Path, target: Path, clearance: str, since: Since | None) -> None:
    write_lower(restricted, target, clearance, since)
    leaks.check(restricted, target, clearance)
