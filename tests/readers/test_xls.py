"""Excel 97-2003 workbooks, written by xlwt."""

from __future__ import annotations

import datetime
import io
import struct

import pytest
import xlwt

from pipelines.readers import FileCells, Limits, UnreadableFile, read_file

DATE = xlwt.easyxf(num_format_str="DD/MM/YYYY")


def saved(workbook: xlwt.Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def book(*cells: tuple[object, ...]) -> bytes:
    """A workbook with one sheet and these (row, column, value[, style]) in it."""
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Biểu 02")
    for arguments in cells:
        sheet.write(*arguments)
    return saved(workbook)


def read(content: bytes) -> FileCells:
    return read_file(content, Limits())


def test_every_cell_stands_at_its_own_place_and_as_it_is_stored() -> None:
    content = book(
        (1, 0, "Xã Sơn Hà"),
        (1, 1, 12),
        (1, 2, True),
        (1, 3, datetime.date(2026, 2, 13), DATE),
        (1, 4, datetime.datetime(2026, 2, 13, 7, 30), DATE),
        (1, 5, datetime.time(7, 30), DATE),
        (3, 1, 0.5),
    )
    cells = read(content)
    assert (cells.format, cells.sheets[0].name) == ("xls", "Biểu 02")
    sheet = cells.sheets[0]
    assert sheet.rows[1][:3] == ["Xã Sơn Hà", 12.0, True]
    assert sheet.rows[1][3:] == [
        datetime.date(2026, 2, 13),
        datetime.datetime(2026, 2, 13, 7, 30),
        datetime.time(7, 30),
    ]
    assert (sheet.cell(0, 0), sheet.cell(2, 0), sheet.cell(3, 1)) == ("", "", 0.5)


def test_an_error_is_no_empty_cell() -> None:
    workbook = xlwt.Workbook()
    workbook.add_sheet("a").row(0).set_cell_error(0, "#REF!")
    assert read(saved(workbook)).sheets[0].rows == [["#REF!"]]


def test_joined_cells_hidden_rows_columns_and_sheets() -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("a")
    sheet.write_merge(0, 1, 0, 2, "gộp")
    sheet.write(2, 3, 1)
    sheet.row(2).hidden = True
    sheet.col(3).hidden = True
    workbook.add_sheet("ẩn").visibility = 1
    workbook.add_sheet("ẩn hẳn").visibility = 2
    first, *others = read(saved(workbook)).sheets
    assert first.merged == [((0, 0), (1, 2))]
    assert (first.hidden_rows, first.hidden_columns) == ({2}, {3})
    assert [sheet.visibility for sheet in others] == ["hidden", "very_hidden"]


def test_percentages_and_old_fonts_come_from_the_formats() -> None:
    percent, old = xlwt.easyxf(num_format_str="0.0%"), xlwt.easyxf("font: name .VnTime")
    (sheet,) = read(book((0, 0, 0.416, percent), (0, 1, "B¸o c¸o", old), (0, 2, 5, old), (0, 3, "x", percent))).sheets
    assert sheet.percent_cells == {(0, 0)}
    assert sheet.legacy_fonts == {(0, 1): ".VnTime"}


def test_a_workbook_whose_formulas_were_never_calculated_says_so() -> None:
    (sheet,) = read(book((0, 0, xlwt.Formula("1+1")), (0, 1, 7))).sheets
    assert (sheet.cell(0, 0), dict(sheet.formulas_without_value)) == ("", {(0, 0): "="})


def test_an_empty_text_is_a_result_where_other_formulas_have_theirs() -> None:
    content = bytearray(book((0, 0, xlwt.Formula('IF(1=1;"";2)')), (0, 1, xlwt.Formula("1+1"))))
    empty = struct.pack("<Q", 0xFFFF000000000003)
    second = content.index(empty, content.index(empty) + 8)
    content[second : second + 8] = struct.pack("<d", 2.0)
    (sheet,) = read(bytes(content)).sheets
    assert (sheet.rows, dict(sheet.formulas_without_value)) == ([["", 2.0]], {})


def test_a_password_is_named() -> None:
    content = book((0, 0, "a"))
    # FILEPASS right after the start of the workbook's stream, in place of a record that can be missed.
    start = content.index(b"\x09\x08\x10\x00")
    record = start + 20
    protected = content[:record] + struct.pack("<H", 0x2F) + content[record + 2 :]
    with pytest.raises(UnreadableFile) as refused:
        read(protected)
    assert (refused.value.rule, refused.value.detail) == ("unreadable_file", "tệp đặt mật khẩu")


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_file(book((65535, 0, 1), (0, 255, 1)), Limits(cells=5000))
    assert (refused.value.rule, "tối đa 5.000 ô" in refused.value.detail) == ("file_too_large", True)


def test_macros_are_left_alone_with_a_remark() -> None:
    content = book((0, 0, "a")) + "_VBA_PROJECT".encode("utf-16-le")
    assert [remark.rule for remark in read(content).remarks] == ["ignored_content"]


def test_a_workbook_with_a_word_document_inside_is_a_workbook() -> None:
    content = book((0, 0, "a")) + "WordDocument".encode("utf-16-le")
    assert read(content).sheets[0].rows == [["a"]]
