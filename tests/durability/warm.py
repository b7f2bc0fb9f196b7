"""What every night needs first, done once in the server process from which nights are forked (see `nights.py`)."""

from __future__ import annotations

from expectations.library import great_expectations
from pipelines import verification  # noqa: F401
from pipelines.marts.models import load_models

great_expectations()
load_models()
