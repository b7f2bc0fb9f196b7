"""Rows of the published database that remember where they come from, so that each figure made of them does too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from dashboard import formats
from dashboard.brief.structure import Figure, Key, Part
from dashboard.language import KINDS_OF_UNIT, language
from dashboard.vocabulary import coverage_word, status_text
from dashboard.warehouse import Published, Row

UNKNOWN = "chưa có báo cáo"
END_OF_DAY = time(23, 59, 59)
VIETNAMESE = language("vi")


def _status(value: str) -> str:
    return status_text(value, VIETNAMESE)


def _report(value: str) -> str:
    """Glyph and word; Times New Roman has no hollow diamond but a lozenge."""
    return coverage_word(value, VIETNAMESE).replace("◇", "◊")


def _moment(value: datetime) -> str:
    """`01 giờ 30 ngày 28/02/2026`; the last second of a day is its end."""
    if value.time() >= END_OF_DAY:
        return f"hết ngày {formats.day(value)}"
    return f"{value:%H} giờ {value:%M} ngày {formats.day(value)}"


WRITERS: dict[str, Callable[[Any], str]] = {
    "number": formats.number,
    "percent": formats.percent,
    "days": lambda value: formats.number(abs(value)),
    "signed": formats.signed,
    "day": formats.day,
    "moment": _moment,
    "report": _report,
    "status": _status,
    "text": str,
}


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a query. `key` tells it from every other row of any query."""

    query: str
    key: Key
    row: Row

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    def figure(self, kind: str, column: str) -> Part:
        """The value of a column, written; what nobody reported is said so, never zero."""
        value = self.row[column]
        if value is None:
            return UNKNOWN
        return Figure(WRITERS[kind](value), value, kind, self.query, column, self.key)

    def number(self, column: str) -> Part:
        return self.figure("number", column)

    def percent(self, column: str) -> Part:
        return self.figure("percent", column)

    def day(self, column: str) -> Part:
        return self.figure("day", column)

    def label(self, column: str) -> Part:
        return self.figure("text", column)

    def names(self, column: str, limit: int) -> Part:
        """`A, B và 5 nơi khác` of a list; names of communes inside a sentence begin in lower case."""
        value = self.row[column]
        if not value:
            return UNKNOWN
        names = [lowered(name) for name in value]
        return Figure(VIETNAMESE.names(names, limit), value, "names", self.query, column, self.key)


def lowered(name: str) -> str:
    """`xã Bình Lư` and `đặc khu Hoàng Sa` inside a sentence; `An Giang` stays."""
    return name[0].lower() + name[1:] if name.startswith(KINDS_OF_UNIT) else name


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks the published database about one unit: 'VN' or a province."""

    published: Published
    unit: str

    def rows(self, query: str, *keys: str, **parameters: object) -> list[Record]:
        """The rows of a query; `keys` are the columns that tell them apart."""
        asked = tuple(
            (name, tuple(value) if isinstance(value, list) else value) for name, value in sorted(parameters.items())
        )
        return [
            Record(query, asked + tuple((key, row[key]) for key in keys), row)
            for row in self.published.rows(query, **parameters)
        ]

    def row(self, query: str, **parameters: object) -> Record:
        """The only row of a query that has exactly one."""
        (only,) = self.rows(query, **parameters)
        return only
