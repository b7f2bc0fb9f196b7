"""One province, one row per commune, in the manner of different departments."""

from __future__ import annotations

from tests.corpus.grids import grid
from tests.corpus.kinds import File, Remark, case, of
from tests.corpus.spreadsheets import xlsx

HOME_AFFAIRS = grid(
    """
    UBND TỈNH AN GIANG | < | < | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | < | <
    SỞ NỘI VỤ | < | < | | Độc lập - Tự do - Hạnh phúc | < | <
    | | | | An Giang, ngày 14 tháng 02 năm 2026 | < | <

    BIỂU TỔNG HỢP BIÊN CHẾ, CÁN BỘ, CÔNG CHỨC CẤP XÃ | < | < | < | < | < | <
    (Số liệu tính đến ngày 13/02/2026) | < | < | < | < | < | <
    | | | | | Đvt: Người | <
    STT | Mã xã | Tên xã, phường, đặc khu | Biên chế cán bộ, công chức | < | Nhân lực bổ sung | <
    ^ | ^ | ^ | Biên chế giao | CBCC hiện có | Biệt phái | LĐHĐ
    1 | 2 | 3 | 4 | 5 | 6 | 7
    1 | '30307 | Phường Long Xuyên | 61 | 58 | 3 | 4
    2 | '30316 | Phường Châu Đốc | 55 | 55 | 0 | 2
    3 | '30337 | Xã An Phú | 42 | 37 | 5 | 0
    4 | '31078 | Đặc khu Phú Quốc | 98 | 91 | 6 | 11
    | | Tổng cộng | 256 | 241 | 14 | 17

    | | NGƯỜI LẬP BIỂU | | | GIÁM ĐỐC | <
    | | (Ký, họ tên) | | | (Ký, đóng dấu) | <


    | | Nguyễn Thị Bích Ngọc | | | Trần Văn Minh | <
    """,
    "Biểu biên chế",
)

MILITARY = grid(
    """
    BỘ CHỈ HUY QUÂN SỰ | < | < | | CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM | < | < | <
    TỈNH ĐẮK LẮK | < | < | | Độc lập – Tự do – Hạnh phúc | < | < | <

    THỐNG KÊ KIỆN TOÀN BAN CHỈ HUY QUÂN SỰ CẤP XÃ | < | < | < | < | < | < | <
    Tính đến 17 giờ 00 ngày 13 tháng 02 năm 2026 | < | < | < | < | < | < | <
    TT | Đơn vị | Định biên BCHQS | Đã bố trí BCHQS | Chia ra theo chức vụ | < | < | <
    ^ | ^ | ^ | ^ | CHT | Phó CHT | CTV phó | Trợ lý
    A | B | 1 | 2 (=3+4+5+6) | 3 | 4 | 5 | 6
    | TỔNG SỐ | 21 | 14 | 4 | 2 | 3 | 5
    I | CÁC PHƯỜNG | < | < | < | < | < | <
    1 | Phường Buôn Ma Thuột | 6 | 5 | 1 | 1 | 1 | 2
    2 | Phường Tuy Hòa | 5 | 4 | 1 | 1 | 1 | 1
    II | CÁC XÃ | < | < | < | < | < | <
    1 | Xã Ea Kar | 5 | 3 | 1 | 0 | 1 | 1
    2 | Xã Krông Năng | 5 | 2 | 1 | 0 | 0 | 1
    """,
    "BCH QS",
)

NO_TITLE = grid(
    """
    Xã, phường | Trụ sở bảo đảm | Trang thiết bị bảo đảm | Đường truyền ổn định | Ghi chú
    Phường Nha Trang | 1 | 1 | 1 |
    Phường Cam Ranh | 1 | 0 | 1 | thiếu 4 máy vi tính
    Xã Vạn Ninh | 0 | 0 | 1 | trụ sở đang sửa, dự kiến xong 30/6
    Xã Khánh Vĩnh | 1 | 1 | 0 |
    """,
    "Sheet1",
)

