"""The last look at a lower file before anybody can open it: it holds no code of an indicator that it may not hold.

It knows nothing of how the file was made: the codes come from the restricted file, and every text of the lower one is
looked at, names and notes of tables and columns too.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb

from pipelines.clearance import CODES, may_see
from pipelines.database import open_for_reading

# Above it, only the columns of codes are looked at: the texts of a million values are file names and places.
LARGEST_SEARCHED = 20_000


class LeakFound(RuntimeError):
    """A file of a lower clearance holds what it may not; nothing is published."""


def check(restricted: Path, lower: Path, clearance: str) -> None:
    """Raises LeakFound with the places, if there are any; never with what was found there."""
    if found := places(restricted, lower, clearance):
        raise LeakFound(
            f"{lower.name}: a code that clearance {clearance} may not see stands in {', '.join(found)}. Nothing was "
            "published. Check what is declared of these tables (`clearance`, see CONTRIBUTING.md), then run it again."
        )


def places(restricted: Path, lower: Path, clearance: str) -> list[str]:
    """The tables and notes of a lower file in which a code stands that it may not hold; of whatever schema they are."""
    with closing(open_for_reading(restricted)) as connection:
        indicators = connection.execute("SELECT indicator, sensitivity FROM reference.indicators").fetchall()
    codes = [code for code, sensitivity in indicators if not may_see(clearance, sensitivity)]
    if not codes:
        return []
    with closing(open_for_reading(lower)) as connection:
        return [*_in_names(connection, codes), *_in_rows(connection, codes)]


def _in_names(connection: duckdb.DuckDBPyConnection, codes: list[str]) -> list[str]:
    """Names, notes and definitions."""
    texts = connection.execute("""
        SELECT schema_name || '.' || table_name, concat_ws(' ', table_name, comment) FROM duckdb_tables()
        UNION ALL
        SELECT schema_name || '.' || table_name, concat_ws(' ', column_name, comment) FROM duckdb_columns()
        WHERE NOT internal
        UNION ALL
        SELECT schema_name || '.' || view_name, concat_ws(' ', sql, comment) FROM duckdb_views() WHERE NOT internal
        UNION ALL
        SELECT schema_name || '.' || function_name, concat_ws(' ', macro_definition, comment) FROM duckdb_functions()
        WHERE NOT internal
    """).fetchall()
    return sorted({f"the notes of {name}" for name, text in texts if any(code in text for code in codes)})


def _in_rows(connection: duckdb.DuckDBPyConnection, codes: list[str]) -> list[str]:
    tables = connection.execute("""
        SELECT columns.schema_name || '.' || columns.table_name, ANY_VALUE(estimated_size), LIST(column_name)
        FROM duckdb_columns() AS columns
        INNER JOIN duckdb_tables() AS tables
            ON columns.schema_name = tables.schema_name AND columns.table_name = tables.table_name
        WHERE NOT columns.internal AND columns.data_type = 'VARCHAR'
        GROUP BY 1 ORDER BY 1
    """).fetchall()
    small = [(table, columns) for table, rows, columns in tables if rows <= LARGEST_SEARCHED]
    large = [(table, columns) for table, rows, columns in tables if rows > LARGEST_SEARCHED]
    connection.execute("SET VARIABLE pattern = $pattern::VARCHAR", {"pattern": "|".join(codes)})
    searched = " UNION ".join(f"SELECT '{table}' FROM {table} WHERE {_speaks(columns)}" for table, columns in small)
    found = {str(row[0]) for row in connection.execute(searched).fetchall()} if searched else set()
    return sorted(found | {table for table, columns in large if _has_code(connection, table, columns, set(codes))})


def _speaks(columns: list[str]) -> str:
    """A condition on the rows whose texts hold one of the codes."""
    names = ", ".join(f'"{name}"' for name in columns)
    return f"regexp_matches(concat_ws('|', {names}), getvariable('pattern'))"


def _has_code(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], codes: set[str]) -> bool:
    """To gather the few codes that a column has takes a tenth of looking for ours in every row."""
    there = (
        connection.execute(f'SELECT DISTINCT "{name}" FROM {table}').fetchall() for name in columns if name in CODES
    )
    return any(not codes.isdisjoint(row[0] for row in rows) for rows in there)
