"""One small file of every format that is read, for tests that treat all formats alike."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import docx
import xlwt

from tests.corpus.grids import grid
from tests.corpus.paper import pdf
from tests.readers.workbooks import book, packed, saved

_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
_ROWS = [("STT", "Tên xã", "Số"), ("1", "Sơn Hà", "12"), ("2", "Mỹ Hòa", "3.193")]


def _xls() -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Biểu 02")
    for row, texts in enumerate(_ROWS):
        for column, text in enumerate(texts):
            sheet.write(row, column, text, xlwt.easyxf(num_format_str="0.0%"))
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _ods() -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row
        )
        + "</table:table-row>"
        for row in _ROWS
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Biểu 02">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def _docx() -> bytes:
    document = docx.Document()
    table = document.add_table(len(_ROWS), len(_ROWS[0]))
    for row, texts in enumerate(_ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td colspan=1>{text}</td>" for text in row) + "</tr>" for row in _ROWS)
    return f"<html><head><meta charset=utf-8></head><body><table>{rows}</table></body></html>".encode()


def _spreadsheet_xml() -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row) + "</Row>"
        for row in _ROWS
    )
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="Biểu 02">'
        f"<Table>{rows}</Table></Worksheet></Workbook>"
    ).encode()


# The same three rows in every format.
SAMPLES: Mapping[str, Callable[[], bytes]] = {
    "csv": lambda: "".join(";".join(row) + "\r\n" for row in _ROWS).encode("utf-16"),
    "docx": _docx,
    "html": _html,
    "ods": _ods,
    "pdf": lambda: pdf([grid("STT | Tên xã | Số\n'1 | Sơn Hà | '12\n'2 | Mỹ Hòa | 3.193")]),
    "spreadsheet_xml": _spreadsheet_xml,
    "xls": _xls,
    "xlsx": lambda: saved(
        book(
            {f"{'ABC'[column]}{row + 1}": text for row, texts in enumerate(_ROWS) for column, text in enumerate(texts)}
        )
    ),
}
