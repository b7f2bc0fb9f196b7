"""Connecting to Spark: the address (`SPARK_REMOTE`), the settings of a session, errors in plain words."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

REMOTE = "SPARK_REMOTE"
_DEFAULT_PORT = 15002
_SECONDS_TO_ANSWER = 10
# Times are Vietnamese local time without a zone, as in DuckDB: no server may move them by its own.
_OF_A_SESSION = {"spark.sql.session.timeZone": "UTC", "spark.sql.timestampType": "TIMESTAMP_NTZ"}
# A filter on days that is known only while a query runs keeps the other days of the archive unread, also where its
# side of the join is too large to be sent to every worker.
_OF_A_SESSION |= {"spark.sql.optimizer.dynamicPartitionPruning.reuseBroadcastOnly": "false"}

# Sail works out the error of a division by zero beforehand, for rows that are not divided too. No divisor here can be
# zero (`unguarded_division` of the portable subset), so nothing is lost by not asking for the error.
_OF_SAIL = {"spark.sql.ansi.enabled": "false"}


class SparkUnavailable(RuntimeError):
    """No session of Spark can be had; the message says why and what to do."""


def remote_address() -> str:
    """`SPARK_REMOTE`. Raises SparkUnavailable where it is not set or is no address of Spark Connect."""
    address = os.environ.get(REMOTE, "").strip()
    if not address:
        raise SparkUnavailable(
            f"TIENDO_ENGINE is spark, but {REMOTE} is not set. Set it to the address of a Spark Connect server "
            "(sc://host:15002), or set TIENDO_ENGINE=duckdb."
        )
    if urlsplit(address).scheme != "sc" or not urlsplit(address).hostname:
        raise SparkUnavailable(
            f"{REMOTE} is {without_secrets(address)}; expected the address of a Spark Connect server, sc://host:15002."
        )
    return address


def without_secrets(address: str) -> str:
    """An address as it may be shown: host and port, not the parameters, of which one may be a token."""
    return address.partition("/;")[0].partition(";")[0]


def first_line(error: Exception) -> str:
    """What an error of the server says before its trace."""
    return f"{(str(error) or type(error).__name__).splitlines()[0].rstrip('.')}."


@contextmanager
def connect(address: str) -> Iterator[SparkSession]:
    """A session of its own at a Spark Connect server, closed at the end. Raises SparkUnavailable."""
    session_class = client()
    _check_answers(address)
    try:
        session = session_class.builder.remote(address).create()
        catalog = session.sql("SELECT current_catalog()").collect()[0][0]
        for name, setting in (_OF_A_SESSION | (_OF_SAIL if catalog == "sail" else {})).items():
            session.conf.set(name, setting)
    except Exception as error:
        raise SparkUnavailable(
            f"{without_secrets(address)} answers, but gives no session: {first_line(error)} Check that it is "
            "a Spark Connect server (4.0 or later) or Sail, and its log; then run again."
        ) from error
    try:
        yield session
    finally:
        session.stop()


def client() -> type[SparkSession]:
    """The session class of Spark Connect's client. Raises SparkUnavailable where it is not installed."""
    try:
        with _main_module_with_a_file():
            from pyspark.sql.connect.session import SparkSession
    except ImportError as error:
        raise SparkUnavailable(
            f"TIENDO_ENGINE is spark, but the client of Spark Connect is not installed ({error}). "
            "Install it with pip install 'tien-do[spark]', or set TIENDO_ENGINE=duckdb."
        ) from error
    return SparkSession


@contextmanager
def _main_module_with_a_file() -> Iterator[None]:
    """In a process that another one has forked, the client takes itself for its own tests and ends the process.

    Only while it is imported: processes that are started later would look for the file.
    """
    main = sys.modules["__main__"]
    is_without = getattr(main, "__spec__", None) is None and not hasattr(main, "__file__")
    if is_without:
        main.__file__ = ""
    try:
        yield
    finally:
        if is_without:
            del main.__file__


def _check_answers(address: str) -> None:
    """The client itself would try for ten minutes before it says that nobody answers."""
    parts = urlsplit(without_secrets(address))
    place = (str(parts.hostname), parts.port or _DEFAULT_PORT)
    try:
        socket.create_connection(place, timeout=_SECONDS_TO_ANSWER).close()
    except OSError as error:
        raise SparkUnavailable(
            f"Nobody answers at {without_secrets(address)} ({error.strerror or error}). Start the Spark Connect "
            f"server, or put {REMOTE} right; meanwhile TIENDO_ENGINE=duckdb derives the models on this machine."
        ) from error
