"""Writes one sheet of the form from its layout.

Formulas carry their results, so that a reader which does not calculate (and Excel in protected view) sees them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from xlsxwriter.worksheet import Worksheet

from pipelines.form.entry_rules import date_rule, number_rule
from pipelines.form.layout import (
    AGENCY_ROW,
    AS_OF_ROW,
    FIRST_BODY_ROW,
    FORM_CODE_ROW,
    FORM_LABEL,
    HEADING_ROW,
    LABEL_ROW,
    NUMBER_ROW,
    OFFICE_ROW,
    TITLE_ROW,
    TOTAL_LABEL,
    UNIT_LINE_ROW,
    Line,
    Role,
    SheetLayout,
    column_name,
    unit_label,
)
from pipelines.form.styles import Styles
from pipelines.form.values import FormValues
from pipelines.reference.records import Province

SIMULATED_NOTICE = "DỮ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU THẬT"
UNDATED = "Tính đến ngày …/…/……"
FLAG_GUIDANCE = "Chỉ tiêu dạng đã/chưa: ghi 1 nếu đã thực hiện, 0 nếu chưa thực hiện. "
BLANK_GUIDANCE = "Chưa có số liệu thì để trống ô."

_LINE_HEIGHT = 16
_BODY_ROW_HEIGHT = 18


@dataclass(frozen=True, slots=True)
class Issue:
    """What all sheets of one workbook share. `values` is None in a form handed out empty."""

    province: Province
    as_of_on: date | None
    origin: str
    values: FormValues | None


def write_sheet(sheet: Worksheet, layout: SheetLayout, issue: Issue, styles: Styles, as_of_source: str | None) -> None:
    """Fill one worksheet; `as_of_source` is the cell that an undated form's other sheets take their date from."""
    sheet.set_default_row(_BODY_ROW_HEIGHT)
    _write_title_block(sheet, layout, issue, styles)
    _write_as_of(sheet, layout, issue, styles, as_of_source)
    _write_header(sheet, layout, styles)
    if layout.total_row is None:
        _write_provincial_lines(sheet, layout, issue, styles)
    else:
        _write_commune_lines(sheet, layout, issue, styles)
        _write_totals(sheet, layout, issue, styles, layout.total_row)
    _write_footer(sheet, layout, issue, styles)
    _set_up_page(sheet, layout)


def _write_title_block(sheet: Worksheet, layout: SheetLayout, issue: Issue, styles: Styles) -> None:
    last = len(layout.columns) - 1
    agency = f"UBND {issue.province.province_name}".upper()
    for row, left, right in (
        (AGENCY_ROW, (agency, styles.agency), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", styles.office)),
        (OFFICE_ROW, ("SỞ NỘI VỤ", styles.office), ("Độc lập - Tự do - Hạnh phúc", styles.motto)),
    ):
        sheet.merge_range(row, 0, row, 2, *left)
        sheet.merge_range(row, 3, row, last, *right)
    sheet.write_string(FORM_CODE_ROW, 0, f"{layout.sheet} - {FORM_LABEL}", styles.form_code)
    lines = [layout.title.upper()]
    if issue.values is not None and issue.values.revision > 1:
        lines.insert(0, f"ĐÍNH CHÍNH LẦN {issue.values.revision - 1}")
    sheet.set_row(TITLE_ROW, 22 * (len(lines) + (issue.origin == "simulated")))
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, "", styles.title)
    title = "\n".join(lines)
    if issue.origin == "simulated":
        notice = SIMULATED_NOTICE + "\n"
        sheet.write_rich_string(TITLE_ROW, 0, styles.simulated, notice, styles.title, title, styles.title)
    else:
        sheet.write_string(TITLE_ROW, 0, title, styles.title)


