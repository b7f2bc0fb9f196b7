"""Great Expectations, imported when the first value is checked: it takes seconds."""

from __future__ import annotations

import importlib
import os
import sys
from types import ModuleType

_SPARK = "pyspark"


def great_expectations() -> ModuleType:
    """The library, without telemetry and without Spark.

    It imports Spark wherever that is installed, for checks that this product does not make; Spark's client alone then
    looks for a whole Spark and ends the process where there is none.
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    if "great_expectations.expectations" not in sys.modules:
        hidden = {name: module for name, module in sys.modules.items() if name.split(".")[0] == _SPARK}
        sys.modules.update(dict.fromkeys([_SPARK, *hidden]))  # type: ignore[arg-type]  # None: is not there
        try:
            importlib.import_module("great_expectations.expectations")
        finally:
            del sys.modules[_SPARK]
            sys.modules.update(hidden)
    return importlib.import_module("great_expectations")
