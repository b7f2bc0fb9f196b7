"""Which format the working database has, so that another version of the program neither misreads nor damages it.

The rule: the working database can always be derived again from landing and reference tables. One of an older format is
emptied, and the run that opens it derives it again; one of a newer format is refused untouched.
"""

from __future__ import annotations

import duckdb

from pipelines.database import first_value, transaction

# Raised by one whenever a database of the version before could be misread. New columns of the ledger or of a model
# need no new number: they are noticed by themselves.
FORMAT = 1
# Databases from before formats had numbers.
_UNNUMBERED = 0
_SCHEMAS = ("marts", "facts", "reference", "work")


class NewerData(RuntimeError):
    """The working database was written by a newer version of the program."""


def take_over(connection: duckdb.DuckDBPyConnection) -> int | None:
    """Makes the database one of this format; gives the format that it had, if it had to be emptied for that.

    Raises NewerData; then nothing was changed. Dying on the way leaves it as it was, or empty and of this format.
    """
    found = _format_of(connection)
    if found is not None and found > FORMAT:
        raise NewerData(
            f"The working database has format {found}; this version of the program knows up to {FORMAT}. "
            "Install the version that wrote it, or a newer one; nothing was changed."
        )
    if found == FORMAT:
        return None
    with transaction(connection):
        if found is not None:
            for schema in _SCHEMAS:
                connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.execute("CREATE SCHEMA IF NOT EXISTS work")
        connection.execute("CREATE TABLE IF NOT EXISTS work.state (name VARCHAR PRIMARY KEY, content VARCHAR)")
        connection.execute("INSERT OR REPLACE INTO work.state VALUES ('format', ?)", [str(FORMAT)])
    return found


def _format_of(connection: duckdb.DuckDBPyConnection) -> int | None:
    """None for a database that holds nothing yet."""
    tables = first_value(
        connection, "SELECT COUNT(*) FROM duckdb_tables() WHERE schema_name IN (SELECT UNNEST(?))", [list(_SCHEMAS)]
    )
    if not tables:
        return None
    has_state = first_value(
        connection, "SELECT COUNT(*) FROM duckdb_tables() WHERE schema_name = 'work' AND table_name = 'state'"
    )
    noted = first_value(connection, "SELECT content FROM work.state WHERE name = 'format'") if has_state else None
    return int(noted) if noted is not None else _UNNUMBERED
