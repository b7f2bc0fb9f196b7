"""Opening DuckDB files the way this product does: one format, no extensions, comments on everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

# Files that DuckDB 1.5 can read too: analysts' clients, and a one-line way back from 2.0.
STORAGE_VERSION = "v1.5.0"
_RUN = "run"
_WRITING: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": STORAGE_VERSION,
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def open_for_writing(path: Path) -> duckdb.DuckDBPyConnection:
    """Opens or creates a database file to write. The caller holds the writer lock and closes the connection."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(str(path), config=_WRITING)


def open_for_a_run(path: Path) -> duckdb.DuckDBPyConnection:
    """Opens or creates a database file whose rows can all be derived again: they reach it with each `CHECKPOINT`.

    A process that dies leaves the file as the last checkpoint made it, whole. What the run had committed since is
    gone, and so are the notes that it was done: the next run does it again. Writing every row into a log first, and
    from there into the file, takes a tenth of a night. Cursors start elsewhere; see `cursor_beside`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(config=_WRITING)
    # It would be drawn into what commands print.
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"ATTACH {quoted(str(path))} AS {_RUN} (RECOVERY_MODE NO_WAL_WRITES)")
    connection.execute(f"USE {_RUN}")
    return connection


def cursor_beside(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A connection to the same database, for another thread or transaction, that finds the same tables.

    To be asked for by the thread that uses `connection`; whoever gets the cursor closes it.
    """
    cursor = connection.cursor()
    cursor.execute("SET enable_progress_bar = false")
    cursor.execute(f"USE {first_value(connection, 'SELECT CURRENT_DATABASE()')}")
    return cursor


def open_for_reading(path: Path) -> duckdb.DuckDBPyConnection:
    """Opens a database file read-only, with no way to other files and no way to change that."""
    return duckdb.connect(
        str(path),
        read_only=True,
        config={
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "lock_configuration": "true",
        },
    )


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Either all statements of the block are in the database afterwards or none, whenever the process dies."""
    connection.execute("BEGIN TRANSACTION")
    is_open = True
    try:
        yield
        # A COMMIT that fails has rolled back; another ROLLBACK would only hide the reason.
        is_open = False
        connection.execute("COMMIT")
    finally:
        if is_open:
            with suppress(duckdb.Error):
                connection.execute("ROLLBACK")


def first_value(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()) -> Any:
    """The first column of the first row, None where there is no row. The result is read to its end (see DuckDB 2.0)."""
    rows = connection.execute(sql, list(parameters)).fetchall()
    return rows[0][0] if rows else None


def quoted(text: str) -> str:
    """A text as an SQL literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def comment_on(
    connection: duckdb.DuckDBPyConnection, table: str, note: str, columns: Mapping[str, str], kind: str = "TABLE"
) -> None:
    """Stores the note of a table or view (`kind`) and of its columns in the database."""
    connection.execute(f"COMMENT ON {kind} {table} IS {quoted(note)}")
    for name, column_note in columns.items():
        connection.execute(f"COMMENT ON COLUMN {table}.{name} IS {quoted(column_note)}")


def table_names(connection: duckdb.DuckDBPyConnection, *schemas: str) -> list[str]:
    """`schema.table` of every table in the given schemas, in alphabetical order."""
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE schema_name IN (SELECT UNNEST(?)) AND NOT temporary ORDER BY 1",
        [list(schemas)],
    ).fetchall()
    return [str(row[0]) for row in rows]
