"""The shape of a table's header, by which a table that a person has mapped once is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.gate.labels import path_key, without_measures

_SHAPE_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A column (or a row of a list) with values that nobody has said the meaning of.

    `shape` and `label` are what `mappings.csv` knows it by; `place` is where its label or first value stands,
    `suggestions` are codes of indicators with a label that is like it.
    """

    sheet: str
    shape: str
    label: str
    place: str
    sample_values: tuple[str, ...]
    value_count: int
    suggestions: tuple[str, ...]


def shape_of(paths: Iterable[Sequence[str]]) -> str:
    """Twelve hex digits over the headings of a table, whatever their order: the same form gives the same shape."""
    keys = sorted({key for path in paths if (key := path_key(without_measures(path)))})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:_SHAPE_DIGITS]
