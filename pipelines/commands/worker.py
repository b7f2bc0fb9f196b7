"""`tiendo worker`: does the steps of runs that are started elsewhere, one at a time."""

from __future__ import annotations

import os
import sys

from log_lines import output
from pipelines.commands.options import Home, clear_errors, fail, settings_of
from pipelines.settings import REPOSITORY


def worker(home: Home = None) -> None:
    """Do the steps of runs for which Redis holds the orders (TIENDO_CELERY_REDIS_URL), until stopped."""
    from pipelines.orchestration.cluster import REDIS_URL, is_on_workers
    from pipelines.orchestration.instance import prepare_instance

    output.switch_on()
    with clear_errors():
        if not is_on_workers():
            fail(f"Chưa đặt {REDIS_URL}: các bước chạy ngay trong tiến trình của lần chạy, không cần worker.")
        prepare_instance(settings_of(home))
    os.chdir(REPOSITORY)
    celery = [sys.executable, "-m", "celery", "--app", "pipelines.orchestration.worker", "--quiet", "worker"]
    # In its place: signals of systemd go to celery itself, which ends the step at hand before it stops.
    os.execv(sys.executable, [*celery, "--loglevel", "WARNING", "--hostname", f"tiendo-{os.getpid()}@%h"])
