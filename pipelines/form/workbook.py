"""Writes the workbook "Biểu CQĐP2C" of a province, empty or filled in.

The same arguments give the same bytes: creation dates are fixed and nothing depends on the clock.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from xlsxwriter.workbook import Workbook

from pipelines.form.layout import AS_OF_ROW, FORM, FORM_LABEL, FORM_VERSION, MARKS_SHEET, cell_name, sheet_layouts
from pipelines.form.sheets import Issue, write_sheet
from pipelines.form.styles import make_styles
from pipelines.form.values import FormValues
from pipelines.reference.load import Reference

# The day from which communes report under the two-tier model; any fixed day would do.
_CREATED_AT = datetime(2025, 7, 1)


def write_form(
    path_or_buffer: Path | BinaryIO,
    reference: Reference,
    province_code: str,
    *,
    as_of_on: date | None = None,
    values: FormValues | None = None,
    origin: str = "",
    issue_no: int = 1,
) -> None:
    """Write the form of a province.

    Without `as_of_on` the reporter types the date on the first sheet and the other sheets repeat it; the communes
    are then those of the newest registry. `origin` "simulated" makes every title say so.
    """
    registry_on = as_of_on or date.max
    province = reference.provinces_on(registry_on)[province_code]
    layouts = sheet_layouts(reference, province_code, registry_on)
    filled = values or FormValues({})
    workbook = Workbook(path_or_buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": f"Biểu {FORM_LABEL}", "comments": origin, "created": _CREATED_AT})
    _lock_structure(workbook)
    styles = make_styles(workbook)
    issue = Issue(province, as_of_on, origin, values)
    as_of_source: str | None = None
    for layout in layouts:
        if layout.sheet in filled.departures.missing_sheets:
            continue
        write_sheet(workbook.add_worksheet(layout.sheet), layout, issue, styles, as_of_source)
        as_of_source = as_of_source or f"='{layout.sheet}'!{cell_name(AS_OF_ROW, 0)}"
    marks = {
        "form": FORM,
        "version": FORM_VERSION,
        "province_code": province_code,
        "issue_no": str(issue_no),
        "origin": origin,
    }
    _write_marks(workbook, {**marks, **filled.departures.marks})
    workbook.close()


def _write_marks(workbook: Workbook, marks: dict[str, str]) -> None:
    """The hidden sheet that tells the reader which form this is; values are text, so that code 01 keeps its zero."""
    sheet = workbook.add_worksheet(MARKS_SHEET)
    for row, (key, value) in enumerate(marks.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.very_hidden()
    sheet.protect("")


def _lock_structure(workbook: Workbook) -> None:
    """Keep sheets from being deleted, renamed or moved until the protection is lifted (no password).

    xlsxwriter has no call for it. The file format wants the element right before the views, so it is written there;
    a test looks for it in the file.
    """
    write_views = workbook._write_book_views

    def write_protection_and_views() -> None:
        workbook._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        write_views()

    workbook._write_book_views = write_protection_and_views
