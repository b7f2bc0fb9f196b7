"""Text of a page outside ruled tables: words to lines, lines to texts that stand apart, and tables without rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.readers.document_rows import Table

Word = dict[str, Any]
# Words further apart than their letters are high belong to different columns: `UBND TỈNH …    CỘNG HÒA …`.
_APART = 1.0
# Fewer lines of three texts are an accident of spacing, and a heading may stand between the rows of a table.
_LEAST_COLUMNS, _LEAST_ROWS, _MOST_BETWEEN = 3, 3, 2


@dataclass(frozen=True, slots=True)
class Text:
    """Words of one line that belong together."""

    text: str
    x0: float
    x1: float
    font: str


@dataclass(frozen=True, slots=True)
class Line:
    """The texts that stand beside one another at one height."""

    top: float
    bottom: float
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table without rules: its lines are under one another at the same columns."""

    top: float
    bottom: float
    table: Table


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words grouped by height, from the top, each line from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda item: (item["top"] + item["bottom"], item["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and rows[-1][0]["top"] <= middle <= rows[-1][0]["bottom"]:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda item: item["x0"])) for row in rows]


def _line(words: Sequence[Word]) -> Line:
    groups: list[list[Word]] = []
    for word in words:
        height = word["bottom"] - word["top"]
        if groups and word["x0"] - groups[-1][-1]["x1"] <= _APART * height:
            groups[-1].append(word)
        else:
            groups.append([word])
    texts = tuple(
        Text(" ".join(word["text"] for word in group), group[0]["x0"], group[-1]["x1"], group[0].get("fontname", ""))
        for group in groups
    )
    return Line(min(word["top"] for word in words), max(word["bottom"] for word in words), texts)


def with_aligned_tables(lines: Sequence[Line]) -> list[Line | Aligned]:
    """The lines, with those that are a table without rules gathered into one."""
    blocks: list[Line | Aligned] = []
    at = 0
    while at < len(lines):
        end = _end_of_table(lines, at)
        if end > at:
            blocks.append(_aligned(lines[at:end]))
            at = end
        else:
            blocks.append(lines[at])
            at += 1
    return blocks


def _end_of_table(lines: Sequence[Line], start: int) -> int:
    """The line after a table that starts here; `start` itself where none does."""
    if len(lines[start].texts) < _LEAST_COLUMNS:
        return start
    rows = [start]
    for number in range(start + 1, len(lines)):
        if len(lines[number].texts) >= _LEAST_COLUMNS:
            rows.append(number)
        elif number - rows[-1] > _MOST_BETWEEN:
            break
    return rows[-1] + 1 if len(rows) >= _LEAST_ROWS else start


def _aligned(lines: Sequence[Line]) -> Aligned:
    columns = _columns(lines)
    table = Table()
    for number, line in enumerate(lines):
        cells = [""] * len(columns)
        for text in line.texts:
            first, last = _covered(text, columns)
            cells[first] = f"{cells[first]} {text.text}".strip()
            table.fonts.setdefault((number, first), text.font)
            if last > first:
                table.merged.append(((number, first), (number, last)))
        table.rows.append(list(cells))
    return Aligned(lines[0].top, lines[-1].bottom, table)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Left and right of each column, by the lines with most texts: only in those nothing reaches over two columns."""
    most = max(len(line.texts) for line in lines)
    spans = sorted((text.x0, text.x1) for line in lines if len(line.texts) == most for text in line.texts)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _covered(text: Text, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """First and last column that a text stands over; the nearest where it stands between two."""
    over = [number for number, (left, right) in enumerate(columns) if text.x0 < right and left < text.x1]
    if over:
        return over[0], over[-1]
    middle = (text.x0 + text.x1) / 2
    nearest = min(range(len(columns)), key=lambda number: abs(sum(columns[number]) / 2 - middle))
    return nearest, nearest
