"""Lists of the province's own indicators, one row each."""

from __future__ import annotations

import datetime

from tests.corpus.grids import grid
from tests.corpus.kinds import DAY, File, Remark, SetAside, case, provincial
from tests.corpus.spreadsheets import xlsx

OUR_MANNER = grid(
    """
    UBND TỈNH LÂM ĐỒNG | < | < | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | < | <

    Biểu 01. KẾT QUẢ THỰC HIỆN NHIỆM VỤ Ở CẤP TỈNH | < | < | < | < | < | <
    Tính đến ngày 13/02/2026 | < | < | < | < | < | <
    STT | Chỉ tiêu | Đơn vị tính | Giá trị | Ngày hoàn thành | Số, ký hiệu văn bản | Ghi chú
    1 | Trung tâm Phục vụ hành chính công cấp tỉnh đã thành lập | Trung tâm | 1 | 01/07/2025 | 15/QĐ-UBND |
    2 | Kết nối Cổng Dịch vụ công quốc gia | Hệ thống | 1 | ngày 15 tháng 7 năm 2025 | |
    3 | Đề án khuyến nông | Đề án | 1 | 2-10-2025 | 2210/ĐA-UBND |
    4 | Quyết định kiện toàn TTKN | Quyết định | 1 | 25.12.2025 | 3301/QĐ-UBND | ban hành 02 quyết định
    5 | QĐ TTDVC cấp xã | Quyết định | 0 | | | đang trình
    6 | Bố trí CB khuyến nông | Tỉnh | 1 | @2026-01-20 | |
    7 | Quy chế phối hợp KN | Quy chế | 1 | 46050 | 12/QC-SNN |
    8 | TTHC phải rà soát | Thủ tục | 2.145 | | |
    9 | TTHC đã rà soát | Thủ tục | 1.980 | | |
    10 | Hệ thống TTHC tập trung | Hệ thống | 1 | 13/2 | |
    """,
    "Biểu 01",
)
OUR_VALUES = provincial(
    "68",
    {
        "pvhcc_province_established": 1,
        "national_portal_connected": 1,
        "extension_scheme_drafted": 1,
        "extension_centre_decided": 1,
        "commune_service_centre_decided": 0,
        "commune_extension_staff_placed": 1,
        "extension_coordination_rules": 1,
        "procedures_to_review": 2145,
        "procedures_reviewed": 1980,
        "central_procedure_system_adopted": 1,
    },
)

TICKS = grid(
    """
    SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG TỈNH NGHỆ AN
    KẾT QUẢ KIỆN TOÀN HỆ THỐNG KHUYẾN NÔNG (đến ngày 13/02/2026)

    TT | Nội dung công việc | Đã thực hiện | Chưa thực hiện | Số văn bản | Ngày ban hành
    1 | Xây dựng đề án kiện toàn Trung tâm Khuyến nông cấp tỉnh | x | | 88/ĐA | 05/09/2025
    2 | Ban hành quyết định thành lập/kiện toàn Trung tâm Khuyến nông cấp tỉnh | x | | 2987/QĐ-UBND | 12/11/2025
    3 | Ban hành quyết định thành lập Trung tâm Dịch vụ công cấp xã | | x | |
    4 | Bố trí cán bộ khuyến nông cấp xã | X | | |
    5 | Ban hành quy chế phối hợp công tác khuyến nông | | | |
    """,
    "KN",
)

BOTH_TICKED = grid(
    """
    UBND TỈNH HÀ TĨNH
    Tính đến ngày 13/02/2026
    STT | Nhiệm vụ | Đã thực hiện | Chưa thực hiện
    1 | Đề án khuyến nông | ✓ |
    2 | Quyết định kiện toàn TTKN | ✓ | ✓
    3 | Quy chế phối hợp khuyến nông | | ✓
    """,
    "Nhiệm vụ",
)

