"""More than one file about the same day."""

from __future__ import annotations

import datetime
from functools import partial

from tests.corpus.grids import Grid, grid
from tests.corpus.kinds import DAY, File, Remark, case, code, of
from tests.corpus.spreadsheets import xlsx

EARLIER = datetime.date(2026, 1, 31)
LONG_XUYEN, CHAU_DOC = code("91", "Phường Long Xuyên"), code("91", "Phường Châu Đốc")


def staff(*rows: str, day: str = "13/02/2026", agency: str = "UBND TỈNH AN GIANG") -> Grid:
    lines = "\n".join(rows)
    return grid(f"{agency}\nTính đến ngày {day}\nSTT | Xã, phường | Biên chế giao | CBCC hiện có\n{lines}")


def hours(count: int) -> datetime.datetime:
    return datetime.datetime(2026, 2, 14, 8) + datetime.timedelta(hours=count)


def taken(sheet: Grid, name: str, at: int, rows: dict[str, tuple[float | None, ...]], **more: object) -> File:
    values = of("91", "staff_allocated staff_present", rows)
    return File(partial(xlsx, sheet), name=name, province="91", values=values, received_at=hours(at), **more)


FIRST = staff("1 | Phường Long Xuyên | 61 | 58", "2 | Phường Châu Đốc | 55 | 55")
FIRST_ROWS: dict[str, tuple[float | None, ...]] = {"Phường Long Xuyên": (61, 58), "Phường Châu Đốc": (55, 55)}
FIRST_BYTES = xlsx(FIRST)
CORRECTED = staff("1 | Phường Long Xuyên | 61 | 60", "2 | Phường Châu Đốc | 55 | 55")
PARTIAL = staff("1 | Phường Long Xuyên | | 59", "2 | Phường Châu Đốc | - |")
LATE = staff("1 | Phường Long Xuyên | 61 | 40", day="31/01/2026")
MILITARY = grid(
    """
    BỘ CHỈ HUY QUÂN SỰ TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Chỉ huy trưởng | Phó Chỉ huy trưởng
    1 | Phường Long Xuyên | 1 | 1
    2 | Phường Châu Đốc | 1 | 0
    """
)
FALLEN = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Vướng mắc phát sinh | Đã tháo gỡ
    1 | Phường Long Xuyên | 9 | 8
    """
)
BEFORE = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 31/01/2026
    STT | Xã, phường | Vướng mắc phát sinh | Đã tháo gỡ
    1 | Phường Long Xuyên | 12 | 8
    """
)
OBSTACLES = "obstacles_raised obstacles_resolved"


def in_force(*values: tuple[str, str, float], day: datetime.date = DAY) -> dict[tuple[str, str, datetime.date], float]:
    return {(unit, indicator, day): value for unit, indicator, value in values}


BASE = in_force(
    (LONG_XUYEN, "staff_allocated", 61),
    (LONG_XUYEN, "staff_present", 58),
    (CHAU_DOC, "staff_allocated", 55),
    (CHAU_DOC, "staff_present", 55),
)

CASES = (
    case(
        "the same file again under another name",
        "same file twice",
        File(
            lambda: FIRST_BYTES,
            name="a.xlsx",
            province="91",
            values=of("91", "staff_allocated staff_present", FIRST_ROWS),
        ),
        File(
            lambda: FIRST_BYTES,
            name="a (ban sao).xlsx",
            status=("duplicate",),
            received_at=hours(3),
            remarks=(Remark("tệp", ("duplicate_file",)),),
        ),
        in_force=BASE,
    ),
    case(
        "a corrected file for the same day",
        "corrected file",
        taken(FIRST, "BC.xlsx", 0, FIRST_ROWS),
        taken(
            CORRECTED,
            "BC dinh chinh.xlsx",
            5,
            {"Phường Long Xuyên": (61, 60), "Phường Châu Đốc": (55, 55)},
            remarks=(Remark("60", ("value_changed",)),),
        ),
        in_force={**BASE, (LONG_XUYEN, "staff_present", DAY): 60.0},
    ),
    case(
        "a partial file leaves what it does not mention",
        "partial file; dash; zero and blank",
        taken(FIRST, "BC.xlsx", 0, FIRST_ROWS),
        taken(
            PARTIAL,
            "BC bo sung.xlsx",
            5,
            {"Phường Long Xuyên": (None, 59)},
            remarks=(Remark("59", ("value_changed",)),),
        ),
        in_force={**BASE, (LONG_XUYEN, "staff_present", DAY): 59.0},
    ),
    case(
        "a file for an earlier day after the later one is history",
        "earlier day later",
        taken(FIRST, "BC 13-02.xlsx", 0, FIRST_ROWS),
        taken(LATE, "BC thang 01.xlsx", 6, {"Phường Long Xuyên": (61, 40)}, day=EARLIER),
        in_force={
            **BASE,
            **in_force((LONG_XUYEN, "staff_allocated", 61), (LONG_XUYEN, "staff_present", 40), day=EARLIER),
        },
    ),
    case(
        "two departments report different things for one day",
        "two departments",
        taken(FIRST, "SNV.xlsx", 0, FIRST_ROWS, folder="So Noi vu"),
        File(
            lambda: xlsx(MILITARY),
            name="BCHQS.xlsx",
            folder="Bo CHQS tinh",
            province="91",
            received_at=hours(1),
            values=of(
                "91",
                "military_commander_appointed military_deputy_commander_appointed",
                {"Phường Long Xuyên": (1, 1), "Phường Châu Đốc": (1, 0)},
            ),
        ),
        in_force={
            **BASE,
            **in_force(
                (LONG_XUYEN, "military_commander_appointed", 1),
                (LONG_XUYEN, "military_deputy_commander_appointed", 1),
                (CHAU_DOC, "military_commander_appointed", 1),
                (CHAU_DOC, "military_deputy_commander_appointed", 0),
            ),
        },
    ),
    case(
        "a cumulative figure that fell is taken and remarked",
        "corrected file; words",
        File(
            lambda: xlsx(BEFORE),
            province="91",
            day=EARLIER,
            values=of("91", OBSTACLES, {"Phường Long Xuyên": (12, 8)}),
        ),
        File(
            lambda: xlsx(FALLEN),
            province="91",
            received_at=hours(1),
            values=of("91", OBSTACLES, {"Phường Long Xuyên": (9, 8)}),
            remarks=(Remark("9", ("cumulative_fell",)),),
        ),
    ),
)
