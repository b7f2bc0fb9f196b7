"""Several places under each other, indicator by indicator: bars on one zero baseline that grow with the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.markup import items, tag
from dashboard.vocabulary import ACCENT, GREY, INK

# First place, second, third; the ink is for its name on its colour.
PLACES = ((ACCENT, "#FFFFFF"), ("#8DB6D3", INK), (GREY, INK))
FULL = 100


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator: shares by place (None: no bar) and what stands at the end of each bar."""

    name: str
    shares: tuple[float | None, ...]
    texts: tuple[str, ...]


def paired_bars(entries: Sequence[Compared], places: Sequence[str]) -> str:
    """A list with a bar per place under each name. Above 100 % all bars shrink alike."""
    longest = max([FULL, *(share for entry in entries for share in entry.shares if share is not None)])
    return items("compared", (_entry(entry, places, longest) for entry in entries))


def _entry(entry: Compared, places: Sequence[str], longest: float) -> str:
    bars = []
    for place, share, text, (colour, _ink) in zip(places, entry.shares, entry.texts, PLACES, strict=False):
        width = FULL * (share or 0) / longest
        bar = f'<i style="width:{width:.2f}%;background:{colour}"></i>'
        spoken = tag("span", "spoken", escape(place) + ": ")
        bars.append(f'<div><span class="td-track">{bar}</span><b>{spoken}{escape(text)}</b></div>')
    return f"<p>{escape(entry.name)}</p>" + "".join(bars)