DEEP = grid(
    "\n" * 13
    + """
    | ỦY BAN NHÂN DÂN | < | <
    | TỈNH THANH HÓA | < | <
    | Số:       /BC-UBND | < | <

    | PHỤ LỤC 03 | < | < | < | < | < | < | <
    | (Kèm theo Báo cáo số 45/BC-UBND ngày 14/02/2026 của UBND tỉnh) | < | < | < | < | < | < | <

    | Kỳ báo cáo: đến ngày 13.02.2026 | < | < | < | < | < | < | <




    | | | | | | | Đơn vị: hồ sơ | <

    | Số TT | Tên đơn vị hành chính cấp xã | Dân số⏎(người) | Hồ sơ thủ tục hành chính trong kỳ | < | < | < | Ghi chú
    | ^ | ^ | ^ | Tiếp nhận | Trong đó | < | Tỷ lệ đúng hạn⏎(%) | ^
    | ^ | ^ | ^ | ^ | HS trực tuyến | HS đúng hạn | ^ | ^
    | 1 | Phường Hạc Thành | 197142 | 4210 | 3005 | 4188 | 99,48 |
    | 2 | Phường Sầm Sơn | 80120 | 1894 | 1240 | 1890 | 99,79 |
    | 3 | Xã Mường Lát | 17505 | 102 | 15 | 97 | 95,10 | mạng yếu
    | Cộng | < | 294767 | 6206 | 4260 | 6175 | 99,50 |
    """,
    "PL03",
)

REORDERED = grid(
    """
    Ghi chú | Đã tháo gỡ | Vướng mắc phát sinh | Loại hình | Tên xã/phường | Diện tích (km2) | Mã ĐVHC
    | 3 | 7 | Phường | Hải Châu | 7.58 | 20242
    | 0 | 2 | Phường | Tam Kỳ | 15.2 | 20341
    chờ hướng dẫn | 5 | 12 | Xã | Nam Trà My | 224,2 | 20944
    | 1 | 1 | Xã | Tây Hồ | 30 | 20380
    """,
    "vuong mac",
)

PLAN_AND_LAST = grid(
    """
    SỞ NỘI VỤ THÀNH PHỐ HỒ CHÍ MINH
    TÌNH HÌNH TIẾP NHẬN HỒ SƠ - KỲ BÁO CÁO ĐẾN NGÀY 13/02/2026

    Stt | Phường, xã, đặc khu | Số hồ sơ tiếp nhận | < | < | Số hồ sơ đúng hạn | < | <
    ^ | ^ | Kế hoạch | Kỳ trước | Kỳ này | Kế hoạch | Kỳ trước | Kỳ này
    1 | Phường Sài Gòn | 5000 | 4711 | 5120 | 5000 | 4700 | 5101
    2 | Phường Bình Dương | 3000 | 2804 | 2950 | 3000 | 2799 | 2950
    3 | Đặc khu Côn Đảo | 200 | 144 | 187 | 200 | 144 | 186
    """,
    "Hồ sơ",
)

LETTERED = grid(
    """
    UBND THÀNH PHỐ HUẾ
    TỔNG HỢP ĐÀO TẠO, BỒI DƯỠNG ĐẾN NGÀY 13/02/2026
    STT | Địa phương | Số CBCC | < | Kết quả bồi dưỡng | <
    ^ | ^ | Biên chế giao | Số cán bộ, công chức cấp xã hiện có | Đã bồi dưỡng | Tập huấn bầu cử
    (1) | (2) | (3) | (4) | (5) | (6)
    A | Phường | 101 | 96 | 70 | 55
    a) | Phường Thuận Hóa | 53 | 50 | 40 | 30
    b) | Phường Phú Xuân | 48 | 46 | 30 | 25
    B | Xã | 63 | 60 | 33 | 40
    a) | Xã A Lưới 1 | 33 | 31 | 20 | 22
    b) | Xã A Lưới 2 | 30 | 29 | 13 | 18
    | Tổng (A+B) | 164 | 156 | 103 | 95
    Ghi chú: Số liệu do Phòng Tổ chức tổng hợp; 02 xã chưa gửi báo cáo.
    1. Cột (5) là số lũy kế từ 01/7/2025.
    2. Cột (6) tính cả 15 cán bộ không chuyên trách.
    """,
    "DT-BD",
)

