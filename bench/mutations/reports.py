"""The right reports that are damaged: our form and a table of a province's own, with what each cell of them means."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.form.layout import HEADING_ROW, LABEL_ROW, MARKS_SHEET, Role, SheetLayout, sheet_layouts
from pipelines.form.values import Departures, FormValues
from pipelines.form.workbook import write_form
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import REPOSITORY
from tests.corpus.grids import Cell, Grid

DAY = date(2026, 2, 13)
PROVINCE, PROVINCE_NAME = "51", "QUẢNG NGÃI"
# Two pairs that differ by one diacritic, two names of which one begins the other, three kinds of unit.
UNITS = ("21025", "21028", "21034", "21289", "21292", "21340", "21343", "21484", "21523", "21548")
_ELSEWHERE = ("03388", "03390", "00004", "00376")
_LEFT_OUT = frozenset({"Biểu 04", "Biểu 05", "Biểu 06"})

Key = tuple[str, str]
"""Unit and indicator."""
Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


@dataclass(frozen=True)
class Sheet:
    """A sheet and where in it things stand; `cells` are those with values, `body` the rows of units or indicators."""

    grid: Grid
    headings: Mapping[int, Place]
    body: tuple[int, ...]
    name_column: int
    code_column: int | None
    cells: Mapping[Place, Key]

    @property
    def header_rows(self) -> range:
        """The rows from the first heading to the last before the body."""
        return range(min(row for row, _ in self.headings.values()), self.body[0])

    def at(self, place: Place) -> Cell:
        """A cell, None outside the sheet."""
        rows = self.grid.rows
        return rows[place[0]][place[1]] if place[0] < len(rows) and place[1] < len(rows[place[0]]) else None

    def with_cells(self, changed: Mapping[Place, Cell]) -> Sheet:
        """The sheet with other cells."""
        rows = [list(row) for row in self.grid.rows]
        for (row, column), cell in changed.items():
            rows[row].extend([None] * (column + 1 - len(rows[row])))
            rows[row][column] = cell
        return replace(self, grid=self.grid.with_(rows=rows))


@dataclass(frozen=True)
class Report:
    """Sheets with tables, sheets without (`others`), and the file as our program writes it, where it does."""

    name: str
    sheets: tuple[Sheet, ...]
    others: tuple[Grid, ...] = ()
    content: bytes = b""

    @property
    def grids(self) -> tuple[Grid, ...]:
        """All sheets in their order."""
        return (*(sheet.grid for sheet in self.sheets), *self.others)

    def part(self, index: int) -> Report:
        """The report with one sheet only, for formats that hold no more."""
        return Report(f"{self.name}, one sheet", (self.sheets[index],))

    def values(self) -> dict[Key, float]:
        """What the report says."""
        return {
            key: float(str(sheet.at(place)))
            for sheet in self.sheets
            for place, key in sheet.cells.items()
            if sheet.at(place) is not None
        }


@cache
def country() -> Reference:
    """The repo's tables with three provinces of few communes: files are small and written fast."""
    reference = load_reference(REPOSITORY / "data" / "reference")
    return replace(
        reference,
        provinces=tuple(item for item in reference.provinces if item.province_code in (PROVINCE, "12", "01")),
        communes=tuple(item for item in reference.communes if item.commune_code in (*UNITS, *_ELSEWHERE)),
    )


@cache
def form() -> Report:
    """Our form, filled in: the list of the province, centres and procedures, military commands."""
    target = io.BytesIO()
    values = FormValues(
        _form_values(), {"extension_centre_decided": date(2025, 11, 3)}, departures=Departures(missing_sheets=_LEFT_OUT)
    )
    write_form(target, country(), PROVINCE, as_of_on=DAY, values=values)
    book = openpyxl.load_workbook(target, data_only=True)
    sheets = tuple(
        _form_sheet(book[layout.sheet], layout)
        for layout in sheet_layouts(country(), PROVINCE, DAY)
        if layout.sheet in book.sheetnames
    )
    marks = _grid(book[MARKS_SHEET]).with_(visibility="very_hidden")
    return Report("our form", sheets, (marks,), target.getvalue())


def _form_values() -> dict[Key, float]:
    given: dict[Key, float] = {}
    for number, unit in enumerate(UNITS):
        flags = {
            name: float((number + step) % 3 > 0)
            for step, name in enumerate(
                (
                    *("pvhcc_commune_established", "pvhcc_commune_operating", "military_commander_appointed"),
                    *("military_deputy_commander_appointed", "military_deputy_political_officer_appointed"),
                )
            )
        }
        posts = sum(value for name, value in flags.items() if name.startswith("military"))
        counts = {
            "commune_extension_staff": 2.0 + number % 4,
            "dossiers_received": 3193.0 + 411 * number,
            "dossiers_on_time": 1042.0 + 207 * number,
            "dossiers_online": 318.0 + 95 * number,
            "military_posts_required": 9.0 + number % 3,
            "military_assistants": 1.0 + number % 3,
            "military_technical_staff": 1.0,
            "military_officers_transferred": float(number % 5),
            "military_posts_filled": posts + 2.0 + number % 3,
        }
        given |= {(unit, name): value for name, value in {**flags, **counts}.items()}
    for number, item in enumerate(item for item in country().reported_indicators if item.unit_level == "province"):
        given[PROVINCE, item.indicator] = float(number % 2) if item.value_type == "flag" else 1240.0 - 100 * number
    return given


