"""Blanks, dashes and words where a figure belongs."""

from __future__ import annotations

from tests.corpus.grids import grid
from tests.corpus.kinds import File, SetAside, case, of
from tests.corpus.spreadsheets import xlsx

FLAGS = grid(
    """
    UBND TỈNH TUYÊN QUANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Đã thành lập TTPVHCC xã | TTPVHCC hoạt động | Trụ sở bảo đảm
    1 | Phường Minh Xuân | x | X | có
    2 | Phường Hà Giang 1 | Đã thành lập | đã | Có
    3 | Phường Hà Giang 2 | ✓ | 1 | đạt
    4 | Xã Mèo Vạc | 1 | chưa | không
    5 | Xã Đồng Văn | Chưa thành lập | 0 | Chưa
    6 | Xã Lũng Cú | | | 0
    """,
    "TTPVHCC",
)

FLAG_QUESTIONS = grid(
    """
    UBND TỈNH TUYÊN QUANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Đã thành lập TTPVHCC xã | TTPVHCC hoạt động
    1 | Phường Minh Xuân | 1 | đang thực hiện
    2 | Xã Mèo Vạc | 1 | dự kiến tháng 3/2026
    3 | Xã Đồng Văn | 2 | ?
    4 | Xã Lũng Cú | 1 | 1
    """,
    "TTPVHCC",
)

COUNTS = grid(
    """
    UBND TỈNH TUYÊN QUANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | Biệt phái | LĐHĐ
    1 | Phường Minh Xuân | 60 | 58 | - | –
    2 | Phường Hà Giang 1 | 51 | 50 | … | ...
    3 | Xã Mèo Vạc | 43 | chưa có | x | 0
    4 | Xã Đồng Văn | đang thực hiện | 40 | | 2
    5 | Xã Lũng Cú | không | 38 | 1 | chưa báo cáo
    6 | Xã Yên Minh | 44 | khoảng 40 | 30-35 | 4/5
    """,
    "Biên chế",
)

WITH_UNIT = grid(
    """
    UBND TỈNH TUYÊN QUANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Minh Xuân | 60 người | 58 người
    2 | Xã Mèo Vạc | 43 (có 2 nữ) | 41
    """,
    "Biên chế",
)

ERRORS = grid(
    """
    UBND TỈNH TUYÊN QUANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Minh Xuân | 60 | #N/A!
    2 | Xã Mèo Vạc | =1/0→#DIV/0! | 41
    3 | Xã Đồng Văn | =VLOOKUP(1,A1:B2,2)→#N/A | =A9*2→#VALUE!
    4 | Xã Lũng Cú | 40 | ########
    """.replace("#N/A!", "'#N/A").replace("########", "'########"),
    "Biên chế",
)

DATES_IN_COUNTS = grid(
    """
    UBND TỈNH TUYÊN QUANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | Trụ sở bảo đảm
    1 | Phường Minh Xuân | 60 | @2026-02-12 | 1
    2 | Xã Mèo Vạc | 43 | 41 | 15/01/2026
    """,
    "Biên chế",
)

STAFF = "staff_allocated staff_present"

CASES = (
    case(
        "flags in all the words for yes and no",
        "flag words; x; zero and blank",
        File(
            lambda: xlsx(FLAGS),
            province="08",
            values=of(
                "08",
                "pvhcc_commune_established pvhcc_commune_operating office_adequate",
                {
                    "Phường Minh Xuân": (1, 1, 1),
                    "Phường Hà Giang 1": (1, 1, 1),
                    "Phường Hà Giang 2": (1, 1, 1),
                    "Xã Mèo Vạc": (1, 0, 0),
                    "Xã Đồng Văn": (0, 0, 0),
                    "Xã Lũng Cú": (None, None, 0),
                },
            ),
        ),
    ),
    case(
        "flags that are neither yes nor no",
        "flag words; words",
        File(
            lambda: xlsx(FLAG_QUESTIONS),
            status=("partial",),
            province="08",
            values=of(
                "08",
                "pvhcc_commune_established pvhcc_commune_operating",
                {
                    "Phường Minh Xuân": (1, None),
                    "Xã Mèo Vạc": (1, None),
                    "Xã Lũng Cú": (1, 1),
                },
            ),
            set_aside=(
                SetAside("đang thực hiện", ("not_a_flag",)),
                SetAside("dự kiến tháng 3/2026", ("not_a_flag",)),
                SetAside("C6", ("not_a_flag", "out_of_bounds")),
                SetAside("?", ("not_a_flag",)),
            ),
        ),
    ),
    case(
        "dashes and dots are not reported, zero is zero, words are asked about",
        "dash; ellipsis; x; words; zero and blank",
        File(
            lambda: xlsx(COUNTS),
            status=("partial",),
            province="08",
            values=of(
                "08",
                f"{STAFF} staff_seconded_in staff_contracted",
                {
                    "Phường Minh Xuân": (60, 58, None, None),
                    "Phường Hà Giang 1": (51, 50, None, None),
                    "Xã Mèo Vạc": (43, None, None, 0),
                    "Xã Đồng Văn": (None, 40, None, 2),
                    "Xã Lũng Cú": (None, 38, 1, None),
                    "Xã Yên Minh": (44, None, None, None),
                },
            ),
            set_aside=(
                SetAside("chưa có", ("not_a_number",)),
                SetAside("x", ("not_a_number",)),
                SetAside("đang thực hiện", ("not_a_number",)),
                SetAside("không", ("not_a_number",)),
                SetAside("khoảng 40", ("not_a_number",)),
                SetAside("30-35", ("not_a_number",)),
                SetAside("4/5", ("not_a_number", "ambiguous_number")),
            ),
        ),
    ),
    case(
        "numbers with their unit behind: read or asked, nothing else",
        "words",
        File(
            lambda: xlsx(WITH_UNIT),
            status=("accepted", "partial"),
            province="08",
            values=of("08", "staff_present", {"Xã Mèo Vạc": (41,)}),
            may_be_remarked=("unit_in_cell",),
            either=of("08", STAFF, {"Phường Minh Xuân": (60, 58), "Xã Mèo Vạc": (43, None)}),
        ),
    ),
    case(
        "errors of the spreadsheet, as values and as text",
        "error values",
        File(
            lambda: xlsx(ERRORS),
            status=("partial",),
            province="08",
            values=of(
                "08", STAFF, {"Phường Minh Xuân": (60, None), "Xã Mèo Vạc": (None, 41), "Xã Lũng Cú": (40, None)}
            ),
            set_aside=(
                SetAside("D4", ("error_value",)),
                SetAside("C5", ("error_value",)),
                SetAside("C6", ("error_value",)),
                SetAside("D6", ("error_value",)),
                SetAside("D7", ("not_a_number", "error_value")),
            ),
        ),
    ),
    case(
        "a date where people are counted, a date where a flag belongs",
        "words",
        File(
            lambda: xlsx(DATES_IN_COUNTS),
            status=("partial",),
            province="08",
            values=of(
                "08", f"{STAFF} office_adequate", {"Phường Minh Xuân": (60, None, 1), "Xã Mèo Vạc": (43, 41, None)}
            ),
            set_aside=(SetAside("12/02/2026", ("not_a_number",)), SetAside("15/01/2026", ("not_a_flag",))),
        ),
    ),
)
