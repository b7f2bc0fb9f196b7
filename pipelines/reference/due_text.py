"""What the wording of a deadline means: `trước ngày 15/12/2025` excludes the day, `đến hết năm 2025` includes its last.

A month, a quarter or a year counts as a whole: `trước tháng 3/2026` ends with February, `quý 1/2026` with its last day.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from pipelines.vietnamese import plain

_ONE_DAY = datetime.timedelta(days=1)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDING = re.compile(
    r"(?P<how>trước|đến hết|hết|đến|chậm nhất( là| vào)?|muộn nhất( là| vào)?|trong|vào)?\s*"
    r"(?:"
    r"(?:ngày )?(?P<day>\d{1,2})/(?P<month_of_day>\d{1,2})(?:/(?P<year_of_day>\d{4}))?"
    r"|tháng (?P<month>\d{1,2})(?:[/ ](?:năm )?(?P<year_of_month>\d{4}))?"
    r"|quý (?P<quarter>[1-4]|iv|i{1,3})(?:[/ ](?:năm )?(?P<year_of_quarter>\d{4}))?"
    r"|năm (?P<year>\d{4})"
    r")"
)


@dataclass(frozen=True, slots=True)
class Due:
    """A due date as it stands in the tables: `is_inclusive` is false where the day itself is too late."""

    due_on: datetime.date
    is_inclusive: bool


def read_due_text(text: str, year: int) -> Due | None:
    """The deadline that a wording names; `year` is meant where it names none. None where it can't be understood."""
    found = _WORDING.fullmatch(plain(text).strip(" ."))
    if found is None:
        return None
    try:
        first, last = _period(found, year)
    except ValueError:
        return None
    is_before = found["how"] == "trước"
    return Due(first if is_before else last, not is_before)


def _period(found: re.Match[str], year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of what is named. Raises ValueError for a day that no calendar has."""
    if found["day"]:
        day = datetime.date(int(found["year_of_day"] or year), int(found["month_of_day"]), int(found["day"]))
        return day, day
    if found["month"]:
        month = datetime.date(int(found["year_of_month"] or year), int(found["month"]), 1)
        return month, _next_month(month) - _ONE_DAY
    if found["quarter"]:
        number = _ROMAN.get(found["quarter"]) or int(found["quarter"])
        first = datetime.date(int(found["year_of_quarter"] or year), 3 * number - 2, 1)
        return first, _next_month(first.replace(month=3 * number)) - _ONE_DAY
    named = int(found["year"])
    return datetime.date(named, 1, 1), datetime.date(named, 12, 31)


def _next_month(month: datetime.date) -> datetime.date:
    return (month + 31 * _ONE_DAY).replace(day=1)
