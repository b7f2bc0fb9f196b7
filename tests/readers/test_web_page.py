"""HTML, as web systems export it under the name .xls and as Excel and Word save it."""

from __future__ import annotations

import base64

import pytest

from pipelines.readers import Limits, SheetCells, UnreadableFile, read_file


def read(content: bytes) -> SheetCells:
    cells = read_file(content, Limits())
    assert cells.format == "html"
    (sheet,) = cells.sheets
    return sheet


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def refusal(content: bytes, limits: Limits | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        read_file(content, limits or Limits())
    return refused.value


def test_paragraphs_and_tables_stand_in_their_order() -> None:
    sheet = read(
        page(
            "<p>UBND TỈNH<br>AN GIANG</p><table><tr><th>STT<th>Tên xã<tr><td>1<td> Sơn\n  Hà </table><div>Ký tên</div>"
        )
    )
    assert sheet.rows == [["UBND TỈNH"], ["AN GIANG"], ["STT", "Tên xã"], ["1", "Sơn Hà"], ["Ký tên"]]
    assert [sheet.place(row, 0) for row in (1, 3, 4)] == ["Đoạn văn!A2", "Bảng 1!A2", "Đoạn văn!A3"]


def test_spans_are_ranges_and_push_the_cells_beside_them() -> None:
    sheet = read(
        page(
            "<table><tr><td rowspan=2>STT<td colspan=2>Trong đó<td rowspan=2>Ghi chú"
            "<tr><td>a<td>b<tr><td>1<td>2<td>3<td>x</table>"
        )
    )
    assert sheet.rows == [["STT", "Trong đó", "", "Ghi chú"], ["", "a", "b"], ["1", "2", "3", "x"]]
    assert sorted(sheet.merged) == [((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (1, 3))]


def test_a_span_that_reaches_out_of_the_table_ends_with_it() -> None:
    sheet = read(page("<table><tr><td rowspan=9>a<td>b<tr><td>c</table>"))
    assert sheet.merged == [((0, 0), (1, 0))]


def test_line_breaks_inside_a_cell_are_kept_and_scripts_are_not_text() -> None:
    sheet = read(page("<script>alert(1)</script><table><tr><td>dòng<br>hai<p>ba</p><style>x</style></table>"))
    assert sheet.rows == [["dòng\nhai\nba"]]


def test_a_table_inside_a_cell_follows_as_a_table_of_its_own() -> None:
    sheet = read(page("<table><tr><td>ngoài<table><tr><td>trong</table></table>"))
    assert (sheet.rows, [name for name, _ in sheet.row_names or ()]) == ([["ngoài"], ["trong"]], ["Bảng 1", "Bảng 2"])


def test_the_number_that_excel_writes_beside_the_text_counts() -> None:
    sheet = read(page('<table><tr><td x:num="0.41666">41,7%<td x:num="3193">3.193<td x:num>12</table>'))
    assert sheet.rows == [[0.41666, 3193.0, "12"]]
    assert sheet.percent_cells == {(0, 0)}


def test_hidden_rows_are_read_and_said_to_be_hidden() -> None:
    sheet = read(page("<table><tr><td>a<tr style='display:none'><td>b</table>"))
    assert (sheet.rows, sheet.hidden_rows) == ([["a"], ["b"]], {1})


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("", "<td><font face='.VnTime'>B¸o"),
        ("", "<td style=\"font-family:'.VnTime'\">B¸o"),
        ("<style><!-- .xl24 {color:red; font-family:.VnTime, serif;} --></style>", "<td class=xl24>B¸o"),
        ("<style>td {font-family:.VnTime}</style>", "<td>B¸o"),
    ],
)
def test_a_font_from_before_unicode_is_named_wherever_it_is_written(head: str, cell: str) -> None:
    assert read(page(f"<table><tr>{cell}</table>", head)).legacy_fonts == {(0, 0): ".VnTime"}


