"""A sheet drawn as text: what a clerk sees is what stands in the corpus."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field, replace

_WHOLE = re.compile(r"-?(0|[1-9]\d*)")


@dataclass(frozen=True)
class Formula:
    """A formula with the result that the program stored; None where it was never calculated."""

    text: str
    result: float | str | None


@dataclass(frozen=True)
class Percent:
    """A number in a cell formatted as a percentage."""

    value: float


Cell = None | str | int | float | bool | datetime.date | datetime.datetime | Formula | Percent
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0, all included."""


@dataclass(frozen=True)
class Grid:
    """One sheet: cells, merged ranges, and what is hidden (rows and columns counted from 0)."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    visibility: str = "visible"
    fonts: dict[int, str] = field(default_factory=dict)
    """Font by column, where it is not the usual one."""

    def with_(self, **changes: object) -> Grid:
        """The same sheet with other properties."""
        return replace(self, **changes)


def grid(text: str, name: str = "Sheet1") -> Grid:
    """Draws a sheet: `|` between cells, `<` joins a cell to its left neighbour, `^` to the one above.

    `12` is a number, `'12` and `3.193` are text, `#3.193` is a number with decimals, `%0.416` a percentage,
    `@2026-02-13` a date, `=A1+B1→12` a formula with its result, `=A1+B1` one that was never calculated; `⏎` breaks
    the line inside a cell. An empty line is a blank row.
    """
    lines = text.removeprefix("\n").rstrip().split("\n")
    tokens = [[cell.strip(" ") for cell in line.split("|")] if line.strip() else [] for line in lines]
    rows = [[None if token in ("<", "^") else _cell(token) for token in row] for row in tokens]
    return Grid(name, rows, _merges(tokens))


def _cell(token: str) -> Cell:
    if not token:
        return None
    if _WHOLE.fullmatch(token):
        return int(token)
    sign, rest = token[0], token[1:]
    if sign == "'":
        return rest
    if sign == "#":
        return float(rest)
    if sign == "%":
        return Percent(float(rest))
    if sign == "@":
        return datetime.date.fromisoformat(rest)
    if sign == "=":
        text, arrow, result = token.partition("→")
        return Formula(text, _result(result) if arrow else None)
    return token.replace("⏎", "\n")


def _result(text: str) -> float | str:
    return int(text) if _WHOLE.fullmatch(text) else text


def _merges(tokens: list[list[str]]) -> list[Merge]:
    def at(row: int, column: int) -> str:
        return tokens[row][column] if row < len(tokens) and column < len(tokens[row]) else ""

    merges = []
    for row, cells in enumerate(tokens):
        for column, token in enumerate(cells):
            if token in ("<", "^"):
                continue
            right, down = column, row
            while at(row, right + 1) == "<":
                right += 1
            while all(at(down + 1, each) == "^" for each in range(column, right + 1)):
                down += 1
            if (down, right) != (row, column):
                merges.append((row, column, down, right))
    return merges
