"""OpenDocument spreadsheets: written by hand where repetition matters, by odfpy once to see what a library writes."""

from __future__ import annotations

import datetime
import io

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from pipelines.readers import FileCells, Limits, SheetCells, UnreadableFile, read_file
from tests.readers.workbooks import packed

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "fo")
)
EMPTY_END = (
    '<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def spreadsheet(rows: str, styles: str = "", table: str = "", head: str = "") -> bytes:
    """One sheet with these rows, as LibreOffice packs it."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {NAMESPACES} '
        f'xmlns:calcext="urn:x"><office:automatic-styles>{styles}</office:automatic-styles><office:body>'
        f'<office:spreadsheet><table:table table:name="Biểu 02" {table}>{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def read(content: bytes) -> FileCells:
    return read_file(content, Limits())


def sheet_of(rows: str, styles: str = "", table: str = "") -> SheetCells:
    (sheet,) = read(spreadsheet(rows, styles, table)).sheets
    return sheet


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def number(value: object, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}/>'


def text(value: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{value}</text:p></table:table-cell>'


def test_a_file_of_a_library_is_read() -> None:
    document = OpenDocumentSpreadsheet()
    table, cells = Table(name="Biểu 02"), TableRow()
    cell = TableCell(valuetype="string")
    cell.addElement(P(text="Sơn Hà"))
    cells.addElement(cell)
    cells.addElement(TableCell(valuetype="float", value="12"))
    table.addElement(cells)
    document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.write(target)
    file = read(target.getvalue())
    assert (file.format, file.sheets[0].name, file.sheets[0].rows) == ("ods", "Biểu 02", [["Sơn Hà", 12.0]])


def test_repeated_rows_and_columns_keep_every_place() -> None:
    sheet = sheet_of(
        row("<table:table-cell/>", attributes='table:number-rows-repeated="2"')
        + row('<table:table-cell table:number-columns-repeated="2"/>', number(5, 'table:number-columns-repeated="2"'))
        + row(number(7), attributes='table:number-rows-repeated="2"')
        + EMPTY_END
    )
    assert sheet.rows == [[""] * 4, [""] * 4, ["", "", 5.0, 5.0], [7.0, "", "", ""], [7.0, "", "", ""]]


def test_every_kind_of_value() -> None:
    kinds = {
        'office:value-type="date" office:date-value="2026-02-13"': datetime.date(2026, 2, 13),
        'office:value-type="date" office:date-value="2026-02-13T07:30:00"': datetime.datetime(2026, 2, 13, 7, 30),
        'office:value-type="time" office:time-value="PT07H30M00S"': datetime.time(7, 30),
        'office:value-type="time" office:time-value="PT30H00M00S"': datetime.timedelta(hours=30),
        'office:value-type="boolean" office:boolean-value="true"': True,
        'office:value-type="currency" office:value="3.5"': 3.5,
        'office:value-type="string" office:string-value="có"': "có",
        'office:value-type="string" calcext:value-type="error"': "#REF!",
    }
    cells = "".join(f"<table:table-cell {kind}><text:p>#REF!</text:p></table:table-cell>" for kind in kinds)
    assert sheet_of(row(cells)).rows == [list(kinds.values())]


def test_text_keeps_its_lines_and_spaces_and_leaves_notes_out() -> None:
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>ghi chú</text:p></office:annotation>'
        '<text:p>Xã<text:s text:c="2"/><text:span>Sơn Hà</text:span></text:p><text:p>hai<text:line-break/>ba</text:p>'
        "</table:table-cell>"
    )
    assert sheet_of(row(cell)).rows == [["Xã  Sơn Hà\nhai\nba"]]


def test_joined_cells_are_ranges_and_what_they_cover_is_not_shown() -> None:
    sheet = sheet_of(
        row(
            text("gộp", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'),
            '<table:covered-table-cell office:value-type="float" office:value="9"/>',
            number(1),
        )
        + row('<table:covered-table-cell table:number-columns-repeated="2"/>', number(2))
    )
    assert sheet.rows == [["gộp", "", 1.0], ["", "", 2.0]]
    assert sheet.merged == [((0, 0), (1, 1))]


def test_hidden_rows_columns_and_sheets_are_read_and_said_to_be_hidden() -> None:
    sheet = sheet_of(
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        + row(number(1), number(2), attributes='table:visibility="filter"'),
        '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>',
        'table:style-name="ta1"',
    )
    assert (sheet.rows, sheet.hidden_rows, sheet.hidden_columns) == ([[1.0, 2.0]], {0}, {1})
    assert sheet.visibility == "hidden"


def test_percentages_and_old_fonts() -> None:
    styles = (
        '<style:style style:name="old"><style:text-properties style:font-name=".VnTime"/></style:style>'
        '<style:style style:name="ce1" style:parent-style-name="old"/>'
    )
    sheet = sheet_of(
        '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
        + row('<table:table-cell office:value-type="percentage" office:value="0.416"/>', text("B¸o")),
        styles,
    )
    assert (sheet.percent_cells, sheet.legacy_fonts) == ({(0, 0)}, {(0, 1): ".VnTime"})


def test_a_formula_without_a_value_was_never_calculated() -> None:
    calculated = number(2, 'table:formula="of:=[.A1]+1"')
    sheet = sheet_of(row('<table:table-cell table:formula="of:=SUM([.A1])"/>', calculated))
    assert (sheet.rows, dict(sheet.formulas_without_value)) == ([["", 2.0]], {(0, 0): "=SUM([.A1])"})


def test_a_password_is_named() -> None:
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    with pytest.raises(UnreadableFile) as refused:
        read(packed({"mimetype": kind, "content.xml": b"\x00", "META-INF/manifest.xml": manifest}))
    assert refused.value.detail == "tệp đặt mật khẩu"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (
            spreadsheet(
                row(
                    number(1, 'table:number-columns-repeated="16384"'),
                    attributes='table:number-rows-repeated="1048576"',
                )
            ),
            "file_too_large",
        ),
        (spreadsheet(row(number(1, 'table:number-columns-repeated="1000000000"'))), "unreadable_file"),
        (spreadsheet(row(number("mười"))), "unreadable_file"),
        (spreadsheet("<a>" * 200), "hostile_file"),
        (spreadsheet("", head='<!DOCTYPE a [<!ENTITY b "c">]>'), "hostile_file"),
    ],
)
def test_what_is_broken_or_built_to_overflow_is_refused(content: bytes, rule: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.rule == rule
