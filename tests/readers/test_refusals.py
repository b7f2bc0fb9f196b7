"""Files that can't be taken: each is refused under the name of a rule, in words that the sender understands."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.readers import Limits, UnreadableFile, read_file
from tests.readers.workbooks import FIRST_SHEET, book, packed, replaced, saved, unpacked, with_cell

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
LIMITS = Limits(file_bytes=200_000, expanded_bytes=400_000, cells=5_000, archive_entries=100)
RULES = {"unreadable_file", "unsupported_format", "file_too_large", "hostile_file", "packed_file"}


def refusal(content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        read_file(content, LIMITS)
    return refused.value


def libre_office(kind: str) -> bytes:
    """An archive that says of itself in its first entry which of LibreOffice's formats it is."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    return target.getvalue()


def report() -> bytes:
    return saved(book({"A1": "STT", "B2": 12}))


@pytest.mark.parametrize(
    ("content", "words", "fix"),
    [
        (packed({"ppt/presentation.xml": b"<p/>"}), "PowerPoint (.pptx)", ".xlsx"),
        (packed({"xl/workbook.bin": b""}), "Excel nhị phân (.xlsb)", ".xlsx"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word 97–2003 (.doc)", ".docx"),
        (OLE, "Office 97–2003 không phải bảng tính", ".xlsx"),
        (b"{\\rtf1", "văn bản RTF (.rtf)", ".docx"),
        (libre_office("text"), "LibreOffice Writer (.odt)", ".docx"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", "Word lưu thành XML", ".docx"),
        (b"<?xml version='1.0'?><data/>", "XML không phải bảng tính", ".xlsx"),
        (b"\x00\x01\x02", "không xác định", "đính kèm nhầm"),
    ],
)
def test_another_format_is_called_by_its_name_and_the_sender_told_what_to_save_it_as(
    content: bytes, words: str, fix: str
) -> None:
    error = refusal(content)
    assert (error.rule, error.given) == ("unsupported_format", words)
    assert fix in error.detail


@pytest.mark.parametrize(
    "start",
    [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM\x00\x10\x00\x00" + bytes(8)],
)
def test_a_photo_is_no_text(start: bytes) -> None:
    assert (refusal(start).rule, refusal(start).detail) == ("scanned_file", "ảnh chụp hoặc ảnh quét")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (packed({"ghi chu.txt": b""}), "tệp nén (.zip)"),
        (packed({"bao cao.xlsx": packed({"xl/workbook.xml": b""})}), "tệp nén (.zip)"),
        (b"Rar!\x1a\x07", "tệp nén (.rar, .7z, .gz)"),
        (b"7z\xbc\xaf\x27\x1c", "tệp nén (.rar, .7z, .gz)"),
    ],
)
def test_an_archive_is_to_be_unpacked_by_its_sender(content: bytes, words: str) -> None:
    assert (refusal(content).rule, refusal(content).detail) == ("packed_file", words)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 nothing else",
        report()[:-40],
        report()[: len(report()) // 2],
        replaced(report(), {b"</sheetData>": b""}),
        replaced(report(), {b'r="B2"': b'r="B99999999999"'}),
        replaced(report(), {b'r="B2"': b'r="BBBBBB2"'}),
        with_cell('<c r="C3" t="n"><v>không phải số</v></c>'),
        with_cell('<c r="C3" t="s"><v>99</v></c>'),
        replaced(report(), {b"<workbook ": b"<workbook"}, part="xl/workbook.xml"),
    ],
)
def test_damaged_files_are_refused_without_the_words_of_a_library(content: bytes) -> None:
    error = refusal(content)
    assert (error.rule, error.detail) == ("unreadable_file", "tệp bị hỏng hoặc bị cắt khi gửi")
    assert error.detail_en


def test_an_empty_file_is_called_empty() -> None:
    assert (refusal(b"").rule, refusal(b"").detail) == ("unreadable_file", "tệp rỗng (0 byte)")


def test_a_password_is_named_as_the_reason() -> None:
    encrypted = bytearray(report())
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    for content in (OLE + "EncryptedPackage".encode("utf-16-le"), bytes(encrypted)):
        assert (refusal(content).rule, refusal(content).detail) == ("unreadable_file", "tệp đặt mật khẩu")


def test_a_part_whose_bytes_were_damaged_on_the_way() -> None:
    content = bytearray(packed({**unpacked(report()), FIRST_SHEET: unpacked(report())[FIRST_SHEET] + b" " * 4000}))
    start = content.index(FIRST_SHEET.encode()) + len(FIRST_SHEET)
    content[start + 20 : start + 60] = bytes(40)
    assert refusal(bytes(content)).rule == "unreadable_file"


def test_a_file_over_the_size_limit_is_not_even_opened() -> None:
    error = refusal(b"\x00" * 200_001)
    assert error.rule == "file_too_large"
    assert error.detail == "0,2 MB, tối đa 0,2 MB"


def test_a_bomb_is_refused_by_its_expanded_size() -> None:
    error = refusal(packed({**unpacked(report()), "xl/media/image1.bin": bytes(500_000)}))
    assert error.rule == "file_too_large"
    assert "sau khi giải nén" in error.detail


