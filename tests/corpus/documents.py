"""Grids written as csv, HTML, XML 2003 and Word documents."""

from __future__ import annotations

import csv
import datetime
import html as markup
import io
import unicodedata
from collections.abc import Sequence

import docx

from tests.corpus.grids import Cell, Formula, Grid, Percent

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def shown(cell: Cell) -> str:
    """A cell as text, the way programs print it."""
    if cell is None:
        return ""
    if isinstance(cell, Percent):
        return f"{cell.value * 100:.1f}%".replace(".", ",")
    if isinstance(cell, datetime.date):
        return f"{cell:%d/%m/%Y}"
    return str(cell.result) if isinstance(cell, Formula) else str(cell)


def csv_text(grid: Grid, delimiter: str = ",") -> str:
    """Lines with a delimiter between cells; merged cells leave their text in the first one."""
    target = io.StringIO()
    width = max(len(row) for row in grid.rows)
    writer = csv.writer(target, delimiter=delimiter)
    for row in grid.rows:
        writer.writerow([shown(cell) for cell in row] + [""] * (width - len(row)))
    return target.getvalue()


def cp1258(text: str) -> bytes:
    """Text in the Vietnamese code page of Windows: a tone is a sign of its own after its letter."""
    content = bytearray()
    for letter in text:
        try:
            content += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
            content += base.encode("cp1258") + "".join(part for part in parts if part in _TONES).encode("cp1258")
    return bytes(content)


def html(grid: Grid, encoding: str = "utf-8") -> bytes:
    """A web page with one table, as old report programs save it under the name .xls."""
    spans = {(merge[0], merge[1]): merge for merge in grid.merges}
    covered = {
        (row, column)
        for merge in grid.merges
        for row in range(merge[0], merge[2] + 1)
        for column in range(merge[1], merge[3] + 1)
    } - set(spans)
    lines = []
    for row, cells in enumerate(grid.rows):
        line = ""
        for column, cell in enumerate(cells):
            if (row, column) in covered:
                continue
            merge = spans.get((row, column), (row, column, row, column))
            size = f' rowspan="{merge[2] - row + 1}" colspan="{merge[3] - column + 1}"'
            line += f"<td{size}>{markup.escape(shown(cell))}</td>"
        lines.append(f"<tr>{line}</tr>")
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body>'
    return (head + "<table border=1>\n" + "\n".join(lines) + "\n</table></body></html>").encode(encoding)


def xml_2003(grid: Grid) -> bytes:
    """An XML table of Excel 2003."""
    spans = {(merge[0], merge[1]): merge for merge in grid.merges}
    covered = {
        (row, column)
        for merge in grid.merges
        for row in range(merge[0], merge[2] + 1)
        for column in range(merge[1], merge[3] + 1)
    } - set(spans)
    lines = []
    for row, cells in enumerate(grid.rows):
        line = ""
        for column, cell in enumerate(cells):
            if (row, column) in covered or cell is None:
                continue
            across = down = 0
            if merge := spans.get((row, column)):
                across, down = merge[3] - column, merge[2] - row
            joined = (f' ss:MergeAcross="{across}"' if across else "") + (f' ss:MergeDown="{down}"' if down else "")
            kind = "Number" if isinstance(cell, (int, float)) else "String"
            text = markup.escape(shown(cell)).replace("\n", "&#10;")
            line += f'<Cell ss:Index="{column + 1}"{joined}><Data ss:Type="{kind}">{text}</Data></Cell>'
        lines.append(f'<Row ss:Index="{row + 1}">{line}</Row>')
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="{grid.name}"><Table>{"".join(lines)}</Table></Worksheet></Workbook>'
    ).encode()


def word(*blocks: str | Grid | Sequence[str]) -> bytes:
    """A document of paragraphs and tables, in this order."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        elif isinstance(block, Grid):
            width = max(len(row) for row in block.rows)
            table = document.add_table(rows=len(block.rows), cols=width)
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        table.cell(row, column).text = shown(cell)
            for first_row, first_column, last_row, last_column in block.merges:
                text = table.cell(first_row, first_column).text
                joined = table.cell(first_row, first_column).merge(table.cell(last_row, last_column))
                joined.text = text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
