"""PDF files with a text layer; drawn by hand, so that no font file is needed."""

from __future__ import annotations

import zlib

import pytest

from pipelines.readers import Limits, SheetCells, UnreadableFile, read_file
from tests.corpus.grids import grid
from tests.corpus.paper import pdf, scan

HEADER = """
STT | Tên xã | Trong đó | <
^   | ^      | đạt      | chưa
"""
FIRST = grid(HEADER + "'1 | Xã Sơn⏎Hà | '3.193 | '4")
SECOND = grid(HEADER + "'2 | Xã An Phú | '5 | '6\nTổng cộng | < | '3.198 | '10")


def read(content: bytes) -> SheetCells:
    cells = read_file(content, Limits())
    assert cells.format == "pdf"
    (sheet,) = cells.sheets
    return sheet


def refusal(content: bytes, limits: Limits | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        read_file(content, limits or Limits())
    return refused.value


def drawn(stream: bytes, settings: bytes = b"", count: int = 1) -> bytes:
    """Pages that all draw this stream, set in a font whose letters are those of ASCII."""
    pages = b" ".join(b"%d 0 R" % (5 + number) for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (pages, count),
        b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(stream), settings, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    objects += [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>"
    ] * count
    content, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    content += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(content)


def written(*lines: tuple[int, int, str]) -> bytes:
    """Texts at (left, height above the bottom)."""
    return b"\n".join(b"BT /F1 10 Tf %d %d Td (%b) Tj ET" % (x, y, text.encode()) for x, y, text in lines)


def test_lines_and_ruled_tables_stand_in_the_order_of_the_page() -> None:
    sheet = read(pdf(["UBND TỈNH AN GIANG", FIRST, "NGƯỜI LẬP BIỂU"]))
    assert sheet.rows == [
        ["UBND TỈNH AN GIANG"],
        ["STT", "Tên xã", "Trong đó", ""],
        ["", "", "đạt", "chưa"],
        ["1", "Xã Sơn\nHà", "3.193", "4"],
        ["NGƯỜI LẬP BIỂU"],
    ]
    assert sorted(sheet.merged) == [((1, 0), (2, 0)), ((1, 1), (2, 1)), ((1, 2), (1, 3))]
    assert [sheet.place(row, 1) for row in (0, 3, 4)] == [
        "Trang 1, đoạn văn!B1",
        "Trang 1, bảng 1!B3",
        "Trang 1, đoạn văn!B2",
    ]


def test_a_table_goes_on_over_the_page_break_without_its_header() -> None:
    sheet = read(pdf(["UBND", FIRST], [SECOND, "Ký tên"]))
    assert [row[0] for row in sheet.rows] == ["UBND", "STT", "", "1", "2", "Tổng cộng", "Ký tên"]
    assert sheet.place(4, 2) == "Trang 2, bảng 1!C3"
    assert ((5, 0), (5, 1)) in sheet.merged


def test_another_table_on_the_next_page_keeps_its_header() -> None:
    other = grid("STT | Ghi chú\n'1 | a")
    assert [row[0] for row in read(pdf([FIRST], [other])).rows] == ["STT", "", "1", "STT", "1"]


def test_texts_that_stand_apart_in_a_line_are_not_glued_together() -> None:
    sheet = read(drawn(written((40, 700, "UBND TINH AN GIANG"), (300, 700, "CONG HOA"), (40, 680, "SO NOI VU"))))
    assert sheet.rows == [["UBND TINH AN GIANG", "CONG HOA"], ["SO NOI VU"]]


def test_a_table_without_rules_is_found_by_its_columns() -> None:
    lines = [(40, 650, "STT"), (100, 650, "Ten xa"), (300, 650, "So")]
    for number, name in enumerate(("Son Ha", "An Phu", "My Hoa")):
        lines += [(40, 630 - 20 * number, str(number + 1)), (100, 630 - 20 * number, name)]
        lines += [(300, 630 - 20 * number, str(10 * number))] * (number != 1)
    sheet = read(drawn(written((40, 700, "BAO CAO"), *lines)))
    assert sheet.rows == [
        ["BAO CAO"],
        ["STT", "Ten xa", "So"],
        ["1", "Son Ha", "0"],
        ["2", "An Phu", ""],
        ["3", "My Hoa", "20"],
    ]


def test_page_numbers_are_no_part_of_the_report() -> None:
    page = written((300, 780, "Bieu 02"), (40, 400, "noi dung"), (300, 20, "Trang 1/2"))
    assert read(drawn(page, count=2)).rows == [["Bieu 02"], ["noi dung"], ["noi dung"]]


def test_a_scan_is_refused_with_what_to_send_instead() -> None:
    assert (refusal(scan()).rule, refusal(scan()).detail) == ("scanned_file", "bản quét lưu thành PDF")


def test_a_file_without_its_end_or_without_pages_is_refused() -> None:
    for content in (pdf(["a"])[:-30], b"%PDF-1.7\n%%EOF"):
        assert refusal(content).rule == "unreadable_file"


def test_a_password_is_named() -> None:
    encrypted = drawn(written((40, 700, "a"))).replace(
        b"trailer << ",
        b"trailer << /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /Length 40 /O <%b> /U <%b> >> "
        % (b"41" * 32, b"42" * 32),
    )
    assert refusal(encrypted).detail == "tệp đặt mật khẩu"


def test_too_many_pages_are_refused() -> None:
    error = refusal(drawn(written((40, 700, "a")), count=5), Limits(pages=4))
    assert (error.rule, error.detail) == ("file_too_large", "5 trang, tối đa 4 trang")


def test_a_drawing_without_end_is_stopped() -> None:
    content = drawn(zlib.compress(b"0 0 m 1 1 l S " * 2_000_000), b"/Filter /FlateDecode")
    error = refusal(content, Limits(pdf_seconds=1))
    assert (error.rule, "không đọc xong trong 1 giây" in error.detail) == ("file_too_large", True)


def test_a_stream_that_unpacks_to_more_than_memory_is_stopped() -> None:
    content = drawn(zlib.compress(bytes(150_000_000)), b"/Filter /FlateDecode")
    assert refusal(content, Limits(pdf_memory_bytes=300_000_000)).rule == "file_too_large"