GAPS = grid(
    """
    ỦY BAN NHÂN DÂN TỈNH QUẢNG NINH | < | < | < | <

    BÁO CÁO NHANH VỀ NHU CẦU NHÂN LỰC
    Thời điểm: 13-02-2026

    STT | Tên xã, phường, đặc khu | Trong đó: thiếu theo lĩnh vực | < | < | < | <
    ^ | ^ | Đất đai, quy hoạch, xây dựng | Tài chính | Công nghệ thông tin | Giáo dục | Y tế
    1 | Phường Hạ Long | 2 | 0 | 1 | 3 | 0

    2 | Phường Móng Cái 1 | 1 | 1 | 1 | 0 | 0
    3 | Phường Móng Cái 2 | 1 | 0 | 2 | 0 | 2

    4 | Đặc khu Vân Đồn | 3 | 2 | 2 | 1 | 1
    5 | Đặc khu Cô Tô | 1 | 1 | 1 | 0 |
    """,
    "Nhu cầu",
)

SIDE_NOTES = grid(
    """
    UBND TỈNH CAO BẰNG | | | | | Hướng dẫn: ghi 1 nếu có, 0 nếu chưa
    Tính đến ngày 13/02/2026 | | | | | Liên hệ: 0206 385 2345

    STT | Xã, phường | TT PVHCC | Đi vào hoạt động | | Người rà: Lò Thị Hoa
    1 | Xã Tổng Cọt | 1 | 1 | | 12/02
    2 | Phường Thục Phán | 1 | 1 | | 12/02
    3 | Xã Bảo Lâm | 1 | 0 | | 13/02
    """,
    "Sheet1",
)

STAFF = "staff_allocated staff_present staff_seconded_in staff_contracted"
POSTS = (
    "military_posts_required military_posts_filled military_commander_appointed military_deputy_commander_appointed "
    "military_deputy_political_officer_appointed military_assistants"
)
DOSSIERS = "dossiers_received dossiers_online dossiers_on_time"

