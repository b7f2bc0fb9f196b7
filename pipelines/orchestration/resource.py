"""The open warehouse as a Dagster resource: opened and locked once per run, shared by its steps."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

from log_lines import output
from log_lines.events import of_run, write
from pipelines.durable import writer_lock
from pipelines.nightly import Warehouse, open_warehouse
from pipelines.settings import Settings


class WarehouseResource(dg.ConfigurableResource[Warehouse]):
    """Gives every step of a run the same Warehouse; needs an executor that runs the steps in one process."""

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Warehouse, None, None]:
        """Holds the writer lock for the run. Raises AnotherRunHoldsTheLock."""
        output.configure()
        settings = Settings()
        home = settings.folders()
        home.make_folders()
        run = context.dagster_run
        day = run.tags.get("dagster/partition") if run else None
        started = time.perf_counter()
        with of_run(run_id=context.run_id, as_of_on=day), writer_lock(home.warehouse):
            write("run_started")
            try:
                with open_warehouse(settings) as warehouse:
                    yield warehouse
            finally:
                write("run_ended", seconds=round(time.perf_counter() - started, 2))
