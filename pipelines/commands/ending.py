"""How the console command ends: at once.

Python would first look through the million objects of Dagster and Great Expectations for garbage and free each of them,
a second of every night, before the system takes all memory back anyway.
"""

from __future__ import annotations

import atexit
import os
import sys

_ended_with: list[int] = []


def end_at_once(code: int) -> None:
    """The process will end with `code` once threads have ended and everything else is done that waits for its end."""
    _ended_with.append(code)


def _end() -> None:
    if not _ended_with:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        # Nobody reads any more: Python has its own way to say so.
        return
    os._exit(_ended_with[-1])


# What is registered first is called last.
atexit.register(_end)
