"""What clerks do with headings and rows when nobody watches."""

from __future__ import annotations

from tests.corpus.grids import grid
from tests.corpus.kinds import File, Remark, case, of
from tests.corpus.spreadsheets import xlsx

DATED_COLUMNS = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Hồ sơ tiếp nhận | < | Hồ sơ đúng hạn | <
    ^ | ^ | Đến 31/01/2026 | Đến 13/02/2026 | Đến 31/01/2026 | Đến 13/02/2026
    1 | Phường Long Xuyên | 1204 | 2310 | 1200 | 2290
    2 | Xã An Phú | 60 | 98 | 60 | 97
    """
)

SUB_ROWS = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Long Xuyên | 61 | 58
    | Trong đó: nữ | | 21
    2 | Xã An Phú | 42 | 37
    | - Nữ | | 15
    | - Đảng viên | | 30
    """
)

FOOTNOTES = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao (người) | CBCC hiện có (1) | LĐHĐ (*) | Thiếu CNTT⏎(người)
    1 | Phường Long Xuyên | 61 | 58 | 2 | 1
    2 | Xã An Phú (2) | 42 | 37 | 0 | 2

    (1) Không tính 03 trường hợp nghỉ thai sản.
    (2) Sáp nhập từ 3 xã.
    (*) Theo Nghị định 111/2022/NĐ-CP.
    """
)

YES_NO_COLUMNS = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Trụ sở bảo đảm | < | Đường truyền ổn định | <
    ^ | ^ | Có | Không | Có | Không
    1 | Phường Long Xuyên | x | | x |
    2 | Phường Châu Đốc | | x | x |
    3 | Xã An Phú | x | | |
    """
)

REPEATED_HEADER = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Long Xuyên | 61 | 58
    2 | Phường Châu Đốc | 55 | 55
    | Cộng trang 1 | 116 | 113
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    3 | Xã An Phú | 42 | 37
    4 | Xã Óc Eo | 41 | 41
    | Cộng trang 2 | 83 | 78
    | Tổng cộng | 199 | 191
    """
)

LONG_FORM = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Mã xã | Xã, phường | Chỉ tiêu | Giá trị
    1 | '30307 | Phường Long Xuyên | Biên chế giao | 61
    2 | '30307 | Phường Long Xuyên | CBCC hiện có | 58
    3 | '30337 | Xã An Phú | Biên chế giao | 42
    4 | '30337 | Xã An Phú | CBCC hiện có | 37
    """
)

DATE_IN_ITS_OWN_CELL = grid(
    """
    Đơn vị báo cáo: | UBND tỉnh An Giang
    Tính đến ngày: | @2026-02-13
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Long Xuyên | 61 | 58
    2 | Xã An Phú | 42 | 37
    """
)

SHORT_TITLE = grid(
    """
    Tỉnh: An Giang
    Ngày chốt số liệu: 13/02/2026
    TT | Đơn vị | BC giao | Hiện có mặt
    1 | Phường Long Xuyên | 61 | 58
    2 | Xã An Phú | 42 | 37
    """
)

SHARES = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | < | Đã bồi dưỡng | <
    ^ | ^ | ^ | Số lượng | Tỷ lệ (%) | Số lượng | Tỷ lệ (%)
    1 | Phường Long Xuyên | 61 | 58 | 95,1 | 40 | 69
    2 | Xã An Phú | 42 | 37 | 88 | 30 | 81
    """
)


STAFF = "staff_allocated staff_present"
TWO = of("91", STAFF, {"Phường Long Xuyên": (61, 58), "Xã An Phú": (42, 37)})

CASES = (
    case(
        "two days side by side under each indicator: the day of the report counts, or a person says so",
        "extra columns; merged header",
        File(
            lambda: xlsx(DATED_COLUMNS),
            status=("accepted", "needs_review"),
            province="91",
            either=of(
                "91",
                "dossiers_received dossiers_on_time",
                {"Phường Long Xuyên": (2310, 2290), "Xã An Phú": (98, 97)},
            ),
        ),
    ),
    case(
        "numbers and shares under one heading",
        "extra columns; 41,6%",
        File(
            lambda: xlsx(SHARES),
            province="91",
            values={**TWO, **of("91", "staff_trained", {"Phường Long Xuyên": (40,), "Xã An Phú": (30,)})},
        ),
    ),
    case(
        "rows of which-are under a commune are no units",
        "notes",
        File(
            lambda: xlsx(SUB_ROWS),
            status=("accepted", "partial"),
            province="91",
            values=TWO,
            remarks=tuple(Remark(part, why="a row that is no commune") for part in ("21", "15", "30")),
        ),
    ),
    case(
        "footnote marks and units of measure in headings and names",
        "notes; no code",
        File(
            lambda: xlsx(FOOTNOTES),
            status=("accepted", "partial"),
            province="91",
            values=of("91", f"{STAFF} staff_contracted staff_gap_it", {"Phường Long Xuyên": (61, 58, 2, 1)}),
            either=of("91", f"{STAFF} staff_contracted staff_gap_it", {"Xã An Phú": (42, 37, 0, 2)}),
        ),
    ),
    case(
        "ticks under yes and no for each commune",
        "flag words; x; merged header",
        File(
            lambda: xlsx(YES_NO_COLUMNS),
            province="91",
            values=of(
                "91",
                "office_adequate network_stable",
                {"Phường Long Xuyên": (1, 1), "Phường Châu Đốc": (0, 1), "Xã An Phú": (1, None)},
            ),
        ),
    ),
    case(
        "a header printed again in the middle, sums of pages",
        "subtotals; total last",
        File(
            lambda: xlsx(REPEATED_HEADER),
            province="91",
            values={**TWO, **of("91", STAFF, {"Phường Châu Đốc": (55, 55), "Xã Óc Eo": (41, 41)})},
        ),
    ),
    case(
        "one row per commune and indicator",
        "reordered columns",
        File(
            lambda: xlsx(LONG_FORM),
            status=("accepted", "needs_review"),
            province="91",
            either=TWO,
        ),
    ),
    case(
        "province and day in cells of their own",
        "serial; every name",
        File(lambda: xlsx(DATE_IN_ITS_OWN_CELL), province="91", values=TWO),
        File(lambda: xlsx(SHORT_TITLE), name="bao-cao-2.xlsx", province="91", values=TWO),
    ),
)
