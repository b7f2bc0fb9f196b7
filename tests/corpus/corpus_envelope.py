"""Whose figures of which day: marks, title, file name, folder, and what to do if they are silent or disagree."""

from __future__ import annotations

import datetime

from pipelines.form.layout import FORM, FORM_VERSION, MARKS_SHEET
from tests.corpus.grids import Grid, grid
from tests.corpus.kinds import DAY, File, SetAside, case, of
from tests.corpus.spreadsheets import xlsx

REVIEW = ("needs_review",)
NOT_TAKEN = ("needs_review", "rejected")


def sheet(*title: str, foot: str = "") -> Grid:
    """Two communes of An Giang under these title lines."""
    table = (
        "STT | Xã, phường | Biên chế giao | CBCC hiện có\n1 | Phường Long Xuyên | 61 | 58\n2 | Phường Hà Tiên | 50 | 48"
    )
    return grid("\n".join(["", *title, table, foot]))


# What our own form carries in a sheet that nobody sees.
MARKS = Grid(
    MARKS_SHEET, [["form", FORM], ["version", FORM_VERSION], ["province_code", "91"]], visibility="very_hidden"
)
VALUES = of("91", "staff_allocated staff_present", {"Phường Long Xuyên": (61, 58), "Phường Hà Tiên": (50, 48)})
TITLE = "UBND TỈNH AN GIANG"
AS_OF = "Tính đến ngày 13/02/2026"


def taken(content: Grid, name: str = "bao-cao.xlsx", folder: str = "", day: datetime.date = DAY) -> File:
    return File(
        lambda: xlsx(content),
        name=name,
        folder=folder,
        province="91",
        day=day,
        values=VALUES,
        may_be_remarked=("taken_from_name", "day_in_name_differs"),
    )


