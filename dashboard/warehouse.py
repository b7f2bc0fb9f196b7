"""The one module that opens the published database: read-only, bound parameters, one cursor per query.

The link `current` is followed once per run of a page (`open_published`), so that everything on one screen comes
from one version even while the next one is being published. Results are cached by that version and never expire:
a published file does not change.
Queries are the files of `dashboard/queries/`, named without their ending.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from dashboard import access
from dashboard.access import CLEARANCES, HIGHEST
from dashboard.kept import Kept

QUERIES = Path(__file__).parent / "queries"
DATABASE = f"{HIGHEST}.duckdb"
CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# What opening and asking raises: a file that is damaged, and one that another version of the program has written.
UNREADABLE = duckdb.Error
OTHER_FORMAT = (duckdb.CatalogException, duckdb.BinderException)
VERSIONS_KEPT_OPEN = 3
RESULTS_KEPT = 2000

Row = dict[str, Any]
Parameter = object
Parameters = tuple[tuple[str, Parameter], ...]
_frames: Kept[pd.DataFrame] = Kept(RESULTS_KEPT)
_row_lists: Kept[list[Row]] = Kept(RESULTS_KEPT)
_things: Kept[Any] = Kept(RESULTS_KEPT)


@dataclass(frozen=True, slots=True)
class Published:
    """One published version. `token` tells it from every other, also from one rebuilt under the same name."""

    path: str
    version: str
    token: int

    def table(self, query: str, **parameters: Parameter) -> pd.DataFrame:
        """The result as a frame, for charts and tables. Absent numbers are NaN there."""
        access.ask_again_if_over()
        key = (self.path, self.token, query, _hashable(parameters))
        return _frames.get(key, lambda: _frame(*key)).copy(deep=False)

    def rows(self, query: str, **parameters: Parameter) -> list[Row]:
        """The result row by row, for sentences. Absent values are None."""
        access.ask_again_if_over()
        key = (self.path, self.token, query, _hashable(parameters))
        return [dict(row) for row in _row_lists.get(key, lambda: _rows(*key))]

    def row(self, query: str, **parameters: Parameter) -> Row:
        """The only row of a query that has exactly one."""
        (only,) = self.rows(query, **parameters)
        return only

    def has(self, table: str) -> bool:
        """Whether there is such a table (`marts.chase_list`) in this file: lower clearances have fewer."""
        return table in {row["table_name"] for row in self.rows("tables_there")}

    def kept(self, name: str, make: Callable[[], Any], *codes: object) -> Any:
        """What `make` draws or counts from this version under these codes (the language among them), made once.

        For what costs more than some milliseconds: a map, a long frame. Nobody changes what he gets.
        """
        return _things.get((self.path, self.token, name, codes), make)


def open_published(current: Path, clearance: str) -> Published | None:
    """The file for readers of a clearance, in the version that the link names now. None when there is none: a lower
    file is never replaced by a higher one. Raises ValueError for a word that is no clearance.
    """
    if clearance not in CLEARANCES:
        raise ValueError(clearance)
    path = current.resolve() / f"{clearance}.duckdb"
    return open_file(path) if path.is_file() else None


def open_file(path: Path) -> Published:
    """A published database, or one of an earlier day, which bears version and day in its name."""
    version = path.parent.name if path.stem in CLEARANCES else path.stem
    return Published(str(path), version, path.stat().st_mtime_ns)


def _hashable(parameters: dict[str, Parameter]) -> Parameters:
    """Parameters as a cache key; lists become tuples, which DuckDB binds as lists once they are lists again."""
    pairs = sorted(parameters.items())
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in pairs)


@lru_cache
def _text(query: str) -> str:
    return (QUERIES / f"{query}.sql").read_text(encoding="utf-8")


@st.cache_resource(max_entries=VERSIONS_KEPT_OPEN, show_spinner=False)
def _connection(path: str, token: int) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(path, read_only=True, config=CLOSED)


def _execute(path: str, token: int, query: str, parameters: Parameters) -> duckdb.DuckDBPyConnection:
    """Run a query on a cursor of its own: a connection shared by threads mixes up their results."""
    bound = {name: list(value) if isinstance(value, tuple) else value for name, value in parameters}
    return _connection(path, token).cursor().execute(_text(query), bound)


def _frame(path: str, token: int, query: str, parameters: Parameters) -> pd.DataFrame:
    return _execute(path, token, query, parameters).df()


def _rows(path: str, token: int, query: str, parameters: Parameters) -> list[Row]:
    result = _execute(path, token, query, parameters)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]
