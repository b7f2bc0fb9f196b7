"""Text tables: whatever the encoding and the separator, the same cells at the same places, all of them text."""

from __future__ import annotations

import unicodedata

import pytest

from pipelines.readers import FileCells, Limits, UnreadableFile, read_file

REPORT = "UBND TỈNH AN GIANG\r\nSTT;Tên xã;Tỉ lệ\r\n1;Sơn Hà;3,5\r\n2;Mỹ Hòa Hưng;41,6%\r\n"
ROWS = [["UBND TỈNH AN GIANG"], ["STT", "Tên xã", "Tỉ lệ"], ["1", "Sơn Hà", "3,5"], ["2", "Mỹ Hòa Hưng", "41,6%"]]
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def read(content: bytes) -> FileCells:
    return read_file(content, Limits())


def rows(text: str) -> list[list[object]]:
    (sheet,) = read(text.encode()).sheets
    return [list(row) for row in sheet.rows]


def code_page_1258(text: str) -> bytes:
    """The text as Windows wrote it before Unicode: tones are marks of their own after their letter."""
    content = b""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        content += (plain + "".join(part for part in parts if part in _TONES)).encode("cp1258")
    return content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_of_unicode_is_found_with_or_without_its_mark(encoding: str) -> None:
    cells = read(REPORT.encode(encoding))
    assert (cells.format, cells.sheets[0].name, cells.sheets[0].rows) == ("csv", "CSV", ROWS)


def test_code_page_1258_is_found_and_composed() -> None:
    assert read(code_page_1258(REPORT)).sheets[0].rows == ROWS


@pytest.mark.parametrize("line", [b"X\xb7 S\xac n H\xb5", b"Xa\xf5 S\xf4n Ha\xf8, Huye\xe4n \xd1o\xe2ng Ba\xef\x74"])
def test_letters_of_fonts_from_before_unicode_stay_what_they_are(line: bytes) -> None:
    """Which letters they mean is decided per column, by who knows the names that may stand there."""
    assert read(b"STT;X\xb7\n1;" + line).sheets[0].cell(1, 1) == line.decode("cp1252")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_is_found(separator: str) -> None:
    assert rows(f"STT{separator}Tên\n1{separator}Sơn Hà\n") == [["STT", "Tên"], ["1", "Sơn Hà"]]


def test_decimal_commas_are_no_separators_even_where_they_are_more_frequent() -> None:
    text = "STT;Tên;Tỉ lệ\n" + "".join(f"{n};xã, {n};{n},5\n" for n in range(1, 9))
    assert rows(text)[1] == ["1", "xã, 1", "1,5"]


def test_quotes_hold_separators_quotes_and_line_breaks() -> None:
    assert rows('STT,Tên,Số\n1,"Xã ""A"", ấp\n2","3,5"\n') == [["STT", "Tên", "Số"], ["1", 'Xã "A", ấp\n2', "3,5"]]


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest() -> None:
    assert rows('STT;Tên\n1;"Sơn Hà\n2;Mỹ Hòa\n') == [["STT", "Tên"], ["1", '"Sơn Hà'], ["2", "Mỹ Hòa"]]


def test_a_first_line_that_names_the_separator_is_followed_and_is_no_row() -> None:
    assert rows("sep=|\r\na;b|c\r\n1;2|3\r\n") == [["a;b", "c"], ["1;2", "3"]]


def test_blank_lines_keep_their_place() -> None:
    assert rows("a;b\n\n1;2\n") == [["a", "b"], [], ["1", "2"]]


def test_a_letter_is_one_column_of_lines() -> None:
    assert rows("Kính gửi Bộ Nội vụ\nTỉnh xin báo cáo.\n") == [["Kính gửi Bộ Nội vụ"], ["Tỉnh xin báo cáo."]]


def test_a_row_with_more_fields_than_columns_is_not_spread_over_wrong_columns() -> None:
    cells = read("STT,Tên,Tỉ lệ\n1,Sơn Hà,3\n2,Mỹ Hòa,4,5\n3,An Phú,6\n".encode())
    assert cells.sheets[0].rows[2] == ["2,Mỹ Hòa,4,5"]
    (remark,) = cells.remarks
    assert (remark.rule, remark.place, remark.given) == ("ragged_row", "CSV!A3", "2,Mỹ Hòa,4,5")
    assert remark.detail == "4 ô, bảng chỉ có 3 cột"


def test_an_empty_last_field_does_not_hide_a_surplus_one() -> None:
    """`3,193` in a file separated by commas, with nothing in the column of remarks."""
    cells = read("STT,Mã,Tên,Số,Ghi chú\n1,30292,Bình Đức,30,\n2,30301,Mỹ Thới,3,193,\n".encode())
    assert cells.sheets[0].rows[2] == ["2,30301,Mỹ Thới,3,193,"]
    assert [(remark.rule, remark.place, remark.detail) for remark in cells.remarks] == [
        ("ragged_row", "CSV!A3", "6 ô, bảng chỉ có 5 cột")
    ]


def test_the_header_counts_even_where_most_rows_are_wider() -> None:
    cells = read("STT,Tên,Số,Ghi chú\n1,A,1,193,\n2,B,2,040,\n3,C,1,300,\n".encode())
    assert [remark.place for remark in cells.remarks] == ["CSV!A2", "CSV!A3", "CSV!A4"]


def test_a_separator_at_the_end_of_every_line_is_no_surplus() -> None:
    cells = read(b"STT,Ten,\n1,A,\n2,B,\n,,,,\nGhi chu,,,,,\n")
    assert not cells.remarks
    assert cells.sheets[0].cell(2, 1) == "B"


def test_a_second_table_has_its_own_width() -> None:
    cells = read(b"STT,Ten\n1,A\n\nSTT,Ten,So,Dat\n1,A,3,4\n2,B,3,5,6\n3,C,3,4\n4,D,3,4\n")
    assert [remark.place for remark in cells.remarks] == ["CSV!A6"]


def test_a_section_inside_a_table_changes_no_width() -> None:
    cells = read(b"STT;Ten;So\nI;Phuong\n1;A;3\nII;Xa\n2;B;4\n")
    assert not cells.remarks


def test_a_line_of_separators_is_a_line_of_cells() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_file(b";" * 6000, Limits(cells=5000))
    assert (refused.value.rule, "tối đa 5.000 ô" in refused.value.detail) == ("file_too_large", True)


@pytest.mark.parametrize("text", [f'a;b\n"{"x" * 200_000}";1\n', f"a;b\n{'x' * 40_000};1\n"])
def test_a_field_without_end_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(text.encode())
    assert (refused.value.rule, "32.767 ký tự" in refused.value.detail) == ("file_too_large", True)
