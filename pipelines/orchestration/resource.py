"""The open warehouse as a Dagster resource: opened and locked once per run, shared by its steps."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

from pipelines.durable import writer_lock
from pipelines.nightly import Warehouse, open_warehouse
from pipelines.settings import Settings


class WarehouseResource(dg.ConfigurableResource[Warehouse]):
    """Gives every step of a run the same Warehouse; needs an executor that runs the steps in one process."""

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Warehouse, None, None]:
        """Holds the writer lock for the run. Raises AnotherRunHoldsTheLock."""
        settings = Settings()
        home = settings.folders()
        home.make_folders()
        with writer_lock(home.warehouse), open_warehouse(settings) as warehouse:
            yield warehouse