SECTIONED = grid(
    """
    VĂN PHÒNG UBND TỈNH SƠN LA | < | < | <
    Biểu theo dõi nhiệm vụ - thời điểm 13/02/2026 | < | < | <

    STT | Mã chỉ tiêu | Tên chỉ tiêu | Kết quả
    I | | Trung tâm Phục vụ hành chính công |
    1 | pvhcc_province_established | TTPVHCC cấp tỉnh | Đã thành lập
    2 | national_portal_connected | Kết nối Cổng DVCQG | Có
    II | | Thủ tục hành chính |
    1 | procedures_to_review | Số thủ tục hành chính phải rà soát | 1980
    2 | procedures_reviewed | Số thủ tục hành chính đã rà soát, bãi bỏ hoặc đơn giản hóa | 1755
    3 | central_procedure_system_adopted | Hệ thống TTHC tập trung | Chưa
    III | | Khuyến nông |
    1 | extension_scheme_drafted | Đề án TTKN | đang trình
    2 | | Số hội nghị đã tổ chức | 14
    """,
    "Theo dõi",
)

REMARK_DATES = grid(
    """
    UBND TỈNH GIA LAI
    Tính đến ngày 13/02/2026
    STT | Chỉ tiêu | Giá trị | Ngày hoàn thành
    1 | TTPVHCC cấp tỉnh | 1 | 31/11/2025
    2 | Kết nối Cổng DVCQG | 1 | quý III/2025
    3 | Đề án TTKN | 1 | 20/02/2026
    """,
    "Biểu 01",
)

CASES = (
    case(
        "a provincial list with dates written in seven ways",
        "provincial list; dd/mm/yyyy; ngày … tháng … năm …; d-m-yyyy; d.m.yyyy; serial; 3.193",
        File(
            lambda: xlsx(OUR_MANNER),
            province="68",
            values=OUR_VALUES,
            remarks=(Remark("13/2", why="the year is missing: no date, or the year of the title"),),
            done_on={
                "pvhcc_province_established": datetime.date(2025, 7, 1),
                "national_portal_connected": datetime.date(2025, 7, 15),
                "extension_scheme_drafted": datetime.date(2025, 10, 2),
                "extension_centre_decided": datetime.date(2025, 12, 25),
                "commune_service_centre_decided": None,
                "commune_extension_staff_placed": datetime.date(2026, 1, 20),
                "extension_coordination_rules": datetime.date(2026, 1, 28),
            },
        ),
    ),
    case(
        "a provincial list ticked under done and not done",
        "provincial list; x; flag words",
        File(
            lambda: xlsx(TICKS),
            province="40",
            values=provincial(
                "40",
                {
                    "extension_scheme_drafted": 1,
                    "extension_centre_decided": 1,
                    "commune_service_centre_decided": 0,
                    "commune_extension_staff_placed": 1,
                },
            ),
            done_on={
                "extension_scheme_drafted": datetime.date(2025, 9, 5),
                "extension_centre_decided": datetime.date(2025, 11, 12),
            },
        ),
    ),
    case(
        "a task ticked as done and as not done",
        "provincial list; flag words",
        File(
            lambda: xlsx(BOTH_TICKED),
            status=("partial",),
            province="42",
            values=provincial("42", {"extension_scheme_drafted": 1, "extension_coordination_rules": 0}),
            set_aside=(SetAside("C5", why="ticked under both headings"),),
        ),
    ),
    case(
        "a provincial list in sections with results in words and one row that is no indicator",
        "provincial list; flag words; words",
        File(
            lambda: xlsx(SECTIONED),
            status=("partial",),
            province="14",
            values=provincial(
                "14",
                {
                    "pvhcc_province_established": 1,
                    "national_portal_connected": 1,
                    "procedures_reviewed": 1755,
                    "central_procedure_system_adopted": 0,
                    "procedures_to_review": 1980,
                },
            ),
            set_aside=(
                SetAside("đang trình", ("not_a_flag",)),
                SetAside("Số hội nghị đã tổ chức", ("unknown_indicator",)),
            ),
        ),
    ),
    case(
        "completion dates that do not exist, are no day or have not come yet: the value stays, the date does not",
        "dd/mm/yyyy",
        File(
            lambda: xlsx(REMARK_DATES),
            province="52",
            day=DAY,
            values=provincial(
                "52",
                {"pvhcc_province_established": 1, "national_portal_connected": 1, "extension_scheme_drafted": 1},
            ),
            remarks=(
                Remark("31/11/2025", ("date_not_readable",)),
                Remark("quý III/2025", ("date_not_readable",)),
                Remark("20/02/2026", ("done_after_report",)),
            ),
            done_on={
                "pvhcc_province_established": None,
                "national_portal_connected": None,
                "extension_scheme_drafted": None,
            },
        ),
    ),
)
