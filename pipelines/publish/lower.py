"""Writes the file of a lower clearance from the closed restricted one: what it would hold if nothing else were known.

The file is written from nothing, since DuckDB leaves the bytes of deleted rows in the file. A night that has brought
one day starts from the file of the same clearance of the version before, which never held anything that it may not
hold, and replaces what that day bears upon. Where the reference tables (who may see what is one of them), a model, a
declaration or this package has changed since, it is written from nothing again.

What becomes of each table is declared with it (`pipelines/clearance.py`); a table without a declaration is refused.
"""

from __future__ import annotations

import datetime
import hashlib
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines.clearance import ClearanceInvalid, Declaration, read_declaration
from pipelines.database import comment_on, first_value, open_for_a_run, open_for_reading, quoted, transaction
from pipelines.durable import copy_file
from pipelines.facts.tables import LEDGER
from pipelines.marts.models import Model, load_models
from pipelines.marts.reference_notes import COLUMN_NOTES, TABLE_CLEARANCES, TABLE_NOTES
from pipelines.publish.hidden import Hidden, hidden_at, keep_codes
from pipelines.publish.ledger_rows import note_submissions, rejected_rows, submission_rows
from pipelines.publish.table_rows import rows_seen

_ABOVE = "above"
_MADE = "publishing.made"
_SCHEMAS = ("reference", "facts", "marts")


@dataclass(frozen=True, slots=True)
class Since:
    """What a night starts from: the version before (its folder, and the run that made it), and the first day that has
    changed since then (None: no day has).
    """

    version: Path
    run_id: str
    changed_from: datetime.date | None


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    data_type: str
    note: str | None


@dataclass(slots=True)
class _Work:
    """One file in the making. `since` is None where it is written from nothing; `through` is the last submission that
    is in it already; `earlier_on` the day of the run that made it."""

    connection: duckdb.DuckDBPyConnection
    clearance: str
    hidden: Hidden
    since: Since | None
    through: str
    earlier_on: datetime.date | None
    columns: dict[str, list[_Column]]
    titles: dict[str, str | None]
    views: frozenset[str]
    models: dict[str, Model] = field(default_factory=dict)


def write_lower(restricted: Path, target: Path, clearance: str, since: Since | None = None) -> bool:
    """Writes `target`, the database of a lower clearance; says whether it could start from the version before.

    `restricted` is closed and checkpointed. Raises ClearanceInvalid for a table that does not say what becomes of it.
    """
    for leftover in (target, target.with_name(f"{target.name}.wal")):
        leftover.unlink(missing_ok=True)
    made_by, columns = _made_by(restricted, clearance)
    base = since.version / file_name(clearance) if since is not None else None
    if base is None or since is None or not _is_alike(base, made_by, since.run_id):
        since = None
    elif base is not None:
        copy_file(base, target)
    # The rows reach the file with the checkpoint; one that dies on the way is written anew.
    with closing(open_for_a_run(target)) as connection:
        connection.execute(f"ATTACH {quoted(str(restricted))} AS {_ABOVE} (READ_ONLY)")
        with transaction(connection):
            _write(_begin(connection, clearance, since, columns), made_by)
        connection.execute("DROP SCHEMA work CASCADE")
        connection.execute("CHECKPOINT")
    return since is not None


def file_name(clearance: str) -> str:
    """The database of a clearance, in the folder of a version."""
    return f"{clearance}.duckdb"


def declarations() -> dict[str, Declaration]:
    """What becomes of each table, view and macro at a lower clearance. Raises ClearanceInvalid."""
    return {
        **{f"reference.{name}": read_declaration(text, name) for name, text in TABLE_CLEARANCES.items()},
        **{table.name: table.clearance for table in LEDGER},
        **{model.name: model.clearance for model in load_models()},
    }