def _write_as_of(sheet: Worksheet, layout: SheetLayout, issue: Issue, styles: Styles, as_of_source: str | None) -> None:
    last = len(layout.columns) - 1
    text = UNDATED if issue.as_of_on is None else f"Tính đến ngày {issue.as_of_on:%d/%m/%Y}"
    is_input = issue.as_of_on is None and as_of_source is None
    style = styles.input_as_of if is_input else styles.as_of
    sheet.merge_range(AS_OF_ROW, 0, AS_OF_ROW, last, text, style)
    if issue.as_of_on is None and as_of_source is not None:
        sheet.write_formula(AS_OF_ROW, 0, as_of_source, style, text)
    has_flags = any(item.value_type == "flag" for item in layout.indicators)
    guidance = (FLAG_GUIDANCE if has_flags else "") + BLANK_GUIDANCE
    sheet.write_string(UNIT_LINE_ROW, 0, guidance, styles.guidance)
    sheet.write_string(UNIT_LINE_ROW, last, layout.unit_line, styles.unit_line)


def _write_header(sheet: Worksheet, layout: SheetLayout, styles: Styles) -> None:
    sheet.set_row(HEADING_ROW, 2 * _LINE_HEIGHT)
    sheet.set_row(LABEL_ROW, _label_height(layout))
    for position, column in enumerate(layout.columns):
        sheet.set_column(position, position, column.width)
        sheet.write_string(NUMBER_ROW, position, column.number, styles.number)
        if column.heading:
            sheet.write_string(LABEL_ROW, position, column.label, styles.heading)
        else:
            sheet.merge_range(HEADING_ROW, position, LABEL_ROW, position, column.label, styles.heading)
    for first, last, heading in _headings(layout):
        if first == last:
            sheet.write_string(HEADING_ROW, first, heading, styles.heading)
        else:
            sheet.merge_range(HEADING_ROW, first, HEADING_ROW, last, heading, styles.heading)


def _label_height(layout: SheetLayout) -> float:
    """Room for the longest wrapped label; a column without heading has the heading's two lines as well."""
    lines = [
        math.ceil(1.25 * len(column.label) / column.width) - (0 if column.heading else 2) for column in layout.columns
    ]
    return _LINE_HEIGHT * max(1, *lines)


def _headings(layout: SheetLayout) -> list[tuple[int, int, str]]:
    """Runs of neighbouring columns under the same heading."""
    runs: list[tuple[int, int, str]] = []
    for position, column in enumerate(layout.columns):
        if not column.heading:
            continue
        if runs and runs[-1][1] == position - 1 and runs[-1][2] == column.heading:
            runs[-1] = (runs[-1][0], position, column.heading)
        else:
            runs.append((position, position, column.heading))
    return runs


def _write_provincial_lines(sheet: Worksheet, layout: SheetLayout, issue: Issue, styles: Styles) -> None:
    filled = issue.values or FormValues({})
    value, done_on = layout.column_of(Role.VALUE), layout.column_of(Role.DONE_ON)
    evidence, remark = layout.column_of(Role.EVIDENCE), layout.column_of(Role.REMARK)
    for line in layout.lines:
        if line.indicator is None:
            continue
        name = line.indicator.indicator
        sheet.set_row(line.row, 2 * _LINE_HEIGHT + 2)
        sheet.write_number(line.row, 0, int(line.ordinal), styles.ordinal)
        sheet.write_string(line.row, 1, line.code, styles.text)
        sheet.write_string(line.row, 2, line.name, styles.text)
        sheet.write_string(line.row, 3, unit_label(line.indicator), styles.text)
        _write_value(sheet, line.row, value, filled.values.get((line.unit_code, name)), styles)
        if name in filled.done_on:
            sheet.write_datetime(line.row, done_on, filled.done_on[name], styles.input_date)
        else:
            sheet.write_blank(line.row, done_on, None, styles.input_date)
        sheet.write(line.row, evidence, filled.evidence.get(name, ""), styles.input_text)
        sheet.write(line.row, remark, filled.remarks.get((layout.sheet, name), ""), styles.input_text)
        sheet.data_validation(line.row, value, line.row, value, number_rule(line.indicator))
    sheet.data_validation(FIRST_BODY_ROW, done_on, layout.last_body_row, done_on, date_rule(issue.as_of_on))


