"""The one place where a command asks what time it is; everything below the command line is given its time."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from pipelines.settings import TIMEZONE


def vietnamese_now() -> datetime.datetime:
    """The present moment as Vietnamese local time, without a zone, to the second."""
    return datetime.datetime.now(ZoneInfo(TIMEZONE)).replace(tzinfo=None, microsecond=0)