def _form_sheet(sheet: Worksheet, layout: SheetLayout) -> Sheet:
    grid = _grid(sheet)
    value_columns = {position: item.indicator for position, item in enumerate(layout.columns) if item.indicator}
    lines = {line.row: line for line in layout.lines if line.unit_code}
    cells: dict[Place, Key] = {}
    for row, line in lines.items():
        if line.indicator:
            cells[row, layout.column_of(Role.VALUE)] = (line.unit_code, line.indicator.indicator)
        else:
            cells |= {(row, column): (line.unit_code, item.indicator) for column, item in value_columns.items()}
    headings = {
        column: (LABEL_ROW if layout.columns[column].heading else HEADING_ROW, column)
        for column in range(len(layout.columns))
    }
    return Sheet(grid, headings, tuple(lines), layout.column_of(Role.NAME), layout.column_of(Role.CODE), cells)


def _grid(sheet: Worksheet) -> Grid:
    merges = [
        (item.min_row - 1, item.min_col - 1, item.max_row - 1, item.max_col - 1) for item in sheet.merged_cells.ranges
    ]
    return Grid(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)], sorted(merges))


_OWN_COLUMNS = {
    3: ("dossiers_received", "Hồ sơ tiếp nhận"),
    4: ("dossiers_on_time", "Hồ sơ đúng hạn"),
    5: ("office_adequate", "Trụ sở bảo đảm"),
    6: ("obstacles_raised", "Vướng mắc phát sinh"),
    7: ("obstacles_resolved", "Vướng mắc đã giải quyết"),
}
_STAFF_COLUMNS = {3: ("staff_allocated", "Biên chế giao"), 4: ("staff_present", "Hiện có mặt")}


@cache
def own_table() -> Report:
    """A province's own layout: no codes, short headings, the total first, a second sheet with codes."""
    return Report("own table", (_own_sheet("Hồ sơ", _OWN_COLUMNS, False), _own_sheet("Nhân lực", _STAFF_COLUMNS, True)))


def _own_sheet(name: str, columns: Mapping[int, tuple[str, str]], has_codes: bool) -> Sheet:
    header: list[Cell] = [
        "TT",
        "Mã xã",
        "Tên xã, phường, đặc khu",
        *(label for _, label in columns.values()),
        "Ghi chú",
    ]
    rows: list[list[Cell]] = [
        [f"UBND TỈNH {PROVINCE_NAME}", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["BÁO CÁO KẾT QUẢ THỰC HIỆN CHÍNH QUYỀN ĐỊA PHƯƠNG HAI CẤP"],
        [f"Tính đến ngày {DAY:%d/%m/%Y}"],
        [],
        header,
    ]
    body, cells = [], {}
    figures = {unit: _own_values(number) for number, unit in enumerate(UNITS)}
    total = [sum(figures[unit][code] for unit in UNITS) for code, _ in columns.values()]
    rows.append([None, None, "Tổng cộng", *(int(value) for value in total), None])
    names = {item.commune_code: item.commune_name for item in country().communes_on(DAY, PROVINCE).values()}
    for number, unit in enumerate(UNITS, start=1):
        body.append(len(rows))
        cells |= {(len(rows), column): (unit, code) for column, (code, _) in columns.items()}
        given: list[Cell] = [int(figures[unit][code]) for code, _ in columns.values()]
        rows.append([number, unit, names[unit], *given, None])
    rows += [[], [None, None, None, "Quảng Ngãi, ngày 14 tháng 02 năm 2026"], ["NGƯỜI LẬP BIỂU"]]
    if not has_codes:
        rows = [[*row[:1], *row[2:]] for row in rows]
        cells = {(row, column - 1): key for (row, column), key in cells.items()}
    width = len(rows[4])
    headings = {column: (4, column) for column in range(width)}
    name_column, code_column = (2, 1) if has_codes else (1, None)
    return Sheet(Grid(name, rows), headings, tuple(body), name_column, code_column, cells)


def _own_values(number: int) -> dict[str, float]:
    return {
        "dossiers_received": 3193.0 + 617 * number,
        "dossiers_on_time": 2048.0 + 333 * number,
        "office_adequate": float(number % 3 > 0),
        "obstacles_raised": 12.0 + number,
        "obstacles_resolved": 4.0 + number % 4,
        "staff_allocated": 40.0 + number,
        "staff_present": 30.0 + 2 * number % 9,
    }
