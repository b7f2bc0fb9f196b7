"""Tables with units in columns, several provinces, or several tables on one sheet."""

from __future__ import annotations

from tests.corpus.grids import grid
from tests.corpus.kinds import File, SetAside, case, of, provincial
from tests.corpus.spreadsheets import xlsx

TRANSPOSED = grid(
    """
    ỦY BAN NHÂN DÂN TỈNH LAI CHÂU | < | < | < | <
    SO SÁNH CÁC XÃ, tính đến ngày 13/02/2026 | < | < | < | <

    STT | Chỉ tiêu | Phường Đoàn Kết | Phường Tân Phong | Xã Than Uyên | Xã Tân Uyên
    1 | Biên chế cán bộ, công chức cấp xã được giao | 50 | 48 | 41 | 40
    2 | Số cán bộ, công chức cấp xã hiện có | 47 | 48 | 36 | 39
    3 | Thiếu CNTT | 1 | 0 | 2 | 1
    4 | Trụ sở bảo đảm | có | có | chưa | có
    """,
    "So sánh",
)

TRANSPOSED_GROUPED = grid(
    """
    UBND TỈNH ĐỒNG THÁP
    Số liệu tính đến ngày 13/02/2026
    Nội dung | Đơn vị tính | Toàn tỉnh | Phường | < | Xã | <
    ^ | ^ | ^ | Mỹ Tho | Cao Lãnh | Mỹ Thọ | Tràm Chim
    Số hồ sơ thủ tục hành chính tiếp nhận trong kỳ | hồ sơ | 8300 | 3900 | 3100 | 700 | 600
    Số hồ sơ giải quyết đúng hạn trong kỳ | hồ sơ | 8183 | 3855 | 3050 | 690 | 588
    """,
    "Biểu ngang",
)

MINISTRY = grid(
    """
    BỘ NỘI VỤ | < | < | < | <
    TỔNG HỢP TÌNH HÌNH KIỆN TOÀN KHUYẾN NÔNG CỦA 34 TỈNH, THÀNH PHỐ | < | < | < | <
    (tính đến ngày 13/02/2026) | < | < | < | <
    TT | Tỉnh, thành phố | Đề án TTKN | Quyết định kiện toàn TTKN | Cán bộ KN xã | Quy chế phối hợp KN
    | Tổng số | 5 | 3 | 4 | 1
    1 | TP. Hà Nội | 1 | 1 | 1 | 1
    2 | Cao Bằng | 1 | 0 | 1 | 0
    3 | TP Huế | 1 | 1 | 0 | 0
    4 | TP. HCM | 1 | 1 | 1 | 0
    5 | Cà Mau | 1 | 0 | 1 |
    """,
    "Tổng hợp 34 tỉnh",
)

COUNTRY = grid(
    """
    BỘ NỘI VỤ
    TỔNG HỢP BIÊN CHẾ CẤP XÃ CẢ NƯỚC ĐẾN NGÀY 13/02/2026
    STT | Đơn vị | Mã | Biên chế giao | CBCC hiện có
    | Cả nước | | 370 | 348
    I | Tỉnh An Giang | | 158 | 150
    1 | Phường Long Xuyên | '30307 | 61 | 58
    2 | Phường Châu Đốc | '30316 | 55 | 55
    3 | Xã Bình Hòa | '30607 | 42 | 37
    II | Thành phố Cần Thơ | | 132 | 120
    1 | Phường Ninh Kiều | '31135 | 70 | 66
    2 | Phường Cái Răng | '31186 | 62 | 54
    III | Tỉnh Khánh Hòa | | 80 | 78
    1 | Xã Vạn Ninh | '22489 | 40 | 39
    2 | Xã Khánh Sơn | '22714 | 40 | 39
    """,
    "Cả nước",
)

SUMS_OF_PROVINCES = grid(
    """
    BỘ NỘI VỤ
    SỐ XÃ ĐÃ CÓ TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG, đến ngày 13/02/2026
    TT | Tỉnh, thành phố | Số xã, phường, đặc khu | Trung tâm PVHCC cấp xã đã thành lập | TTPVHCC cấp tỉnh
    1 | Tỉnh An Giang | 102 | 102 | 1
    2 | Tỉnh Cà Mau | 64 | 64 | 1
    3 | Tỉnh Lai Châu | 38 | 37 | 1
    """,
    "Toàn quốc",
)

STACKED = grid(
    """
    UBND TỈNH LẠNG SƠN | < | < | <
    PHỤ LỤC - Tính đến ngày 13/02/2026 | < | < | <

    I. Trung tâm Phục vụ hành chính công
    STT | Tên xã, phường | Đã thành lập TTPVHCC xã | TTPVHCC hoạt động
    1 | Phường Đông Kinh | 1 | 1
    2 | Xã Đồng Đăng | 1 | 1
    3 | Xã Bắc Sơn | 1 | 0
    | Cộng | 3 | 2

    II. Nhân lực
    STT | Tên xã, phường | Biên chế giao | CBCC hiện có | Thiếu CNTT
    1 | Phường Đông Kinh | 52 | 50 | 1
    2 | Xã Đồng Đăng | 44 | 40 | 1
    3 | Xã Bắc Sơn | 39 | 39 | 0
    | Cộng | 135 | 129 | 2

    III. Nhiệm vụ cấp tỉnh
    STT | Chỉ tiêu | Giá trị | Ngày hoàn thành
    1 | TTPVHCC cấp tỉnh | 1 | 01/07/2025
    2 | Hệ thống TTHC tập trung | 0 |
    """,
    "Phụ lục",
)

