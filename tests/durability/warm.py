"""What every night needs first, done once in the server process from which nights are forked (see `nights.py`)."""

from __future__ import annotations

import great_expectations.expectations  # noqa: F401 - imported for those who are forked

from pipelines import verification  # noqa: F401
from pipelines.marts.models import load_models

load_models()