def _made_by(restricted: Path, clearance: str) -> tuple[str, dict[str, list[_Column]]]:
    """What decides about the content of a lower file, except for the values themselves, as one hash; and the columns
    of each table and view of the restricted one.
    """
    with closing(open_for_reading(restricted)) as connection:
        digest = first_value(connection, "SELECT reference_sha256 FROM reference.run")
        found = connection.execute(
            "SELECT schema_name || '.' || table_name, column_name, data_type, comment FROM duckdb_columns() "
            "WHERE NOT internal AND schema_name IN (SELECT UNNEST(?)) ORDER BY schema_name, table_name, column_index",
            [list(_SCHEMAS)],
        ).fetchall()
    columns: dict[str, list[_Column]] = {}
    for table, *column in found:
        columns.setdefault(table, []).append(_Column(*column))
    code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    models = [(model.name, model.digest) for model in load_models()]
    notes = (LEDGER, TABLE_NOTES, COLUMN_NOTES)
    content = (clearance, digest, found, models, sorted(declarations().items()), notes, code)
    return hashlib.sha256(repr(content).encode()).hexdigest(), columns


def _is_alike(base: Path, made_by: str, run_id: str) -> bool:
    if not base.is_file():
        return False
    with closing(open_for_reading(base)) as connection:
        found = connection.execute(f"SELECT made_by, run_id FROM {_MADE}").fetchall()
    return found == [(made_by, run_id)]


def _begin(
    connection: duckdb.DuckDBPyConnection, clearance: str, since: Since | None, columns: dict[str, list[_Column]]
) -> _Work:
    hidden = hidden_at(connection, _ABOVE, clearance)
    keep_codes(connection, hidden)
    through, earlier_on = "", None
    if since is not None:
        through, earlier_on = connection.execute(f"SELECT through, as_of_on FROM {_MADE}").fetchall()[0]
    titles = connection.execute(
        "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() WHERE database_name = ?", [_ABOVE]
    ).fetchall()
    views = connection.execute(
        "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE database_name = ? AND NOT internal", [_ABOVE]
    ).fetchall()
    return _Work(
        connection,
        clearance,
        hidden,
        since,
        through,
        earlier_on,
        columns,
        dict(titles),
        frozenset(row[0] for row in views),
        {model.name: model for model in load_models()},
    )


def _write(work: _Work, made_by: str) -> None:
    connection = work.connection
    for schema in (*_SCHEMAS, "publishing", "work"):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    declared = declarations()
    for table in _in_order(work, declared):
        if declared[table].is_in(work.clearance):
            _put(work, table, declared[table])
            if table == "facts.observations":
                note_submissions(connection, work.hidden, _ABOVE, work.through)
                _note_days(work)
    connection.execute(
        f"CREATE OR REPLACE TABLE {_MADE} AS SELECT $made_by AS made_by, $clearance AS clearance, "
        f"(SELECT COALESCE(MAX(submission_id), '') FROM {_ABOVE}.facts.submissions) AS through, as_of_on, run_id "
        "FROM reference.run",
        {"made_by": made_by, "clearance": work.clearance},
    )


def _in_order(work: _Work, declared: dict[str, Declaration]) -> list[str]:
    """Every table, view and macro of the restricted file, each after those that it is made from.

    Raises ClearanceInvalid for one that no list has.
    """
    there = {*work.columns, *([] if work.since is not None else _macros(work.connection))}
    if undeclared := sorted(there - declared.keys()):
        raise ClearanceInvalid(
            f"{', '.join(undeclared)}: not declared. Say what a lower clearance may see of it; see CONTRIBUTING.md."
        )
    reference = [table for table in work.columns if table.startswith("reference.") and table not in work.models]
    # Which submissions may be seen is known by the values; their counts, by the values set aside.
    ledger = ["facts.observations", "facts.rejected_values", "facts.submissions"]
    return [table for table in (*reference, *ledger, *work.models) if table in there]


def _macros(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "SELECT DISTINCT schema_name || '.' || function_name FROM duckdb_functions() "
        "WHERE database_name = ? AND NOT internal",
        [_ABOVE],
    ).fetchall()
    return [str(row[0]) for row in found]


