"""Totals, subtotals and rows that come twice."""

from __future__ import annotations

from tests.corpus.grids import grid
from tests.corpus.kinds import File, Remark, SetAside, case, of
from tests.corpus.spreadsheets import xlsx

WRONG_TOTAL = grid(
    """
    UBND TỈNH TÂY NINH
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Hồ sơ tiếp nhận | Hồ sơ trực tuyến
    1 | Phường Tân Ninh | 850 | 400
    2 | Phường Long An | 912 | 655
    3 | Xã Đức Hòa | 433 | 120
    | Tổng cộng | 2195 | 1285
    """,
    "HS",
)

NAMED_AFTER_PROVINCE = grid(
    """
    TỈNH TÂY NINH: hồ sơ tiếp nhận tính đến ngày 13/02/2026
    STT | Xã, phường | Hồ sơ tiếp nhận | Hồ sơ đúng hạn
    | Tỉnh Tây Ninh | 2195 | 2150
    1 | Phường Tân Ninh | 850 | 833
    2 | Phường Long An | 912 | 900
    3 | Xã Đức Hòa | 433 | 417
    """,
    "HS",
)

BOTH_ENDS = grid(
    """
    UBND TỈNH CÀ MAU | < | < | <
    Tính đến ngày 13/02/2026
    STT | Tên đơn vị | Thiếu nhân lực y tế | Thiếu nhân lực giáo dục
    | TOÀN TỈNH | 14 | 20
    I | Các phường | 5 | 6
    1 | Phường An Xuyên | 2 | 4
    2 | Phường Bạc Liêu | 3 | 2
    | Cộng phường: | 5 | 6
    II | Các xã | 9 | 14
    1 | Xã Năm Căn | 4 | 8
    2 | Xã Đất Mũi | 5 | 6
    | Cộng xã: | 9 | 14
    | Tổng số (I+II) | 14 | 20
    """,
    "TK",
)

OLD_DISTRICTS = grid(
    """
    UBND TỈNH ĐIỆN BIÊN
    Tính đến ngày 13/02/2026
    STT | Địa bàn | Biên chế giao | CBCC hiện có
    | Khu vực Điện Biên Phủ | 118 | 110
    1 | Phường Điện Biên Phủ | 60 | 58
    2 | Phường Mường Thanh | 58 | 52
    | Khu vực Mường Nhé cũ | 77 | 60
    3 | Xã Mường Nhé | 40 | 31
    4 | Xã Sín Thầu | 37 | 29
    """,
    "BC",
)

COLUMN_RULE_BROKEN = grid(
    """
    BỘ CHQS TỈNH QUẢNG TRỊ
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Đã bố trí BCHQS | Chỉ huy trưởng | Phó Chỉ huy trưởng | Chính trị viên phó | Trợ lý | NVCMKT
    (1) | (2) | (3)=(4)+(5)+(6)+(7)+(8) | (4) | (5) | (6) | (7) | (8)
    1 | Phường Đồng Hới | 6 | 1 | 1 | 1 | 2 | 1
    2 | Phường Đông Hà | 7 | 1 | 1 | 1 | 2 | 1
    3 | Đặc khu Cồn Cỏ | 2 | 1 | 0 | 0 | 1 | 0
    """,
    "QS",
)

EQUAL_TWICE = grid(
    """
    UBND TỈNH PHÚ THỌ
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Trụ sở bảo đảm | Đường truyền ổn định
    1 | Phường Việt Trì | 1 | 1
    2 | Phường Vĩnh Yên | 1 | 0
    3 | Phường Việt Trì | 1 | 1
    4 | Phường Hòa Bình | 0 | 1
    """,
    "TS",
)

DIFFERENT_TWICE = grid(
    """
    UBND TỈNH PHÚ THỌ
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Trụ sở bảo đảm | Đường truyền ổn định
    1 | Phường Việt Trì | 1 | 1
    2 | Phường Vĩnh Yên | 1 | 0
    3 | Phường Việt Trì | 0 | 1
    """,
    "TS",
)

