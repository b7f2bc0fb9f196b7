"""What a workbook's formats say: percentages, old fonts, what is hidden, and what reaches out of it."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from pipelines.readers import FileCells, Limits, SheetCells, read_file
from tests.readers.workbooks import FIRST_SHEET, packed, unpacked


def written(*cells: tuple[Any, ...], **sheets: Any) -> bytes:
    """A workbook of one sheet with these (row, column, value[, properties of its format])."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target)
    sheet = workbook.add_worksheet("Biểu 02")
    for row, column, value, *properties in cells:
        sheet.write(row, column, value, workbook.add_format(properties[0]) if properties else None)
    for row in sheets.get("hidden_rows", ()):
        sheet.set_row(row, None, None, {"hidden": True})
    for columns in sheets.get("hidden_columns", ()):
        sheet.set_column(columns, None, None, {"hidden": True})
    workbook.close()
    return target.getvalue()


def by_the_parser(content: bytes) -> bytes:
    """The same workbook, in a manner of writing that the quick look leaves to the parser."""
    parts = unpacked(content)
    parts[FIRST_SHEET] = parts[FIRST_SHEET].replace(b"<sheetData>", b"<!-- --><sheetData>")
    return packed(parts)


@pytest.fixture(params=[bytes, by_the_parser], ids=["quick look", "parser"])
def sheet(request: pytest.FixtureRequest) -> SheetCells:
    content = written(
        (0, 0, 0.416, {"num_format": "0.0%"}),
        (0, 1, 0.5, {"num_format": 10}),
        (0, 2, 7, {"num_format": '0" %"'}),
        (0, 3, "41,6%", {"num_format": "0%"}),
        (1, 0, "B¸o c¸o", {"font_name": ".VnTime"}),
        (1, 1, "Baùo caùo", {"font_name": "VNI-Times"}),
        (1, 2, "Báo cáo", {"font_name": "Times New Roman"}),
        (1, 3, 12, {"font_name": ".VnTime"}),
        hidden_rows=[1, 9],
        hidden_columns=["B:C", "Z:Z"],
    )
    (sheet,) = read_file(request.param(content), Limits()).sheets
    return sheet


def test_numbers_shown_as_percentages_are_known(sheet: SheetCells) -> None:
    assert sheet.percent_cells == {(0, 0), (0, 1)}
    assert sheet.rows[0][:2] == [0.416, 0.5]


def test_texts_in_fonts_from_before_unicode_are_known(sheet: SheetCells) -> None:
    assert sheet.legacy_fonts == {(1, 0): ".VnTime", (1, 1): "VNI-Times"}


def test_hidden_rows_and_columns_are_read_and_known(sheet: SheetCells) -> None:
    assert sheet.rows[1][0] == "B¸o c¸o"
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1}, {1, 2})


def remarks(content: bytes) -> FileCells:
    return read_file(content, Limits())


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/vbaProject.bin", "macro không được chạy"),
        ("xl/externalLinks/externalLink1.xml", "liên kết tới tệp khác"),
        ("xl/connections.xml", "nguồn dữ liệu ngoài"),
        ("xl/embeddings/oleObject1.bin", "đối tượng nhúng"),
    ],
)
def test_what_a_workbook_brings_along_is_left_alone_with_a_remark(part: str, words: str) -> None:
    cells = read_file(packed({**unpacked(written((0, 0, 7))), part: b"x"}), Limits())
    assert cells.sheets[0].rows == [[7.0]]
    assert [(remark.rule, remark.place) for remark in cells.remarks] == [("ignored_content", "")]
    assert words in cells.remarks[0].detail


@pytest.mark.parametrize("change", [bytes, by_the_parser])
@pytest.mark.parametrize("formula", ['=HYPERLINK("http://a.vn")', "=WEBSERVICE(A1)", "=cmd|' /C calc'!A0"])
def test_formulas_that_reach_out_give_their_stored_value_and_a_remark(formula: str, change: Any) -> None:
    content = written((0, 0, 7), (0, 1, formula))
    parts = unpacked(content)
    parts[FIRST_SHEET] = parts[FIRST_SHEET].replace(b"<v>0</v>", b"<v>5</v>")
    cells = read_file(change(packed(parts)), Limits())
    assert cells.sheets[0].rows == [[7.0, 5.0]]
    assert [(remark.rule, remark.place) for remark in cells.remarks] == [("ignored_content", "Biểu 02")]


def test_sums_and_links_between_cells_need_no_remark() -> None:
    assert not read_file(written((0, 0, 7), (0, 1, "=SUM(A1:A1)")), Limits()).remarks


@pytest.mark.parametrize(
    ("name", "formula"), [("Auto_Open", "Sheet1!$A$1"), ("lay_so", 'HYPERLINK("http://a.vn")'), ("=cmd", "1")]
)
def test_names_that_are_commands_are_remarked_on(name: str, formula: str) -> None:
    parts = unpacked(written((0, 0, 7)))
    names = f"<definedNames><definedName name='{name}'>{formula}</definedName></definedNames>"
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", b"</sheets>" + names.encode())
    (remark,) = read_file(packed(parts), Limits()).remarks
    assert (remark.rule, name in remark.detail) == ("ignored_content", True)