@pytest.mark.parametrize("part", [FIRST_SHEET, "xl/sharedStrings.xml", "xl/media/image1.bin"])
@pytest.mark.parametrize(("size", "rule"), [(5_000_000, "file_too_large"), (200_000, "unreadable_file")])
def test_a_bomb_that_lies_about_its_size_is_refused(part: str, size: int, rule: str) -> None:
    parts = unpacked(report())
    parts[part] = parts.get(part, b"") + b" " * size
    assert refusal(lying(packed(parts), len(parts[part]))).rule == rule


def lying(content: bytes, size: int) -> bytes:
    """The archive with this size of a part called a small one, wherever it says so, with the checksum to match."""
    forged = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := forged.find(signature, at + 1)) >= 0:
            if struct.unpack_from("<I", forged, at + offset)[0] == size:
                struct.pack_into("<I", forged, at + offset, 0)
                struct.pack_into("<I", forged, at + offset - 8, zlib.crc32(b""))
    return bytes(forged)


@pytest.mark.parametrize("far", ["XFD1048576", "ZZ100", "A6000"])
def test_one_value_far_away_is_refused_before_memory_is_allotted_for_all_between(far: str) -> None:
    error = refusal(saved(book({"A1": 1, far: 2})))
    assert error.rule == "file_too_large"
    assert "Biểu 02" in error.detail
    assert "tối đa 5.000 ô" in error.detail


def test_formatted_empty_cells_far_away_cost_nothing() -> None:
    content = with_cell('<c r="C3"><v>5</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/>')
    assert len(read_file(content, LIMITS).sheets[0].rows) == 3


def test_the_cells_of_all_sheets_count_together() -> None:
    workbook = book({"A1": 1, "Z100": 1})
    workbook.create_sheet("hai")["Z100"] = 1
    content = saved(workbook)
    assert read_file(content, replace(LIMITS, cells=5_200)).format == "xlsx"
    assert refusal(content).rule == "file_too_large"


def test_entities_are_not_expanded() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha ha ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    xml = unpacked(report())[FIRST_SHEET]
    bomb = laughs.encode() + b"]>" + xml.replace(b"<v>12</v>", b"<v>&j;</v>")
    assert refusal(packed({**unpacked(report()), FIRST_SHEET: bomb})).rule == "hostile_file"
    utf16 = bomb.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert refusal(packed({**unpacked(report()), FIRST_SHEET: utf16})).rule in ("hostile_file", "unreadable_file")


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=6000), st.binary(min_size=1, max_size=8))
def test_whatever_happens_to_the_bytes_a_file_is_read_or_refused(at: int, junk: bytes) -> None:
    content = bytearray(report())
    content[at % len(content) : at % len(content) + len(junk)] = junk
    try:
        read_file(bytes(content), LIMITS)
    except UnreadableFile as error:
        assert error.rule in RULES


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=3000), st.sampled_from([b"<", b">", b'"', b"inf", b"&a;", b"-1", b"A1:ZZ9"]))
def test_whatever_the_xml_says_a_file_is_read_or_refused(at: int, junk: bytes) -> None:
    parts = unpacked(report())
    xml = parts[FIRST_SHEET]
    at %= len(xml)
    try:
        read_file(packed({**parts, FIRST_SHEET: xml[:at] + junk + xml[at:]}), LIMITS)
    except UnreadableFile as error:
        assert error.rule in RULES


@pytest.mark.parametrize("name", ["../ngoài.xml", "/etc/passwd", "xl/../../ngoài.xml", "C:/ngoài.xml", "..\\ngoài.xml"])
def test_a_part_whose_name_leads_outside_is_refused(name: str) -> None:
    error = refusal(packed({**unpacked(report()), name: b"x"}))
    assert error.rule == "hostile_file"
    assert "trỏ ra ngoài tệp" in error.detail


def test_an_archive_hidden_inside_is_refused_but_an_embedded_workbook_is_only_left_alone() -> None:
    inside = packed({"a": b""})
    hidden = refusal(packed({**unpacked(report()), "xl/media/image1.png": inside}))
    assert (hidden.rule, "giấu bên trong" in hidden.detail) == ("hostile_file", True)
    cells = read_file(packed({**unpacked(report()), "xl/embeddings/Sổ.xlsx": inside}), LIMITS)
    assert ["tệp hoặc đối tượng nhúng" in remark.detail for remark in cells.remarks] == [True]


def test_too_many_parts_are_refused() -> None:
    error = refusal(packed({**unpacked(report()), **{f"xl/{number}": b"" for number in range(101)}}))
    assert (error.rule, "tối đa 100" in error.detail) == ("file_too_large", True)


def test_a_cell_with_more_text_than_excel_takes_is_refused_with_its_place() -> None:
    content = with_cell(f'<c r="C3" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c>')
    error = refusal(content)
    assert error.rule == "file_too_large"
    assert error.detail == "ô Biểu 02!C3 dài 32.768 ký tự, tối đa 32.767 ký tự"
    longest = with_cell(f'<c r="C3" t="inlineStr"><is><t>{"x" * 32_767}</t></is></c>')
    assert len(str(read_file(longest, LIMITS).sheets[0].cell(2, 2))) == 32_767
