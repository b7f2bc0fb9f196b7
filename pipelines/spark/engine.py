"""Derives the rows of a model on Spark and hands them back to DuckDB, which keeps them as it keeps its own.

What a model reads is brought up to date on the shared path first; only files whose rows have changed are written. The
rows come back over the connection, as Arrow: the cluster needs to read the shared path, never to write it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from pipelines.database import first_value
from pipelines.marts.models import Model, load_models
from pipelines.spark.archive import Archive, columns_of, layout_of
from pipelines.spark.session import connect, first_line, remote_address
from pipelines.spark.translate import to_spark, view_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.connect.session import SparkSession

# Types of DuckDB, and what their values are on Spark.
_TYPES = {
    "VARCHAR": "STRING",
    "DOUBLE": "DOUBLE",
    "INTEGER": "INT",
    "BIGINT": "BIGINT",
    "HUGEINT": "BIGINT",
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "TIMESTAMP": "TIMESTAMP_NTZ",
}
# What narrows a model down to what the night brought: between which days these lie is told to Spark as well, so that
# it leaves other days unread from the start.
_NARROWING = {"work.refresh_days": "as_of_on", "work.turn": "turn_on"}
_REFRESH_DAYS = "work.refresh_days"
_ROWS = "spark_rows"


class SparkFailed(RuntimeError):
    """A model could not be derived on Spark; the message names it."""


@contextmanager
def open_spark(archive: Path) -> Iterator[SparkEngine]:
    """An engine at the address in `SPARK_REMOTE`, for the models of one run. Raises SparkUnavailable."""
    with connect(remote_address()) as session:
        yield SparkEngine(session, archive)


class SparkEngine:
    """Derives models in one session of Spark over the files below `archive`; for one run, since files are read once."""

    in_place = False

    def __init__(self, session: SparkSession, archive: Path) -> None:
        self._session = session
        self._archive = Archive(archive)
        self._models = {model.name: model for model in load_models()}
        # The tables that Spark knows as they are now, and the files that each of its views stands for.
        self._told: set[str] = set()
        self._files: dict[str, object] = {}
        self._telling = threading.Lock()

    @contextmanager
    def rows(self, connection: duckdb.DuckDBPyConnection, model: Model) -> Iterator[str]:
        """A SELECT of DuckDB that gives the rows of a model for the days on the list, or for the turn.

        Raises NotPortable or SparkFailed.
        """
        needed = to_spark(model, self._models).tables
        if _REFRESH_DAYS in needed and not first_value(connection, f"SELECT COUNT(*) FROM {_REFRESH_DAYS}"):
            # Without a day there is no row; nobody needs to be asked.
            yield f"SELECT * FROM {model.name} LIMIT 0"
            return
        with self._telling:
            for table in needed:
                self._tell(connection, table)
        connection.register(_ROWS, self._derive(model))
        try:
            yield f"SELECT * FROM {_ROWS}"
        finally:
            connection.unregister(_ROWS)
            self._told -= {model.name, "work.turn"}

    def _derive(self, model: Model) -> pa.Table:
        *parts, last = to_spark(model, self._models).steps
        try:
            for part in parts:
                found = self._session.sql(part.sql)
                rows = found.toArrow()
                # The client asks for a schema of its own where there is no row.
                frame = self._session.createDataFrame(rows if len(rows) else [], None if len(rows) else found.schema)
                frame.createOrReplaceTempView(part.view)
            return self._session.sql(last.sql).toArrow()
        except Exception as error:
            raise SparkFailed(
                f"{model.name} could not be derived on Spark: {first_line(error)} Look at the log of the Spark server. "
                "The published version stays; the next night does what this one has not done."
            ) from error

    def _tell(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        """Brings the files of a table up to date and the session's view with them."""
        if table in self._told:
            return
        layout = layout_of(table, self._models.get(table))
        files = self._archive.bring_up_to_date(connection, table, layout)
        if self._files.get(table) != files:
            columns = {name: _TYPES[kind] for name, kind in columns_of(connection, table)}
            # Of a table by day the folders' names are read too, so it is named as a whole.
            paths = [self._archive.root / layout.folder] if files and layout.span == "day" else list(files)
            frame = self._read(columns, paths)
            if condition := _between(connection, table):
                frame = frame.filter(condition)
            frame.createOrReplaceTempView(view_name(table))
            self._files[table] = files
        self._told.add(table)

    def _read(self, columns: Mapping[str, str], paths: Sequence[Path]) -> DataFrame:
        """The rows of some files; none, but the same columns, where there is no file."""
        if not paths:
            nothing = ", ".join(f"CAST(NULL AS {kind}) AS `{name}`" for name, kind in columns.items())
            return self._session.sql(f"SELECT {nothing} WHERE FALSE")
        schema = ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
        return self._session.read.schema(schema).parquet(*map(str, paths))


def _between(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Between which days the rows of a narrowing table lie, as a condition; empty for any other table."""
    column = _NARROWING.get(table)
    if column is None:
        return ""
    (bounds,) = connection.execute(f"SELECT MIN({column}), MAX({column}) FROM {table}").fetchall()
    return f"{column} >= DATE '{bounds[0]}' AND {column} <= DATE '{bounds[1]}'" if bounds[0] else ""
