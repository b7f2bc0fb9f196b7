"""One table in every format of spreadsheets and text tables."""

from __future__ import annotations

from collections.abc import Callable

from tests.corpus.documents import cp1258, csv_text, html, xml_2003
from tests.corpus.grids import Grid, grid
from tests.corpus.kinds import File, SetAside, case, of
from tests.corpus.old_fonts import tcvn3, vni
from tests.corpus.spreadsheets import ods, with_macros, xls, xlsx

MERGED = grid(
    """
    UBND TỈNH KHÁNH HÒA | < | < | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | < | <
    BIỂU TỔNG HỢP (tính đến ngày 13/02/2026) | < | < | < | < | <

    STT | Mã xã | Xã, phường, đặc khu | Trung tâm PVHCC cấp xã | < | Hồ sơ tiếp nhận
    ^ | ^ | ^ | Đã thành lập | Đã hoạt động | ^
    1 | '22366 | Phường Nha Trang | 1 | 1 | 2.310
    2 | '22420 | Phường Cam Ranh | 1 | 1 | 1204
    3 | '22609 | Xã Khánh Vĩnh | 1 | 0 | 98
    4 | '22736 | Đặc khu Trường Sa | 0 | 0 | 0
    | | Tổng cộng | 3 | 2 | 3.612
    """,
    "Biểu tổng hợp",
)
VALUES = of(
    "56",
    "pvhcc_commune_established pvhcc_commune_operating dossiers_received",
    {
        "Phường Nha Trang": (1, 1, 2310),
        "Phường Cam Ranh": (1, 1, 1204),
        "Xã Khánh Vĩnh": (1, 0, 98),
        "Đặc khu Trường Sa": (0, 0, 0),
    },
)

FLAT = grid(
    """
    UBND TỈNH KHÁNH HÒA
    Tính đến ngày 13/02/2026
    STT | Mã xã | Xã, phường, đặc khu | Biên chế giao | CBCC hiện có | Ghi chú
    1 | '22366 | Phường Nha Trang | 70 | 66 | thiếu kế toán, văn thư
    2 | '22420 | Phường Cam Ranh | 60 | 58 |
    3 | '22609 | Xã Khánh Vĩnh | 41 | 40 | "mới" nhận 2 người
    | | Tổng cộng | 171 | 164 |
    """,
    "CSV",
)
FLAT_VALUES = of(
    "56",
    "staff_allocated staff_present",
    {"Phường Nha Trang": (70, 66), "Phường Cam Ranh": (60, 58), "Xã Khánh Vĩnh": (41, 40)},
)

TWO_ROWS = grid(
    """
    STT,Xã/phường,Biên chế,,Hồ sơ tiếp nhận
    ,,Biên chế giao,CBCC hiện có,
    1,Phường Nha Trang,70,66,2.310
    2,Xã Khánh Vĩnh,41,40,98
    """.replace(",", "|"),
    "CSV",
)


