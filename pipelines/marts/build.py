"""Builds the tables of the SQL files in a database, with their notes as comments.

A model with `refresh` keeps its rows of other days: only the days in `work.refresh_days` are deleted and derived
again, so that a night costs what the night brought. A model with `turns` is derived day after day, or month after
month, each from the rows of the one before (`work.turn`). Every other model is replaced whole; a view holds no rows.
"""

from __future__ import annotations

import datetime
import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

import duckdb

from pipelines.database import comment_on, first_value, quoted, table_names, transaction
from pipelines.marts.models import Model, ModelInvalid, load_models
from pipelines.marts.turns import turns_of
from pipelines.reference.tables import NOT_READ_BY_GATE


class GrainBroken(RuntimeError):
    """A model gave two rows for one key: nothing that rests on it may be published."""

    def __init__(self, model: Model, message: str) -> None:
        super().__init__(f"{model.name}: {message}")
        self.model = model


class Engine(Protocol):
    """Where the rows of tables are derived. Tables, notes and checks are DuckDB's, whoever derives the rows."""

    in_place: bool

    def rows(self, connection: duckdb.DuckDBPyConnection, model: Model) -> AbstractContextManager[str]:
        """A SELECT on `connection` that gives the rows of a model, for the days to refresh or for the turn."""


class InPlace:
    """DuckDB itself: the SELECT of the model."""

    in_place = True

    def rows(self, connection: duckdb.DuckDBPyConnection, model: Model) -> AbstractContextManager[str]:
        """The SELECT of the model."""
        return nullcontext(model.sql)


IN_PLACE = InPlace()
# A refreshed day reads its month: a month in a single SELECT takes 3.7 GB and half as long again as two days at a time,
# which take 0.6 GB (66,000 values a day).
DAYS_AT_ONCE = 2
_REFRESH_DAYS = "work.refresh_days"
# Models with turns share `work.turn`.
_turns = threading.Lock()


def build_model(connection: duckdb.DuckDBPyConnection, model: Model, engine: Engine = IN_PLACE) -> int:
    """Builds one model and checks its columns and its grain; gives the number of rows of the table (a macro has none,
    a view those of the days to refresh).

    Views and macros hold no rows, so they are DuckDB's whatever the engine. Raises ModelInvalid (notes and columns
    differ), GrainBroken or what the engine raises; the table is then as it was before.
    """
    with _turns if model.turns else nullcontext(), transaction(connection):
        if model.parameters:
            return _create_macro(connection, model)
        if model.kind == "view":
            return _create_view(connection, model)
        return _build_table(connection, model, engine)