SIDE_BY_SIDE = grid(
    """
    UBND TỈNH VĨNH LONG, tính đến ngày 13/02/2026
    STT | Xã, phường | Khó khăn, vướng mắc | Đã tháo gỡ | | STT | Xã, phường | Khó khăn, vướng mắc | Đã tháo gỡ
    1 | Phường Trà Vinh | 5 | 4 | | 3 | Xã Cầu Kè | 3 | 3
    2 | Phường Bến Tre | 8 | 6 | | 4 | Xã Cầu Ngang | 2 | 0
    """,
    "2 cột",
)

STAFF = "staff_allocated staff_present"

CASES = (
    case(
        "communes as columns, indicators as rows",
        "units in columns; flag words",
        File(
            lambda: xlsx(TRANSPOSED),
            province="12",
            values=of(
                "12",
                "staff_allocated staff_present staff_gap_it office_adequate",
                {
                    "Phường Đoàn Kết": (50, 47, 1, 1),
                    "Phường Tân Phong": (48, 48, 0, 1),
                    "Xã Than Uyên": (41, 36, 2, 0),
                    "Xã Tân Uyên": (40, 39, 1, 1),
                },
            ),
        ),
    ),
    case(
        "communes as columns under their type, a column for the whole province",
        "units in columns; merged header",
        File(
            lambda: xlsx(TRANSPOSED_GROUPED),
            province="82",
            values=of(
                "82",
                "dossiers_received dossiers_on_time",
                {
                    "Phường Mỹ Tho": (3900, 3855),
                    "Phường Cao Lãnh": (3100, 3050),
                    "Xã Mỹ Thọ": (700, 690),
                    "Xã Tràm Chim": (600, 588),
                },
            ),
        ),
    ),
    case(
        "the Ministry's compilation, one row per province",
        "all provinces; total first; abbreviation",
        File(
            lambda: xlsx(MINISTRY),
            values={
                **provincial(
                    "01",
                    {
                        "extension_scheme_drafted": 1,
                        "extension_centre_decided": 1,
                        "commune_extension_staff_placed": 1,
                        "extension_coordination_rules": 1,
                    },
                ),
                **provincial(
                    "04",
                    {
                        "extension_scheme_drafted": 1,
                        "extension_centre_decided": 0,
                        "commune_extension_staff_placed": 1,
                        "extension_coordination_rules": 0,
                    },
                ),
                **provincial(
                    "46",
                    {
                        "extension_scheme_drafted": 1,
                        "extension_centre_decided": 1,
                        "commune_extension_staff_placed": 0,
                        "extension_coordination_rules": 0,
                    },
                ),
                **provincial(
                    "79",
                    {
                        "extension_scheme_drafted": 1,
                        "extension_centre_decided": 1,
                        "commune_extension_staff_placed": 1,
                        "extension_coordination_rules": 0,
                    },
                ),
                **provincial(
                    "96",
                    {
                        "extension_scheme_drafted": 1,
                        "extension_centre_decided": 0,
                        "commune_extension_staff_placed": 1,
                    },
                ),
            },
        ),
    ),
    case(
        "the whole country, communes under the row of their province, whose subtotals are no unit's value",
        "all provinces; sections; subtotals",
        File(
            lambda: xlsx(COUNTRY),
            values={
                **of(
                    "91",
                    STAFF,
                    {"Phường Long Xuyên": (61, 58), "Phường Châu Đốc": (55, 55), "Xã Bình Hòa": (42, 37)},
                ),
                **of("92", STAFF, {"Phường Ninh Kiều": (70, 66), "Phường Cái Răng": (62, 54)}),
                **of("56", STAFF, {"Xã Vạn Ninh": (40, 39), "Xã Khánh Sơn": (40, 39)}),
            },
        ),
    ),
    case(
        "sums over communes are not taken for values of a province",
        "all provinces; subtotals",
        File(
            lambda: xlsx(SUMS_OF_PROVINCES),
            status=("accepted", "partial"),
            values={
                **provincial("91", {"pvhcc_province_established": 1}),
                **provincial("96", {"pvhcc_province_established": 1}),
                **provincial("12", {"pvhcc_province_established": 1}),
            },
            set_aside=(
                SetAside("pvhcc_commune_established", why="102 centres are reported for a province as a whole"),
            ),
        ),
    ),
    case(
        "three tables below one another on a sheet, the last one a provincial list",
        "stacked tables; subtotals; provincial list",
        File(
            lambda: xlsx(STACKED),
            province="20",
            values={
                **of(
                    "20",
                    "pvhcc_commune_established pvhcc_commune_operating",
                    {"Phường Đông Kinh": (1, 1), "Xã Đồng Đăng": (1, 1), "Xã Bắc Sơn": (1, 0)},
                ),
                **of(
                    "20",
                    f"{STAFF} staff_gap_it",
                    {"Phường Đông Kinh": (52, 50, 1), "Xã Đồng Đăng": (44, 40, 1), "Xã Bắc Sơn": (39, 39, 0)},
                ),
                **provincial("20", {"pvhcc_province_established": 1, "central_procedure_system_adopted": 0}),
            },
        ),
    ),
    case(
        "two halves of one table side by side to save paper",
        "stacked tables",
        File(
            lambda: xlsx(SIDE_BY_SIDE),
            status=("accepted", "partial", "needs_review", "rejected"),
            province="86",
            either=of(
                "86",
                "obstacles_raised obstacles_resolved",
                {
                    "Phường Trà Vinh": (5, 4),
                    "Phường Bến Tre": (8, 6),
                    "Xã Cầu Kè": (3, 3),
                    "Xã Cầu Ngang": (2, 0),
                },
            ),
        ),
    ),
)
