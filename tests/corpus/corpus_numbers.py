"""Numbers as people and programs write them."""

from __future__ import annotations

from tests.corpus.grids import grid
from tests.corpus.kinds import File, Remark, SetAside, case, of
from tests.corpus.spreadsheets import ods, xls, xlsx

DOTS = grid(
    """
    UBND THÀNH PHỐ HẢI PHÒNG
    Tính đến ngày 13/02/2026
    STT | Xã, phường, đặc khu | Hồ sơ tiếp nhận | Hồ sơ đúng hạn
    1 | Phường Hồng Bàng | 3.193 | 3.190
    2 | Phường Hải Dương | 12.045 | 12.001
    3 | Đặc khu Cát Hải | 845 | 840
    4 | Đặc khu Bạch Long Vĩ | '02 | '02
    """,
    "HS",
)

COMMAS_WITH_TOTAL = grid(
    """
    UBND THÀNH PHỐ HẢI PHÒNG
    Tính đến ngày 13/02/2026
    STT | Xã, phường, đặc khu | Hồ sơ tiếp nhận | Hồ sơ đúng hạn
    1 | Phường Hồng Bàng | 3,193 | 3,190
    2 | Phường Hải Dương | 12,045 | 12,001
    3 | Đặc khu Cát Hải | 845 | 840
    Tổng cộng | < | 16,083 | 16,031
    """,
    "HS",
)

MIXED_PROVED = grid(
    """
    UBND TỈNH HÀ TĨNH
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Hồ sơ tiếp nhận
    1 | Phường Thành Sen | 7,488
    2 | Phường Hà Huy Tập | 9.195
    | Tổng số | 16.683
    """,
    "HS",
)

ALONE = grid(
    """
    UBND TỈNH HÀ TĨNH
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Hồ sơ tiếp nhận | Hồ sơ đúng hạn
    1 | Phường Thành Sen | 3,193 | 950
    """,
    "HS",
)

FLOAT = grid(
    """
    UBND TỈNH HÀ TĨNH
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Hồ sơ tiếp nhận | Hồ sơ trực tuyến
    1 | Phường Thành Sen | #3.193 | 950
    2 | Phường Hà Huy Tập | 845 | 430
    3 | Xã Kỳ Anh | 912 | 90
    """,
    "HS",
)

FLOAT_PROVED = grid(
    """
    UBND TỈNH HÀ TĨNH
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Hồ sơ tiếp nhận
    1 | Phường Thành Sen | #3.193
    2 | Phường Hà Huy Tập | 845
    | Tổng cộng | 4038
    """,
    "HS",
)

SPACES_AND_ZEROS = grid(
    """
    UBND TỈNH QUẢNG TRỊ
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | Hồ sơ tiếp nhận | Hồ sơ trực tuyến
    01 | Phường Đồng Hới | '061 | ' 58  | 1 204 | 1.204,0
    02 | Phường Đông Hà | '60 | '59. | 2\u00a0310 | 2.000
    03 | Xã Lệ Thủy | #41.0 | '40 | ９８２ | 512
    """,
    "BC",
)

DECIMALS = grid(
    """
    UBND TỈNH QUẢNG TRỊ
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | LĐHĐ | Biệt phái
    1 | Phường Đồng Hới | 61 | #58.5 | 2 | 1
    2 | Phường Đông Hà | 60 | 59 | 1,5 | -1
    3 | Xã Lệ Thủy | 41 | 40 | 1 | 0
    """,
    "BC",
)

PERCENTAGES = grid(
    """
    UBND TỈNH NINH BÌNH
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Hồ sơ tiếp nhận | Tỷ lệ trực tuyến | Hồ sơ trực tuyến | Hồ sơ đúng hạn
    1 | Phường Hoa Lư | 1200 | 41,6% | 499 | 1190
    2 | Phường Nam Định | 1500 | 41.6% | 624 | 41,6%
    3 | Phường Phủ Lý | 1000 | %0.416 | 416 | %0.416
    """,
    "HS",
)

OUT_OF_BOUNDS = grid(
    """
    UBND TỈNH NINH BÌNH
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | Hồ sơ tiếp nhận | Hồ sơ đúng hạn | Trụ sở bảo đảm
    1 | Phường Hoa Lư | 610 | 58 | 1200 | 1300 | 1
    2 | Phường Nam Định | 60 | 55 | 1500 | 1490 | 3
    """,
    "BC",
)

DOSSIERS = "dossiers_received dossiers_on_time"
WITH_DOTS = of(
    "31",
    DOSSIERS,
    {
        "Phường Hồng Bàng": (3193, 3190),
        "Phường Hải Dương": (12045, 12001),
        "Đặc khu Cát Hải": (845, 840),
        "Đặc khu Bạch Long Vĩ": (2, 2),
    },
)