def converted(sheet: Grid, font: str) -> Grid:
    """Every text of the sheet as typed for an old font."""
    write = tcvn3 if font.startswith(".Vn") else vni
    rows = [[write(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows]
    width = max(len(row) for row in rows)
    return sheet.with_(rows=rows, fonts=dict.fromkeys(range(width), font), name="Bieu 04")


def taken(content: Callable[[], bytes], name: str, *may_be_remarked: str) -> File:
    return File(content, name=name, province="56", values=VALUES, may_be_remarked=may_be_remarked)


def text_table(delimiter: str, encoding: str, name: str = "bao cao.csv") -> File:
    text = csv_text(FLAT, delimiter)
    content = cp1258(text) if encoding == "cp1258" else text.encode(encoding)
    return File(lambda: content, name=name, province="56", values=FLAT_VALUES)


CASES = (
    case("a merged header in xlsx", "xlsx; merged header", taken(lambda: xlsx(MERGED), "KH.xlsx")),
    case(
        "a workbook with macros, which never run",
        "xlsm; macros",
        taken(lambda: with_macros(xlsx(MERGED)), "KH.xlsm", "ignored_content"),
    ),
    case("a workbook of Excel 97", "xls", taken(lambda: xls(MERGED), "KH.xls")),
    case("a workbook of LibreOffice", "ods", taken(lambda: ods(MERGED), "KH.ods")),
    case("an xls that is a web page", "html", taken(lambda: html(MERGED), "KH.xls")),
    case("an xls that is a web page in UTF-16", "html", taken(lambda: html(MERGED, "utf-16"), "KH (1).xls")),
    case("an xls that is XML of Excel 2003", "xml 2003", taken(lambda: xml_2003(MERGED), "KH.xls")),
    case(
        "an xlsx under the name of an xls",
        "xlsx",
        taken(lambda: xlsx(MERGED, FLAT.with_(rows=[["Ghi chú"]])), "KH.xls"),
    ),
    case("csv in utf-8 with commas", "csv utf-8; comma", text_table(",", "utf-8")),
    case("csv with a byte order mark and semicolons", "csv utf-8-sig; semicolon", text_table(";", "utf-8-sig")),
    case("csv in utf-16 with tabs", "csv utf-16; tab", text_table("\t", "utf-16")),
    case("csv in the Vietnamese code page", "csv cp1258", text_table(";", "cp1258")),
    case("a text file with tabs", "tab; csv utf-8", text_table("\t", "utf-8", "bao cao.txt")),
    case(
        "csv with a header of two rows",
        "csv utf-8; comma; province in file name; day in file name",
        File(
            lambda: csv_text(TWO_ROWS).encode(),
            name="khanh-hoa_13-02-2026.csv",
            province="56",
            may_be_remarked=("taken_from_name",),
            values=of(
                "56",
                "staff_allocated staff_present dossiers_received",
                {"Phường Nha Trang": (70, 66, 2310), "Xã Khánh Vĩnh": (41, 40, 98)},
            ),
        ),
    ),
    case(
        "csv with ragged lines, quoted line breaks in its header and spaces around cells",
        "csv utf-8-sig; comma; line break in a cell; spaces",
        File(
            lambda: (
                "UBND TỈNH KHÁNH HÒA\r\nTính đến ngày 13/02/2026\r\n\r\n"
                'STT,"Xã,\nphường","Biên chế\ngiao",CBCC hiện có,Ghi chú\r\n'
                '1, Phường Nha Trang ,70 , 66,"kế toán, văn thư"\r\n2,Xã Khánh Vĩnh,"41","40"\r\n'
                ",Tổng cộng,111,106\r\n"
            ).encode("utf-8-sig"),
            name="bao cao.csv",
            province="56",
            values=of("56", "staff_allocated staff_present", {"Phường Nha Trang": (70, 66), "Xã Khánh Vĩnh": (41, 40)}),
        ),
    ),
    case(
        "csv whose decimal commas cut a number in two is asked about, not shifted",
        "csv utf-8; comma",
        File(
            lambda: (
                "UBND TỈNH KHÁNH HÒA,,,,\nTính đến ngày 13/02/2026,,,,\n"
                "STT,Xã/phường,Hồ sơ tiếp nhận,Hồ sơ trực tuyến,Hồ sơ đúng hạn\n"
                "1,Phường Nha Trang,2310,990,2300\n2,Xã Khánh Vĩnh,1,204,90,98\n3,Xã Vạn Ninh,700,300,690\n"
            ).encode(),
            name="bao cao.csv",
            status=("partial",),
            province="56",
            values=of(
                "56",
                "dossiers_received dossiers_online dossiers_on_time",
                {"Phường Nha Trang": (2310, 990, 2300), "Xã Vạn Ninh": (700, 300, 690)},
            ),
            set_aside=(SetAside("Xã Khánh Vĩnh", why="the row has one cell more than the header"),),
        ),
    ),
    case(
        "an xls typed for .VnTime",
        "TCVN3; xls",
        File(
            lambda: xls(converted(MERGED, ".VnTime")),
            name="KH.xls",
            province="56",
            values=VALUES,
            may_be_remarked=("legacy_font",),
        ),
    ),
    case(
        "an xls typed for VNI-Times",
        "VNI; xls",
        File(
            lambda: xls(converted(MERGED, "VNI-Times")),
            name="KH.xls",
            province="56",
            values=VALUES,
            may_be_remarked=("legacy_font",),
        ),
    ),
    case(
        "old fonts lost on the way: the letters alone must tell",
        "TCVN3; VNI",
        File(
            lambda: xls(converted(FLAT, ".VnTime").with_(fonts={})),
            name="tcvn3.xls",
            province="56",
            values=FLAT_VALUES,
            may_be_remarked=("legacy_font",),
        ),
        File(
            lambda: xls(converted(FLAT, "VNI-Times").with_(fonts={})),
            name="vni.xls",
            province="56",
            values=FLAT_VALUES,
            may_be_remarked=("legacy_font",),
        ),
    ),
)