@pytest.mark.parametrize("declared", ["utf-8", "windows-1252", "windows-1258"])
def test_text_that_is_utf8_is_so_whatever_the_page_says(declared: str) -> None:
    assert read(page("<p>Mỹ Hòa</p>", f"<meta charset={declared}>")).rows == [["Mỹ Hòa"]]


def test_other_encodings_are_taken_from_their_mark_or_the_page() -> None:
    text = "<html><head><meta charset='windows-1258'></head><p>Đ\u00f4ng H\u00e0</p></html>"
    assert read(text.encode("utf-16")).rows == [["Đông Hà"]]
    assert read(text.encode("cp1258")).rows == [["Đông Hà"]]


def test_a_page_saved_as_one_file_is_the_page_in_it() -> None:
    encoded = base64.encodebytes(page("<p>Mỹ Hòa</p>")).decode()
    content = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="cut"\r\n\r\n--cut\r\n'
        'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + encoded
        + "--cut--\r\n"
    )
    assert read(content.encode()).rows == [["Mỹ Hòa"]]


def test_a_page_cut_off_inside_a_table_is_refused() -> None:
    assert refusal(b"<html><table><tr><td>12").rule == "unreadable_file"


def test_frames_are_not_fetched() -> None:
    cells = read_file(page("<iframe src='http://a.vn/b'></iframe><p>a</p>"), Limits())
    assert [remark.rule for remark in cells.remarks] == ["ignored_content"]


def test_spans_without_end_and_elements_without_bottom_are_refused() -> None:
    wide = page("<table>" + "<tr><td colspan=1000>a</tr>" * 100 + "</table>")
    error = refusal(wide, Limits(cells=5000))
    assert (error.rule, "tối đa 5.000 ô" in error.detail) == ("file_too_large", True)
    for deep in ("<div>" * 5000, "<table><tr><td>" * 90 + "</table>" * 90):
        assert refusal(page(deep)).rule == "hostile_file"
    assert refusal(page("<div>" * 20), Limits(nesting=10)).detail == "các phần tử hoặc bảng lồng nhau quá 10 cấp"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("501<sup>1</sup>", "501"),
        ("501<sub>b</sub>", "501"),
        ("501<sup>(1)</sup>", "501 ^(1)^"),
        ("501<sup>**</sup>", "501"),
        ("Sơn<sup>1</sup> Hà", "Sơn Hà"),
        ("501<span style='vertical-align: super'>1</span>", "501"),
        ("501<font class=font6>1</font>", "501"),
        ("501<sup>ước tính</sup>", "501 ước tính"),
        ("5<sup>1</sup>013", "5 ^1^ 013"),
        ("501<sup>123 456</sup>", "501 ^123 456^"),
        ("<sup>501</sup>", "^501^"),
    ],
)
def test_raised_text_never_joins_a_number_and_footnote_marks_are_left_out(cell: str, text: str) -> None:
    sheet = read(page(f"<table><tr><td>{cell}</table>", "<style>.font6 {vertical-align:super}</style>"))
    assert sheet.rows == [[text]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td><strike>40</strike>", "~~40~~"),
        ("<td><s>40</s> 45", "~~40~~ 45"),
        ("<td>5<del>4</del><del>0</del>", "5~~40~~"),
        ("<td><s>40<br>41<sup>1</sup></s>", "~~40~~\n~~41~~"),
        ("<td><span style='text-decoration:line-through'>40</span>", "~~40~~"),
        ("<td class=xl24 x:num='40'>40", "~~40~~"),
        ("<td x:num='40'><s>40</s>", "~~40~~"),
    ],
)
def test_struck_out_text_is_kept_but_is_no_number(cell: str, text: str) -> None:
    head = "<style>.xl24 {text-decoration:underline line-through}</style>"
    assert read(page(f"<table><tr>{cell}</table>", head)).rows == [[text]]


def test_a_line_through_a_row_or_a_paragraph_goes_through_all_of_it() -> None:
    sheet = read(page("<p><s>Ngày 31</s></p><table><tr style='text-decoration:line-through'><td>1<td>2</table>"))
    assert sheet.rows == [["~~Ngày 31~~"], ["~~1~~", "~~2~~"]]
