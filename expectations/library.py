"""Great Expectations, imported when the first value is checked, and without what none of this product's checks need."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType

_LIBRARY = "great_expectations"
# Spark is imported wherever it is installed, and Spark's client alone then looks for a whole Spark and ends the process
# where there is none. The grammar of international addresses is compiled for two seconds, for a format of JSON schemas.
_HIDDEN = ("pyspark", "rfc3987_syntax")
# Distributions for tests of samples; half of the time that is left.
_LATER = "scipy.stats"


def great_expectations() -> ModuleType:
    """The library, without telemetry, without Spark, and with statistics that are loaded when first asked."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    if f"{_LIBRARY}.expectations" not in sys.modules:
        _load_later(_LATER)
        with _hidden(_HIDDEN):
            importlib.import_module(f"{_LIBRARY}.expectations")
    return importlib.import_module(_LIBRARY)


@contextmanager
def _hidden(packages: tuple[str, ...]) -> Iterator[None]:
    """To whoever imports them in the block, the packages are not installed."""
    known = {name: module for name, module in sys.modules.items() if name.split(".")[0] in packages}
    sys.modules.update(dict.fromkeys([*packages, *known]))  # type: ignore[arg-type]  # None: is not there
    try:
        yield
    finally:
        for package in packages:
            del sys.modules[package]
        sys.modules.update(known)


def _load_later(name: str) -> None:
    """Puts a module in its place whose file is executed at the first use of anything in it."""
    package, _, attribute = name.rpartition(".")
    if name in sys.modules or (spec := find_spec(name)) is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    # An import statement finds it here and asks no further; asking would be its first use.
    setattr(sys.modules[package], attribute, module)
