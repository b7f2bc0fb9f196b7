"""Colours of words in a brief: statuses keep their colour, amber in a shade that can be read on white."""

from __future__ import annotations

from dashboard.brief.structure import Figure
from dashboard.vocabulary import DARK_RED, LIGHTS, MUTED, TEAL

DARK_AMBER = "#8A5A00"
COLOURS = {
    LIGHTS["good"].glyph: TEAL,
    LIGHTS["risk"].glyph: DARK_AMBER,
    LIGHTS["late"].glyph: DARK_RED,
    LIGHTS["none"].glyph: MUTED,
}


def tone(figure: Figure) -> str | None:
    """The colour of a status with its glyph; None for everything else."""
    return COLOURS.get(figure.text[:1]) if figure.kind in ("status", "report") else None
