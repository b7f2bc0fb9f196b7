"""Grids written as xlsx, xlsm, xls and ods."""

from __future__ import annotations

import datetime
import io

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.grids import Cell, Formula, Grid, Percent
from tests.readers.workbooks import packed, unpacked


def xlsx(*grids: Grid) -> bytes:
    """A workbook. Formulas without results need openpyxl, those with results XlsxWriter: no file mixes them."""
    if any(isinstance(cell, Formula) and cell.result is None for grid in grids for row in grid.rows for cell in row):
        return _never_calculated(*grids)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        dates = workbook.add_format({"num_format": "dd/mm/yyyy"})
        percentages = workbook.add_format({"num_format": "0.0%"})
        for grid in grids:
            sheet = workbook.add_worksheet(grid.name)
            for first_row, first_column, last_row, last_column in grid.merges:
                sheet.merge_range(first_row, first_column, last_row, last_column, "")
            for row, cells in enumerate(grid.rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, Formula):
                        sheet.write_formula(row, column, cell.text, None, cell.result)
                    elif isinstance(cell, Percent):
                        sheet.write_number(row, column, cell.value, percentages)
                    elif isinstance(cell, datetime.date):
                        sheet.write_datetime(row, column, cell, dates)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell)
            for row in grid.hidden_rows:
                sheet.set_row(row, None, None, {"hidden": True})
            for column in grid.hidden_columns:
                sheet.set_column(column, column, None, None, {"hidden": True})
            if grid.visibility == "hidden":
                sheet.hide()
            elif grid.visibility == "very_hidden":
                sheet.very_hidden()
    return target.getvalue()


def _never_calculated(*grids: Grid) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for grid in grids:
        sheet: Worksheet = workbook.create_sheet(grid.name)
        for row, cells in enumerate(grid.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                assert not isinstance(cell, Formula) or cell.result is None
                sheet.cell(row, column).value = cell.text if isinstance(cell, Formula) else _plain(cell)
        for first_row, first_column, last_row, last_column in grid.merges:
            sheet.merge_cells(None, first_row + 1, first_column + 1, last_row + 1, last_column + 1)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _plain(cell: Cell) -> str | int | float | datetime.date | None:
    assert not isinstance(cell, Formula)
    return cell.value if isinstance(cell, Percent) else cell


def with_macros(content: bytes) -> bytes:
    """The workbook as a program with macros saves it (.xlsm)."""
    parts = unpacked(content)
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    types = types.replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    relations = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>',
    )
    project = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Sub Workbook_Open()" + bytes(300)
    return packed(
        {
            **parts,
            "[Content_Types].xml": types,
            "xl/_rels/workbook.xml.rels": relations,
            "xl/vbaProject.bin": project,
        }
    )


def xls(*grids: Grid) -> bytes:
    """A workbook of Excel 97–2003; columns may be set in a font from before Unicode."""
    workbook = xlwt.Workbook(encoding="utf-8")
    dates = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    percentages = xlwt.easyxf(num_format_str="0.0%")
    for grid in grids:
        sheet = workbook.add_sheet(grid.name)
        styles = {column: xlwt.easyxf(f"font: name {font}") for column, font in grid.fonts.items()}
        usual = xlwt.easyxf("font: name Times New Roman")
        covered = {(merge[0], merge[1]): merge for merge in grid.merges}
        for row, cells in enumerate(grid.rows):
            for column, cell in enumerate(cells):
                style = styles.get(column, usual)
                value: object = cell
                if isinstance(cell, Percent):
                    value, style = cell.value, percentages
                elif isinstance(cell, datetime.date):
                    style = dates
                assert not isinstance(cell, Formula)
                if merge := covered.get((row, column)):
                    sheet.write_merge(merge[0], merge[2], merge[1], merge[3], value, style)
                elif value is not None:
                    sheet.write(row, column, value, style)
        for row in grid.hidden_rows:
            sheet.row(row).hidden = True
        if grid.visibility != "visible":
            sheet.visibility = 1
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def ods(*grids: Grid) -> bytes:
    """A LibreOffice workbook."""
    document = OpenDocumentSpreadsheet()
    for grid in grids:
        table = Table(name=grid.name)
        spans = {(merge[0], merge[1]): (merge[2] - merge[0] + 1, merge[3] - merge[1] + 1) for merge in grid.merges}
        covered = {
            (row, column)
            for merge in grid.merges
            for row in range(merge[0], merge[2] + 1)
            for column in range(merge[1], merge[3] + 1)
        } - set(spans)
        for row, cells in enumerate(grid.rows):
            line = TableRow()
            for column, cell in enumerate(cells or [None]):
                if (row, column) in covered:
                    line.addElement(CoveredTableCell())
                else:
                    line.addElement(_ods_cell(cell, spans.get((row, column), (1, 1))))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.write(target)
    return target.getvalue()


def _ods_cell(cell: Cell, span: tuple[int, int]) -> TableCell:
    spans = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span != (1, 1) else {}
    if isinstance(cell, datetime.date):
        element = TableCell(valuetype="date", datevalue=cell.isoformat(), **spans)
        element.addElement(P(text=f"{cell:%d/%m/%Y}"))
    elif isinstance(cell, Percent):
        element = TableCell(valuetype="percentage", value=cell.value, **spans)
        element.addElement(P(text=f"{cell.value * 100:.1f}%".replace(".", ",")))
    elif isinstance(cell, (int, float)):
        element = TableCell(valuetype="float", value=cell, **spans)
        element.addElement(P(text=str(cell)))
    elif isinstance(cell, str):
        element = TableCell(valuetype="string", **spans)
        for line in cell.split("\n"):
            element.addElement(P(text=line))
    else:
        element = TableCell(**spans)
    return element
