"""Sheets, columns and rows of form CQDP2C for one province, derived from the reference tables.

A new indicator is a line in `indicators.csv`, a new sheet a line in `forms.csv`; nothing here names either.
Belongs here: what stands where. Does not belong here: how it looks (`styles.py`, `sheets.py`) or who filled it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipelines.reference.load import Reference
from pipelines.reference.records import Commune, Form, Indicator, Province

FORM = "CQDP2C"
FORM_VERSION = "1"
FORM_LABEL = "CQĐP2C"
MARKS_SHEET = "_tiendo"
# The sheet that goes back to a sender with the list of what to put right, and what its first cell says. A workbook
# that comes back with it is read as if it were not there.
ANSWER_SHEET = "Cần sửa"
ANSWER_TITLE = "DANH SÁCH NỘI DUNG CẦN SỬA (do hệ thống Tiến Độ lập, không cần xóa khi gửi lại)"

# Rows that every sheet has, counted from 0; the table body follows the row of column numbers.
AGENCY_ROW, OFFICE_ROW, FORM_CODE_ROW, TITLE_ROW, AS_OF_ROW, UNIT_LINE_ROW = range(6)
HEADING_ROW, LABEL_ROW, NUMBER_ROW, FIRST_BODY_ROW = range(6, 10)

TOTAL_LABEL = "Tổng cộng"
SECTION_LABELS = {"phường": "Các phường", "xã": "Các xã", "đặc khu": "Các đặc khu"}
UNIT_LABELS = {
    "centre": "Trung tâm",
    "commune": "Đơn vị cấp xã",
    "dossier": "Hồ sơ",
    "obstacle": "Vướng mắc",
    "person": "Người",
    "point": "Điểm",
    "post": "Biên chế",
    "procedure": "Thủ tục",
    "province": "Địa phương",
    "system": "Hệ thống",
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class Role(StrEnum):
    """What a column holds."""

    ORDINAL = "ordinal"
    CODE = "code"
    NAME = "name"
    UNIT = "unit"
    VALUE = "value"
    DONE_ON = "done_on"
    EVIDENCE = "evidence"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; `heading` is the merged label above it, `number` its text in the row of column numbers."""

    role: Role
    label: str
    width: float
    number: str
    heading: str = ""
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A body row: a section (`unit_code` empty), a commune, or on the provincial sheet an indicator."""

    row: int
    ordinal: str
    code: str
    name: str
    unit_code: str = ""
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: its columns from left to right, its body rows from top to bottom; rows and columns count from 0."""

    sheet: str
    title: str
    unit_line: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total_row: int | None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of the sheet, in the order of its columns (on the provincial sheet: of its rows)."""
        of_columns = (column.indicator for column in self.columns if column.indicator is not None)
        return (*of_columns, *(line.indicator for line in self.lines if line.indicator is not None))

    @property
    def last_body_row(self) -> int:
        """The last row that belongs to a unit or an indicator."""
        return self.lines[-1].row

    def column_of(self, wanted: Role | str) -> int:
        """Position of the column with this role, or of this indicator."""
        for position, column in enumerate(self.columns):
            if column.role is wanted or (column.indicator is not None and column.indicator.indicator == wanted):
                return position
        raise KeyError(f"{self.sheet} has no column {wanted}")

    def cell_of(self, unit_code: str, indicator: str, role: Role = Role.VALUE) -> str:
        """Address such as `F17` of a value (or of its date, evidence, remark, code or name)."""
        provincial = self.total_row is None
        position = self.column_of(indicator if role is Role.VALUE and not provincial else role)
        for line in self.lines:
            if line.unit_code == unit_code and (line.indicator is None or line.indicator.indicator == indicator):
                return cell_name(line.row, position)
        raise KeyError(f"{self.sheet} has no row for unit {unit_code}")

    def total_cell_of(self, indicator: str) -> str:
        """Address of an indicator's total."""
        if self.total_row is None:
            raise KeyError(f"{self.sheet} has no row of totals")
        return cell_name(self.total_row, self.column_of(indicator))


def is_answer_sheet(name: str, first_cell: object) -> bool:
    """Whether a sheet is our own list of what to put right; a sender's sheet may have the same name."""
    return name.startswith(ANSWER_SHEET) and first_cell == ANSWER_TITLE


