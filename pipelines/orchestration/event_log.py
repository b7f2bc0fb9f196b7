"""Dagster's SQLite event log with connections that stay open.

Dagster's own class opens its files anew for each of the hundreds of reads and writes of a run, and SQLAlchemy compiles
each statement anew with them: 2 of the 4 seconds of a night with nothing new. Nothing else differs.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

# The index and the runs that somebody is looking at; each run has a file of its own.
_FILES_KEPT_OPEN = 8
_BUSY_SECONDS = 60


class OpenSqliteEventLogStorage(SqliteEventLogStorage):
    """One engine with one connection per file. Threads take turns, as they do in the class below."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._turn = threading.Lock()
        self._tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> OpenSqliteEventLogStorage:
        """How Dagster makes it from `dagster.yaml`."""
        return cls(inst_data=inst_data, **config_value)

    def run_connection(self, run_id: str | None = None) -> AbstractContextManager[Connection]:
        """A transaction on the file of a run."""
        return self._transaction(str(run_id))

    def index_connection(self) -> AbstractContextManager[Connection]:
        """A transaction on the file that all runs share."""
        return self._transaction(INDEX_SHARD_NAME)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table; one that is there stays. It is asked for with every event."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    @contextmanager
    def _transaction(self, name: str) -> Iterator[Connection]:
        with self._turn, self._engine(name).begin() as connection:
            yield connection

    def _engine(self, name: str) -> Engine:
        if name not in self._engines:
            # The class below creates the file, or brings it up to date, when it opens it for the first time.
            with super().run_connection(name):
                pass
            self._engines[name] = _open(self.conn_string_for_shard(name))
        self._engines.move_to_end(name)
        while len(self._engines) > _FILES_KEPT_OPEN:
            self._engines.popitem(last=False)[1].dispose()
        return self._engines[name]

    def dispose(self) -> None:
        """Closes the files."""
        for engine in self._engines.values():
            engine.dispose()
        super().dispose()


def _open(address: str) -> Engine:
    arguments = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(address, poolclass=QueuePool, pool_size=1, max_overflow=0, connect_args=arguments)
    event.listen(engine, "connect", _flush_now_and_then)
    return engine


def _flush_now_and_then(connection: sqlite3.Connection, _: object) -> None:
    """A power cut may cost the last events of the log, never its order; the files are in WAL mode."""
    connection.execute("PRAGMA synchronous = NORMAL")
