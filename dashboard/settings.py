"""Where the dashboard finds the published database, and which day it is for the reader.

Both come from the environment, so that a test or a demonstration can hold them still:
`TIENDO_HOME` (folder with `published/`, default the repository's `data/`) and `TIENDO_TODAY` (ISO date).
What counts as fresh is said there too: `TIENDO_FRESH_BY` (time of day, default 08:00) and `TIENDO_LEAST_FREE_BYTES`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

REPOSITORY = Path(__file__).resolve().parent.parent
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Settings:
    """`today` is None when nobody fixed it: then the clock decides, see `reader_day`."""

    home: Path
    today: date | None
    fresh_by: time = time(8, 0)
    least_free_bytes: int = 2_000_000_000

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
        fresh_by=time.fromisoformat(os.environ.get("TIENDO_FRESH_BY") or "08:00"),
        least_free_bytes=int(os.environ.get("TIENDO_LEAST_FREE_BYTES") or 2_000_000_000),
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


def reader_moment(settings: Settings, known_at: datetime | None, is_simulated: bool) -> datetime:
    """The moment against which the age of the data is judged: as `reader_day`, and noon of a day that was fixed."""
    if settings.today is not None:
        return datetime.combine(settings.today, time(12, 0))
    return known_at if is_simulated and known_at is not None else vietnamese_now()


def vietnamese_now() -> datetime:
    """This moment, Vietnamese local time without a zone."""
    return datetime.now(VIETNAM).replace(tzinfo=None)
