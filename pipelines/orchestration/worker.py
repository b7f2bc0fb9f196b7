"""Where `celery -A pipelines.orchestration.worker` finds its app."""

from __future__ import annotations

from celery.signals import setup_logging

from log_lines import output
from pipelines.orchestration.workers import worker_app


def log_as_services_do(**_: object) -> None:
    """Celery's own lines hold messages of errors, and so values."""
    output.configure()


setup_logging.connect(log_as_services_do)
app = worker_app()
