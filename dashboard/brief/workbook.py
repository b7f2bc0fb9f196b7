"""Writes the tables of a brief as a workbook: one sheet with its sentences and sources, then one sheet per table."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook

from dashboard.brief import layout
from dashboard.brief.structure import Brief, Heading, Paragraph, Sheet, words

FORMATS = {
    "number": {"num_format": "#,##0.##"},
    "percent": {"num_format": "0.0"},
    "day": {"num_format": "dd/mm/yyyy"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm"},
}
WIDTHS = {"text": 30, "names": 60, "day": 12, "moment": 17}
OTHER_WIDTH, TEXT_WIDTH = 15, 110
FIRST_ROW = 3


def workbook(brief: Brief) -> bytes:
    """Texts stay texts whatever they begin with: nothing in them can start a formula or open an address."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": brief.subject, "author": layout.AUTHORITY, "created": brief.known_at})
        formats = {kind: book.add_format(given) for kind, given in FORMATS.items()}
        formats |= {
            "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
            "warning": book.add_format({"bold": True, "font_color": layout.SIMULATED_COLOUR}),
        }
        _summary(book, brief, formats)
        for sheet in brief.sheets:
            _sheet(book, brief, sheet, formats)
    return content.getvalue()


def _page(book: Workbook, brief: Brief, name: str) -> Any:
    """A sheet ready for A4; simulated figures are marked on every printed page."""
    page = book.add_worksheet(name)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P/&N")
    if brief.is_simulated:
        page.set_header(f"&C&B{layout.SIMULATED}")
    return page


def _summary(book: Workbook, brief: Brief, formats: dict[str, Any]) -> None:
    """The sentences of the document."""
    page = _page(book, brief, "Tóm tắt")
    page.set_column(0, 0, TEXT_WIDTH)
    warning = [layout.SIMULATED] if brief.is_simulated else []
    rows = [(line, "warning") for line in warning] + [
        (line, "bold") for line in (layout.REPORT, *layout.subject_lines(brief))
    ]
    rows.append((words(brief.opening), "wrapped"))
    for block in brief.blocks:
        if isinstance(block, Heading):
            rows.append((block.text, "bold"))
        elif isinstance(block, Paragraph):
            rows.append((block.lead + words(block.said), "wrapped"))
    for place, (line, kind) in enumerate(rows):
        page.write_string(place, 0, line, formats[kind])


def _sheet(book: Workbook, brief: Brief, sheet: Sheet, formats: dict[str, Any]) -> None:
    """Title, warning, header, rows; what nobody reported is an empty cell."""
    page = _page(book, brief, sheet.name)
    page.write_string(
        0, 0, f"{sheet.title} – {brief.unit_name}, số liệu đến ngày {brief.as_of_on:%d/%m/%Y}", formats["bold"]
    )
    if brief.is_simulated:
        page.write_string(1, 0, layout.SIMULATED, formats["warning"])
    for place, (_column, label, kind) in enumerate(sheet.columns):
        page.set_column(place, place, WIDTHS.get(kind, OTHER_WIDTH))
        page.write_string(FIRST_ROW - 1, place, label, formats["bold"])
    page.freeze_panes(FIRST_ROW, 0)
    page.autofilter(FIRST_ROW - 1, 0, FIRST_ROW - 1 + len(sheet.rows), len(sheet.columns) - 1)
    for number, row in enumerate(sheet.rows, start=FIRST_ROW):
        for place, (value, (_column, _label, kind)) in enumerate(zip(row, sheet.columns, strict=True)):
            if isinstance(value, datetime.date):
                page.write_datetime(number, place, value, formats[kind])
            elif isinstance(value, int | float):
                page.write_number(number, place, value, formats.get(kind))
            elif value is not None:
                page.write_string(number, place, str(value))
