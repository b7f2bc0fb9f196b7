"""Which reporting days a picture of a long history draws: a bounded number, so that its third year costs no more than
its first month.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.language import Language
from dashboard.view import View

Part = tuple[int, ...]
# Parts of time from fine to coarse: the last day of each is drawn. The first one that is coarse enough is taken.
PARTS: dict[str, Callable[[date], Part]] = {
    "day": lambda day: (day.toordinal(),),
    "week": lambda day: tuple(day.isocalendar()[:2]),
    "month": lambda day: (day.year, day.month),
    "quarter": lambda day: (day.year, (day.month - 1) // 3),
    "year": lambda day: (day.year,),
}


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is drawn: the newest days in full, and of those before at most so many."""

    newest: int
    earlier: int


CURVE, SMALL, BARS = Extent(30, 60), Extent(10, 20), Extent(30, 24)


@dataclass(frozen=True, slots=True)
class Shown:
    """The days of a picture, oldest first; before the newest ones, the last day of each `part` (a key of `PARTS`)."""

    days: list[date]
    part: str
    extent: Extent


def choose(days: Sequence[date], extent: Extent, beside: Iterable[date] = ()) -> Shown:
    """The newest days, of those before them the last of each week (month, quarter, year), the first of all, and for
    each date of `beside` the last day up to it and the first after it.
    """
    known = sorted(days)
    earlier, newest = known[: -extent.newest], known[-extent.newest :]
    part = next((part for part in PARTS if len(_last_of_each(part, earlier)) <= extent.earlier), "year")
    kept = {*newest, *_last_of_each(part, earlier), *known[:1]}
    for mark in beside:
        place = bisect_right(known, mark)
        kept.update(known[max(place - 1, 0) : place + 1])
    return Shown(sorted(kept), part, extent)


def _last_of_each(part: str, days: Sequence[date]) -> list[date]:
    return list({PARTS[part](day): day for day in days}.values())


def said(shown: Shown, language: Language) -> str:
    """What a picture leaves out and where it is found; '' where it leaves out nothing."""
    _ = language.text
    words = {
        "week": _("{count} kỳ mới nhất; trước đó là kỳ cuối mỗi tuần. Số của từng kỳ: trang So sánh."),
        "month": _("{count} kỳ mới nhất; trước đó là kỳ cuối mỗi tháng. Số của từng kỳ: trang So sánh."),
        "quarter": _("{count} kỳ mới nhất; trước đó là kỳ cuối mỗi quý. Số của từng kỳ: trang So sánh."),
        "year": _("{count} kỳ mới nhất; trước đó là kỳ cuối mỗi năm. Số của từng kỳ: trang So sánh."),
    }
    return words[shown.part].format(count=shown.extent.newest) if shown.part in words else ""


def of_indicators(view: View, indicators: Sequence[str], extent: Extent, beside: Iterable[date] = ()) -> Shown:
    """The days for pictures of some indicators; the first one with a value is always drawn."""
    marks = tuple(beside)
    made: Shown = view.published.kept(
        "shown_days", lambda: _of_indicators(view, indicators, extent, marks), tuple(indicators), extent, marks
    )
    return made


def _of_indicators(view: View, indicators: Sequence[str], extent: Extent, beside: Iterable[date]) -> Shown:
    known = view.published.row("curve_days", indicators=list(indicators))
    return choose(known["days"] or [], extent, (*beside, *(known["first_days"] or [])))
