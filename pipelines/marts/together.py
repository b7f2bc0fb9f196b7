"""Builds the models of a night, several at once: most of their tables are small, and one alone uses one processor."""

from __future__ import annotations

import graphlib
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import duckdb

from pipelines.database import cursor_beside
from pipelines.marts import build
from pipelines.marts.models import Model

AT_ONCE = 2


def build_models(
    connection: duckdb.DuckDBPyConnection, models: Sequence[Model], engine: build.Engine = build.IN_PLACE
) -> Iterator[tuple[Model, int]]:
    """Builds each model once those that it reads are there; gives it with its number of rows, in the given order.

    Where a table has to be created first, one is built after the other: only rows can be written side by side. Raises
    what `build.build_model` raises, once what was begun by then is finished; nothing else is begun.
    """
    built: dict[str, int] = {}
    waiting = list(models)
    try:
        at_once = AT_ONCE if build.are_known(connection, models) else 1
        for name, rows in _build(connection, models, at_once, engine):
            built[name] = rows
            while waiting and waiting[0].name in built:
                model = waiting.pop(0)
                yield model, built[model.name]
    except build.GrainBroken:
        yield from ((model, built[model.name]) for model in waiting if model.name in built)
        raise


def _build(
    connection: duckdb.DuckDBPyConnection, models: Sequence[Model], at_once: int, engine: build.Engine
) -> Iterator[tuple[str, int]]:
    by_name = {model.name: model for model in models}
    order = graphlib.TopologicalSorter(
        {model.name: [table for table in model.reads if table in by_name] for model in models}
    )
    order.prepare()
    running: dict[Future[int], str] = {}
    with ThreadPoolExecutor(at_once) as threads:
        while order.is_active():
            for name in order.get_ready():
                running[threads.submit(_build_one, cursor_beside(connection), by_name[name], engine)] = name
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                name = running.pop(future)
                try:
                    rows = future.result()
                except BaseException:
                    threads.shutdown(cancel_futures=True)
                    raise
                order.done(name)
                yield name, rows


def _build_one(cursor: duckdb.DuckDBPyConnection, model: Model, engine: build.Engine) -> int:
    """On a cursor of its own: a transaction belongs to its connection."""
    with cursor:
        return build.build_model(cursor, model, engine)
