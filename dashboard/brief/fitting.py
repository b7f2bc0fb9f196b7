"""Makes a brief fit its four pages: what can be read in the workbook too is left out first.

Lengths are those of the PDF; the Word file has the same type, the same widths and the same tables, and ends within a
few millimetres of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard.brief.pdf import extent
from dashboard.brief.structure import Bars, Block, Brief, Table

MOST_PAGES = 4
# Millimetres that must stay free on the last page, so that another word processor needs no fifth.
ROOM = 15.0


def fitted(brief: Brief) -> Brief:
    """The brief as it is if it fits, else without the last lines of its lists, then without its ranking."""
    shorter = brief
    for step in STEPS:
        pages, room = extent(shorter)
        if pages < MOST_PAGES or (pages == MOST_PAGES and room >= ROOM):
            return shorter
        shorter = replace(shorter, blocks=step(shorter.blocks))
    return shorter


def _fewer_lines(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(
        replace(block, lines=block.lines[: block.fewest]) if isinstance(block, Table) and block.fewest else block
        for block in blocks
    )


def _no_ranking(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Bars))


STEPS: tuple[Callable[[tuple[Block, ...]], tuple[Block, ...]], ...] = (_fewer_lines, _no_ranking)
