"""The n-th damaged file of a seed: always the same bytes, whatever ran before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from bench.mutations.byte_changes import damages
from bench.mutations.cell_changes import CELL_CHANGES
from bench.mutations.formats import WRITERS, Original, originals

# How often cells are changed rather than bytes: both halves of what can go wrong.
_CELLS = 0.5


@dataclass(frozen=True)
class Mutant:
    """A damaged file: what it was, what was done to it, and whether it still says what the right one says."""

    number: int
    original: Original
    change: str
    content: bytes
    is_harmless: bool

    @property
    def file_name(self) -> str:
        """A name that says neither province nor day."""
        return f"bao-cao-{self.number}.{self.original.ending}"


@cache
def _right() -> list[tuple[Original, bytes]]:
    return [(original, original.content()) for original in originals()]


def mutant(seed: int, number: int) -> Mutant:
    """The file with this number."""
    rng = Random(f"{seed}/{number}")
    original, right = rng.choices(_right(), [original.weight for original, _ in _right()])[0]
    if rng.random() < _CELLS:
        change = rng.choice(CELL_CHANGES)
        content = WRITERS[original.format](change.change(original.report, rng))
        return Mutant(number, original, change.name, content, change.is_harmless)
    possible = damages(right, original.format)
    name = rng.choice(list(possible))
    return Mutant(number, original, name, possible[name](right, rng), False)
