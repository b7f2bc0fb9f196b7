"""Nights of a small installation, each run in a process of its own that can be killed.

Children are forked from a server process that has imported everything once and has opened no database: importing
Great Expectations takes seconds, and an open DuckDB does not survive a fork.
"""

from __future__ import annotations

import datetime
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pipelines import nightly
from pipelines.database import open_for_reading, table_names
from pipelines.durable import writer_lock
from pipelines.landing.store import incoming_files
from pipelines.publish.versions import current_database
from pipelines.settings import Settings

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.durability.warm"])
PATIENCE_SECONDS = 60

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Night:
    """What one night is given: the day of its figures and the moment that counts as now."""

    as_of_on: datetime.date

    @property
    def known_at(self) -> datetime.datetime:
        return datetime.datetime.combine(self.as_of_on, datetime.time(1, 30)) + datetime.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Death:
    """The process kills itself at the `nth` call of a function, `pipelines.facts.ledger:append`, before or after it."""

    function: str
    nth: int = 1
    before: bool = False

    def arm(self) -> None:
        """Puts the trap in place of the function; for forked children only."""
        module_name, name = self.function.split(":")
        module = import_module(module_name)
        real, calls = getattr(module, name), []

        def fatal(*arguments: Any, **named: Any) -> Any:
            calls.append(name)
            is_meant = len(calls) == self.nth  # another thread may call it meanwhile
            if self.before and is_meant:
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*arguments, **named)
            if is_meant:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(module, name, fatal)


def whole_night(home: Path, night: Night, death: Death | None = None) -> None:
    """All steps of the nightly job in their order, as the job runs them."""
    if death is not None:
        death.arm()
    settings = Settings(home=home)
    settings.folders().make_folders()
    with writer_lock(settings.folders().warehouse), nightly.open_warehouse(settings) as warehouse:
        nightly.land(warehouse, incoming_files([settings.folders().inbox]), night.known_at)
        run = nightly.note_run(warehouse, f"night-{night.as_of_on}", night.as_of_on, night.known_at)
        nightly.derive(warehouse, run, night.known_at)
        nightly.answer(warehouse)
        nightly.publish(warehouse)


def start(function: Callable[..., None], *arguments: object) -> BaseProcess:
    """Starts a function in a child process."""
    process = SERVER.Process(target=function, args=arguments)
    process.start()
    return process


def in_child(function: Callable[..., Any], *arguments: object) -> Any:
    """Runs a function in a child process and gives its result; what it raises is raised here."""
    receiver, sender = SERVER.Pipe(duplex=False)
    process = start(_call, sender, function, arguments)
    sender.close()
    try:
        outcome, is_error = receiver.recv()
    except EOFError:
        process.join()
        raise AssertionError(f"the child ended with {process.exitcode} before it had a result") from None
    process.join(PATIENCE_SECONDS)
    if is_error:
        raise outcome
    return outcome


def _call(sender: Connection, function: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    try:
        sender.send((function(*arguments), False))
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        sender.send((error, True))


def dies(home: Path, night: Night, death: Death) -> None:
    """Runs a night that must be killed on its way."""
    process = start(whole_night, home, night, death)
    process.join(PATIENCE_SECONDS)
    assert process.exitcode == -signal.SIGKILL, f"{death} was never reached"


def rows_of(database: Path) -> Rows:
    """Every row of facts and marts, in one order."""
    with closing(open_for_reading(database)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
            for table in table_names(connection, "facts", "marts")
        }


def published_rows(home: Path) -> Rows:
    """Every row of facts and marts of the current version."""
    return rows_of(current_database(home / "published"))
