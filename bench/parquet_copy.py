"""The published tables as Parquet files with a view each: what readers would ask if there were no database file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from pipelines.database import quoted, table_names
from pipelines.marts.models import load_models

_SCHEMAS = ("reference", "facts", "marts")


def write_parquet(database: Path, folder: Path) -> int:
    """Writes every table of a database into `folder` (zstd, in the order of its rows); gives the bytes of all files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with closing(duckdb.connect(str(database), read_only=True)) as connection:
        for table in table_names(connection, *_SCHEMAS):
            file = quoted(str(folder / f"{table}.parquet"))
            connection.execute(f"COPY {table} TO {file} (FORMAT parquet, COMPRESSION zstd)")
    return sum(path.stat().st_size for path in folder.iterdir())


@contextmanager
def parquet_views(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which the same names lead to the Parquet files; the product's own views and macros are there."""
    with closing(duckdb.connect(config={"threads": 2})) as connection:
        for schema in _SCHEMAS:
            connection.execute(f"CREATE SCHEMA {schema}")
        tables = {path.stem for path in folder.glob("*.parquet")}
        for table in sorted(tables):
            file = quoted(str(folder / f"{table}.parquet"))
            connection.execute(f"CREATE VIEW {table} AS FROM read_parquet({file})")
        for model in load_models():
            if model.parameters:
                connection.execute(f"CREATE MACRO {model.name}({', '.join(model.parameters)}) AS TABLE {model.sql}")
            elif model.name not in tables:
                connection.execute(f"CREATE VIEW {model.name} AS {model.sql}")
        yield connection