def _put(work: _Work, table: str, declaration: Declaration) -> None:
    model = work.models.get(table)
    if model is not None and model.parameters:
        if work.since is None:
            names = ", ".join(model.parameters)
            work.connection.execute(f"CREATE MACRO {table}({names}) AS TABLE {model.sql}")
            work.connection.execute(f"COMMENT ON MACRO TABLE {table} IS {quoted(model.title)}")
    elif model is not None and table in work.views:
        if work.since is None:
            work.connection.execute(f"CREATE VIEW {table} AS {model.sql}")
            comment_on(work.connection, table, model.title, model.notes, kind="VIEW")
    else:
        _put_rows(work, table, declaration, model)


def _put_rows(work: _Work, table: str, declaration: Declaration, model: Model | None) -> None:
    """Empties a table of what is to be replaced and fills it; creates it where the file is written from nothing."""
    connection, columns = work.connection, [column.name for column in work.columns[table]]
    condition = "TRUE"
    if work.since is None:
        _create_like(work, table)
    elif table.startswith("reference.") and table not in _DAILY:
        return
    elif table in _APPENDED:
        condition = f"submission_id > '{work.through}'"
    else:
        if model is not None and model.refresh:
            condition = _replaced_days(work, model)
        connection.execute(f"DELETE FROM {table} WHERE {condition}")
    if declaration.is_derived and declaration.same_with in work.hidden.groups | {""} and model is not None:
        select = model.sql
    elif declaration.rule == "recounted":
        select = submission_rows(_ABOVE, work.through, columns)
    elif declaration.rule == "set aside":
        select = rejected_rows(connection, work.hidden, _ABOVE, work.through, columns)
    else:
        select = rows_seen(connection, work.hidden, declaration, f"{_ABOVE}.{table}", columns, condition)
    connection.execute(f"INSERT INTO {table} BY NAME {select}")


# The ledger is never changed: what is in a lower file once stays.
_APPENDED = frozenset(table.name for table in LEDGER)
# Of the reference tables, what depends on the day of the figures; any other change of them means a file from nothing.
_DAILY = ("reference.run", "reference.provinces", "reference.communes")


def _replaced_days(work: _Work, model: Model) -> str:
    """A condition on the days that have changed: the first changed one and all later ones, since a value holds until it
    is reported anew. A model with turns also has the day of the run, and the months up to it.
    """
    since = work.since.changed_from if work.since is not None else None
    conditions = [f"{model.refresh} >= DATE '{since}'"] if since else []
    if model.turns:
        held, wanted, run_on = (
            {row[0] for row in work.connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()}
            for column, table in (
                (model.refresh, model.name),
                (model.refresh, f"{_ABOVE}.{model.name}"),
                ("as_of_on", f"{_ABOVE}.reference.run"),
            )
        )
        days = (held ^ wanted) | run_on | {work.earlier_on}
        listed = ", ".join(f"DATE '{day}'" for day in sorted(day for day in days if day is not None))
        conditions += [f"{model.refresh} IN ({listed})"] if listed else []
    return f"({' OR '.join(conditions) or 'FALSE'})"


def _note_days(work: _Work) -> None:
    """What models with `-- refresh:` derive here: the days that have changed."""
    since = work.since.changed_from if work.since is not None else None
    condition = "TRUE" if work.since is None else f"as_of_on >= DATE '{since}'" if since else "FALSE"
    days = f"SELECT DISTINCT as_of_on FROM facts.observations WHERE {condition}"
    work.connection.execute(f"CREATE OR REPLACE TABLE work.refresh_days AS {days}")


def _create_like(work: _Work, table: str) -> None:
    """The table with the columns and notes of the restricted one.

    Its types are written out: after `CREATE TABLE … AS … LIMIT 0` DuckDB 2.0 takes the table for empty until the next
    checkpoint, whatever is put into it, and finds no groups in it.
    """
    columns = work.columns[table]
    typed = ", ".join(f'"{column.name}" {column.data_type}' for column in columns)
    work.connection.execute(f"CREATE TABLE {table} ({typed})")
    if title := work.titles[table]:
        comment_on(work.connection, table, title, {column.name: column.note for column in columns if column.note})
