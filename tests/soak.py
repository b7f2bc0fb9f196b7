"""How often the long tests repeat: a little in `make test`, in full in `make soak`. All counts stand here.

A test that asks `count` bears the marker `soak`; what it found out it gives to `note`, and the figures are listed at
the end of the run.
"""

from __future__ import annotations

import os
from typing import NamedTuple


class Count(NamedTuple):
    """How often in `make test`, and in `make soak`."""

    small: int
    whole: int


COUNTS = {
    "nights killed at a random moment": Count(4, 220),
    "publishes while readers read": Count(6, 50),
    "readers at a time": Count(2, 4),
    "reads during the publishes": Count(30, 10_000),
    "flushes that the disk refuses": Count(2, 25),
    "sizes at which the disk is full": Count(2, 24),
    "bytes altered in each kind of file": Count(2, 40),
    "bytes altered in a backup": Count(3, 60),
    "backups taken while nights run": Count(1, 12),
    "bombs": Count(9, 27),
}
IS_WHOLE = os.environ.get("SOAK") == "1"
FIGURES: list[str] = []


def count(what: str) -> int:
    """How often in this run."""
    return COUNTS[what].whole if IS_WHOLE else COUNTS[what].small


def note(figure: str) -> None:
    """Keeps a figure for the list at the end of the run."""
    FIGURES.append(figure)
