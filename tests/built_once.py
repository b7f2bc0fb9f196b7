"""What takes seconds to build and is only read: made by one process of a test run, found by the others."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def built_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` that `make` has filled, in the place that all processes of this run share.

    Whoever asks first makes it, the others wait for it. A `make` that fails leaves nothing, and is tried again by who
    asks next. Copy the folder, never write in it.
    """
    own = factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "built_once"
    place.mkdir(exist_ok=True)
    folder = place / name
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = factory.mktemp("unfinished")
            make(unfinished)
            unfinished.rename(folder)
    return folder
