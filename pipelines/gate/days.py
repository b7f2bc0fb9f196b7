"""Dates as people write them. No part that is missing is invented, and day and month are never swapped."""

from __future__ import annotations

import datetime
import re

from pipelines.readers import CellValue
from pipelines.vietnamese import plain

# Day and month, however they are joined; the year may follow, and the time that programs put behind it.
_DAY_MONTH = r"(?P<day>\d{1,2})\s*(?:[/.-]|tháng\b)\s*(?P<month>\d{1,2})"
_FULL = _DAY_MONTH + r"\s*(?:[/.-]|,?\s*năm\b)\s*(?P<year>\d{4})(?!\d)"
_ISO = r"(?P<iso_year>\d{4})[-/](?P<iso_month>\d{1,2})[-/](?P<iso_day>\d{1,2})(?!\d)"
_TIME = r"(?:[t\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY = re.compile(rf"(?:ngày\s*)?(?:{_FULL}|{_ISO}){_TIME}[.;,]?")
_DAY_INSIDE = re.compile(rf"(?<![\d/.-])(?:{_FULL}|{_ISO})")
_YEARLESS = re.compile(r"(?:ngày\s*)?(?P<day>\d{1,2})\s*(?:[/-]|tháng\b)\s*(?P<month>\d{1,2})")
_NO_DAY = re.compile(r"[-./_ ]*|(không|chưa) có số liệu|chưa có|chưa báo cáo")
_SERIAL_START = datetime.date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)  # 01/01/2000 to 31/12/2099


def read_day(cell: CellValue, year: int | None = None) -> datetime.date | None:
    """Reads a date cell: a stored date, an Excel serial, `13/02/2026`, `2026-02-13`, `ngày 13 tháng 02 năm 2026`.

    `13/2` is a date only where the caller knows the `year` from elsewhere in the report, and says so to the sender.
    Empty cells give None. Raises ValueError where a date is given but can't be read whole; no part is invented.
    """
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell in _SERIALS:
        return _SERIAL_START + datetime.timedelta(days=int(cell))
    text = plain(str(cell))
    if _NO_DAY.fullmatch(text):
        return None
    if found := _DAY.fullmatch(text):
        return _date(found)
    if year is not None and (found := _YEARLESS.fullmatch(text)):
        return datetime.date(year, int(found["month"]), int(found["day"]))
    raise ValueError(text)


def day_within(text: str) -> datetime.date | None:
    """The first full date inside a text such as `Tính đến ngày 13/02/2026`; None where there is none.

    Raises ValueError where the first date is none of the calendar (31/02/2026).
    """
    found = _DAY_INSIDE.search(plain(text))
    return _date(found) if found else None


def _date(found: re.Match[str]) -> datetime.date:
    """Raises ValueError for a day of no calendar."""
    if found["iso_year"]:
        return datetime.date(int(found["iso_year"]), int(found["iso_month"]), int(found["iso_day"]))
    return datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
