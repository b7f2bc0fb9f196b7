"""Finds the header block of a table in a sheet: where it starts and ends, and the heading over every column.

The block is known by its words, wherever it stands: an order column (`STT`), or several labels that a report has.
Belongs here: rows and columns of the block. Does not belong here: what a heading means (`labels.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from pipelines.gate.labels import INDICATOR, KEY_ROLES, Meaning, role_of
from pipelines.readers import CellValue, SheetCells
from pipelines.readers.cells import Place
from pipelines.vietnamese import plain

HEADER_SEARCH_ROWS = 30
MOST_HEADER_ROWS = 6
_LONGEST_ROLE = 60
_NUMBERED = re.compile(r"[(\[]?(\d{1,3})[)\]]?\s*(?:\(?\s*=\s*(.+))?")
_SUM = re.compile(r"[+-]?\d+([+-]\d+)+")
_TERM = re.compile(r"([+-]?)(\d+)")
# What stands just above a table at its right, and is no part of its header.
_ABOVE_TABLE = re.compile(
    r"(đvt|đơn vị|biểu|mẫu|phụ lục|cộng hòa|độc lập|tính đến|ngày|kèm theo|ban hành|\(|số:|số liệu|dữ liệu|thời điểm|kỳ"
    r"|[-*_]+$)"
)
NO_LABEL = "thiếu tiêu đề"
_NUMBERS = frozenset({int, float, bool})
Formula = list[tuple[int, int]]


class Headings(Protocol):
    """Whatever knows what a heading means; see `labels.Labels`."""

    def meaning(self, path: Sequence[str], shape: str = "") -> Meaning:
        """The meaning of a heading in a table of some shape."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header block: rows `first` to `end` (not included), the row where the body begins, headings by column.

    `formulas` holds what the row of column numbers promises: {column: [(sign, column), …]}.
    """

    first: int
    end: int
    body: int
    paths: dict[int, tuple[str, ...]]
    formulas: dict[int, Formula]


def find_header(sheet: SheetCells, start: int, search_rows: int, headings: Headings) -> Header | None:
    """The first header block at or below a row, looked for in so many rows; None where there is none.

    Where no row has the labels of a table, a row with one key label beside others is taken for one (`Tên xã | Hồ sơ`
    over `Tiếp nhận | Đúng hạn`).
    """
    rows = range(start, min(start + search_rows, len(sheet.rows)))
    anchors = (row for row in rows if is_anchor(sheet.rows[row], headings))
    beside_others = (row for row in rows if _key_labels(sheet.rows[row]) and _text_count(sheet.rows[row]) > 1)
    row = next(anchors, None)
    row = next(beside_others, None) if row is None else row
    return None if row is None else block_at(sheet, start, row)


def may_be_label_row(cells: Sequence[CellValue]) -> bool:
    """Whether a row has no figure; nearly all rows of a table have one, and need no further look."""
    return _NUMBERS.isdisjoint(map(type, cells))


def is_anchor(cells: Sequence[CellValue], headings: Headings) -> bool:
    """Whether a row carries the labels of a table: an order label, or a key with another role or an indicator."""
    keys = _key_labels(cells)
    if "order" in keys or not keys:
        return bool(keys)
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    return len({role_of(text) for text in texts} - {""}) > 1 or any(
        headings.meaning((text,)).role == INDICATOR for text in texts
    )


def _key_labels(cells: Sequence[CellValue]) -> set[str]:
    """The key roles that the labels of a row name; none where the row has a figure."""
    if not may_be_label_row(cells):
        return set()
    roles = {role_of(cell) for cell in cells if isinstance(cell, str) and cell and len(cell) <= _LONGEST_ROLE}
    return roles & KEY_ROLES


def _text_count(cells: Sequence[CellValue]) -> int:
    return sum(isinstance(cell, str) and cell != "" for cell in cells)


def block_at(sheet: SheetCells, start: int, anchor: int) -> Header:
    """The block around a row with the labels of a table; rows above `start` are no part of it."""
    end = _end(sheet, anchor)
    first = _first(sheet, start, anchor)
    numbers = numbered_columns(sheet, end)
    return Header(first, end, end + 1 if numbers else end, _paths(sheet, first, end), _formulas(sheet, end, numbers))


def _end(sheet: SheetCells, anchor: int) -> int:
    """The row after the block: the first one below the anchor that can be no part of it."""
    bottoms = [
        bottom
        for (top, left), (bottom, _) in sheet.merged
        if top == anchor and bottom > top and _key_role(sheet.cell(top, left))
    ]
    start = max([anchor + 1, *(bottom + 1 for bottom in bottoms)])
    for row in range(start, min(anchor + MOST_HEADER_ROWS, len(sheet.rows))):
        if numbered_columns(sheet, row) or _starts_body(sheet, anchor, row):
            return row
    return min(start, len(sheet.rows))


def _starts_body(sheet: SheetCells, first: int, row: int) -> bool:
    """A row with anything but a label in a column of keys; or with a figure, where no such column has anything."""
    cells = sheet.rows[row]
    for index, cell in enumerate(cells):
        if cell != "" and not _key_role(cell):
            if any(_key_role(sheet.cell(upper, index)) for upper in range(first, row)):
                return True
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                return True
    return not any(cell != "" for cell in cells)


def _key_role(cell: CellValue) -> bool:
    return isinstance(cell, str) and role_of(cell) in KEY_ROLES


def _first(sheet: SheetCells, start: int, anchor: int) -> int:
    """The block's first row: rows above the anchor belong to it where they hold nothing but labels of groups."""
    merged_above = [top for (top, left), (bottom, _) in sheet.merged if top < anchor <= bottom and top >= start]
    first = min([anchor, *merged_above])
    lowest_key = next(index for index, cell in enumerate(sheet.rows[anchor]) if cell != "")
    for row in range(first - 1, max(start, first - MOST_HEADER_ROWS) - 1, -1):
        texts = [(index, cell) for index, cell in enumerate(sheet.rows[row]) if cell != ""]
        if not texts or any(not isinstance(cell, str) or index <= lowest_key for index, cell in texts):
            break
        if any(_ABOVE_TABLE.match(plain(str(cell))) or not sheet.cell(row + 1, index) for index, cell in texts):
            break
        first = row
    return first


