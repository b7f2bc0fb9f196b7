"""Several sheets, what is hidden, what is empty, formulas."""

from __future__ import annotations

from tests.corpus.grids import grid
from tests.corpus.kinds import File, Remark, SetAside, case, of
from tests.corpus.spreadsheets import xls, xlsx

COVER = grid(
    """




    | | ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN


    | | BÁO CÁO
    | | Tình hình thực hiện mô hình chính quyền địa phương 02 cấp
    | | (Tính đến ngày 13/02/2026)




    | | Thái Nguyên, tháng 02 năm 2026
    """,
    "Bìa",
)
CENTRES = grid(
    """
    Biểu số 1: TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG CẤP XÃ
    STT | Xã, phường | Trung tâm Phục vụ hành chính công cấp xã | <
    ^ | ^ | Đã thành lập | Đã hoạt động
    1 | Phường Phan Đình Phùng | 1 | 1
    2 | Phường Bắc Kạn | 1 | 1
    3 | Xã Ba Bể | 1 | 0
    """,
    "B1",
)
STAFF_SHEET = grid(
    """
    Biểu số 2: BIÊN CHẾ
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Phan Đình Phùng | 66 | 64
    2 | Phường Bắc Kạn | 51 | 49
    3 | Xã Ba Bể | 40 | 33
    """,
    "B2",
)
EXPLANATION = grid(
    """
    GIẢI TRÌNH SỐ LIỆU
    1. Xã Ba Bể: thiếu 07 biên chế do 3 trường hợp nghỉ hưu, 4 chuyển công tác.
    2. Phường Bắc Kạn: 01 trường hợp biệt phái.

    Đầu mối: Phòng Xây dựng chính quyền, ĐT 0208 3855 123
    """,
    "Giải trình",
)
PICK_LIST = grid(
    """
    Danh mục xã, phường
    Phường Phan Đình Phùng
    Phường Bắc Kạn
    Xã Ba Bể
    Xã Chợ Rã
    """,
    "DM",
).with_(visibility="very_hidden")
HIDDEN_STAFF = grid(
    """
    STT | Xã, phường | Biệt phái | LĐHĐ
    1 | Phường Phan Đình Phùng | 2 | 1
    2 | Xã Ba Bể | 4 | 0
    """,
    "Bổ sung",
).with_(visibility="hidden")

LAST_PERIOD_HIDDEN = grid(
    """
    UBND TỈNH THÁI NGUYÊN
    Tính đến ngày 31/01/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Phan Đình Phùng | 66 | 60
    2 | Phường Bắc Kạn | 51 | 44
    """,
    "Kỳ trước",
).with_(visibility="hidden")
THIS_PERIOD = grid(
    """
    UBND TỈNH THÁI NGUYÊN
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Phan Đình Phùng | 66 | 64
    2 | Phường Bắc Kạn | 51 | 49
    """,
    "Kỳ này",
)

HIDDEN_ROWS = grid(
    """
    UBND TỈNH BẮC NINH
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Vướng mắc phát sinh | Đã tháo gỡ
    1 | Phường Kinh Bắc | 9 | 8
    2 | Phường Võ Cường | 4 | 4
    3 | Phường Bắc Giang | 6 | 1
    4 | Xã Lục Nam | 3 | 3
    | Cộng | 22 | 16
    """,
    "VM",
).with_(hidden_rows=frozenset({5}))

HIDDEN_COLUMN = grid(
    """
    UBND TỈNH BẮC NINH
    Tính đến ngày 13/02/2026
    STT | Mã xã | Xã, phường | Biên chế giao | CBCC hiện có | Biệt phái
    1 | '09190 | Phường Võ Cường | 55 | 50 | 2
    2 | '09187 | Phường Kinh Bắc | 60 | 60 | 0
    """,
    "BC",
)

TYPED_OVER = grid(
    """
    UBND TỈNH HƯNG YÊN
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | LĐHĐ
    1 | Phường Phố Hiến | 60 | =D9-2→58 | 1
    2 | Phường Thái Bình | 64 | =64-1→63 | 3
    3 | Xã Tiên Lữ | 41 | =#REF!+1→#REF! | 0
    | Tổng cộng | =SUM(C4:C6)→165 | =SUM(D4:D6)→#REF! | =SUM(E4:E6)→4
    """,
    "Công thức",
)

NEVER_CALCULATED = grid(
    """
    UBND TỈNH HƯNG YÊN
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | LĐHĐ
    1 | Phường Phố Hiến | 60 | =C4-2 | 1
    2 | Phường Thái Bình | 64 | 63 | 3
    | Tổng cộng | =SUM(C4:C5) | =SUM(D4:D5) | =SUM(E4:E5)
    """,
    "Công thức",
)

PASTED_TWICE = grid(
    """
    UBND TỈNH THÁI NGUYÊN
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Phan Đình Phùng | 66 | 64
    2 | Phường Bắc Kạn | 51 | 47
    """,
    "Sheet2",
)

STAFF = "staff_allocated staff_present"
THIS_VALUES = of("19", STAFF, {"Phường Phan Đình Phùng": (66, 64), "Phường Bắc Kạn": (51, 49)})

