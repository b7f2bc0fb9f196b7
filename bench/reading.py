"""One large workbook through the reader, against calamine alone reading the same bytes."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.laps import Laps, ratio
from bench.report import Section, milliseconds, verdict
from pipelines.readers import Limits, read_file

ROWS, COLUMNS = 3_500, 30
TARGET = 3.0
_BARE, _OURS = "calamine reads every sheet", "the reader, with limits, formats and hidden rows"


def measure_reading(scratch: Path, rounds: int) -> Section:
    """Both ways in turn, so that a slow minute of the machine hits both."""
    path = scratch / "large.xlsx"
    write_large_workbook(path)
    content, laps = path.read_bytes(), Laps()
    for _ in range(rounds):
        with laps.lap(_BARE):
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
            for name in workbook.sheet_names:
                workbook.get_sheet_by_name(name).to_python()
        with laps.lap(_OURS):
            read_file(content, Limits())
    return Section(
        "Reading one large workbook",
        f"{ROWS:,} rows × {COLUMNS} columns, {len(content) / 1e6:.1f} MB, with percentages, hidden rows, joined cells "
        f"and formulas. Medians of {rounds} rounds.",
        ("", "ms"),
        [(name, milliseconds(laps.median(name))) for name in (_BARE, _OURS)],
        [verdict("reader / calamine", ratio(laps.seconds[_OURS], laps.seconds[_BARE]), TARGET, "×")],
    )


def write_large_workbook(path: Path) -> None:
    """A sheet of communes: two columns of names, the others numbers, as a ministry's own table would be."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Biểu 02")
        percent = workbook.add_format({"num_format": "0.0%"})
        for row in range(ROWS):
            sheet.write_number(row, 0, row)
            sheet.write_string(row, 1, f"Xã Sơn Hà {row}")
            for column in range(2, COLUMNS - 2):
                sheet.write_number(row, column, row * column)
            sheet.write_number(row, COLUMNS - 2, row / ROWS, percent)
            sheet.write_formula(row, COLUMNS - 1, f"=SUM(C{row + 1}:D{row + 1})", None, row * 5)
        sheet.merge_range(ROWS, 0, ROWS, 3, "Tổng cộng")
        for row in range(100, 200, 10):
            sheet.set_row(row, None, None, {"hidden": True})
