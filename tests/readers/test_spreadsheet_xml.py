"""Workbooks saved as "XML Spreadsheet 2003"."""

from __future__ import annotations

import datetime

import pytest

from pipelines.readers import FileCells, Limits, SheetCells, UnreadableFile, read_file

NAMESPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
)


def workbook(rows: str, before: str = "", after: str = "") -> bytes:
    """One sheet with these rows."""
    return (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook {NAMESPACES}>{before}'
        f'<Worksheet ss:Name="Biểu 02"><Table>{rows}</Table>{after}</Worksheet></Workbook>'
    ).encode()


def read(content: bytes) -> FileCells:
    return read_file(content, Limits())


def sheet_of(rows: str, before: str = "", after: str = "") -> SheetCells:
    (sheet,) = read(workbook(rows, before, after)).sheets
    return sheet


def data(kind: str, text: str) -> str:
    return f'<Data ss:Type="{kind}">{text}</Data>'


def test_every_cell_stands_at_its_own_place_and_as_what_it_says_it_is() -> None:
    cells = [
        data("String", "Xã\nSơn Hà"),
        data("Number", "12.5"),
        data("Boolean", "1"),
        data("DateTime", "2026-02-13T00:00:00.000"),
        data("DateTime", "2026-02-13T07:30:00"),
        data("DateTime", "1899-12-31T07:30:00"),
        data("Error", "#REF!"),
    ]
    content = workbook('<Row ss:Index="2">' + "".join(f"<Cell>{cell}</Cell>" for cell in cells) + "</Row>")
    assert read(content).format == "spreadsheet_xml"
    assert read(content).sheets[0].rows == [
        [""] * 7,
        [
            "Xã\nSơn Hà",
            12.5,
            True,
            datetime.date(2026, 2, 13),
            datetime.datetime(2026, 2, 13, 7, 30),
            datetime.time(7, 30),
            "#REF!",
        ],
    ]


def test_cells_jump_by_index_and_joined_cells_take_their_columns() -> None:
    sheet = sheet_of(
        f'<Row><Cell ss:MergeDown="1">{data("String", "STT")}</Cell>'
        f'<Cell ss:MergeAcross="1">{data("String", "Trong đó")}</Cell><Cell>{data("String", "Ghi chú")}</Cell></Row>'
        f'<Row><Cell ss:Index="3">{data("String", "b")}</Cell></Row>'
    )
    assert sheet.rows == [["STT", "Trong đó", "", "Ghi chú"], ["", "", "b", ""]]
    assert sheet.merged == [((0, 0), (1, 0)), ((0, 1), (0, 2))]


def test_percentages_and_old_fonts_come_from_the_styles() -> None:
    styles = (
        '<Styles><Style ss:ID="Default"><Font ss:FontName="VNI-Times"/></Style>'
        '<Style ss:ID="s1"><NumberFormat ss:Format="0.0%"/></Style>'
        '<Style ss:ID="s2"><NumberFormat ss:Format="Percent"/><Font ss:FontName="Arial"/></Style></Styles>'
    )
    cells = [("s1", data("Number", "0.416")), ("s2", data("Number", "0.5")), ("s2", data("String", "có"))]
    row = "".join(f'<Cell ss:StyleID="{style}">{cell}</Cell>' for style, cell in cells)
    sheet = sheet_of(f"<Row>{row}<Cell>{data('String', 'Baùo')}</Cell></Row>", styles)
    assert sheet.percent_cells == {(0, 0), (0, 1)}
    assert sheet.legacy_fonts == {(0, 3): "VNI-Times"}


def test_hidden_rows_columns_and_sheets_are_read_and_said_to_be_hidden() -> None:
    sheet = sheet_of(
        f'<Column ss:Index="2" ss:Hidden="1"/><Row ss:Hidden="1"><Cell/><Cell>{data("Number", "1")}</Cell></Row>',
        after="<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>",
    )
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.visibility) == ({0}, {1}, "hidden")
    assert sheet.rows == [["", 1.0]]


def test_a_formula_without_a_value_was_never_calculated() -> None:
    sheet = sheet_of(f'<Row><Cell ss:Formula="=A2"/><Cell ss:Formula="=A3">{data("Number", "7")}</Cell></Row>')
    assert (sheet.rows, dict(sheet.formulas_without_value)) == ([["", 7.0]], {(0, 0): "=A2"})


def test_a_note_on_a_cell_is_not_its_value() -> None:
    note = f"<Comment>{data('String', 'ghi chú')}</Comment>"
    assert sheet_of(f"<Row><Cell>{data('Number', '7')}{note}</Cell><Cell>{note}</Cell></Row>").rows[0][0] == 7.0


def test_formulas_that_reach_out_are_remarked_on() -> None:
    content = workbook(f'<Row><Cell ss:Formula="=HYPERLINK(&quot;http://a&quot;)">{data("String", "a")}</Cell></Row>')
    assert [(remark.rule, remark.place) for remark in read(content).remarks] == [("ignored_content", "Biểu 02")]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (
            workbook(f'<Row ss:Index="1048576"><Cell ss:Index="16384">{data("Number", "1")}</Cell></Row>'),
            "file_too_large",
        ),
        (workbook(f"<Row><Cell>{data('Number', 'mười')}</Cell></Row>"), "unreadable_file"),
        (workbook(f"<Row><Cell>{data('Number', 'inf')}</Cell></Row>"), "unreadable_file"),
        (workbook(f"<Row><Cell>{data('DateTime', '13/02/2026')}</Cell></Row>"), "unreadable_file"),
        (workbook('<Row ss:Index="3"/><Row ss:Index="2"/>'), "unreadable_file"),
        (workbook("")[:-5], "unreadable_file"),
        (workbook("<Row>" + "<Cell>" * 200), "hostile_file"),
        (workbook("").replace(b"<Workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><Workbook'), "hostile_file"),
        (workbook("").replace(b"<Workbook", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///c">]><Workbook'), "hostile_file"),
    ],
)
def test_what_is_broken_or_built_to_overflow_is_refused(content: bytes, rule: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.rule == rule
