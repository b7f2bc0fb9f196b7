"""A written form, looked at the way readers do: values by calamine, structure by openpyxl."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date

import openpyxl
from openpyxl.workbook.workbook import Workbook
from python_calamine import CalamineWorkbook

from pipelines.form.layout import SheetLayout, sheet_layouts
from pipelines.form.values import FormValues
from pipelines.form.workbook import write_form
from pipelines.reference.load import Reference

PROVINCE = "46"
DAY = date(2026, 2, 13)


@dataclass(frozen=True)
class Written:
    """The bytes of one workbook."""

    content: bytes

    def cells(self, sheet: str) -> list[list[object]]:
        """Rows of values from A1 on, formulas as their cached results."""
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(self.content))
        return [list(row) for row in workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]

    def workbook(self) -> Workbook:
        """The workbook as openpyxl sees it: formulas, protection, validation."""
        return openpyxl.load_workbook(io.BytesIO(self.content))

    def part(self, name: str) -> str:
        """One XML part of the file."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return archive.read(name).decode()


def written(
    reference: Reference,
    province: str = PROVINCE,
    *,
    as_of_on: date | None = None,
    values: FormValues | None = None,
    origin: str = "",
    issue_no: int = 1,
) -> Written:
    """Write a form into memory."""
    buffer = io.BytesIO()
    write_form(buffer, reference, province, as_of_on=as_of_on, values=values, origin=origin, issue_no=issue_no)
    return Written(buffer.getvalue())


def sheet_of(reference: Reference, sheet: str, province: str = PROVINCE) -> SheetLayout:
    """The layout of one sheet on the test day."""
    return next(layout for layout in sheet_layouts(reference, province, DAY) if layout.sheet == sheet)
