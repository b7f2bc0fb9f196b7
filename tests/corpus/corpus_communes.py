"""Names of communes as they are typed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from tests.corpus.grids import Grid, grid
from tests.corpus.kinds import File, SetAside, case, of
from tests.corpus.spreadsheets import xlsx


def people(province: str, *lines: str) -> Grid:
    """A small table of staff; each line is `name | allocated | present`, with a code before the name if it has one."""
    coded = any(line.count("|") == 3 for line in lines)
    header = "STT | Mã xã | Tên xã, phường, đặc khu | Biên chế giao | CBCC hiện có" if coded else ""
    header = header or "STT | Tên xã, phường, đặc khu | Biên chế giao | CBCC hiện có"
    rows = "\n".join(f"{number} | {line}" for number, line in enumerate(lines, start=1))
    return grid(f"UBND {province}\nTính đến ngày 13/02/2026\n{header}\n{rows}")


def decomposed(sheet: Grid) -> Grid:
    """Every letter apart from its signs (NFD), as macOS writes them."""
    rows = [
        [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows
    ]
    return replace(sheet, rows=rows)


STAFF = "staff_allocated staff_present"

UPPER = people(
    "TỈNH AN GIANG",
    "PHƯỜNG LONG XUYÊN | 61 | 58",
    "XÃ MỸ HÒA HƯNG | 40 | 38",
    "XÃ ÓC EO | 41 | 41",
    "ĐẶC KHU PHÚ QUỐC | 98 | 91",
)
AN_GIANG = of(
    "91",
    STAFF,
    {
        "Phường Long Xuyên": (61, 58),
        "Xã Mỹ Hòa Hưng": (40, 38),
        "Xã Óc Eo": (41, 41),
        "Đặc khu Phú Quốc": (98, 91),
    },
)
SHORT = people(
    "TỈNH AN GIANG",
    "P. Long Xuyên | 61 | 58",
    "X.Mỹ Hoà Hưng | 40 | 38",
    "xã Óc  Eo | 41 | 41",
    "ĐK Phú Quốc | 98 | 91",
)
OFFICES = people(
    "TỈNH AN GIANG",
    "UBND phường Long Xuyên | 61 | 58",
    "UBND xã Mỹ Hòa Hưng | 40 | 38",
    "Ủy ban nhân dân xã Óc Eo | 41 | 41",
    "UBND đặc khu Phú Quốc | 98 | 91",
)
BARE = people("TỈNH AN GIANG", "Long Xuyên | 61 | 58", "Mỹ Hòa Hưng | 40 | 38", "Óc Eo | 41 | 41", "Phú Quốc | 98 | 91")
UNSIGNED = people(
    "TỈNH AN GIANG",
    "Phuong Long Xuyen | 61 | 58",
    "Xa My Hoa Hung | 40 | 38",
    "XA OC EO | 41 | 41",
    "Dac khu Phu Quoc | 98 | 91",
)
STRANGE_LETTERS = people(
    "TỈNH ĐẮK LẮK",
    "Xã Ea H’Leo | 40 | 39",
    "Xã\u00a0Cư  M‘gar | 41 | 40",
    "Xã\u200b Ðắk Liêng | 39 | 38",
    "Xã⏎Ea Kar | 42 | 42",
    "Xã Еа Kly | 37 | 36",
    "Ｐhường Buôn Hồ | 50 | 49",
)
AMBIGUOUS = people(
    "TỈNH QUẢNG NGÃI",
    "Xã Sơn Hà | 40 | 38",
    "Xa Son Ha | 41 | 37",
    "Xã Ba Tô | 36 | 35",
    "Ba To | 35 | 33",
    "Phường Kon Tum | 60 | 60",
)
TYPOS = people(
    "TỈNH THANH HÓA",
    "Phường Hạc Thàn | 60 | 57",
    "Xã Mường Lat | 33 | 30",
    "Xã Quan Sơn | 34 | 31",
    "Xã Sơn Thuỷ | 32 | 29",
)
OTHERS = people(
    "TỈNH AN GIANG",
    "'30307 | Phường Long Xuyên | 61 | 58",
    "'31825 | Phường Bạc Liêu | 50 | 48",
    "'99999 | Xã Không Tên | 40 | 40",
    "'30337 | Xã An Phú | 42 | 37",
)
OTHERS_BY_NAME = people("TỈNH AN GIANG", "Phường Châu Đốc | 55 | 55", "Phường Ninh Kiều | 70 | 66")
OLD_COMMUNES = people(
    "TỈNH AN GIANG",
    "Phường Mỹ Bình | 21 | 20",
    "Xã Vĩnh Thạnh Trung | 43 | 41",
    "Thị trấn Cái Dầu | 20 | 19",
    "Phường Tân Châu | 50 | 47",
)
SWAPPED = people(
    "TỈNH AN GIANG",
    "'30307 | Phường Châu Đốc | 61 | 58",
    "'30337 | An Phu | 42 | 37",
)
LOST_ZERO = people(
    "THÀNH PHỐ HÀ NỘI",
    "4 | Phường Ba Đình | 70 | 66",
    "376 | Xã Sóc Sơn | 50 | 50",
    "'00226 | Phường Văn Miếu – Quốc Tử Giám | 60 | 59",
)
GLUED = people(
    "THÀNH PHỐ HÀ NỘI",
    "Phường Ba Đình (00004) | 70 | 66",
    "00376 - Xã Sóc Sơn | 50 | 50",
    "Phường Văn Miếu-Quốc Tử Giám | 60 | 59",
)
TYPE_OF_UNIT = people("TỈNH AN GIANG", "Xã Long Xuyên | 61 | 58", "Xã An Phú | 42 | 37")
RENAMED_WARD = people("TỈNH ĐỒNG NAI", "Xã Lộc Ninh | 45 | 44", "Phường Bình Phước | 60 | 58")

CASES = (
    case("names in capitals", "upper case; no code", File(lambda: xlsx(UPPER), province="91", values=AN_GIANG)),
    case(
        "names with short types and the other place of the tone",
        "P. X. ĐK; hoà; spaces",
        File(lambda: xlsx(SHORT), province="91", values=AN_GIANG),
    ),
    case("offices for their communes", "UBND xã", File(lambda: xlsx(OFFICES), province="91", values=AN_GIANG)),
    case("names without their type", "no code", File(lambda: xlsx(BARE), province="91", values=AN_GIANG)),
    case("names without any signs", "no diacritics", File(lambda: xlsx(UNSIGNED), province="91", values=AN_GIANG)),
    case(
        "a whole file in decomposed letters, headers too",
        "NFD",
        File(lambda: xlsx(decomposed(UPPER)), province="91", values=AN_GIANG),
    ),
    case(
        "apostrophes, hard spaces, line breaks, Icelandic Ð, Cyrillic Е, full-width Ｐ",
        "’; Ð; look-alikes; spaces; line break in a cell",
        File(
            lambda: xlsx(STRANGE_LETTERS),
            province="66",
            values=of(
                "66",
                STAFF,
                {
                    "Xã Ea H'Leo": (40, 39),
                    "Xã Cư M'gar": (41, 40),
                    "Xã Đắk Liêng": (39, 38),
                    "Xã Ea Kar": (42, 42),
                    "Xã Ea Kly": (37, 36),
                    "Phường Buôn Hồ": (50, 49),
                },
            ),
        ),
    ),
    case(
        "two communes that differ only by a sign: exact names are taken, the others are asked about",
        "ambiguous; no diacritics",
        File(
            lambda: xlsx(AMBIGUOUS),
            status=("partial",),
            province="51",
            values=of("51", STAFF, {"Xã Sơn Hà": (40, 38), "Xã Ba Tô": (36, 35), "Phường Kon Tum": (60, 60)}),
            set_aside=(SetAside("Xa Son Ha"), SetAside("Ba To")),
        ),
    ),
    case(
        "a letter missing is asked about, a sign missing is read where no other commune is meant",
        "typo; hoà",
        File(
            lambda: xlsx(TYPOS),
            status=("partial",),
            province="38",
            values=of("38", STAFF, {"Xã Quan Sơn": (34, 31), "Xã Sơn Thủy": (32, 29)}),
            either=of("38", STAFF, {"Xã Mường Lát": (33, 30)}),
            set_aside=(SetAside("Phường Hạc Thàn", ("unknown_unit",)),),
        ),
    ),
    case(
        "codes of another province and of nobody",
        "other province",
        File(
            lambda: xlsx(OTHERS),
            status=("partial",),
            province="91",
            values=of("91", STAFF, {"Phường Long Xuyên": (61, 58), "Xã An Phú": (42, 37)}),
            set_aside=(
                SetAside("Bạc Liêu", ("unit_of_other_province",)),
                SetAside("Xã Không Tên", ("unknown_unit",)),
            ),
        ),
    ),
    case(
        "a commune of another province by its name",
        "other province; no code",
        File(
            lambda: xlsx(OTHERS_BY_NAME),
            status=("partial",),
            province="91",
            values=of("91", STAFF, {"Phường Châu Đốc": (55, 55)}),
            set_aside=(SetAside("Phường Ninh Kiều", ("unknown_unit", "unit_of_other_province")),),
        ),
    ),
    case(
        "communes that were merged into others are asked about",
        "old commune name",
        File(
            lambda: xlsx(OLD_COMMUNES),
            status=("partial",),
            province="91",
            values=of("91", STAFF, {"Xã Vĩnh Thạnh Trung": (43, 41), "Phường Tân Châu": (50, 47)}),
            set_aside=(SetAside("Phường Mỹ Bình"), SetAside("Thị trấn Cái Dầu")),
        ),
    ),
    case(
        "code and name of two communes: neither is taken, since either may be the slip",
        "code and name differ",
        File(
            lambda: xlsx(SWAPPED),
            status=("partial",),
            province="91",
            values=of("91", STAFF, {"Xã An Phú": (42, 37)}),
            set_aside=(SetAside("Phường Châu Đốc", ("unit_conflict",)),),
        ),
    ),
    case(
        "codes that lost their zeros, a long dash in a name",
        "look-alikes; reordered columns",
        File(
            lambda: xlsx(LOST_ZERO),
            province="01",
            values=of(
                "01",
                STAFF,
                {"Phường Ba Đình": (70, 66), "Xã Sóc Sơn": (50, 50), "Phường Văn Miếu - Quốc Tử Giám": (60, 59)},
            ),
        ),
    ),
    case(
        "codes glued to names",
        "no code; spaces",
        File(
            lambda: xlsx(GLUED),
            province="01",
            values=of(
                "01",
                STAFF,
                {"Phường Ba Đình": (70, 66), "Xã Sóc Sơn": (50, 50), "Phường Văn Miếu - Quốc Tử Giám": (60, 59)},
            ),
        ),
    ),
    case(
        "a ward called a commune: no such commune exists, so it is read with a remark or asked about",
        "typo",
        File(
            lambda: xlsx(TYPE_OF_UNIT),
            status=("accepted", "partial"),
            province="91",
            values=of("91", STAFF, {"Xã An Phú": (42, 37)}),
            either=of("91", STAFF, {"Phường Long Xuyên": (61, 58)}),
            remarks=(),
        ),
    ),
    case(
        "a commune of Đồng Nai before it becomes a ward, and a ward named after an old province",
        "no code; every name",
        File(
            lambda: xlsx(RENAMED_WARD),
            province="75",
            values=of("75", STAFF, {"Xã Lộc Ninh": (45, 44), "Phường Bình Phước": (60, 58)}),
        ),
    ),
)
