"""The SELECT that gives the rows of one table at a lower clearance, by its declaration."""

from __future__ import annotations

import duckdb

from pipelines.clearance import Declaration
from pipelines.database import quoted
from pipelines.publish.hidden import Hidden, spoken_of

# The kind of the codes in a column that holds several of them.
LISTED = {"indicators": "indicator", "conflicts_with": "figure", "conflicting_figures": "figure"}
# What stands for the name of a sheet that speaks of something hidden.
UNNAMED = "…"


def rows_seen(
    connection: duckdb.DuckDBPyConnection,
    hidden: Hidden,
    declaration: Declaration,
    table: str,
    columns: list[str],
    condition: str = "TRUE",
) -> str:
    """A SELECT over `table` (of the attached database) with the same columns, and only what may be seen.

    `condition` narrows the rows down first, to those that a night has brought.
    """
    chosen = [condition, *(_is_seen(column) for column in declaration.rows_by if column in columns)]
    rows = f"{table} WHERE {' AND '.join(chosen)}"
    names = dict.fromkeys(columns, "")
    for kind, expression in (("texts", _text), ("places", _place), ("lists", _list)):
        for column in getattr(declaration, kind):
            if column in names:
                names[column] = expression(connection, hidden, column, rows)
    selected = ", ".join(f'{made} AS "{name}"' if made else f'"{name}"' for name, made in names.items())
    return f"SELECT {selected} FROM {rows}"


def _is_seen(column: str) -> str:
    return f"\"{column}\" IN (SELECT UNNEST(getvariable('seen_{column}')))"


def _text(connection: duckdb.DuckDBPyConnection, hidden: Hidden, column: str, rows: str) -> str:
    texts = spoken_of(connection, hidden, column, rows)
    return f"CASE WHEN {column} NOT IN ({_literals(texts)}) THEN {column} END" if texts else ""


def _place(connection: duckdb.DuckDBPyConnection, hidden: Hidden, column: str, rows: str) -> str:
    sheets = spoken_of(connection, hidden, f"split_part({column}, '!', 1)", rows)
    named = f"split_part({column}, '!', 1) IN ({_literals(sheets)})"
    cell = f"'{UNNAMED}!' || split_part({column}, '!', 2)"
    return f"CASE WHEN {named} THEN {cell} ELSE {column} END" if sheets else ""


def _list(connection: duckdb.DuckDBPyConnection, hidden: Hidden, column: str, rows: str) -> str:
    kept = f"lambda code: list_contains(getvariable('seen_{LISTED[column]}'), code)"
    return f"NULLIF(array_to_string(list_filter(string_split({column}, '|'), {kept}), '|'), '')"


def _literals(texts: list[str]) -> str:
    return ", ".join(quoted(text) for text in texts)
