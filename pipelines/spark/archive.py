"""What Spark reads: the facts archive (Parquet by day) and copies of the other tables, on a path that machines share.

The working database is the truth and every file here is made from it. A file bears in itself a token of the rows that
it was made from, so nothing has to be noted elsewhere: what a dead run left, an older home restored beside it, or
nights that another engine derived show as other tokens, and the next night writes those files anew.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from pipelines.database import first_value, quoted
from pipelines.durable import make_folder, sync_file, sync_folder
from pipelines.marts.models import Model

OBSERVATIONS = "facts.observations"
# Another way of writing the files has another number: those of the old way are then written anew.
_WAY = 1
# A day at full scale is a hundred thousand rows: in several groups, so that a filter by level or indicator skips most.
_ROWS_OF_A_GROUP = 16_384
_FILE = "part-0.parquet"
_TOKEN = "rows"
_FILLED_WITH = "SELECT content FROM work.state WHERE name = 'reference'"
_OF_ALL_ROWS = "COUNT(*) || ' ' || SUM(CAST(hash(copied) AS HUGEINT))"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a table are spread over files: one for each day or month of `column`, or one for all.

    Of a table by day, `column` stands in the folders' names only. `order` keeps alike rows together. `token` is SQL for
    what tells the rows of one file from any others.
    """

    folder: str
    span: Literal["day", "month", "whole"]
    column: str = ""
    order: str = ""
    token: str = _OF_ALL_ROWS

    def start(self) -> str:
        """SQL for the first day of the file that a row belongs to; NULL where there is one for all."""
        starts = {"day": self.column, "month": f"CAST(date_trunc('month', {self.column}) AS DATE)", "whole": "NULL"}
        return starts[self.span]

    def file_name(self, start: datetime.date | None) -> str:
        """The name of a file in the folder of its table."""
        if start is None:
            return _FILE
        return f"{self.column}={start}/{_FILE}" if self.span == "day" else f"{start:%Y-%m}.parquet"

    def rows(self, start: datetime.date | None) -> str:
        """The condition for the rows of a file, so that no other day is read."""
        if start is None:
            return "TRUE"
        if self.span == "day":
            return f"{self.column} = DATE '{start}'"
        following = (start + datetime.timedelta(days=31)).replace(day=1)
        return f"{self.column} >= DATE '{start}' AND {self.column} < DATE '{following}'"


# The ledger is only ever added to, so that a count and the newest submission say what a day holds: two columns instead
# of all. `bring_up_to_date` adds which tables the ledger was filled with.
_LEDGER = Layout(
    "observations",
    "day",
    "as_of_on",
    "unit_level DESC, indicator, unit_code, submission_id, source_place",
    "COUNT(*) || ' ' || MAX(submission_id)",
)


def layout_of(table: str, model: Model | None) -> Layout:
    """The ledger's values by day, as others may read them too; what a night replaces in parts by month."""
    if table == OBSERVATIONS:
        return _LEDGER
    if model is None or not model.refresh:
        return Layout(f"working/{table}", "whole")
    return Layout(f"working/{table}", "month", model.refresh, model.refresh)


class Archive:
    """The files below one folder. What they hold is read once, so an Archive is for one run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._tokens: dict[str, dict[str, str]] = {}

    def bring_up_to_date(self, connection: duckdb.DuckDBPyConnection, table: str, layout: Layout) -> dict[Path, str]:
        """Writes the files whose rows have changed and removes those that have none; gives all, with their tokens.

        Whenever the process dies, each file is one that was written whole, and its token says of which rows.
        """
        folder = self.root / layout.folder
        known = self._tokens.setdefault(layout.folder, _tokens_of(connection, folder))
        wanted = _wanted(connection, table, layout)
        for name in sorted(known.keys() - {layout.file_name(start) for start in wanted}):
            (folder / name).unlink(missing_ok=True)
            del known[name]
        for start, token in sorted(wanted.items(), key=lambda item: str(item[0])):
            name = layout.file_name(start)
            if known.get(name) != token:
                known.pop(name, None)
                _write(connection, table, layout, start, folder / name, token)
                known[name] = token
        return {folder / name: token for name, token in known.items()}


def _wanted(connection: duckdb.DuckDBPyConnection, table: str, layout: Layout) -> dict[datetime.date | None, str]:
    """The token of each file that there should be, by its first day."""
    columns = hashlib.sha256(repr(columns_of(connection, table)).encode()).hexdigest()[:12]
    basis = f"{_WAY} {columns}"
    if layout is _LEDGER:
        basis += f" {first_value(connection, _FILLED_WITH)}"
    rows = connection.execute(f"SELECT {layout.start()}, {layout.token} FROM {table} AS copied GROUP BY ALL").fetchall()
    return {start: f"{basis} {token}" for start, token in rows if token is not None}


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    """Name and type of each column of a table, in their order."""
    return [(str(row[0]), str(row[1])) for row in connection.execute(f"DESCRIBE {table}").fetchall()]


def _tokens_of(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, str]:
    """The token of each file in a folder, by its name in it. What is no whole file of ours is removed."""
    tokens: dict[str, str] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []:
        token = None if path.name.startswith(".") else _token_in(connection, path)
        if token is None:
            path.unlink()
        else:
            tokens[path.relative_to(folder).as_posix()] = token
    return tokens


def _token_in(connection: duckdb.DuckDBPyConnection, path: Path) -> str | None:
    statement = f"SELECT decode(value) FROM parquet_kv_metadata({quoted(str(path))}) WHERE decode(key) = '{_TOKEN}'"
    try:
        token: str | None = first_value(connection, statement)
    except duckdb.Error:
        return None
    return token


def _write(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    layout: Layout,
    start: datetime.date | None,
    path: Path,
    token: str,
) -> None:
    """Aside, flushed, renamed. A HUGEINT, which Parquet does not have, is a BIGINT over there."""
    make_folder(path.parent)
    unfinished = path.with_name(f".{path.name}.unfinished")
    in_the_name = layout.column if layout.span == "day" else ""
    names = ", ".join(
        f'CAST("{name}" AS BIGINT) AS "{name}"' if kind == "HUGEINT" else f'"{name}"'
        for name, kind in columns_of(connection, table)
        if name != in_the_name
    )
    order = f"ORDER BY {layout.order}" if layout.order else ""
    connection.execute(
        f"COPY (SELECT {names} FROM {table} WHERE {layout.rows(start)} {order}) TO {quoted(str(unfinished))} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_OF_A_GROUP}, "
        f"KV_METADATA {{{_TOKEN}: {quoted(token)}}})"
    )
    sync_file(unfinished)
    unfinished.replace(path)
    sync_folder(path.parent)