CASES = (
    case(
        "a cover sheet with the envelope, two tables, a page of explanations and a hidden pick list",
        "several sheets; hidden sheet; notes; 02",
        File(
            lambda: xlsx(COVER, CENTRES, STAFF_SHEET, EXPLANATION, PICK_LIST),
            province="19",
            values={
                **of(
                    "19",
                    "pvhcc_commune_established pvhcc_commune_operating",
                    {"Phường Phan Đình Phùng": (1, 1), "Phường Bắc Kạn": (1, 1), "Xã Ba Bể": (1, 0)},
                ),
                **of(
                    "19", STAFF, {"Phường Phan Đình Phùng": (66, 64), "Phường Bắc Kạn": (51, 49), "Xã Ba Bể": (40, 33)}
                ),
            },
        ),
    ),
    case(
        "a hidden sheet with figures of its own is read, and the sender is told",
        "hidden sheet",
        File(
            lambda: xlsx(COVER, STAFF_SHEET, HIDDEN_STAFF),
            province="19",
            values={
                **of(
                    "19", STAFF, {"Phường Phan Đình Phùng": (66, 64), "Phường Bắc Kạn": (51, 49), "Xã Ba Bể": (40, 33)}
                ),
                **of(
                    "19", "staff_seconded_in staff_contracted", {"Phường Phan Đình Phùng": (2, 1), "Xã Ba Bể": (4, 0)}
                ),
            },
            remarks=(Remark("Bổ sung", why="the sheet is hidden"),),
        ),
    ),
    case(
        "a hidden sheet of the last period: its day contradicts the visible one, so nothing is mixed up",
        "hidden sheet; day contradicted",
        File(
            lambda: xlsx(THIS_PERIOD, LAST_PERIOD_HIDDEN),
            status=("needs_review", "rejected"),
            province=None,
            day=None,
            set_aside=(SetAside("31/01/2026", ("day_conflict",)),),
        ),
    ),
    case(
        "two sheets that say different things about one commune",
        "several sheets; other rows",
        File(
            lambda: xlsx(THIS_PERIOD, PASTED_TWICE),
            status=("partial",),
            province="19",
            values={key: value for key, value in THIS_VALUES.items() if value != 49},
            set_aside=(SetAside("49", why="47 on the other sheet"),),
        ),
    ),
    case(
        "a hidden row is read and remarked; the total proves that it counts",
        "hidden rows; total last",
        File(
            lambda: xlsx(HIDDEN_ROWS),
            province="24",
            values=of(
                "24",
                "obstacles_raised obstacles_resolved",
                {
                    "Phường Kinh Bắc": (9, 8),
                    "Phường Võ Cường": (4, 4),
                    "Phường Bắc Giang": (6, 1),
                    "Xã Lục Nam": (3, 3),
                },
            ),
            remarks=(Remark("6", why="row 6 is hidden"),),
        ),
    ),
    case(
        "the same in a workbook of Excel 97",
        "hidden rows; xls",
        File(
            lambda: xls(HIDDEN_ROWS),
            name="bao-cao.xls",
            province="24",
            values=of(
                "24",
                "obstacles_raised obstacles_resolved",
                {
                    "Phường Kinh Bắc": (9, 8),
                    "Phường Võ Cường": (4, 4),
                    "Phường Bắc Giang": (6, 1),
                    "Xã Lục Nam": (3, 3),
                },
            ),
            remarks=(Remark("6", why="row 6 is hidden"),),
        ),
    ),
    case(
        "a hidden column of codes is read like any other",
        "hidden columns",
        File(
            lambda: xlsx(HIDDEN_COLUMN.with_(hidden_columns=frozenset({1}))),
            province="24",
            values=of(
                "24",
                "staff_allocated staff_present staff_seconded_in",
                {"Phường Võ Cường": (55, 50, 2), "Phường Kinh Bắc": (60, 60, 0)},
            ),
            may_be_remarked=("hidden_columns",),
        ),
    ),
    case(
        "a hidden column of values is read and remarked",
        "hidden columns",
        File(
            lambda: xlsx(HIDDEN_COLUMN.with_(hidden_columns=frozenset({5}))),
            province="24",
            values=of(
                "24",
                "staff_allocated staff_present staff_seconded_in",
                {"Phường Võ Cường": (55, 50, 2), "Phường Kinh Bắc": (60, 60, 0)},
            ),
            remarks=(Remark("Biệt phái", why="its column is hidden"),),
        ),
    ),
    case(
        "formulas with results count like numbers, one with an error does not",
        "error values; total last",
        File(
            lambda: xlsx(TYPED_OVER),
            status=("partial",),
            province="33",
            values=of(
                "33",
                "staff_allocated staff_present staff_contracted",
                {"Phường Phố Hiến": (60, 58, 1), "Phường Thái Bình": (64, 63, 3), "Xã Tiên Lữ": (41, None, 0)},
            ),
            set_aside=(SetAside("#REF!", ("error_value",)),),
        ),
    ),
    case(
        "formulas that were never calculated are set aside, in totals they only go unchecked",
        "formula without value",
        File(
            lambda: xlsx(NEVER_CALCULATED),
            status=("partial",),
            province="33",
            values=of(
                "33",
                "staff_allocated staff_present staff_contracted",
                {"Phường Phố Hiến": (60, None, 1), "Phường Thái Bình": (64, 63, 3)},
            ),
            set_aside=(SetAside("D4", ("formula_without_value",)),),
        ),
    ),
)