def cell_name(row: int, column: int) -> str:
    """`cell_name(16, 5)` is `F17`."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_layouts(reference: Reference, province_code: str, on: date) -> tuple[SheetLayout, ...]:
    """Every sheet of the form for a province, with the communes that it has on a day."""
    province = reference.provinces_on(on)[province_code]
    communes = reference.communes_on(on, province_code)
    layouts = []
    for form in reference.forms:
        if form.form != FORM:
            continue
        indicators = [item for item in reference.reported_indicators if item.form_sheet == form.sheet]
        if form.unit_level == "province":
            layouts.append(_provincial_sheet(form, indicators, province))
        else:
            layouts.append(_commune_sheet(form, indicators, list(communes.values())))
    return tuple(layouts)


def unit_label(indicator: Indicator) -> str:
    """Vietnamese unit of measurement, as a reporter reads it."""
    label = UNIT_LABELS.get(indicator.unit, indicator.unit)
    return f"{label} (đã: 1, chưa: 0)" if indicator.value_type == "flag" else label


def _provincial_sheet(form: Form, indicators: Sequence[Indicator], province: Province) -> SheetLayout:
    plan = (
        (Role.ORDINAL, "STT", 6.0),
        (Role.CODE, "Mã chỉ tiêu", 34.0),
        (Role.NAME, "Chỉ tiêu", 58.0),
        (Role.UNIT, "Đơn vị tính", 18.0),
        (Role.VALUE, "Giá trị", 12.0),
        (Role.DONE_ON, "Ngày hoàn thành", 14.0),
        (Role.EVIDENCE, "Số, ký hiệu văn bản", 24.0),
        (Role.REMARK, "Ghi chú", 28.0),
    )
    columns = tuple(Column(role, label, width, str(n)) for n, (role, label, width) in enumerate(plan, start=1))
    lines = tuple(
        Line(FIRST_BODY_ROW + n, str(n + 1), item.indicator, item.name_vi, province.province_code, item)
        for n, item in enumerate(indicators)
    )
    return SheetLayout(form.sheet, form.title_vi, "Đvt: ghi tại cột 4", columns, lines, None)


def _commune_sheet(form: Form, indicators: Sequence[Indicator], communes: Sequence[Commune]) -> SheetLayout:
    leading = (
        Column(Role.ORDINAL, "STT", 6.0, "1"),
        Column(Role.CODE, "Mã xã", 9.0, "2"),
        Column(Role.NAME, "Tên xã, phường, đặc khu", 30.0, "3"),
    )
    number_of = {item.indicator: n for n, item in enumerate(indicators, start=len(leading) + 1)}
    # Few columns get more room each, so that the sheet still fills a landscape page.
    width = max(12.0, min(24.0, 96.0 / max(1, len(indicators))))
    values = tuple(_value_column(item, number_of, width) for item in indicators)
    remark = Column(Role.REMARK, "Ghi chú", 26.0, str(len(leading) + len(values) + 1))
    lines = tuple(_commune_lines(communes))
    units = dict.fromkeys(UNIT_LABELS.get(item.unit, item.unit) for item in indicators)
    unit_line = "Đvt: " + "; ".join(units)
    return SheetLayout(form.sheet, form.title_vi, unit_line, (*leading, *values, remark), lines, lines[-1].row + 1)


def _value_column(item: Indicator, number_of: dict[str, int], width: float) -> Column:
    number = str(number_of[item.indicator])
    if item.sum_of:
        number += " (=" + "+".join(str(number_of[part]) for part in item.sum_of) + ")"
    return Column(Role.VALUE, item.name_vi, width, number, item.form_heading_vi, item)


def _commune_lines(communes: Sequence[Commune]) -> Iterator[Line]:
    """Wards, communes, special zones, each under its section; STT runs through, so that the last one is the count."""
    row, ordinal, section = FIRST_BODY_ROW, 0, 0
    for unit_type, label in SECTION_LABELS.items():
        members = sorted((c for c in communes if c.unit_type == unit_type), key=lambda c: c.commune_code)
        if not members:
            continue
        yield Line(row, ROMAN[section], "", label)
        section += 1
        row += 1
        for commune in members:
            ordinal += 1
            yield Line(row, str(ordinal), commune.commune_code, commune.commune_name, commune.commune_code)
            row += 1
