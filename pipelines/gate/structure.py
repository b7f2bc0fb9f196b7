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
# Where a sheet has no table, its title is looked for in this many rows.
TITLE_ROWS = 12
MOST_HEADER_ROWS = 6
_KEY_ROLES = frozenset({"order", "unit_code", "unit_name", "indicator_code", "indicator_name"})
_NUMBERED = re.compile(r"\(?(\d{1,3})\)?\s*(?:\(?\s*=\s*(.+))?")
_SUM = re.compile(r"\d+(\+\d+)+")
_ROMAN = re.compile(r"[ivxlc]+\.?|[a-d]\.?")
_TOTAL = re.compile(
    r"(tổng cộng|tổng số|tổng|cộng|toàn tỉnh|toàn thành phố)"
    r"( (toàn|cả|các|chung|tỉnh|thành phố|cấp|xã|phường|đặc khu|mục|[ivx]+)\b.*)?[ :.]*(\(.*\))?"
)
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

    `indicator_labels` maps comparable labels to indicator codes (see `extract.indicator_labels`).
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


def title_rows(sheet: SheetCells) -> list[list[CellValue]]:
    """The rows above the table: what stands below, such as a remark in a row, says nothing about the file."""
    anchor = _find_anchor(sheet)
    return sheet.rows[: TITLE_ROWS if anchor is None else anchor[0]]


def _find_anchor(sheet: SheetCells) -> tuple[int, int] | None:
    for row, cells in enumerate(sheet.rows[:HEADER_SEARCH_ROWS]):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell and plain(cell) in ORDER_LABELS:
                return row, column
    return None


def _header_end(sheet: SheetCells, first: int, order: int) -> int:
    """The row after the header block: the first one below the order label that can be no part of it."""
    start = first + 1
    for (top, left), (bottom, _) in sheet.merged:
        if (top, left) == (first, order) and bottom > top:
            start = bottom + 1
    for row in range(start, min(first + MOST_HEADER_ROWS, len(sheet.rows))):
        if _numbered_columns(sheet, row) or _starts_body(sheet, first, row):
            return row
    return min(start, len(sheet.rows))


def _starts_body(sheet: SheetCells, first: int, row: int) -> bool:
    """A row with a figure, or with anything but a label in a column that already has the label of units or codes."""
    for index, cell in enumerate(sheet.rows[row]):
        if isinstance(cell, (int, float)):
            return True
        if cell != "" and plain(str(cell)) not in ROLE_LABELS:
            above = (ROLE_LABELS.get(plain(str(sheet.cell(upper, index)))) for upper in range(first, row))
            if not _KEY_ROLES.isdisjoint(above):
                return True
    return False


def is_total(text: str) -> bool:
    """Whether a label names a total; `Tổng Cọt` is a commune."""
    return _TOTAL.fullmatch(plain(text)) is not None


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
    """{column number printed in the row: column index}; empty unless the row holds nothing but different numbers.

    Leading columns may have letters instead (`A | B | 1 | 2`). Columns that were moved keep their numbers.
    """
    found: dict[int, int] = {}
    for index, cell in enumerate(sheet.rows[row] if row < len(sheet.rows) else []):
        text = _number_text(cell)
        match = _NUMBERED.fullmatch(text)
        if match and int(match.group(1)) not in found:
            found[int(match.group(1))] = index
        elif text and (found or not re.fullmatch("[a-d]", text)):
            return {}
    return found if len(found) >= 3 and 1 in found else {}


def _number_text(cell: CellValue) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else plain(str(cell))


def _parts(sheet: SheetCells, row: int, numbers: dict[int, int]) -> dict[int, list[int]]:
    parts: dict[int, list[int]] = {}
    for index in numbers.values():
        match = _NUMBERED.fullmatch(_number_text(sheet.cell(row, index)))
        formula = re.sub(r"[\s()]", "", match.group(2) or "") if match else ""
        if _SUM.fullmatch(formula):
            named = [int(number) for number in formula.split("+")]
            if all(number in numbers for number in named):
                parts[index] = [numbers[number] for number in named]
    return parts


def _body_rows(sheet: SheetCells, start: int, columns: list[Column]) -> tuple[list[int], list[int]]:
    """Rows of units, and rows of totals. A section row has a roman number and neither code nor values.

    After the footer only rows with a number or a code are rows of units: signatures stand there too.
    """
    by_role = {column.role: column.index for column in reversed(columns)}
    names = [by_role[role] for role in ("unit_name", "indicator_name") if role in by_role]
    codes = [by_role[role] for role in ("unit_code", "indicator_code") if role in by_role]
    values = [column.index for column in columns if column.role in ("indicator", "value")]
    data_rows: list[int] = []
    total_rows: list[int] = []
    is_below_footer = False
    for row in range(start, len(sheet.rows)):
        heads = [_number_text(sheet.cell(row, column)) for column in (by_role["order"], *names)]
        code_texts = [str(sheet.cell(row, column)).strip() for column in codes]
        has_code = any(code_texts)
        has_values = any(sheet.cell(row, column) != "" for column in values)
        if any(is_total(text) for text in (code_texts if has_code else heads)):
            total_rows.append(row)
        elif has_code or heads[0].rstrip(".").isdigit():
            if has_values or has_code or any(heads[1:]):
                data_rows.append(row)
        elif _is_footer(sheet.rows[row]):
            is_below_footer = True
        elif has_values and not is_below_footer and not _ROMAN.fullmatch(heads[0]):
            data_rows.append(row)
    return data_rows, total_rows


def _is_footer(cells: list[CellValue]) -> bool:
    """The line of place and date, or of who signs, with no figure in it: the table has ended."""
    if any(isinstance(cell, (int, float)) for cell in cells):
        return False
    return any(isinstance(cell, str) and cell and _FOOTER.match(plain(cell)) for cell in cells)
