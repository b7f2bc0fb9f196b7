"""Proves that the database is what the landing and the reference tables give, by deriving all of it once more."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb

from pipelines import nightly
from pipelines.clearance import LOWER
from pipelines.database import first_value, open_for_reading, quoted
from pipelines.durable import sync_file, sync_folder
from pipelines.facts.ledger import last_sequence
from pipelines.facts.tables import LEDGER
from pipelines.integrity import (
    EDITED,
    Finding,
    damaged_versions,
    journal_end_findings,
    landing_findings,
    published_findings,
    reference_findings,
    warehouse_findings,
)
from pipelines.landing.journal import Run
from pipelines.landing.store import JOURNAL, Landing
from pipelines.marts.build import IN_PLACE
from pipelines.publish import leaks
from pipelines.publish.lower import file_name, write_lower
from pipelines.publish.versions import NothingPublished, current_database, remove_version
from pipelines.reference.load import load_reference
from pipelines.seal import break_seal
from pipelines.settings import Settings

# Which moment a table was built is no property of the data.
_NOT_COMPARED = {"reference.run": ("built_at",)}
# A sum depends on the order in which an engine takes it; what was reported is compared to the last digit.
_DIGITS = 9
COMPARED_SCHEMAS = ("facts", "marts", "reference")


def derive_again(settings: Settings, database: Path, run: Run, built_at: datetime.datetime) -> None:
    """Derives ledger and models of `run` into a new database file, in DuckDB whatever engine the nights use."""
    remove_database(database)
    with nightly.open_warehouse(settings, database) as warehouse:
        nightly.derive(warehouse, run, built_at, IN_PLACE)


def remove_database(database: Path) -> None:
    """Removes a database file and what a process that died while writing it has left beside it."""
    for file in (database.with_name(database.name + ".wal"), database):
        file.unlink(missing_ok=True)


def run_of(settings: Settings, database: Path) -> Run | None:
    """The journal's run that built a database; None where the journal does not know it."""
    with closing(open_for_reading(database)) as connection:
        run_id = first_value(connection, "SELECT run_id FROM reference.run")
    runs = Landing(settings.folders().landing, is_writer=False).journal.runs
    return next((run for run in reversed(runs) if run.run_id == run_id), None)


def verify(settings: Settings, built_at: datetime.datetime) -> list[Finding]:
    """Everything that does not agree between landing, warehouse and published version; empty if all is well.

    The caller holds the writer lock. Raises NothingPublished.
    """
    home = settings.folders()
    published = current_database(home.published)
    if findings := landing_findings(settings):
        return findings
    journal = Landing(home.landing, is_writer=False).journal
    findings = journal_end_findings(journal) + published_findings(settings, journal)
    findings += warehouse_findings(home.warehouse_file)
    if edited := _reference_findings(settings, published):
        return findings + edited
    try:
        return findings + _derived_findings(settings, published, built_at)
    except duckdb.Error as error:
        # Altered bytes may keep a database from being read at all; then the findings so far name it.
        if not findings:
            raise
        return [*findings, Finding("published", f"Không đọc được cơ sở dữ liệu: {error}")]


def _derived_findings(settings: Settings, published: Path, built_at: datetime.datetime) -> list[Finding]:
    run = run_of(settings, published)
    if run is None:
        return [Finding("published", "Bản công bố không do lần chạy nào trong sổ tạo ra. Chạy tiendo rebuild.")]
    again = settings.folders().warehouse / "verifying.duckdb"
    derive_again(settings, again, run, built_at)
    try:
        return [
            *differences(again, published, "bản công bố"),
            *_lower_differences(again, published.parent),
            *_warehouse_differences(settings, again, run),
        ]
    finally:
        remove_database(again)


def _lower_differences(again: Path, version: Path) -> Iterator[Finding]:
    """Makes the file of each lower clearance again, from nothing, and holds the published one to it."""
    for clearance in LOWER:
        published, lower = version / file_name(clearance), again.with_name(f"verifying-{clearance}.duckdb")
        if not published.exists():
            yield Finding(published.name, f"Bản công bố không có tệp cho cấp {clearance}. Chạy tiendo nightly.")
            continue
        try:
            write_lower(again, lower, clearance)
            yield from differences(lower, published, f"tệp cho cấp {clearance}")
            # Also where no table of ours is: comparing looks at those only.
            if found := leaks.places(again, published, clearance):
                yield Finding(
                    f"published/{version.name}/{published.name}",
                    f"Tệp cho cấp {clearance} có mã chỉ tiêu mà cấp này không được xem, tại {', '.join(found)}. "
                    "Ngừng dùng bản này ngay, rồi chạy tiendo rebuild.",
                )
        finally:
            remove_database(lower)


def _reference_findings(settings: Settings, published: Path) -> list[Finding]:
    """Names the tables that were edited; a version of an earlier release knows only that some were."""
    if edited := reference_findings(settings, published):
        return edited
    try:
        with closing(open_for_reading(published)) as connection:
            digest = first_value(connection, "SELECT reference_sha256 FROM reference.run")
    except duckdb.Error:
        return []
    if digest == load_reference(settings.reference_directory()).digest:
        return []
    return [Finding("reference", EDITED)]


def _warehouse_differences(settings: Settings, again: Path, run: Run) -> Iterator[Finding]:
    """Compares the working database; where a later run has died in it, only the ledger up to the published run."""
    home = settings.folders()
    if not home.warehouse_file.exists():
        yield Finding("warehouse", "Không có kho làm việc. Chạy tiendo rebuild.")
        return
    journal = Landing(home.landing, is_writer=False).journal
    with closing(open_for_reading(home.warehouse_file)) as connection:
        if last_sequence(connection) > len(journal.arrivals):
            yield Finding(f"landing/{JOURNAL}", "Kho làm việc có tệp mà sổ không ghi. Khôi phục sổ từ bản sao lưu.")
    has_later_run = journal.runs[-1].run_id != run.run_id
    yield from differences(again, home.warehouse_file, "kho làm việc", run.through if has_later_run else None)


