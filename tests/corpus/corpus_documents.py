"""Reports as documents: Word and PDF."""

from __future__ import annotations

import datetime

from tests.corpus.documents import word
from tests.corpus.grids import grid
from tests.corpus.kinds import File, case, of, provincial
from tests.corpus.paper import pdf
from tests.corpus.spreadsheets import xlsx

HEAD = grid(
    """
    UBND TỈNH ĐẮK LẮK⏎SỞ NỘI VỤ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM⏎Độc lập - Tự do - Hạnh phúc
    Số: 112/BC-SNV | Đắk Lắk, ngày 14 tháng 02 năm 2026
    """
)
TABLE = grid(
    """
    STT | Tên xã, phường | Biên chế cán bộ, công chức | < | Thiếu CNTT
    ^ | ^ | Biên chế giao | CBCC hiện có | ^
    1 | Phường Buôn Ma Thuột | 72 | 70 | 1
    2 | Phường Tuy Hòa | 64 | 61 | 0
    3 | Xã Ea Kar | 44 | 40 | 2
    Tổng cộng | < | 180 | 171 | 3
    """
)
SIGNED = grid(
    """
    Nơi nhận:⏎- Bộ Nội vụ;⏎- Lưu: VT, XDCQ (2 bản). | KT. GIÁM ĐỐC⏎PHÓ GIÁM ĐỐC⏎⏎H'Yim Kđoh
    """
)
TASKS = grid(
    """
    TT | Nhiệm vụ | Kết quả | Ngày hoàn thành
    1 | TTPVHCC cấp tỉnh | Đã thành lập | 01/07/2025
    2 | Đề án khuyến nông | Chưa |
    """
)
TABLE_VALUES = of(
    "66",
    "staff_allocated staff_present staff_gap_it",
    {"Phường Buôn Ma Thuột": (72, 70, 1), "Phường Tuy Hòa": (64, 61, 0), "Xã Ea Kar": (44, 40, 2)},
)
PROSE = (
    "Thực hiện Công văn số 310/BNV-CQĐP ngày 05/02/2026, Sở Nội vụ báo cáo số liệu tính đến ngày 13/02/2026 như sau:",
    "1. Toàn tỉnh có 102 xã, phường, trong đó 102 Trung tâm Phục vụ hành chính công cấp xã đã thành lập; 99 đơn vị đã "
    "kết nối. Tổng biên chế giao là 4.411 người.",
    "2. Chi tiết một số đơn vị theo bảng dưới đây (đơn vị tính: người).",
)

FIRST_PAGE = grid(
    """
    STT | Xã, phường | Hồ sơ tiếp nhận | Hồ sơ trực tuyến | Hồ sơ đúng hạn
    (1) | (2) | (3) | (4) | (5)
    1 | Phường Pleiku | 2.310 | 1.802 | 2.290
    2 | Phường Quy Nhơn | 3.193 | 2.744 | 3.190
    """
)
SECOND_PAGE = grid(
    """
    STT | Xã, phường | Hồ sơ tiếp nhận | Hồ sơ trực tuyến | Hồ sơ đúng hạn
    (1) | (2) | (3) | (4) | (5)
    3 | Xã Chư Sê | 412 | 120 | 400
    4 | Xã Đak Đoa | 388 | 97 | 388
    Tổng cộng | < | 6.303 | 4.763 | 6.268
    """
)
NO_REPEAT = SECOND_PAGE.with_(rows=SECOND_PAGE.rows[2:], merges=[(2, 0, 2, 1)])
TWO_HEADS = grid(
    """
    TT | Xã, phường | Trung tâm PVHCC cấp xã | < | Ghi chú
    ^ | ^ | Đã thành lập | Đã hoạt động | ^
    1 | Phường Pleiku | x | x |
    2 | Xã Chư Sê | x | | đang sửa trụ sở
    """
)
DOSSIERS = of(
    "52",
    "dossiers_received dossiers_online dossiers_on_time",
    {
        "Phường Pleiku": (2310, 1802, 2290),
        "Phường Quy Nhơn": (3193, 2744, 3190),
        "Xã Chư Sê": (412, 120, 400),
        "Xã Đak Đoa": (388, 97, 388),
    },
)
GIA_LAI = ("UBND TỈNH GIA LAI", "TÌNH HÌNH GIẢI QUYẾT HỒ SƠ", "(Tính đến ngày 13 tháng 02 năm 2026)")

CASES = (
    case(
        "a Word report: a layout table for the head, prose with figures, a table, a table for the signature",
        "docx; merged header; total last",
        File(
            lambda: word(HEAD, "BÁO CÁO", *PROSE, TABLE, "Trên đây là báo cáo.", SIGNED),
            "112.docx",
            province="66",
            values=TABLE_VALUES,
        ),
    ),
    case(
        "a Word report with a commune table and a list of tasks",
        "docx; provincial list; stacked tables",
        File(
            lambda: word(HEAD, *PROSE, TABLE, "3. Nhiệm vụ cấp tỉnh", TASKS),
            "BC 112.docx",
            province="66",
            values={
                **TABLE_VALUES,
                **provincial("66", {"pvhcc_province_established": 1, "extension_scheme_drafted": 0}),
            },
            done_on={"pvhcc_province_established": datetime.date(2025, 7, 1)},
        ),
    ),
    case(
        "a PDF over two pages with its header on both",
        "pdf; 3.193; total last; column numbers",
        File(lambda: pdf([*GIA_LAI, FIRST_PAGE], [SECOND_PAGE]), "GL.pdf", province="52", values=DOSSIERS),
    ),
    case(
        "a PDF whose table goes on without a header",
        "pdf; 3.193",
        File(
            lambda: pdf([*GIA_LAI, FIRST_PAGE], [NO_REPEAT, "NGƯỜI LẬP BIỂU"]),
            "GL 2.pdf",
            province="52",
            values=DOSSIERS,
        ),
    ),
    case(
        "a PDF with a header of two rows and ticks",
        "pdf; merged header; x",
        File(
            lambda: pdf([*GIA_LAI, TWO_HEADS, "Ghi chú: 02 đơn vị."]),
            "GL 3.pdf",
            province="52",
            values=of(
                "52",
                "pvhcc_commune_established pvhcc_commune_operating",
                {"Phường Pleiku": (1, 1), "Xã Chư Sê": (1, None)},
            ),
        ),
    ),
    case(
        "the table of the Word report as a workbook, with the prose above it",
        "notes; xlsx",
        File(
            lambda: xlsx(
                TABLE.with_(
                    rows=[["UBND TỈNH ĐẮK LẮK"], *([line] for line in PROSE), *TABLE.rows],
                    merges=[(a + 4, b, c + 4, d) for a, b, c, d in TABLE.merges],
                )
            ),
            province="66",
            values=TABLE_VALUES,
        ),
    ),
)
