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
    texts = [column for column in declaration.texts if column in columns]
    places = {column: f"split_part({column}, '!', 1)" for column in declaration.places if column in columns}
    spoken = ", ".join(map(quoted, spoken_of(connection, hidden, [*texts, *places.values()], rows)))
    names = dict.fromkeys(columns, "")
    names.update({column: _list(column) for column in declaration.lists if column in columns})
    if spoken:
        names.update({column: f"CASE WHEN {column} NOT IN ({spoken}) THEN {column} END" for column in texts})
        names.update({column: _place(column, sheet, spoken) for column, sheet in places.items()})
    selected = ", ".join(f'{made} AS "{name}"' if made else f'"{name}"' for name, made in names.items())
    return f"SELECT {selected} FROM {rows}"


def _is_seen(column: str) -> str:
    return f"\"{column}\" IN (SELECT UNNEST(getvariable('seen_{column}')))"


def _place(column: str, sheet: str, spoken: str) -> str:
    cell = f"'{UNNAMED}!' || split_part({column}, '!', 2)"
    return f"CASE WHEN {sheet} IN ({spoken}) THEN {cell} ELSE {column} END"


def _list(column: str) -> str:
    kept = f"lambda code: list_contains(getvariable('seen_{LISTED[column]}'), code)"
    return f"NULLIF(array_to_string(list_filter(string_split({column}, '|'), {kept}), '|'), '')"
