"""Proves that the database is what the landing and the reference tables give, by deriving all of it once more."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines import nightly
from pipelines.database import first_value, open_for_reading, quoted
from pipelines.landing.journal import JournalBroken, Run
from pipelines.landing.store import LandedFileDamaged, Landing
from pipelines.publish.versions import NothingPublished, current_database
from pipelines.settings import Settings

# Which moment a table was built is no property of the data.
_NOT_COMPARED = {"reference.run": ("built_at",)}
COMPARED_SCHEMAS = ("facts", "marts", "reference")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree; `message_vi` says where and what to do."""

    subject: str
    message_vi: str


def landing_findings(settings: Settings) -> list[Finding]:
    """Altered or missing bytes of the landing, and a journal whose chain does not hold."""
    try:
        landing = Landing(settings.folders().landing)
    except JournalBroken as error:
        return [Finding("landing", f"Sổ ghi tệp đến bị sửa: {error} Khôi phục từ bản sao lưu.")]
    findings = []
    for sha256 in sorted({arrival.sha256 for arrival in landing.journal.arrivals}):
        arrival = next(item for item in landing.journal.arrivals if item.sha256 == sha256)
        try:
            landing.bytes_of(arrival)
        except LandedFileDamaged as error:
            findings.append(Finding(arrival.file_name, f"Tệp gốc bị sửa hoặc mất: {error}"))
    return findings


def derive_again(settings: Settings, database: Path, run: Run, built_at: datetime.datetime) -> None:
    """Derives ledger and models of `run` into a new database file."""
    for leftover in (database, database.with_name(database.name + ".wal")):
        leftover.unlink(missing_ok=True)
    with nightly.open_warehouse(settings, database) as warehouse:
        nightly.derive(warehouse, run, built_at)


def run_of(settings: Settings, database: Path) -> Run | None:
    """The journal's run that built a database; None where the journal does not know it."""
    connection = open_for_reading(database)
    try:
        run_id = first_value(connection, "SELECT run_id FROM reference.run")
    finally:
        connection.close()
    runs = Landing(settings.folders().landing).journal.runs
    return next((run for run in reversed(runs) if run.run_id == run_id), None)


def verify(settings: Settings, built_at: datetime.datetime) -> list[Finding]:
    """Everything that does not agree between landing, warehouse and published version; empty if all is well.

    The caller holds the writer lock. Raises NothingPublished.
    """
    findings = landing_findings(settings)
    if findings:
        return findings
    home = settings.folders()
    published = current_database(home.published)
    again = home.warehouse / "verifying.duckdb"
    run = run_of(settings, published)
    if run is None:
        return [Finding("published", "Bản công bố không do lần chạy nào trong sổ tạo ra. Chạy tiendo rebuild.")]
    derive_again(settings, again, run, built_at)
    try:
        findings.extend(differences(again, published, "bản công bố"))
        if run_of(settings, home.warehouse_file) == run:
            findings.extend(differences(again, home.warehouse_file, "kho làm việc"))
    finally:
        again.unlink()
    return findings


def differences(expected: Path, found: Path, name: str) -> Iterator[Finding]:
    """Tables that do not hold the same rows in two databases, with one row of the difference."""
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH {quoted(str(expected))} AS expected (READ_ONLY)")
        connection.execute(f"ATTACH {quoted(str(found))} AS found (READ_ONLY)")
        tables = {side: _tables(connection, side) for side in ("expected", "found")}
        for table in sorted(tables["expected"] ^ tables["found"]):
            yield Finding(table, f"Bảng {table} chỉ có ở một bên so với {name}. Chạy tiendo rebuild.")
        for table in sorted(tables["expected"] & tables["found"]):
            row = _difference(connection, table)
            if row is not None:
                yield Finding(
                    table, f"Bảng {table} của {name} khác với số liệu dựng lại, ví dụ {row}. Chạy tiendo rebuild."
                )
    finally:
        connection.close()


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE database_name = ? AND schema_name IN (SELECT UNNEST(?))",
        [database, list(COMPARED_SCHEMAS)],
    ).fetchall()
    return {str(row[0]) for row in rows}


def _difference(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[object, ...] | None:
    columns = [
        f'"{row[0]}"'
        for row in connection.execute(f"DESCRIBE expected.{table}").fetchall()
        if row[0] not in _NOT_COMPARED.get(table, ())
    ]
    names = ", ".join(columns)
    for one, other in (("expected", "found"), ("found", "expected")):
        rows = connection.execute(
            f"SELECT {names} FROM {one}.{table} EXCEPT ALL SELECT {names} FROM {other}.{table} LIMIT 1"
        ).fetchall()
        if rows:
            return tuple(rows[0])
    return None


def rebuild(settings: Settings, built_at: datetime.datetime) -> Path:
    """Derives the warehouse again from landing and reference tables, puts it in place and publishes it.

    The caller holds the writer lock. The old warehouse stays in place until the new one is complete.
    """
    home = settings.folders()
    runs = Landing(home.landing).journal.runs
    if not runs:
        raise NothingPublished("Chưa có lần chạy nào để dựng lại. Chạy tiendo nightly trước.")
    again = home.warehouse / "rebuilding.duckdb"
    derive_again(settings, again, runs[-1], built_at)
    again.replace(home.warehouse_file)
    with nightly.open_warehouse(settings) as warehouse:
        return nightly.publish(warehouse)