CASES = (
    case(
        "a department of home affairs, title block and signatures, two header rows",
        "xlsx; merged header; column numbers; total last",
        File(
            lambda: xlsx(HOME_AFFAIRS),
            province="91",
            values=of(
                "91",
                STAFF,
                {
                    "Phường Long Xuyên": (61, 58, 3, 4),
                    "Phường Châu Đốc": (55, 55, 0, 2),
                    "Xã An Phú": (42, 37, 5, 0),
                    "Đặc khu Phú Quốc": (98, 91, 6, 11),
                },
            ),
        ),
    ),
    case(
        "a military command, total first, sections of wards and communes, column formulas",
        "total first; sections; column numbers; no code",
        File(
            lambda: xlsx(MILITARY),
            province="66",
            values=of(
                "66",
                POSTS,
                {
                    "Phường Buôn Ma Thuột": (6, 5, 1, 1, 1, 2),
                    "Phường Tuy Hòa": (5, 4, 1, 1, 1, 1),
                    "Xã Ea Kar": (5, 3, 1, 0, 1, 1),
                    "Xã Krông Năng": (5, 2, 1, 0, 0, 1),
                },
            ),
        ),
    ),
    case(
        "a bare table from row 1 without order numbers, its province and day in the file name",
        "header in row 1; no order column; province in file name; day in file name",
        File(
            lambda: xlsx(NO_TITLE),
            name="Khánh Hòa - trụ sở 13.02.2026.xlsx",
            province="56",
            may_be_remarked=("taken_from_name",),
            values=of(
                "56",
                "office_adequate equipment_adequate network_stable",
                {
                    "Phường Nha Trang": (1, 1, 1),
                    "Phường Cam Ranh": (1, 0, 1),
                    "Xã Vạn Ninh": (0, 0, 1),
                    "Xã Khánh Vĩnh": (1, 1, 0),
                },
            ),
        ),
    ),
    case(
        "an annex whose three-row header starts in row 28 and column B, with population and percentages",
        "header in row 28; extra columns; 41,6%; d.m.yyyy",
        File(
            lambda: xlsx(DEEP),
            province="38",
            values=of(
                "38",
                DOSSIERS,
                {
                    "Phường Hạc Thành": (4210, 3005, 4188),
                    "Phường Sầm Sơn": (1894, 1240, 1890),
                    "Xã Mường Lát": (102, 15, 97),
                },
            ),
            remarks=(Remark("Dân số", ("unknown_column",)), Remark("Tỷ lệ", ("unknown_column",))),
        ),
    ),
    case(
        "columns in another order, the type of unit in a column of its own, codes as numbers",
        "reordered columns; extra columns",
        File(
            lambda: xlsx(REORDERED),
            name="bao cao vuong mac 13-02-2026.xlsx",
            folder="da-nang",
            province="48",
            may_be_remarked=("taken_from_name",),
            values=of(
                "48",
                "obstacles_resolved obstacles_raised",
                {
                    "Phường Hải Châu": (3, 7),
                    "Phường Tam Kỳ": (0, 2),
                    "Xã Nam Trà My": (5, 12),
                    "Xã Tây Hồ": (1, 1),
                },
            ),
        ),
    ),
    case(
        "plan, last period and this period under each indicator: only this period is reported",
        "extra columns; merged header",
        File(
            lambda: xlsx(PLAN_AND_LAST),
            province="79",
            values=of(
                "79",
                "dossiers_received dossiers_on_time",
                {
                    "Phường Sài Gòn": (5120, 5101),
                    "Phường Bình Dương": (2950, 2950),
                    "Đặc khu Côn Đảo": (187, 186),
                },
            ),
        ),
    ),
    case(
        "sections A and B with subtotals in their own row, letters for order, numbered notes at the foot",
        "subtotals; total without the word; sections; notes",
        File(
            lambda: xlsx(LETTERED),
            province="46",
            values=of(
                "46",
                "staff_allocated staff_present staff_trained election_staff_trained",
                {
                    "Phường Thuận Hóa": (53, 50, 40, 30),
                    "Phường Phú Xuân": (48, 46, 30, 25),
                    "Xã A Lưới 1": (33, 31, 20, 22),
                    "Xã A Lưới 2": (30, 29, 13, 18),
                },
            ),
        ),
    ),
    case(
        "fields of shortage named only under their heading, blank rows between communes, names that end in numbers",
        "merged header; d-m-yyyy; zero and blank",
        File(
            lambda: xlsx(GAPS),
            province="22",
            values=of(
                "22",
                "staff_gap_land staff_gap_finance staff_gap_it staff_gap_education staff_gap_health",
                {
                    "Phường Hạ Long": (2, 0, 1, 3, 0),
                    "Phường Móng Cái 1": (1, 1, 1, 0, 0),
                    "Phường Móng Cái 2": (1, 0, 2, 0, 2),
                    "Đặc khu Vân Đồn": (3, 2, 2, 1, 1),
                    "Đặc khu Cô Tô": (1, 1, 1, 0, None),
                },
            ),
        ),
    ),
    case(
        "remarks beside the table and a commune whose name begins like a total",
        "notes; no code",
        File(
            lambda: xlsx(SIDE_NOTES),
            province="04",
            values=of(
                "04",
                "pvhcc_commune_established pvhcc_commune_operating",
                {"Xã Tổng Cọt": (1, 1), "Phường Thục Phán": (1, 1), "Xã Bảo Lâm": (1, 0)},
            ),
        ),
    ),
)
