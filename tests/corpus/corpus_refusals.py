"""Files that cannot be read or are no report of ours: each gets a clear answer."""

from __future__ import annotations

import struct
from functools import partial

from tests.corpus.documents import word
from tests.corpus.grids import Grid, grid
from tests.corpus.kinds import File, Remark, SetAside, case
from tests.corpus.paper import scan
from tests.corpus.spreadsheets import xlsx
from tests.readers.workbooks import packed

REFUSED = ("rejected",)
TABLE = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Long Xuyên | 61 | 58
    """
)
LETTER = (
    "UBND TỈNH AN GIANG",
    "SỞ NỘI VỤ",
    "V/v đề nghị gia hạn báo cáo",
    "Kính gửi: Bộ Nội vụ",
    "Thực hiện Công văn số 310/BNV-CQĐP, Sở Nội vụ đề nghị được gửi báo cáo tính đến ngày 13/02/2026 chậm 05 ngày.",
    "Trân trọng./.",
)
UNKNOWN = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    BIỂU THEO DÕI CHUYỂN ĐỔI SỐ
    STT | Xã, phường | Số máy quét | Số chữ ký số | Số ki-ốt tra cứu
    1 | Phường Long Xuyên | 12 | 40 | 3
    2 | Phường Châu Đốc | 9 | 33 | 2
    3 | Xã An Phú | 4 | 20 | 1
    """,
    "CĐS",
)
NO_UNITS = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    DANH SÁCH LÃNH ĐẠO DỰ HỌP
    STT | Họ và tên | Chức vụ | Điện thoại
    1 | Nguyễn Văn A | Chủ tịch | '0913000001
    2 | Trần Thị B | Phó Chủ tịch | '0913000002
    """,
    "DS",
)
OUR_HEADER_NO_ROWS = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | | |
    2 | | |
    """,
    "BC",
)


def compound(stream: str) -> bytes:
    """A compound file of Office 97 with one named stream of zeros, whole in its directory and sector table."""
    entry = stream.encode("utf-16-le")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *([0xFFFFFFFF] * 108))
    sectors = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE, *([0xFFFFFFFF] * 118))

    def item(name: bytes, kind: int, child: int, start: int, size: int) -> bytes:
        return (
            name.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(name) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = item("Root Entry".encode("utf-16-le"), 5, 1, 0xFFFFFFFE, 0) + item(entry, 2, 0xFFFFFFFF, 2, 4096)
    return header + sectors + directory.ljust(512, b"\0") + bytes(4096)


def refused(content: bytes, name: str, *rules: str) -> File:
    return File(lambda: content, name=name, status=REFUSED, set_aside=(SetAside("tệp", rules),))


def strange(content: Grid, name: str) -> File:
    return File(partial(xlsx, content), name=name, status=("needs_review",), province="91", set_aside=(SetAside(""),))


CASES = (
    case("a document of Word 97", ".doc", refused(compound("WordDocument"), "bao cao.doc", "unsupported_format")),
    case("a scanned PDF", "scan", refused(scan(), "scan0001.pdf")),
    case("a photo of a report", "scan", refused(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500), "IMG_2031.jpg")),
    case(
        "a workbook with a password",
        "password",
        refused(compound("EncryptedPackage"), "An Giang.xlsx", "unreadable_file", "unsupported_format"),
    ),
    case(
        "archives",
        "archive",
        refused(packed({"An Giang.xlsx": xlsx(TABLE)}), "An Giang.zip"),
        refused(b"Rar!\x1a\x07\x01\x00" + bytes(200), "An Giang.rar"),
        refused(b"7z\xbc\xaf\x27\x1c" + bytes(200), "An Giang.7z"),
    ),
    case(
        "empty, cut and foreign bytes",
        "damaged",
        refused(b"", "An Giang.xlsx", "unreadable_file"),
        refused(xlsx(TABLE)[:3000], "An Giang (1).xlsx", "unreadable_file"),
        refused(bytes(range(256)) * 4, "An Giang (2).xlsx", "unsupported_format", "unreadable_file"),
        refused(b"%PDF-1.7\n%cut off", "An Giang.pdf", "unreadable_file", "unsupported_format"),
    ),
    case(
        "a letter that reports nothing",
        "no report",
        File(
            lambda: word(*LETTER),
            name="xin gia han.docx",
            status=("rejected", "needs_review"),
            province=None,
            set_aside=(SetAside("", ("unknown_form",)),),
        ),
    ),
    case(
        "a table of communes with headings that nobody knows: a person maps it once",
        "new shape",
        strange(UNKNOWN, "An Giang CDS.xlsx"),
    ),
    case(
        "a list of people is no report",
        "no report",
        File(
            lambda: xlsx(NO_UNITS),
            status=("rejected", "needs_review"),
            set_aside=(SetAside("", ("unknown_form", "new_shape")),),
        ),
    ),
    case(
        "a known table without a single figure: nothing is taken, and the sender is told",
        "zero and blank; no report",
        File(
            lambda: xlsx(OUR_HEADER_NO_ROWS),
            status=("accepted", "rejected", "needs_review"),
            remarks=(Remark("", why="the form came back empty"),),
        ),
    ),
)