def differences(expected: Path, found: Path, name: str, ledger_through: int | None = None) -> Iterator[Finding]:
    """Tables that do not hold the same rows in two databases, with one row of the difference.

    With `ledger_through` only the ledger is compared, and of it what arrivals up to that one have brought.
    """
    with closing(duckdb.connect()) as connection:
        connection.execute(f"ATTACH {quoted(str(expected))} AS expected (READ_ONLY)")
        connection.execute(f"ATTACH {quoted(str(found))} AS found (READ_ONLY)")
        tables = {side: _tables(connection, side, ledger_through is not None) for side in ("expected", "found")}
        for table in sorted(tables["expected"] ^ tables["found"]):
            yield Finding(table, f"Bảng {table} chỉ có ở một bên so với {name}. Chạy tiendo rebuild.")
        condition = "" if ledger_through is None else f"WHERE submission_id < '{ledger_through + 1:06d}'"
        for table in sorted(tables["expected"] & tables["found"]):
            row = _difference(connection, table, condition)
            if row is not None:
                yield Finding(
                    table, f"Bảng {table} của {name} khác với số liệu dựng lại, ví dụ {row}. Chạy tiendo rebuild."
                )


def _tables(connection: duckdb.DuckDBPyConnection, database: str, only_ledger: bool) -> set[str]:
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE database_name = ? AND schema_name IN (SELECT UNNEST(?))",
        [database, list(COMPARED_SCHEMAS)],
    ).fetchall()
    names = {str(row[0]) for row in rows}
    return names & {table.name for table in LEDGER} if only_ledger else names


def _difference(connection: duckdb.DuckDBPyConnection, table: str, condition: str) -> tuple[object, ...] | None:
    """A row that one side has and the other lacks; a table with other columns differs by their names."""
    columns = {side: _columns(connection, f"{side}.{table}") for side in ("expected", "found")}
    if columns["expected"].keys() != columns["found"].keys():
        return tuple(sorted(columns["expected"].keys() ^ columns["found"].keys()))
    is_exact = table in {ledger.name for ledger in LEDGER}
    names = ", ".join(
        f'"{column}"' if is_exact or kind != "DOUBLE" else f'ROUND("{column}", {_DIGITS})'
        for column, kind in columns["expected"].items()
        if column not in _NOT_COMPARED.get(table, ())
    )
    counts = {
        side: first_value(connection, f"SELECT COUNT(*) FROM {side}.{table} {condition}")
        for side in ("expected", "found")
    }
    for one, other in (("expected", "found"), ("found", "expected")):
        rows = connection.execute(
            f"SELECT {names} FROM {one}.{table} {condition} "
            f"EXCEPT ALL SELECT {names} FROM {other}.{table} {condition} LIMIT 1"
        ).fetchall()
        if rows:
            return tuple(rows[0])
        # As many rows on both sides, and none of the first is missing in the second: they are the same.
        if counts["expected"] == counts["found"]:
            return None
    return None


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """The type of each column, by name."""
    return {str(row[0]): str(row[1]) for row in sorted(connection.execute(f"DESCRIBE {table}").fetchall())}


def rebuild(settings: Settings, built_at: datetime.datetime) -> Path:
    """Derives the warehouse again from landing and reference tables, puts it in place and publishes it.

    The caller holds the writer lock. The old warehouse stays in place until the new one is complete. Published versions
    that were altered are removed once there is a whole one. Raises NothingPublished.
    """
    home = settings.folders()
    runs = Landing(home.landing, is_writer=False).journal.runs
    if not runs:
        raise NothingPublished("Chưa có lần chạy nào để dựng lại. Chạy tiendo nightly trước.")
    again = home.warehouse / "rebuilding.duckdb"
    derive_again(settings, again, runs[-1], built_at)
    break_seal(home.warehouse_file)
    # The old write-ahead log goes first: the new file would take it for its own.
    home.warehouse_file.with_name(home.warehouse_file.name + ".wal").unlink(missing_ok=True)
    sync_file(again)
    again.replace(home.warehouse_file)
    sync_folder(home.warehouse)
    with nightly.open_warehouse(settings) as warehouse:
        nightly.answer(warehouse)
        version = nightly.publish(warehouse)
    for damaged in list(damaged_versions(home.published)):
        remove_version(damaged)
    return version


def restore_warehouse(settings: Settings, built_at: datetime.datetime) -> list[Finding]:
    """Derives the working database of a restored home from its landed files, and holds the published one to it.

    The caller holds the writer lock. Gives what does not agree, as `verify` does.
    """
    home = settings.folders()
    published = current_database(home.published)
    run = run_of(settings, published)
    if run is None:
        return [Finding("published", "Bản công bố không do lần chạy nào trong sổ tạo ra. Chạy tiendo rebuild.")]
    break_seal(home.warehouse_file)
    derive_again(settings, home.warehouse_file, run, built_at)
    findings = landing_findings(settings)
    findings += published_findings(settings, Landing(home.landing, is_writer=False).journal)
    findings += _reference_findings(settings, published)
    with nightly.open_warehouse(settings) as warehouse:
        nightly.forget_answered(warehouse)
    return findings or list(differences(home.warehouse_file, published, "bản công bố"))
