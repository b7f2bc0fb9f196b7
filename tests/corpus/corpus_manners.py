"""What clerks do with provinces, sheets and cells when nobody watches."""

from __future__ import annotations

from tests.corpus.grids import Grid, grid
from tests.corpus.kinds import File, Remark, SetAside, case, of
from tests.corpus.spreadsheets import xlsx

IN_THOUSANDS = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026 | | | Đơn vị tính: nghìn hồ sơ
    STT | Xã, phường | Hồ sơ tiếp nhận | Hồ sơ đúng hạn
    1 | Phường Long Xuyên | 12 | 11
    2 | Xã An Phú | 3 | 3
    """
)

EAST = grid(
    """
    UBND TỈNH AN GIANG - tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Long Xuyên | 61 | 58
    | Cộng | 61 | 58
    """,
    "Khu vực 1",
)

WEST = grid(
    """
    UBND TỈNH AN GIANG - tính đến ngày 13/02/2026
    TT | Đơn vị | CBCC hiện có | Biên chế giao
    1 | Xã An Phú | 37 | 42
    | Cộng | 37 | 42
    """,
    "Khu vực 2",
)

ODD_FLAGS = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Trụ sở bảo đảm | Trang thiết bị bảo đảm | Đường truyền ổn định
    1 | Phường Long Xuyên | TRUE | ☑ | CÓ
    2 | Xã An Phú | FALSE | 0 | chưa có
    3 | Xã Óc Eo | TRUE | ü | √
    """
)

PROVINCE_COLUMN = grid(
    """
    BỘ NỘI VỤ - Số liệu các địa phương tính đến ngày 13/02/2026
    STT | Tỉnh, thành phố | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Tỉnh Tuyên Quang | Xã Tân An | 40 | 39
    2 | ^ | Xã Bình An | 38 | 38
    3 | Tỉnh An Giang | Xã Tân An | 42 | 37
    4 | ^ | Xã Bình An | 41 | 40
    """
)

PROVINCES_AS_COLUMNS = grid(
    """
    BỘ NỘI VỤ - tính đến ngày 13/02/2026
    TT | Chỉ tiêu | Hà Nội | Cao Bằng | TP. HCM
    1 | TTPVHCC cấp tỉnh | 1 | 1 | 1
    2 | TTHC phải rà soát | 2100 | 1.850 | 2.300
    """
)

SECTIONS_WITHOUT_CODES = grid(
    """
    BỘ NỘI VỤ - tính đến ngày 13/02/2026
    STT | Đơn vị | Biên chế giao | CBCC hiện có
    I | TỈNH TUYÊN QUANG | |
    1 | Xã Tân An | 40 | 39
    2 | Xã Bình An | 38 | 38
    II | TỈNH AN GIANG | |
    1 | Xã Tân An | 42 | 37
    2 | Xã Bình An | 41 | 40
    """
)

FILTERED = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có
    1 | Phường Long Xuyên | 61 | 58
    2 | Phường Châu Đốc | 55 | 55
    3 | Xã An Phú | 42 | 37
    | Tổng cộng | =SUBTOTAL(109,C4:C6)→103 | =SUBTOTAL(109,D4:D6)→95
    """
).with_(hidden_rows=frozenset({4}))

INFERRED = grid(
    """
    BỘ CHQS TỈNH KHÁNH HÒA
    Tính đến ngày 13/02/2026
    STT | Xã, phường, đặc khu | Chỉ huy trưởng | Phó CHT
    1 | Phường Nha Trang | 1 | 1
    2 | Đặc khu Trường Sa | 1 |
    """
)

HA_NOI_CENTRES = grid(
    """
    UBND THÀNH PHỐ HÀ NỘI
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Đã thành lập TTPVHCC xã | Biên chế giao
    1 | Phường Ba Đình | 1 | 70
    2 | Xã Sóc Sơn | - | 50
    """
)

CODES_OF_ANOTHER = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Mã xã | Xã, phường | Biên chế giao | CBCC hiện có
    1 | '32002 | Phường An Xuyên | 50 | 49
    2 | '31825 | Phường Bạc Liêu | 52 | 50
    3 | '32191 | Xã Năm Căn | 40 | 38
    """
)