NO_UNITS_TOTAL_ONLY = grid(
    """
    UBND TỈNH PHÚ THỌ
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Hồ sơ tiếp nhận | Hồ sơ đúng hạn
    | Toàn tỉnh | 15210 | 15003
    """,
    "HS",
)

DOSSIERS = "dossiers_received dossiers_on_time"

CASES = (
    case(
        "a total that does not add up is remarked, the communes stay",
        "wrong total; total last",
        File(
            lambda: xlsx(WRONG_TOTAL),
            province="80",
            values=of(
                "80",
                "dossiers_received dossiers_online",
                {"Phường Tân Ninh": (850, 400), "Phường Long An": (912, 655), "Xã Đức Hòa": (433, 120)},
            ),
            remarks=(Remark("1.285", ("total_does_not_add_up",)),),
        ),
    ),
    case(
        "the first row is the province itself: a total by arithmetic, not a unit",
        "total first; total without the word",
        File(
            lambda: xlsx(NAMED_AFTER_PROVINCE),
            province="80",
            values=of(
                "80", DOSSIERS, {"Phường Tân Ninh": (850, 833), "Phường Long An": (912, 900), "Xã Đức Hòa": (433, 417)}
            ),
        ),
    ),
    case(
        "totals at both ends, subtotals above and below each section",
        "total first; total last; subtotals; sections",
        File(
            lambda: xlsx(BOTH_ENDS),
            province="96",
            values=of(
                "96",
                "staff_gap_health staff_gap_education",
                {"Phường An Xuyên": (2, 4), "Phường Bạc Liêu": (3, 2), "Xã Năm Căn": (4, 8), "Xã Đất Mũi": (5, 6)},
            ),
        ),
    ),
    case(
        "subtotals of areas that are no units, without any word for a sum",
        "subtotals; total without the word",
        File(
            lambda: xlsx(OLD_DISTRICTS),
            province="11",
            values=of(
                "11",
                "staff_allocated staff_present",
                {
                    "Phường Điện Biên Phủ": (60, 58),
                    "Phường Mường Thanh": (58, 52),
                    "Xã Mường Nhé": (40, 31),
                    "Xã Sín Thầu": (37, 29),
                },
            ),
        ),
    ),
    case(
        "a row that breaks the rule of the column numbers is remarked",
        "column numbers; wrong total",
        File(
            lambda: xlsx(COLUMN_RULE_BROKEN),
            province="44",
            values=of(
                "44",
                "military_posts_filled military_commander_appointed military_deputy_commander_appointed "
                "military_deputy_political_officer_appointed military_assistants military_technical_staff",
                {
                    "Phường Đồng Hới": (6, 1, 1, 1, 2, 1),
                    "Phường Đông Hà": (7, 1, 1, 1, 2, 1),
                    "Đặc khu Cồn Cỏ": (2, 1, 0, 0, 1, 0),
                },
            ),
            remarks=(Remark("7", why="the parts add up to 6"),),
        ),
    ),
    case(
        "a commune twice with the same values is taken once",
        "equal rows",
        File(
            lambda: xlsx(EQUAL_TWICE),
            province="25",
            values=of(
                "25",
                "office_adequate network_stable",
                {"Phường Việt Trì": (1, 1), "Phường Vĩnh Yên": (1, 0), "Phường Hòa Bình": (0, 1)},
            ),
        ),
    ),
    case(
        "a commune twice with different values: what differs is set aside, what agrees is taken",
        "other rows",
        File(
            lambda: xlsx(DIFFERENT_TWICE),
            status=("partial",),
            province="25",
            values=of(
                "25", "office_adequate network_stable", {"Phường Việt Trì": (None, 1), "Phường Vĩnh Yên": (1, 0)}
            ),
            set_aside=(SetAside("Phường Việt Trì", ("duplicate_unit",)),),
        ),
    ),
    case(
        "a total without any commune is no value of anybody",
        "total without the word",
        File(
            lambda: xlsx(NO_UNITS_TOTAL_ONLY),
            status=("accepted", "rejected", "needs_review", "partial"),
            province=None,
            remarks=(Remark("", why="a sum for the whole province is not what the form asks for"),),
        ),
    ),
)