CASES = (
    case(
        "hidden marks say whose file it is",
        "hidden marks",
        File(
            lambda: xlsx(sheet(AS_OF), MARKS),
            name="bieu 04 da dien.xlsx",
            province="91",
            values=VALUES,
        ),
    ),
    case(
        "the province only in the file name, written in five ways",
        "province in file name",
        taken(sheet(AS_OF), "BC_AnGiang_thang02.xlsx"),
        taken(sheet(AS_OF, ""), "AN GIANG - báo cáo biên chế.xlsx"),
        taken(sheet(AS_OF, "", ""), "an_giang.xlsx"),
        taken(sheet("", AS_OF), "Bieu 04_T.An Giang_91.xlsx"),
        taken(sheet("", "", AS_OF), "SNV tinh An Giang (ban cuoi).xlsx"),
    ),
    case(
        "the province only in the folder",
        "province in folder",
        taken(sheet(AS_OF), "bieu 04.xlsx", "91-an-giang/2026-02"),
        taken(sheet(AS_OF, ""), "bieu 04.xlsx", "Tỉnh An Giang"),
    ),
    case(
        "title and file name name two provinces",
        "province contradicted",
        File(
            lambda: xlsx(sheet(TITLE, AS_OF)),
            name="Ca Mau 13.02.2026.xlsx",
            status=REVIEW,
            set_aside=(SetAside("", ("province_conflict",)),),
        ),
    ),
    case(
        "title and folder name two provinces",
        "province contradicted",
        File(
            lambda: xlsx(sheet(TITLE, AS_OF)),
            folder="68 Lâm Đồng",
            status=REVIEW,
            set_aside=(SetAside("", ("province_conflict",)),),
        ),
    ),
    case(
        "two sheets with the titles of two provinces",
        "province contradicted; several sheets",
        File(
            lambda: xlsx(sheet(TITLE, AS_OF), sheet("UBND TỈNH CÀ MAU", AS_OF).with_(name="Sheet2")),
            status=REVIEW,
            set_aside=(SetAside("", ("province_conflict",)),),
        ),
    ),
    case(
        "nothing names the province: it is not guessed from the communes",
        "no province",
        File(
            lambda: xlsx(sheet(AS_OF)),
            name="bieu 04 (1).xlsx",
            status=REVIEW,
            province="",
            set_aside=(SetAside("tệp", ("province_missing",)),),
        ),
        File(
            lambda: xlsx(sheet("", AS_OF)),
            name="91_bieu04.xlsx",  # a number may be that of the letter
            status=REVIEW,
            province="",
            set_aside=(SetAside("tệp", ("province_missing",)),),
        ),
    ),
    case(
        "the day only in the file name, written in five ways",
        "day in file name",
        taken(sheet(TITLE), "BC 13-02-2026.xlsx"),
        taken(sheet(TITLE, ""), "20260213_BC.xlsx"),
        taken(sheet("", TITLE), "bao cao ngay 13.2.2026.xlsx"),
        taken(sheet(TITLE, "", ""), "BC_13022026_v2.xlsx"),
        taken(sheet(TITLE, "BÁO CÁO", ""), "Báo cáo đến ngày 13 tháng 02 năm 2026.xlsx"),
    ),
    case(
        "no day at all, or only a month: none is made up",
        "no day",
        File(
            lambda: xlsx(sheet(TITLE)),
            status=REVIEW,
            province="91",
            day=None,
            set_aside=(SetAside("tệp", ("day_missing",)),),
        ),
        File(
            lambda: xlsx(sheet(TITLE, "BÁO CÁO THÁNG 02 NĂM 2026")),
            status=REVIEW,
            province="91",
            day=None,
            set_aside=(SetAside("tệp", ("day_missing",)),),
        ),
    ),
    case(
        "a day in the signature is the day of signing",
        "day in the signature; no day",
        File(
            lambda: xlsx(sheet(TITLE, foot="| | An Giang, ngày 13 tháng 02 năm 2026\n| | NGƯỜI LẬP BIỂU")),
            status=REVIEW,
            province="91",
            day=None,
            set_aside=(SetAside("tệp", ("day_missing",)),),
        ),
    ),
    case(
        "the day of the letter and of the decision it follows contradict nobody",
        "day in the signature",
        taken(
            sheet(
                "UBND TỈNH AN GIANG | | An Giang, ngày 14 tháng 02 năm 2026",
                "(Kèm theo Công văn số 310/SNV-XDCQ ngày 14/02/2026)",
                "Căn cứ Quyết định số 759/QĐ-TTg ngày 14/4/2025",
                "Số liệu tính từ ngày 01/7/2025 đến hết ngày 13/02/2026",
                foot="| | An Giang, ngày 14 tháng 02 năm 2026",
            )
        ),
    ),
    case(
        "title and file name say two days",
        "day contradicted",
        File(
            lambda: xlsx(sheet(TITLE, AS_OF)),
            name="An Giang tinh den 31-01-2026.xlsx",
            status=REVIEW,
            province="91",
            day=None,
            set_aside=(SetAside("31/01/2026", ("day_conflict",)),),
        ),
    ),
    case(
        "the file name carries the day of sending: the title decides",
        "day contradicted",
        taken(sheet(TITLE, AS_OF), "SNV An Giang gui 14-02-2026.xlsx"),
    ),
    case(
        "a day that has not come yet",
        "day in the future",
        File(
            lambda: xlsx(sheet(TITLE, "Tính đến ngày 13/02/2027")),
            status=NOT_TAKEN,
            province=None,
            day=datetime.date(2027, 2, 13),
            set_aside=(SetAside("13/02/2027", ("day_in_future",)),),
        ),
    ),
    case(
        "the day and month in the title, the year in the heading above it",
        "d/m",
        taken(sheet(TITLE, "BÁO CÁO TÌNH HÌNH BIÊN CHẾ NĂM 2026", "Số liệu tính đến 13/2"), "bao-cao.xlsx"),
    ),
    case(
        "a wall of a title: agency, motto, form number and day in one cell",
        "line break in a cell; ngày … tháng … năm …",
        taken(
            grid(
                "UBND TỈNH AN GIANG⏎SỞ NỘI VỤ⏎-------- | < | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM⏎Độc lập - Tự do - Hạnh"
                " phúc | <\n"
                "Mẫu 04⏎BIÊN CHẾ⏎(tính đến hết ngày 13 tháng 02 năm 2026) | < | < | <\n"
                "STT | Xã, phường | Biên chế giao | CBCC hiện có\n"
                "1 | Phường Long Xuyên | 61 | 58\n2 | Phường Hà Tiên | 50 | 48"
            )
        ),
    ),
)
