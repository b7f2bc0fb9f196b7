"""What a file of the corpus is, what is expected of it, and the list of things that really arrive."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

DAY = datetime.date(2026, 2, 13)
RECEIVED_AT = datetime.datetime(2026, 2, 14, 8, 0)
COMMUNES = Path(__file__).resolve().parents[2] / "data" / "reference" / "communes.csv"

Values = Mapping[tuple[str, str], float]
"""{(unit_code, indicator): value}"""

InForce = Mapping[tuple[str, str, datetime.date], float]
"""{(unit_code, indicator, day): value}"""

WHAT_ARRIVES: Mapping[str, Sequence[str]] = {
    "thousands": ("3.193", "3,193", "float 3.193", "mixed separators"),
    "percentages": ("41,6%", "41.6%", "percent cell"),
    "dates": ("dd/mm/yyyy", "ngày … tháng … năm …", "d-m-yyyy", "d.m.yyyy", "serial", "d/m"),
    "zero-padded": ("02",),
    "spelling": ("hoà", "NFD", "Ð", "look-alikes", "’", "spaces", "line break in a cell"),
    "provinces": ("every name", "abbreviation", "Thừa Thiên - Huế", "old province name", "old commune name"),
    "communes": (
        *("no code", "upper case", "no diacritics", "P. X. ĐK", "UBND xã"),
        *("ambiguous", "typo", "other province", "code and name differ"),
    ),
    "legacy fonts": ("TCVN3", "VNI"),
    "formats": (
        *("xlsx", "xlsm", "xls", "ods", "docx", "pdf", "html", "xml 2003"),
        *("csv utf-8", "csv utf-8-sig", "csv utf-16", "csv cp1258", "comma", "semicolon", "tab"),
        *(".doc", "scan", "password", "archive", "damaged"),
    ),
    "structure": (
        *("several sheets", "hidden sheet", "hidden rows", "hidden columns", "notes", "formula without value"),
        *("merged header", "header in row 1", "header in row 28", "extra columns", "reordered columns"),
        *("no order column", "column numbers", "sections", "stacked tables", "units in columns"),
        *("all provinces", "provincial list", "new shape", "no report"),
    ),
    "totals and words": (
        *("total first", "total last", "wrong total", "subtotals", "total without the word"),
        *("dash", "ellipsis", "x", "words", "zero and blank", "flag words", "error values", "equal rows", "other rows"),
    ),
    "envelope": (
        *("hidden marks", "province in file name", "province in folder", "province contradicted", "no province"),
        *("day in file name", "no day", "day in the signature", "day contradicted", "day in the future"),
    ),
    "revisions": ("same file twice", "corrected file", "partial file", "earlier day later", "two departments"),
    "hostile": ("blank cells", "zip bomb", "entities", "macros", "formula in a name", "32,767 characters", "path name"),
}
"""The table “What really arrives” of the paper on report forms, row by row, each row with its details."""


@dataclass(frozen=True)
class SetAside:
    """A value or a file that must not be taken, and must be answered.

    `at` is found in the place (`C9`, whole), the given text, the unit, the indicator or the detail of the message.
    `rules` names the rules that would be right; where it is empty any rule is, and `why` says what the matter is.
    """

    at: str
    rules: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Remark:
    """What the sender must be told, found like a `SetAside`; values stay. A refusal tells it too."""

    at: str
    rules: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, eq=False)
class File:
    """One file, how it arrives, and all that may be taken from it.

    `province` and `day` are None where nothing is expected of the envelope (`day`: where no day must be found).
    `either` are values that two careful clerks might decide differently: taken as stated, or set aside.
    `may_be_remarked` are rules that say nothing wrong about this file and need not be said.
    `done_on` are the completion dates that must come along with values.
    """

    content: Callable[[], bytes]
    name: str = "bao-cao.xlsx"
    folder: str = ""
    status: tuple[str, ...] = ("accepted",)
    province: str | None = None
    day: datetime.date | None = DAY
    values: Values = field(default_factory=dict)
    either: Values = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    remarks: tuple[Remark, ...] = ()
    may_be_remarked: tuple[str, ...] = ()
    done_on: Mapping[str, datetime.date | None] = field(default_factory=dict)
    received_at: datetime.datetime = RECEIVED_AT
    cells_limit: int = 2_000_000


@dataclass(frozen=True, eq=False)
class Case:
    """Files that arrive one after the other; `in_force` is what the ledger must say after the last one."""

    name: str
    covers: tuple[str, ...]
    files: tuple[File, ...]
    in_force: InForce | None = None


def case(name: str, covers: str, *files: File, in_force: InForce | None = None) -> Case:
    """A case whose files say all that is expected; `covers` names details of `WHAT_ARRIVES`, with `;` between."""
    return Case(name, tuple(detail.strip() for detail in covers.split(";")), files, in_force)


@cache
def _codes() -> dict[tuple[str, str], str]:
    with COMMUNES.open(encoding="utf-8", newline="") as lines:
        return {(line["province_code"], line["commune_name"]): line["commune_code"] for line in csv.DictReader(lines)}


def code(province: str, name: str) -> str:
    """Official code of a commune by its full name, `Phường Long Xuyên`."""
    return _codes()[province, name]


def of(province: str, indicators: str, rows: Mapping[str, Sequence[float | None]]) -> dict[tuple[str, str], float]:
    """What is expected of a table: names of indicators, then per commune its values; None is not reported."""
    names = indicators.split()
    assert all(len(row) == len(names) for row in rows.values())
    return {
        (code(province, unit), indicator): float(value)
        for unit, row in rows.items()
        for indicator, value in zip(names, row, strict=True)
        if value is not None
    }


def provincial(province: str, values: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """What is expected of a province itself."""
    return {(province, indicator): float(value) for indicator, value in values.items()}