def _paths(sheet: SheetCells, first: int, end: int) -> dict[int, tuple[str, ...]]:
    """The labels over each column, from the widest to the narrowest; merged and continued labels fill their columns."""
    width = max(len(sheet.rows[row]) for row in range(first, end))
    grid = [[str(sheet.cell(row, column)).strip() for column in range(width)] for row in range(first, end)]
    merged = [area for area in sheet.merged if area[0][0] < end and area[1][0] >= first and area[0][0] >= first]
    for (top, left), (bottom, right) in merged:
        for row in range(top, min(bottom, end - 1) + 1):
            for column in range(left, min(right, width - 1) + 1):
                grid[row - first][column] = grid[top - first][left]
    if not any(right > left for (_, left), (_, right) in merged):
        _continue_groups(grid)
    paths = {}
    for column in range(width):
        labels = [row[column] for row in grid if row[column]]
        path = tuple(label for number, label in enumerate(labels) if number == 0 or label != labels[number - 1])
        if path:
            paths[column] = path
    _set_apart_groups(sheet, end, merged, paths)
    return paths


def _set_apart_groups(
    sheet: SheetCells, end: int, merged: list[tuple[Place, Place]], paths: dict[int, tuple[str, ...]]
) -> None:
    """A label over several columns with figures names none of them by itself; over one with figures it names that."""
    for (top, left), (_, right) in merged:
        label = str(sheet.cell(top, left)).strip()
        alone = [column for column in range(left, right + 1) if paths.get(column) == (label,)]
        if right == left or not alone or role_of(label):
            continue
        below = range(end, min(end + HEADER_SEARCH_ROWS, len(sheet.rows)))
        filled = [column for column in alone if any(sheet.cell(row, column) != "" for row in below)]
        for column in alone if right - left + 1 > len(alone) or len(filled) > 1 else alone[1:]:
            paths[column] = (label, NO_LABEL)


def _continue_groups(grid: list[list[str]]) -> None:
    """Where no cells are merged, a label over several columns stands in the first of them and goes on to the right."""
    for upper, lower in pairwise(grid):
        for column in range(1, len(upper)):
            before = column - 1
            if not upper[column] and upper[before] and lower[column] and lower[before]:
                upper[column] = upper[before]


def numbered_columns(sheet: SheetCells, row: int) -> dict[int, int]:
    """{column number printed in the row: column index}; empty unless the row holds nothing but different numbers.

    Leading columns may have letters instead (`A | B | 1 | 2`), or numbers of their own (`1 | 2 | 1 | 2 | 3`). Columns
    that were moved keep their numbers.
    """
    found: dict[int, int] = {}
    letters, has_restarted = 0, False
    for index, cell in enumerate(sheet.rows[row] if row < len(sheet.rows) else []):
        text = number_text(cell)
        match = _NUMBERED.fullmatch(text)
        if match and match.group(1) == "1" and list(found) == list(range(1, len(found) + 1)) and not has_restarted:
            has_restarted, letters, found = bool(found), letters + len(found), {1: index}
        elif match and int(match.group(1)) not in found:
            found[int(match.group(1))] = index
        elif text and not found and re.fullmatch(r"[(\[]?[a-d][)\]]?", text):
            letters += 1
        elif text:
            return {}
    return found if 1 in found and len(found) + letters >= 3 and len(found) >= 2 else {}


def number_text(cell: CellValue) -> str:
    """A cell as it is read: `3.0` is `3`."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else plain(str(cell))


def _formulas(sheet: SheetCells, row: int, numbers: dict[int, int]) -> dict[int, Formula]:
    formulas: dict[int, Formula] = {}
    for index in numbers.values():
        match = _NUMBERED.fullmatch(number_text(sheet.cell(row, index)))
        text = re.sub(r"[\s()\[\]]", "", match.group(2) or "") if match else ""
        if _SUM.fullmatch(text):
            terms = [(-1 if sign == "-" else 1, int(number)) for sign, number in _TERM.findall(text)]
            if all(number in numbers for _, number in terms):
                formulas[index] = [(sign, numbers[number]) for sign, number in terms]
    return formulas
