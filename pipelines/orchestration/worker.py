"""Where `celery -A pipelines.orchestration.worker` finds its app."""

from __future__ import annotations

from pipelines.orchestration.workers import worker_app

app = worker_app()
