"""Finds the tables of a sheet: what their columns are, which rows are units, which are totals, sections or footers.

Content decides, not position: a column is what its label says, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from operator import ne

from pipelines.gate.header import (
    HEADER_SEARCH_ROWS,
    Formula,
    Header,
    Headings,
    block_at,
    find_header,
    is_anchor,
    may_be_label_row,
    number_text,
)
from pipelines.gate.heading_words import SCALED, is_about_others
from pipelines.gate.labels import KEY_ROLES, UNKNOWN, Meaning, role_of, without_measures
from pipelines.gate.shapes import shape_of
from pipelines.gate.values import read_value
from pipelines.readers import CellValue, SheetCells
from pipelines.readers.cells import picker
from pipelines.vietnamese import plain

# Where a sheet has no table, its title is looked for in this many rows.
TITLE_ROWS = 12
_ROMAN = re.compile(r"[(]?([ivxlc]+|[a-dđ])[.)]?")
_ORDER = re.compile(r"\(?\d+(\.\d+)*[.)]?")
_CODE = re.compile(r"'?\d+(\.\d+)*\.?|[a-z]+(_[a-z]+)+")
_TOTAL = re.compile(
    r"(tổng cộng|tổng số|tổng|cộng|toàn tỉnh|toàn thành phố|toàn quốc|cả nước|tổng toàn tỉnh)"
    r"( (toàn|cả|các|chung|tỉnh|thành phố|cấp|xã|phường|đặc khu|mục|khối|[ivx]+|\d+)\b.*)?[ :.]*(\(.*\))?"
)
# Rows of a table that are about no unit and no sum of units.
_STATISTIC = re.compile(
    r"(mang sang|chuyển (sang )?trang|cộng trang|bình quân|trung bình|tỷ lệ|tỉ lệ|so sánh|kỳ trước)\b.*"
)
_FORM_LINE = re.compile(r"(biểu( mẫu)?( số)?|mẫu( số| biểu)?|phụ lục|đvt|đơn vị tính)\b.*")
_UNIT_LINE_ROWS = 4
# A row above a table with more cells belongs to a table itself.
_MOST_TITLES = 2
_FOOTER = re.compile(
    r"(người lập|lập biểu|người kiểm tra|thủ trưởng|kt\.|tm\.|tl\.|nơi nhận|(phó )?giám đốc|(phó )?chủ tịch"
    r"|(phó )?trưởng phòng|(phó )?trưởng ban|\(?ký"
    r"|[^:]{0,40},?\s*ngày\s[^:]{0,12}tháng\s)"
)


class _RolesAlone:
    """Enough to find where a table begins, without the reference tables."""

    def meaning(self, path: Sequence[str], shape: str = "") -> Meaning:
        """The role that the lowest label names."""
        return Meaning(role_of(path[-1]) or UNKNOWN)


_ROLES_ALONE = _RolesAlone()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: `role` is one of `labels`' roles, `indicator`, `ignore` or `unknown`."""

    index: int
    role: str
    label: str
    indicator: str = ""
    tick: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table found in a sheet. Rows and columns are counted from 0.

    `total_rows` are rows that call themselves a total, and rows of sections with figures. `sections` gives the label of
    the section that a row stands in, `roles` the first column of each role. `parts` holds what the row of column
    numbers says of sums, `scale` a unit line that counts in thousands, `subject` a title of plans or of other people.
    """

    sheet: SheetCells
    header: Header
    shape: str
    columns: list[Column]
    data_rows: list[int]
    total_rows: list[int]
    scale: str = ""
    subject: str = ""
    sections: dict[int, str] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)

    @property
    def parts(self) -> dict[int, Formula]:
        """{column: [(sign, column), …]} as the row of column numbers says it."""
        return self.header.formulas

    @property
    def has_province_columns(self) -> bool:
        """Whether rows say of which province they are."""
        return "province_name" in self.roles or "province_code" in self.roles

    def column(self, role: str) -> int | None:
        """Index of the first column with a role; None where the table has none."""
        return self.roles.get(role)

    def cell(self, row: int, column: int | None) -> CellValue:
        """A cell of the sheet, `""` where the table has no such column."""
        return "" if column is None else self.sheet.cell(row, column)

    def place(self, row: int, column: int) -> str:
        """A cell as it is named in the ledger."""
        return self.sheet.place(row, column)


def find_tables(sheet: SheetCells, headings: Headings) -> list[SheetTable]:
    """Every table of a sheet, from top to bottom. A header that is repeated, as on a new page, begins no new one."""
    tables: list[SheetTable] = []
    header = find_header(sheet, 0, _search_rows(sheet), headings)
    while header is not None:
        following, skipped = _next_header(sheet, header, headings)
        end = following.first if following else len(sheet.rows)
        rows = [row for row in range(header.body, end) if row not in skipped]
        tables.extend(_tables_side_by_side(sheet, header, rows, headings))
        header = following
    return tables


def find_table(sheet: SheetCells, headings: Headings) -> SheetTable | None:
    """The first table of a sheet; None where there is none."""
    return next(iter(find_tables(sheet, headings)), None)


def title_rows(sheet: SheetCells) -> tuple[list[int], list[int]]:
    """The rows above the first table, and those of texts above later ones: each table may have a title of its own.

    What stands below a table, such as a remark in a row, says nothing about the file.
    """
    later: list[int] = []
    first = header = find_header(sheet, 0, _search_rows(sheet), _ROLES_ALONE)
    while header is not None:
        following, _ = _next_header(sheet, header, _ROLES_ALONE)
        if following is not None:
            above = range(max(header.body, following.first - TITLE_ROWS), following.first)
            later += [row for row in above if sum(cell != "" for cell in sheet.rows[row]) <= _MOST_TITLES]
        header = following
    count = min(TITLE_ROWS, len(sheet.rows)) if first is None else first.first
    return list(range(count)), later


def is_total(text: str) -> bool:
    """Whether a label names a total; `Tổng Cọt` is a commune."""
    return _TOTAL.fullmatch(plain(text)) is not None


def _search_rows(sheet: SheetCells) -> int:
    """In a document any length of text may stand above the table."""
    return HEADER_SEARCH_ROWS if sheet.row_names is None else len(sheet.rows)


def _next_header(sheet: SheetCells, header: Header, headings: Headings) -> tuple[Header | None, set[int]]:
    """The header of the next table, and the rows of this table's own header where it is printed again."""
    repeated: set[int] = set()
    row = header.body
    while row < len(sheet.rows):
        if not may_be_label_row(sheet.rows[row]):
            row += 1
        elif is_anchor(sheet.rows[row], headings) and (found := find_header(sheet, row, 1, headings)):
            if found.paths != header.paths:
                return block_at(sheet, header.body, row), repeated
            repeated.update(range(found.first, found.body))
            row = found.body
        else:
            row += 1
    return None, repeated


