"""Finds the table in a sheet: header block, row of column numbers, columns by their labels, data rows, totals, footer.

Content decides, not position: a column is what its label says, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.readers import CellValue, SheetCells
from pipelines.vietnamese import plain

HEADER_SEARCH_ROWS = 30
ORDER_LABELS = frozenset({"stt", "tt", "số tt", "số thứ tự"})
ROLE_LABELS: Mapping[str, str] = {
    **dict.fromkeys(ORDER_LABELS, "order"),
    **dict.fromkeys(("mã xã", "mã đơn vị", "mã số", "mã đvhc", "mã xã, phường, đặc khu"), "unit_code"),
    **dict.fromkeys(
        ("tên xã, phường, đặc khu", "xã, phường, đặc khu", "tên đơn vị", "đơn vị", "tên xã", "đơn vị hành chính"),
        "unit_name",
    ),
    "mã chỉ tiêu": "indicator_code",
    **dict.fromkeys(("chỉ tiêu", "tên chỉ tiêu", "nội dung"), "indicator_name"),
    **dict.fromkeys(("đơn vị tính", "đvt"), "measure"),
    **dict.fromkeys(("giá trị", "kết quả", "số lượng", "số liệu"), "value"),
    **dict.fromkeys(("ngày hoàn thành", "thời điểm hoàn thành"), "done_on"),
    **dict.fromkeys(("số, ký hiệu văn bản", "số, kí hiệu văn bản", "văn bản"), "evidence"),
    "ghi chú": "note",
}
_NUMBERED = re.compile(r"\(?(\d{1,3})\)?(?:\s*\(?=\s*([\d+\-\s]+)\)?)?")
_ROMAN = re.compile(r"[ivxlc]+\.?|[a-d]\.?")
_TOTAL = re.compile(r"(tổng cộng|tổng số|tổng|cộng)\b")
_FOOTER = re.compile(r"(người lập|thủ trưởng|kt\.|tm\.|nơi nhận|[^:]{0,40},?\s*ngày\s[^:]{0,12}tháng\s)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: `role` is one of ROLE_LABELS' values, `indicator`, or `unknown`."""

    index: int
    role: str
    label: str
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table found in a sheet. Rows and columns are counted from 0.

    `parts` holds what the row of column numbers says of sums: {column: columns that add up to it}.
    """

    sheet: SheetCells
    columns: list[Column]
    data_rows: list[int]
    total_rows: list[int]
    parts: dict[int, list[int]] = field(default_factory=dict)

    def column(self, role: str) -> int | None:
        """Index of the first column with a role; None where the table has none."""
        return next((column.index for column in self.columns if column.role == role), None)

    def cell(self, row: int, column: int | None) -> CellValue:
        """A cell of the sheet, `""` where the table has no such column."""
        return "" if column is None else self.sheet.cell(row, column)


def find_table(sheet: SheetCells, indicator_labels: Mapping[str, str]) -> SheetTable | None:
    """Finds the table whose header block holds an order column (`STT`); None where there is none.

    `indicator_labels` maps comparable labels to indicator codes (see `labels_of`).
    """
    anchor = _find_anchor(sheet)
    if anchor is None:
        return None
    first, order = anchor
    end = _header_end(sheet, first, order)
    columns = _columns(sheet, first, end, indicator_labels)
    numbers = _numbered_columns(sheet, end)
    body = end + 1 if numbers else end
    data_rows, total_rows = _body_rows(sheet, body, columns)
    return SheetTable(sheet, columns, data_rows, total_rows, _parts(sheet, end, numbers))


def _find_anchor(sheet: SheetCells) -> tuple[int, int] | None:
    for row, cells in enumerate(sheet.rows[:HEADER_SEARCH_ROWS]):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell and plain(cell) in ORDER_LABELS:
                return row, column
    return None


def _header_end(sheet: SheetCells, first: int, order: int) -> int:
    """The row after the header block: the first one below the anchor with something in the order column."""
    for row in range(first + 1, min(first + 6, len(sheet.rows))):
        if sheet.cell(row, order) != "" or _numbered_columns(sheet, row):
            return row
    return first + 1


def _columns(sheet: SheetCells, first: int, end: int, indicator_labels: Mapping[str, str]) -> list[Column]:
    width = max(len(sheet.rows[row]) for row in range(first, end))
    columns = []
    for index in range(width):
        labels = [str(sheet.cell(row, index)).strip() for row in range(first, end)]
        label = next((text for text in reversed(labels) if text), "")
        if label:
            columns.append(_column(index, label, indicator_labels))
    return columns


def _column(index: int, label: str, indicator_labels: Mapping[str, str]) -> Column:
    key = plain(label)
    role = ROLE_LABELS.get(key)
    if role:
        return Column(index, role, label)
    without_remark = re.sub(r"\s*\([^)]*\)\s*$", "", key)
    indicator = indicator_labels.get(key) or indicator_labels.get(without_remark)
    return Column(index, "indicator", label, indicator) if indicator else Column(index, "unknown", label)


def _numbered_columns(sheet: SheetCells, row: int) -> dict[int, int]:
    """{column number printed in the row: column index}, empty unless the row counts 1, 2, 3, …"""
    found: dict[int, int] = {}
    for index, cell in enumerate(sheet.rows[row] if row < len(sheet.rows) else []):
        match = _NUMBERED.fullmatch(_number_text(cell))
        if match and int(match.group(1)) == len(found) + 1:
            found[len(found) + 1] = index
        elif cell != "":
            return {}
    return found if len(found) >= 3 else {}


def _number_text(cell: CellValue) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else plain(str(cell))


def _parts(sheet: SheetCells, row: int, numbers: dict[int, int]) -> dict[int, list[int]]:
    parts: dict[int, list[int]] = {}
    for index in numbers.values():
        match = _NUMBERED.fullmatch(_number_text(sheet.cell(row, index)))
        if match and match.group(2) and "-" not in match.group(2):
            named = [int(number) for number in re.findall(r"\d+", match.group(2))]
            if all(number in numbers for number in named):
                parts[index] = [numbers[number] for number in named]
    return parts


def _body_rows(sheet: SheetCells, start: int, columns: list[Column]) -> tuple[list[int], list[int]]:
    """Rows of units, and rows of totals. A section row has a roman number and neither code nor values."""
    by_role = {column.role: column.index for column in reversed(columns)}
    order = by_role["order"]
    names = [by_role[role] for role in ("unit_name", "indicator_name") if role in by_role]
    codes = [by_role[role] for role in ("unit_code", "indicator_code") if role in by_role]
    values = [column.index for column in columns if column.role in ("indicator", "value")]
    data_rows: list[int] = []
    total_rows: list[int] = []
    for row in range(start, len(sheet.rows)):
        heads = [plain(str(sheet.cell(row, column))) for column in (order, *names)]
        has_code = any(str(sheet.cell(row, column)).strip() for column in codes)
        has_values = any(sheet.cell(row, column) != "" for column in values)
        if not has_code and any(_TOTAL.match(head) for head in heads):
            total_rows.append(row)
        elif has_code or heads[0].isdigit():
            if has_values or has_code or any(heads[1:]):
                data_rows.append(row)
        elif _is_footer(sheet.rows[row]):
            break
        elif has_values and not _ROMAN.fullmatch(heads[0]):
            data_rows.append(row)
    return data_rows, total_rows


def _is_footer(cells: list[CellValue]) -> bool:
    """The line of place and date, or of who signs: the table has ended."""
    return any(isinstance(cell, str) and cell and _FOOTER.match(plain(cell)) for cell in cells)
