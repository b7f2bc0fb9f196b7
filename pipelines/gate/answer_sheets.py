"""Leaves our own list of what to put right out of a workbook that comes back: it is an answer, not a report."""

from __future__ import annotations

from dataclasses import replace

from pipelines.form.layout import is_answer_sheet
from pipelines.readers import FileCells


def without_answer_sheets(file: FileCells) -> FileCells:
    """The file without the sheets that a marked workbook was given (see `pipelines/answers/`)."""
    own = [sheet for sheet in file.sheets if not is_answer_sheet(sheet.name, sheet.cell(0, 0))]
    return file if len(own) == len(file.sheets) else replace(file, sheets=own)
