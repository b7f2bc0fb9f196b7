"""The open warehouse as a Dagster resource: opened once per run and shared by its steps, or opened by each step."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

from log_lines import output
from log_lines.events import of_run, write
from pipelines.durable import writer_lock
from pipelines.nightly import Warehouse, keep_basis, open_warehouse
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
