"""Where the dashboard finds the published database, and which day it is for the reader.

Both come from the environment, so that a test or a demonstration can hold them still:
`TIENDO_HOME` (folder with `published/`, default the repository's `data/`) and `TIENDO_TODAY` (ISO date).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

REPOSITORY = Path(__file__).resolve().parent.parent
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Settings:
    """`today` is None when nobody fixed it: then the clock decides, see `reader_day`."""

    home: Path
    today: date | None

    @property
    def current(self) -> Path:
        """The link that publishing flips; it names a version folder once there is one."""
        return self.home / "published" / "current"


def load_settings() -> Settings:
    """Read the environment. A `TIENDO_TODAY` that is no ISO date is refused by `date.fromisoformat`."""
    today = os.environ.get("TIENDO_TODAY", "")
    return Settings(
        home=Path(os.environ.get("TIENDO_HOME") or REPOSITORY / "data").expanduser().resolve(),
        today=date.fromisoformat(today) if today else None,
    )


def reader_day(settings: Settings, known_at: datetime | None, is_simulated: bool) -> date:
    """The day against which lateness of the data is judged.

    Simulated figures carry their own clock: judging a demonstration by the wall clock would call it late on
    every page, so the moment at which its figures were known stands for today.
    """
    if settings.today is not None:
        return settings.today
    if is_simulated and known_at is not None:
        return known_at.date()
    return datetime.now(VIETNAM).date()


def vietnamese_now() -> datetime:
    """This moment, Vietnamese local time without a zone."""
    return datetime.now(VIETNAM).replace(tzinfo=None)
