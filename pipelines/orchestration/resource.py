"""What the steps of a run work with, as Dagster resources: the open warehouse, and the engine of the models.

The warehouse is opened once per run and shared by its steps, or opened by each step.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager

import dagster as dg

from log_lines import output
from log_lines.events import of_run, write
from pipelines.durable import writer_lock
from pipelines.marts.build import Engine
from pipelines.nightly import Warehouse, check_engine, keep_basis, open_engine, open_warehouse
from pipelines.orchestration.cluster import PARTITION_TAG
from pipelines.settings import Settings


class WarehouseResource(dg.ConfigurableResource[Warehouse]):
    """Gives every step of a run the same Warehouse.

    With `is_opened_by_each_step` the steps work in other processes than the run, one after the other: the run's own
    process holds the writer lock, and what a step opens must rest on the same tables and program as the step before.
    """

    is_opened_by_each_step: bool = False

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Warehouse, None, None]:
        """Holds the writer lock for the run. Raises AnotherRunHoldsTheLock or, between two steps, BasisChanged."""
        output.configure()
        settings = Settings()
        home = settings.folders()
        home.make_folders()
        run = context.dagster_run
        day = run.tags.get(PARTITION_TAG) if run else None
        if self.is_opened_by_each_step:
            with of_run(run_id=context.run_id, as_of_on=day), open_warehouse(settings) as warehouse:
                keep_basis(warehouse, str(context.run_id))
                yield warehouse
            return
        started = time.perf_counter()
        with of_run(run_id=context.run_id, as_of_on=day), writer_lock(home.warehouse):
            write("run_started")
            try:
                with open_warehouse(settings) as warehouse:
                    yield warehouse
            finally:
                write("run_ended", seconds=round(time.perf_counter() - started, 2))


class EngineResource(dg.ConfigurableResource["EngineResource"]):
    """What derives the models: DuckDB, or Spark at `SPARK_REMOTE`, as `TIENDO_ENGINE` says."""

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Says before the first step what is missing of the settings. Raises SparkUnavailable."""
        check_engine(Settings())

    def opened(self) -> AbstractContextManager[Engine]:
        """An engine for the models of this run; a session of Spark lasts as long as it is open."""
        return open_engine(Settings())