def _write_commune_lines(sheet: Worksheet, layout: SheetLayout, issue: Issue, styles: Styles) -> None:
    filled = issue.values or FormValues({})
    columns = [(layout.column_of(item.indicator), item) for item in layout.indicators]
    remark = layout.column_of(Role.REMARK)
    for line in layout.lines:
        row = line.row
        if not line.unit_code:
            _write_section(sheet, layout, line, styles)
            continue
        labels = filled.departures.unit_labels
        code, name = labels.get((layout.sheet, line.unit_code), (line.code, line.name))
        sheet.write_number(row, 0, int(line.ordinal), styles.ordinal)
        sheet.write_string(row, 1, code, styles.ordinal)
        sheet.write_string(row, 2, name, styles.text)
        for position, item in columns:
            _write_value(sheet, row, position, filled.values.get((line.unit_code, item.indicator)), styles)
        sheet.write(row, remark, filled.remarks.get((layout.sheet, line.unit_code), ""), styles.input_text)
    for position, item in columns:
        sheet.data_validation(FIRST_BODY_ROW, position, layout.last_body_row, position, number_rule(item))


def _write_section(sheet: Worksheet, layout: SheetLayout, line: Line, styles: Styles) -> None:
    sheet.write_string(line.row, 0, line.ordinal, styles.section_ordinal)
    sheet.write_blank(line.row, 1, None, styles.section)
    sheet.write_string(line.row, 2, line.name, styles.section)
    for position in range(3, len(layout.columns)):
        sheet.write_blank(line.row, position, None, styles.section)


def _write_value(sheet: Worksheet, row: int, position: int, given: float | str | None, styles: Styles) -> None:
    if given is None:
        sheet.write_blank(row, position, None, styles.input_count)
    elif isinstance(given, str):
        sheet.write_string(row, position, given, styles.input_count)
    else:
        sheet.write_number(row, position, given, styles.input_count)


def _write_totals(sheet: Worksheet, layout: SheetLayout, issue: Issue, styles: Styles, row: int) -> None:
    filled = issue.values or FormValues({})
    sums = _totals(layout, filled)
    for position, column in enumerate(layout.columns):
        if column.indicator is None:
            label = TOTAL_LABEL if column.role is Role.NAME else ""
            sheet.write(row, position, label, styles.total_label)
            continue
        typed = filled.departures.totals.get(column.indicator.indicator)
        if typed is not None:
            sheet.write_number(row, position, typed, styles.total)
            continue
        letters = column_name(position)
        formula = f"=SUM({letters}{FIRST_BODY_ROW + 1}:{letters}{layout.last_body_row + 1})"
        sheet.write_formula(row, position, formula, styles.total, sums[column.indicator.indicator])


def _totals(layout: SheetLayout, filled: FormValues) -> dict[str, float]:
    """What Excel's SUM gives for each indicator's column: text counts for nothing."""
    units = [line.unit_code for line in layout.lines if line.unit_code]
    totals: dict[str, float] = {}
    for item in layout.indicators:
        given = (filled.values.get((unit, item.indicator)) for unit in units)
        totals[item.indicator] = sum(value for value in given if isinstance(value, (int, float)))
    return totals


def _write_footer(sheet: Worksheet, layout: SheetLayout, issue: Issue, styles: Styles) -> None:
    row, last = layout.last_body_row + 3, len(layout.columns) - 1
    right = max(3, last - 2)
    place = f"{issue.province.short_name}, ngày … tháng … năm ……"
    sheet.merge_range(row, right, row, last, place, styles.place_and_date)
    sheet.set_row(row + 1, 2 * _LINE_HEIGHT + 2)
    for first, end, who, how in (
        (0, 2, "NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"),
        (right, last, "GIÁM ĐỐC", "(Ký, ghi rõ họ tên, đóng dấu)"),
    ):
        sheet.merge_range(row + 1, first, row + 1, end, "", styles.signature)
        sheet.write_rich_string(
            row + 1, first, styles.signature, who + "\n", styles.signature_note, how, styles.signature
        )


def _set_up_page(sheet: Worksheet, layout: SheetLayout) -> None:
    frozen = 3 if layout.total_row is not None else 0
    sheet.freeze_panes(FIRST_BODY_ROW, frozen)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW, NUMBER_ROW)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    font = '&"Times New Roman,Regular"&10'
    sheet.set_footer(f"&L{font}{layout.sheet} - {FORM_LABEL}&R{font}Trang &P/&N")
    # Codes and column numbers are text on purpose: no green corners in 3,000 cells.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.protect("", {"format_columns": True, "format_rows": True})