def _tables_side_by_side(
    sheet: SheetCells, header: Header, rows: Sequence[int], headings: Headings
) -> Iterator[SheetTable]:
    """One table, or several where the columns begin again at the right: a long list, folded to save paper."""
    shape = shape_of(header.paths.values())
    columns = []
    for index, labels in header.paths.items():
        path = without_measures(labels)
        meaning = headings.meaning(path, shape)
        columns.append(Column(index, meaning.role, path[-1], meaning.indicator, meaning.tick, path))
    first_key = next((column.role for column in columns if column.role in KEY_ROLES), "")
    starts = [number for number, column in enumerate(columns) if column.role == first_key]
    is_folded = len(starts) > 1 and starts[0] == 0 and first_key in ("order", "unit_name", "unit_code")
    bounds = [*starts, len(columns)] if is_folded else [0, len(columns)]
    for start, end in pairwise(bounds):
        part = columns[start:end]
        roles = {item.role: item.index for item in reversed(part)}
        table = SheetTable(
            sheet, header, shape, part, [], [], _scale(sheet, header), _subject(sheet, header), {}, roles
        )
        _sort_rows(table, rows)
        yield table


def _scale(sheet: SheetCells, header: Header) -> str:
    """The unit line above a table, where it says that figures are in thousands or more (`Đvt: nghìn hồ sơ`)."""
    for row in range(max(0, header.first - _UNIT_LINE_ROWS), header.first):
        for cell in sheet.rows[row]:
            if isinstance(cell, str) and SCALED.search(plain(cell)):
                return " ".join(cell.split())
    return ""