def with_booleans(sheet: Grid) -> Grid:
    """`TRUE` and `FALSE` as the spreadsheet's own values."""
    values = {"TRUE": True, "FALSE": False}
    rows = [[values.get(cell, cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows]
    return sheet.with_(rows=rows)


STAFF = "staff_allocated staff_present"
TWO = of("91", STAFF, {"Phường Long Xuyên": (61, 58), "Xã An Phú": (42, 37)})
TWO_PROVINCES = {
    **of("08", STAFF, {"Xã Tân An": (40, 39), "Xã Bình An": (38, 38)}),
    **of("91", STAFF, {"Xã Tân An": (42, 37), "Xã Bình An": (41, 40)}),
}

CASES = (
    case(
        "figures in thousands are not taken as they stand",
        "words",
        File(
            lambda: xlsx(IN_THOUSANDS),
            status=("accepted", "partial", "rejected", "needs_review"),
            province="91",
            either=of(
                "91",
                "dossiers_received dossiers_on_time",
                {"Phường Long Xuyên": (12000, 11000), "Xã An Phú": (3000, 3000)},
            ),
        ),
    ),
    case(
        "one sheet per part of the province",
        "several sheets; total last; reordered columns",
        File(lambda: xlsx(EAST, WEST), province="91", values=TWO),
    ),
    case(
        "flags as the spreadsheet's own TRUE, as boxes and as signs of picture fonts",
        "flag words",
        File(
            lambda: xlsx(with_booleans(ODD_FLAGS)),
            status=("accepted", "partial"),
            province="91",
            values=of(
                "91",
                "office_adequate equipment_adequate network_stable",
                {"Phường Long Xuyên": (1, None, 1), "Xã An Phú": (0, 0, None), "Xã Óc Eo": (1, None, None)},
            ),
            either=of(
                "91",
                "equipment_adequate network_stable",
                {"Phường Long Xuyên": (1, None), "Xã An Phú": (None, 0), "Xã Óc Eo": (1, 1)},
            ),
        ),
    ),
    case(
        "communes of the same name told apart by the column of their province",
        "all provinces; no code; merged header",
        File(lambda: xlsx(PROVINCE_COLUMN), values=TWO_PROVINCES),
    ),
    case(
        "communes of the same name told apart by the row of their province",
        "all provinces; no code; sections",
        File(lambda: xlsx(SECTIONS_WITHOUT_CODES), values=TWO_PROVINCES),
    ),
    case(
        "provinces as columns",
        "all provinces; units in columns; 3.193",
        File(
            lambda: xlsx(PROVINCES_AS_COLUMNS),
            values={
                ("01", "pvhcc_province_established"): 1,
                ("04", "pvhcc_province_established"): 1,
                ("79", "pvhcc_province_established"): 1,
                ("01", "procedures_to_review"): 2100,
                ("04", "procedures_to_review"): 1850,
                ("79", "procedures_to_review"): 2300,
            },
        ),
    ),
    case(
        "units that an indicator does not count are asked about, where a document says so",
        "dash; every name",
        # That Trường Sa has no commander is inferred from national figures; a report of one is taken.
        File(
            lambda: xlsx(INFERRED),
            province="56",
            values=of(
                "56",
                "military_commander_appointed military_deputy_commander_appointed",
                {"Phường Nha Trang": (1, 1), "Đặc khu Trường Sa": (1, None)},
            ),
        ),
        File(
            lambda: xlsx(HA_NOI_CENTRES),
            name="HN.xlsx",
            status=("partial",),
            province="01",
            values=of("01", "staff_allocated", {"Phường Ba Đình": (70,), "Xã Sóc Sơn": (50,)}),
            set_aside=(SetAside("Phường Ba Đình", ("unit_not_counted",)),),
        ),
    ),
    case(
        "the title of one province over the communes of another",
        "province contradicted; other province",
        File(
            lambda: xlsx(CODES_OF_ANOTHER),
            status=("needs_review", "rejected"),
            province=None,
            set_aside=(SetAside("", ("province_conflict", "unit_of_other_province")),),
        ),
    ),
    case(
        "a filter hides a row and the total leaves it out",
        "hidden rows; wrong total",
        File(
            lambda: xlsx(FILTERED),
            province="91",
            values={**TWO, **of("91", STAFF, {"Phường Châu Đốc": (55, 55)})},
            remarks=(Remark("5", why="row 5 is hidden"), Remark("103", ("total_does_not_add_up",))),
            may_be_remarked=("total_does_not_add_up",),
        ),
    ),
)
