"""Whether two databases hold the same rows: all tables, all columns, values and not types.

A sum of doubles depends on the order in which it is taken, so doubles are compared to nine digits after the point.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import duckdb

from pipelines.marts.models import load_models

DIGITS = 9
TABLES = [model.name for model in load_models() if not model.parameters]
Row = tuple[object, ...]


def rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    """The rows of a table in an order of their own."""
    return rounded({table: connection.execute(f"SELECT * FROM {table}").fetchall()})[table]


def rounded(tables: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """The rows of some tables, each table's in an order of their own."""
    return {table: sorted((tuple(map(_plain, row)) for row in rows), key=repr) for table, rows in tables.items()}


def differences(
    expected: duckdb.DuckDBPyConnection, found: duckdb.DuckDBPyConnection
) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """Each table that differs, with rows that only the one and only the other has."""
    for table in TABLES:
        one, other = rows(expected, table), rows(found, table)
        if one != other:
            yield table, [row for row in one if row not in other][:2], [row for row in other if row not in one][:2]


def _plain(cell: object) -> object:
    if isinstance(cell, float):
        return round(cell, DIGITS) + 0.0
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.datetime) else cell