def _subject(sheet: SheetCells, header: Header) -> str:
    """The title over a table, where it says that the figures are planned or those of other people than officials."""
    for row in range(max(0, header.first - TITLE_ROWS), header.first):
        texts = [cell for cell in sheet.rows[row] if cell != ""]
        for cell in texts if len(texts) <= _MOST_TITLES else []:
            if isinstance(cell, str) and is_about_others(cell):
                return " ".join(cell.split())
    return ""


def _sort_rows(table: SheetTable, rows: Sequence[int]) -> None:
    """Rows of units, rows of totals, sections. A section has a roman number or letter, or nothing but a name.

    After the footer only rows with a number or a code are rows of units: signatures stand there too.
    """
    by_role = table.roles
    order = by_role.get("order")
    names = [by_role[role] for role in ("unit_name", "province_name", "indicator_name") if role in by_role]
    codes = [by_role[role] for role in ("unit_code", "province_code", "indicator_code") if role in by_role]
    heads = {index for index in (order, *names, *codes) if index is not None}
    figures = picker(sorted({column.index for column in table.columns} - heads))
    section, is_below_footer = "", False
    code_column = by_role.get("unit_code", len(table.sheet.rows)) if len(codes) == 1 else None
    for row in rows:
        cells = table.sheet.rows[row]
        if code_column is not None and code_column < len(cells) and _is_code(cells[code_column]):
            table.sections[row] = section
            table.data_rows.append(row)
            continue
        order_text = number_text(table.cell(row, order))
        name_texts = [str(table.cell(row, column)) for column in names]
        code_texts = [str(table.cell(row, column)).strip() for column in codes]
        has_code, has_name = any(code_texts), any(name_texts)
        has_values = any(map(ne, figures(cells), repeat("")))
        table.sections[row] = section
        if (
            not has_code
            and not has_name
            and _FORM_LINE.match(plain(next((str(cell) for cell in cells if cell != ""), "")))
        ):
            continue
        if not has_code and any(_STATISTIC.match(plain(text)) for text in (order_text, *name_texts)):
            continue
        if any(is_total(text) for text in (code_texts if has_code else (order_text, *name_texts))):
            table.total_rows.append(row)
        elif not any(_CODE.fullmatch(text) for text in (order_text, *code_texts)) and _is_footer(cells):
            is_below_footer = True
        elif has_code or _ORDER.fullmatch(order_text):
            if has_values or has_code or has_name:
                table.data_rows.append(row)
        elif _ROMAN.fullmatch(order_text) and has_name:
            section = next(text for text in name_texts if text)
            if has_values:
                table.total_rows.append(row)
        elif has_values and not is_below_footer and (has_name or not _is_prose(cells)):
            table.data_rows.append(row)
        elif (has_name or order_text) and not is_below_footer:
            section = next((text for text in name_texts if text), str(table.cell(row, order)))


def _is_code(cell: CellValue) -> bool:
    """A code as nearly every row of a report has one: such a row needs no further look."""
    return type(cell) is str and cell.isascii() and cell.isdecimal()


def _is_prose(cells: list[CellValue]) -> bool:
    """Whether nothing in a row can be a figure or a tick: words only, as in a signature or a note."""
    texts = [cell for cell in cells if cell != ""]
    return all(
        isinstance(cell, str) and len(cell) > 1 and not any(sign.isdigit() for sign in cell) for cell in texts
    ) and not any(read_value(cell, is_flag=True).value is not None for cell in texts)


def _is_footer(cells: list[CellValue]) -> bool:
    """The line of place and date, or of who signs, with no figure in it: the table has ended."""
    if any(isinstance(cell, (int, float)) for cell in cells):
        return False
    return any(isinstance(cell, str) and cell and _FOOTER.match(plain(cell)) for cell in cells)
