"""Names of provinces as they stand in titles and rows."""

from __future__ import annotations

import unicodedata
from functools import partial

from tests.corpus.grids import Grid, grid
from tests.corpus.kinds import File, Remark, case, of, provincial
from tests.corpus.spreadsheets import xlsx


def titled(*title: str, row: str) -> Grid:
    """One commune under these title lines."""
    lines = "\n".join(title)
    return grid(f"{lines}\nTính đến ngày 13/02/2026\nSTT | Xã, phường | Biên chế giao | CBCC hiện có\n1 | {row}")


def _file(sheet: Grid, province: str, unit: str, *remarks: Remark, name: str = "bao-cao.xlsx") -> File:
    values = of(province, "staff_allocated staff_present", {unit: (40, 39)})
    return File(partial(xlsx, sheet), name=name, province=province, values=values, remarks=remarks)


ALL = (
    *("Thành phố Hà Nội", "tỉnh Cao Bằng", "TUYÊN QUANG", "Điện Biên", "Lai châu", "Sơn La", "T. Lào Cai"),
    *("Thái Nguyên", "Lạng Sơn", "Quảng Ninh", "BẮC NINH", "Phú Thọ", "Thành phố Hải Phòng", "Hưng Yên", "Ninh Bình"),
    *("Thanh Hoá", "Nghệ An", "Hà Tĩnh", "Quảng Trị", "TP Huế", "TP. Đà Nẵng", "Quảng Ngãi", "Gia Lai", "Khánh Hoà"),
    *("Đắc Lắk", "Lâm Đồng", "Ðồng Nai", "TPHCM", "Tây Ninh", "Đồng Tháp", "Vĩnh Long", "An  Giang", "Tp Cần Thơ"),
    "Cà Mau",
)
CODES = (
    *("01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25", "31", "33", "37", "38", "40"),
    *("42", "44", "46", "48", "51", "52", "56", "66", "68", "75", "79", "80", "82", "86", "91", "92", "96"),
)

THIRTY_FOUR = grid(
    "BỘ NỘI VỤ\nĐề án khuyến nông của các địa phương, tính đến ngày 13/02/2026\n"
    "STT | Địa phương | Đề án khuyến nông\n"
    + "\n".join(f"{number} | {name} | {number % 2}" for number, name in enumerate(ALL, start=1))
)

CASES = (
    case(
        "all 34 provinces as people write them, as rows",
        "every name; all provinces; hoà; Ð",
        File(
            lambda: xlsx(THIRTY_FOUR),
            values={
                key: value
                for number, each in enumerate(CODES, start=1)
                for key, value in provincial(each, {"extension_scheme_drafted": number % 2}).items()
            },
        ),
    ),
    case(
        "Hồ Chí Minh City in three spellings",
        "abbreviation",
        _file(titled("UBND TP. HCM", row="Phường Sài Gòn | 40 | 39"), "79", "Phường Sài Gòn"),
        _file(titled("UBND Tp Hồ Chí Minh", row="P. Bến Thành | 40 | 39"), "79", "Phường Bến Thành"),
        _file(titled("UBND TPHCM", "SỞ NỘI VỤ", row="Phường Chợ Lớn | 40 | 39"), "79", "Phường Chợ Lớn"),
    ),
    case(
        "the old name of Huế is taken with a remark",
        "Thừa Thiên - Huế",
        _file(
            titled("UBND TỈNH THỪA THIÊN - HUẾ", row="Phường Vỹ Dạ | 40 | 39"),
            "46",
            "Phường Vỹ Dạ",
            Remark("THỪA THIÊN", ("unit_old_name",)),
        ),
    ),
    case(
        "provinces that were merged: the present one is meant, with a remark",
        "old province name",
        _file(
            titled("UBND TỈNH KIÊN GIANG", row="Phường Rạch Giá | 40 | 39"),
            "91",
            "Phường Rạch Giá",
            Remark("KIÊN GIANG", ("unit_old_name",)),
        ),
        _file(
            titled("ỦY BAN NHÂN DÂN", "TỈNH BÌNH THUẬN (cũ)", row="Đặc khu Phú Quý | 40 | 39"),
            "68",
            "Đặc khu Phú Quý",
            Remark("BÌNH THUẬN", ("unit_old_name",)),
        ),
        _file(
            titled("SỞ NỘI VỤ TỈNH BẮC CẠN", row="Phường Bắc Kạn | 40 | 39"),
            "19",
            "Phường Bắc Kạn",
            Remark("BẮC CẠN", ("unit_old_name",)),
        ),
    ),
    case(
        "the name of the province on two lines, and in decomposed letters",
        "line break in a cell; NFD",
        _file(
            titled("ỦY BAN NHÂN DÂN⏎TỈNH QUẢNG NGÃI", row="Đặc khu Lý Sơn | 40 | 39"),
            "51",
            "Đặc khu Lý Sơn",
        ),
        _file(
            titled(unicodedata.normalize("NFD", "UBND TỈNH KHÁNH HOÀ"), row="Phường Nha Trang | 40 | 39"),
            "56",
            "Phường Nha Trang",
        ),
    ),
    case(
        "a title without signs, and one with the directorate only",
        "no diacritics; every name",
        _file(titled("UBND TINH CAO BANG", row="Xã Bảo Lạc | 40 | 39"), "04", "Xã Bảo Lạc"),
        _file(titled("SỞ NỘI VỤ NGHỆ AN", row="Phường Cửa Lò | 40 | 39"), "40", "Phường Cửa Lò"),
    ),
    case(
        "two provinces that differ by one letter, Thanh Hóa beside Thái Bình's heir",
        "every name",
        _file(titled("UBND TỈNH HÀ TĨNH", row="Xã Kỳ Anh | 40 | 39"), "42", "Xã Kỳ Anh"),
        _file(
            titled("UBND TỈNH THÁI BÌNH", row="Xã Tiên Lữ | 40 | 39"),
            "33",
            "Xã Tiên Lữ",
            Remark("THÁI BÌNH", ("unit_old_name",)),
        ),
    ),
)