def _create_macro(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    if _is_unchanged(connection, model):
        return 0
    names = ", ".join(model.parameters)
    connection.execute(f"CREATE OR REPLACE MACRO {model.name}({names}) AS TABLE {model.sql}")
    _check_notes(connection, model, f"{model.name}({', '.join('NULL' for _ in model.parameters)})")
    connection.execute(f"COMMENT ON MACRO TABLE {model.name} IS {quoted(model.title)}")
    _note_digest(connection, model)
    return 0


def _create_view(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    if not _is_unchanged(connection, model):
        if model.name in table_names(connection, model.name.split(".")[0]):
            connection.execute(f"DROP TABLE {model.name}")
        connection.execute(f"CREATE OR REPLACE VIEW {model.name} AS {model.sql}")
        _check_notes(connection, model, model.name)
        comment_on(connection, model.name, model.title, model.notes, kind="VIEW")
        _note_digest(connection, model)
    return _check_grain(connection, model, bool(model.refresh))


def _build_table(connection: duckdb.DuckDBPyConnection, model: Model, engine: Engine) -> int:
    """A table of an unchanged model keeps its columns and their comments, which take longer to write than most rows.

    The types of columns are those that DuckDB gives the SELECT, also where another engine derives the rows.
    """
    is_known = _is_unchanged(connection, model)
    if model.turns:
        _build_in_turns(connection, model, is_known, engine)
    elif is_known:
        _replace_rows(connection, model, engine)
    else:
        _create_table(connection, model, engine)
    if not is_known:
        _note_digest(connection, model)
    return _check_grain(connection, model, is_known and bool(model.refresh))


def _create_table(connection: duckdb.DuckDBPyConnection, model: Model, engine: Engine) -> None:
    made = f"CREATE OR REPLACE TABLE {model.name} AS"
    if engine.in_place:
        for number, select in enumerate(_selects(connection, model)):
            connection.execute(f"INSERT INTO {model.name} BY NAME {select}" if number else f"{made} {select}")
    else:
        connection.execute(f"{made} {model.sql}\nWITH NO DATA")
    _check_notes(connection, model, model.name)
    comment_on(connection, model.name, model.title, model.notes)
    if not engine.in_place:
        _replace_rows(connection, model, engine)


def _replace_rows(connection: duckdb.DuckDBPyConnection, model: Model, engine: Engine) -> None:
    """Puts the derived rows in the place of those of the days to refresh, or of all where a model has no such days."""
    days = f"WHERE {model.refresh} IN (SELECT as_of_on FROM {_REFRESH_DAYS})" if model.refresh else ""
    with engine.rows(connection, model) as rows:
        connection.execute(f"DELETE FROM {model.name} {days}")
        for select in _selects(connection, model) if engine.in_place else [rows]:
            connection.execute(f"INSERT INTO {model.name} BY NAME {select}")


def _selects(connection: duckdb.DuckDBPyConnection, model: Model) -> Iterator[str]:
    """The SELECT of a model; where it is to derive many days, one after the other for a few of them."""
    days = connection.execute(f"FROM {_REFRESH_DAYS} ORDER BY as_of_on").fetchall() if model.refresh else []
    if len(days) <= DAYS_AT_ONCE:
        yield model.sql
        return
    connection.execute("CREATE OR REPLACE TEMP TABLE days_at_once (as_of_on DATE)")
    for start in range(0, len(days), DAYS_AT_ONCE):
        connection.execute("DELETE FROM temp.days_at_once")
        connection.executemany("INSERT INTO temp.days_at_once VALUES (?)", days[start : start + DAYS_AT_ONCE])
        yield model.sql.replace(_REFRESH_DAYS, "temp.days_at_once")
    connection.execute("DROP TABLE temp.days_at_once")


def _build_in_turns(connection: duckdb.DuckDBPyConnection, model: Model, is_known: bool, engine: Engine) -> None:
    if not is_known:
        _create_empty(connection, model)
        _check_notes(connection, model, model.name)
        comment_on(connection, model.name, model.title, model.notes)
    for turn in turns_of(connection, model):
        connection.execute("DELETE FROM work.turn")
        connection.execute("INSERT INTO work.turn VALUES (?, ?)", [turn.turn_on, turn.previous_on])
        connection.execute(f"DELETE FROM {model.name} WHERE {model.refresh} = ?", [turn.turn_on])
        with engine.rows(connection, model) as rows:
            connection.execute(f"INSERT INTO {model.name} BY NAME {rows}")
    connection.execute("DELETE FROM work.turn")


def _create_empty(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """The table with its columns and no rows: its SELECT reads the table itself, and gives nothing without a turn."""
    connection.execute("DELETE FROM work.turn")
    connection.execute(f"CREATE OR REPLACE TABLE {model.name} ({model.carries})")
    connection.execute(f"CREATE OR REPLACE TABLE work.empty AS {model.sql}")
    connection.execute(f"CREATE OR REPLACE TABLE {model.name} AS FROM work.empty")
    connection.execute("DROP TABLE work.empty")


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Creates the schemas; puts every day on the refresh list where the file of a refreshed model, or of a model that
    one reads, has changed.
    """
    for schema in ("reference", "facts", "marts", "work"):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    connection.execute("CREATE TABLE IF NOT EXISTS work.models (model VARCHAR PRIMARY KEY, digest VARCHAR)")
    connection.execute("CREATE TABLE IF NOT EXISTS work.turn (turn_on DATE, previous_on DATE)")
    if not all(_is_unchanged(connection, model) for model in _refreshed_and_read(load_models())):
        refresh_all_days(connection)


def trust_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes every table that is there with its model's columns for up to date.

    For a copy of a published database, which does not say by which files its tables were built: without this, one
    more report would cost as much as the whole season.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS work")
    connection.execute("CREATE TABLE IF NOT EXISTS work.models (model VARCHAR PRIMARY KEY, digest VARCHAR)")
    for model in load_models():
        schema, name = model.name.split(".")
        found = connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
            [schema, name],
        ).fetchall()
        if [row[0] for row in found] == list(model.notes):
            _note_digest(connection, model)


def refresh_all_days(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts every day with values on the refresh list, and drops what refreshed models hold."""
    connection.execute("INSERT OR IGNORE INTO work.refresh_days SELECT DISTINCT as_of_on FROM facts.observations")
    connection.execute("DELETE FROM work.models")


def refresh_edited(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts every day on the list where a table has been edited that refreshed models read and the gate does not.

    Where the gate reads it, every landed file is taken again anyway. Columns that a new release of the program gives to
    the tables that models read count as an edit: rows are put into tables that are there.
    """
    read = {table for model in load_models() if model.refresh for table in model.reads}
    edited = sorted(f"reference.{name}" for name in NOT_READ_BY_GATE if f"reference.{name}" in read)
    rows = [(table, connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()) for table in edited]
    columns = connection.execute(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE schema_name IN ('reference', 'facts') "
        "AND schema_name || '.' || table_name NOT IN (SELECT UNNEST(?)) ORDER BY ALL",
        [[model.name for model in load_models()]],
    ).fetchall()
    content = hashlib.sha256(repr((rows, columns)).encode()).hexdigest()
    known = first_value(connection, "SELECT content FROM work.state WHERE name = 'edited_tables'")
    if known not in (None, content):
        refresh_all_days(connection)
    connection.execute("INSERT OR REPLACE INTO work.state VALUES ('edited_tables', ?)", [content])


def refresh_corrections(connection: duckdb.DuckDBPyConnection, known_on: datetime.date) -> None:
    """Adds the days of corrections that begin or cease to apply on the day on which the figures are known.

    A correction that was entered, changed or taken out is another reference table: then every day is derived again.
    """
    if "facts.corrections_applied" not in table_names(connection, "facts"):
        return
    connection.execute(
        "INSERT OR IGNORE INTO work.refresh_days SELECT DISTINCT as_of_on FROM facts.corrections_applied "
        "WHERE (status = 'expired') <> (expires_on <= ?) OR (status = 'not_entered') <> (entered_on > ?)",
        [known_on, known_on],
    )


def carry_forward(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds every later day with values to the refresh list: a value holds until the next report replaces it.

    A day without values leaves the list: a refused file may name any day, also one that has not come.
    """
    connection.execute(
        "INSERT OR IGNORE INTO work.refresh_days SELECT DISTINCT as_of_on FROM facts.observations "
        "WHERE as_of_on > (SELECT MIN(as_of_on) FROM work.refresh_days)"
    )
    # NOT IN would gather the days of all values first.
    connection.execute(
        "DELETE FROM work.refresh_days AS refresh_days WHERE NOT EXISTS ("
        "SELECT 1 FROM facts.observations AS observations WHERE observations.as_of_on = refresh_days.as_of_on)"
    )


def _refreshed_and_read(models: Sequence[Model]) -> list[Model]:
    """The models with `refresh`, and the tables among `models` that these rest on; `models` is in building order."""
    wanted: dict[str, Model] = {}
    for model in reversed(models):
        if model.refresh or any(model.name in other.reads for other in wanted.values()):
            wanted[model.name] = model
    return [model for model in wanted.values() if not model.parameters]


def _is_unchanged(connection: duckdb.DuckDBPyConnection, model: Model) -> bool:
    known = first_value(connection, "SELECT digest FROM work.models WHERE model = ?", [model.name])
    return bool(known == model.digest)


def are_known(connection: duckdb.DuckDBPyConnection, models: Sequence[Model]) -> bool:
    """Whether the tables of all these models are there, as their files say."""
    known = dict(connection.execute("SELECT model, digest FROM work.models").fetchall())
    return all(known.get(model.name) == model.digest for model in models)


def _note_digest(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    connection.execute("INSERT OR REPLACE INTO work.models VALUES (?, ?)", [model.name, model.digest])


def _check_notes(connection: duckdb.DuckDBPyConnection, model: Model, relation: str) -> None:
    columns = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()]
    if columns != list(model.notes):
        raise ModelInvalid(
            f"{model.path}: the notes name {list(model.notes)}, the SELECT gives {columns}. Make them the same."
        )


def _check_grain(connection: duckdb.DuckDBPyConnection, model: Model, is_refreshed: bool) -> int:
    """The day is part of a refreshed table's key, so rows of days that were left alone cannot collide with new ones."""
    keys = ", ".join(model.grain)
    # The first day beside the list of days lets the blocks of all earlier days be passed over, in a view too.
    first = f"AND {model.refresh} >= (SELECT MIN(as_of_on) FROM {_REFRESH_DAYS})"
    rows = f"WHERE {model.refresh} IN (SELECT as_of_on FROM {_REFRESH_DAYS}) {first}" if is_refreshed else ""
    if model.turns == "month":
        rows = f"WHERE {model.refresh} > (SELECT MIN(as_of_on) FROM work.refresh_days)"
    repeated = connection.execute(
        f"SELECT {keys}, COUNT(*) FROM {model.name} {rows} GROUP BY {keys} HAVING COUNT(*) > 1 LIMIT 3"
    ).fetchall()
    if repeated:
        raise GrainBroken(model, f"more than one row per ({keys}), for example {repeated}.")
    # To count the rows of a view is to derive them all: seconds after two years.
    counted = rows if model.kind == "view" else ""
    return int(first_value(connection, f"SELECT COUNT(*) FROM {model.name} {counted}"))
