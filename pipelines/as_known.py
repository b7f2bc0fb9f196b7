"""The published figures as they were known at the end of an earlier day: everything that has come since is left out.

A copy of the published database loses what was received later, and every day that this bears upon is derived again by
the same models as at night. So each page, export and query shows what it would have shown then, corrections and amended
deadlines included. Reference tables are the present ones.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path

import duckdb

from pipelines import __version__
from pipelines.clearance import HIGHEST
from pipelines.database import first_value, open_for_writing
from pipelines.durable import copy_file, make_folder, sync_file
from pipelines.facts import ledger
from pipelines.marts import build
from pipelines.marts.models import load_models
from pipelines.marts.reference_tables import RunRow, write_reference, write_run
from pipelines.publish import leaks
from pipelines.publish.files import MODES
from pipelines.publish.lower import write_lower
from pipelines.publish.versions import NothingKnown, current_database, versions
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import Settings

FOLDER = "as-known"
KEPT = 20
LEDGER = ("facts.submissions", "facts.observations", "facts.rejected_values")


def as_known(
    settings: Settings,
    known_on: datetime.date,
    as_of_on: datetime.date | None,
    built_at: datetime.datetime,
    clearance: str = HIGHEST,
) -> Path:
    """A database as it would have been published at the end of `known_on`, for the figures of `as_of_on`.

    `as_of_on` is the newest day reported by then if not said. What a lower clearance may see of it is made from the
    restricted one, as at night. The file is kept beside the version that it is made from, so the same question is
    answered at once the second time. Raises NothingKnown.
    """
    published = settings.folders().published
    source = current_database(published)
    name = f"{source.parent.name}-{known_on.isoformat()}-{as_of_on.isoformat() if as_of_on else 'newest'}.duckdb"
    target = published / FOLDER / clearance / name
    if target.exists():
        return target

    def derive(unfinished: Path) -> None:
        copy_file(source, unfinished)
        with open_for_writing(unfinished) as connection:
            _derive(connection, load_reference(settings.reference_directory()), known_on, as_of_on, built_at)
            connection.execute("DROP SCHEMA work CASCADE")
            connection.execute("CHECKPOINT")

    def leave_out(unfinished: Path) -> None:
        restricted = as_known(settings, known_on, as_of_on, built_at)
        write_lower(restricted, unfinished, clearance)
        leaks.check(restricted, unfinished, clearance)

    _keep(target, derive if clearance == HIGHEST else leave_out)
    target.chmod(MODES[clearance])
    _forget(published, target.parent)
    return target


def _keep(target: Path, write: Callable[[Path], None]) -> None:
    """Puts what `write` makes in its place once it is whole."""
    make_folder(target.parent)
    unfinished = target.with_name(f".{target.stem}.{os.getpid()}")
    try:
        write(unfinished)
        sync_file(unfinished)
        unfinished.replace(target)
    finally:
        for leftover in target.parent.glob(f"{unfinished.name}*"):
            leftover.unlink()


def _derive(
    connection: duckdb.DuckDBPyConnection,
    reference: Reference,
    known_on: datetime.date,
    as_of_on: datetime.date | None,
    built_at: datetime.datetime,
) -> None:
    run_id = f"{first_value(connection, 'SELECT run_id FROM reference.run')} · {known_on.isoformat()}"
    build.trust_tables(connection)
    ledger.create(connection)
    build.prepare(connection)
    newest = first_value(
        connection, "SELECT MAX(as_of_on) FROM facts.observations WHERE CAST(received_at AS DATE) <= ?", [known_on]
    )
    if newest is None:
        raise NothingKnown(
            f"Đến hết ngày {known_on:%d/%m/%Y} chưa nhận được báo cáo nào. Chọn một ngày muộn hơn. "
            f"(No report had been received by {known_on.isoformat()}.)"
        )
    day = as_of_on or newest
    _forget_later(connection, known_on, day)
    origins = connection.execute("SELECT DISTINCT origin FROM facts.observations ORDER BY 1").fetchall()
    write_reference(connection, reference, day)
    known_at = datetime.datetime.combine(known_on, datetime.time(23, 59, 59))
    write_run(
        connection,
        RunRow(
            run_id, day, known_at, built_at, __version__, "|".join(str(row[0]) for row in origins), reference.digest
        ),
    )
    build.refresh_corrections(connection, known_on)
    build.carry_forward(connection)
    for model in load_models():
        build.build_model(connection, model)


def _forget_later(connection: duckdb.DuckDBPyConnection, known_on: datetime.date, day: datetime.date) -> None:
    """Takes out what came after `known_on` or describes a later day; the days that this bears upon are noted."""
    is_later = "(CAST(received_at AS DATE) > ? OR as_of_on > ?)"
    connection.execute(
        f"INSERT OR IGNORE INTO work.refresh_days SELECT DISTINCT as_of_on FROM facts.observations WHERE {is_later}",
        [known_on, day],
    )
    for table in LEDGER:
        connection.execute(f"DELETE FROM {table} WHERE {is_later}", [known_on, day])
    gone = "NOT IN (SELECT as_of_on FROM facts.observations)"
    for model in load_models():
        if model.refresh == "as_of_on" and model.kind == "table":
            connection.execute(f"DELETE FROM {model.name} WHERE as_of_on {gone}")
    # Days that are gone altogether leave the list, but the months after them must still open anew.
    connection.execute(
        "INSERT OR IGNORE INTO work.refresh_days SELECT MAX(as_of_on) FROM facts.observations HAVING COUNT(*) > 0"
    )


def _forget(published: Path, folder: Path) -> None:
    """Removes the files of versions that are gone, and the oldest where there are many."""
    known = {version.name for version in versions(published)}
    files = sorted(folder.glob("*.duckdb"), key=lambda file: file.stat().st_mtime_ns)
    outdated = [file for file in files if file.name.split("-", 1)[0] not in known]
    for file in [*outdated, *[file for file in files if file not in outdated][:-KEPT]]:
        file.unlink(missing_ok=True)