CASES = (
    case(
        "dots between thousands, zeros in front",
        "3.193; 02",
        File(lambda: xlsx(DOTS), province="31", values=WITH_DOTS),
    ),
    case(
        "dots between thousands in an xls",
        "3.193; xls",
        File(lambda: xls(DOTS), name="HP.xls", province="31", values=WITH_DOTS),
    ),
    case(
        "commas between thousands, proved by the total row",
        "3,193; total last",
        File(
            lambda: xlsx(COMMAS_WITH_TOTAL),
            province="31",
            values=of(
                "31",
                DOSSIERS,
                {
                    "Phường Hồng Bàng": (3193, 3190),
                    "Phường Hải Dương": (12045, 12001),
                    "Đặc khu Cát Hải": (845, 840),
                },
            ),
        ),
    ),
    case(
        "one comma among dots, proved by the total row",
        "mixed separators; 3,193",
        File(
            lambda: xlsx(MIXED_PROVED),
            province="42",
            values=of("42", "dossiers_received", {"Phường Thành Sen": (7488,), "Phường Hà Huy Tập": (9195,)}),
        ),
    ),
    case(
        "a comma with three digits that nothing proves",
        "3,193",
        File(
            lambda: xlsx(ALONE),
            status=("partial",),
            province="42",
            values=of("42", "dossiers_on_time", {"Phường Thành Sen": (950,)}),
            set_aside=(SetAside("3,193", ("ambiguous_number",)),),
        ),
    ),
    case(
        "a number with exactly three decimals where people are counted",
        "float 3.193",
        File(
            lambda: xlsx(FLOAT),
            status=("partial",),
            province="42",
            values=of(
                "42",
                "dossiers_received dossiers_online",
                {"Phường Thành Sen": (None, 950), "Phường Hà Huy Tập": (845, 430), "Xã Kỳ Anh": (912, 90)},
            ),
            set_aside=(SetAside("C4", ("ambiguous_number",)),),
        ),
    ),
    case(
        "the same with a total that proves it: taken as 3193, or asked",
        "float 3.193",
        File(
            lambda: xlsx(FLOAT_PROVED),
            status=("accepted", "partial"),
            province="42",
            values=of("42", "dossiers_received", {"Phường Hà Huy Tập": (845,)}),
            either=of("42", "dossiers_received", {"Phường Thành Sen": (3193,)}),
        ),
    ),
    case(
        "spaces between thousands, zeros in front, full-width digits, a decimal comma with nothing behind",
        "02; spaces; look-alikes",
        File(
            lambda: xlsx(SPACES_AND_ZEROS),
            status=("accepted", "partial"),
            province="44",
            values=of(
                "44",
                "staff_allocated staff_present dossiers_received dossiers_online",
                {
                    "Phường Đồng Hới": (61, 58, 1204, None),
                    "Phường Đông Hà": (60, None, 2310, 2000),
                    "Xã Lệ Thủy": (41, 40, 982, 512),
                },
            ),
            either=of(
                "44",
                "staff_present dossiers_online",
                {"Phường Đồng Hới": (None, 1204), "Phường Đông Hà": (59, None)},
            ),
        ),
    ),
    case(
        "half a person and fewer than none",
        "words",
        File(
            lambda: xlsx(DECIMALS),
            status=("partial",),
            province="44",
            values=of(
                "44",
                "staff_allocated staff_present staff_contracted staff_seconded_in",
                {
                    "Phường Đồng Hới": (61, None, 2, 1),
                    "Phường Đông Hà": (60, 59, None, None),
                    "Xã Lệ Thủy": (41, 40, 1, 0),
                },
            ),
            set_aside=(
                SetAside("D4", ("not_whole",)),
                SetAside("1,5", ("not_whole",)),
                SetAside("F5", ("out_of_bounds",)),
            ),
        ),
    ),
    case(
        "percentages stay where they belong, and are no count",
        "41,6%; 41.6%; percent cell",
        File(
            lambda: xlsx(PERCENTAGES),
            status=("partial",),
            province="37",
            values=of(
                "37",
                "dossiers_received dossiers_online dossiers_on_time",
                {
                    "Phường Hoa Lư": (1200, 499, 1190),
                    "Phường Nam Định": (1500, 624, None),
                    "Phường Phủ Lý": (1000, 416, None),
                },
            ),
            set_aside=(SetAside("F5", why="41,6% is no count"), SetAside("F6", why="a cell shown as 41,6%")),
            remarks=(Remark("Tỷ lệ trực tuyến", ("unknown_column",)),),
        ),
    ),
    case(
        "percentages in an ods",
        "ods; percent cell",
        File(
            lambda: ods(PERCENTAGES),
            name="bao-cao.ods",
            status=("partial",),
            province="37",
            values=of(
                "37",
                "dossiers_received dossiers_online dossiers_on_time",
                {
                    "Phường Hoa Lư": (1200, 499, 1190),
                    "Phường Nam Định": (1500, 624, None),
                    "Phường Phủ Lý": (1000, 416, None),
                },
            ),
            set_aside=(SetAside("F5", why="41,6% is no count"), SetAside("F6", why="a cell shown as 41,6%")),
        ),
    ),
    case(
        "more posts than there can be, more done than received, a flag of 3",
        "words",
        File(
            lambda: xlsx(OUT_OF_BOUNDS),
            status=("partial",),
            province="37",
            values=of(
                "37",
                "staff_allocated staff_present dossiers_received dossiers_on_time office_adequate",
                {"Phường Hoa Lư": (None, 58, 1200, None, 1), "Phường Nam Định": (60, 55, 1500, 1490, None)},
            ),
            set_aside=(
                SetAside("C4", ("out_of_bounds",)),
                SetAside("F4", ("exceeds_companion",)),
                SetAside("3", ("not_a_flag", "out_of_bounds")),
            ),
        ),
    ),
)
