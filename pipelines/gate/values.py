"""The grammar of cells: what counts as a number, a flag, a date, or as nothing reported. Nothing is guessed."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from pipelines.readers import CellValue
from pipelines.vietnamese import plain

NOT_REPORTED = frozenset({"", "-", "--", "---", "...", "…", ".", "//", "không có số liệu", "chưa có số liệu"})
YES = frozenset({"x", "có", "✓", "✔", "đã", "rồi", "đã thành lập", "đã hoạt động", "đã bổ nhiệm", "đạt"})
NO = frozenset({"không", "chưa", "chưa có", "chưa thành lập", "chưa bổ nhiệm", "chưa đạt"})
_WHOLE = re.compile(r"[+-]?\d+")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
_DECIMAL = re.compile(r"[+-]?\d+,\d{1,2}")
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_LONG_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_SERIAL_START = datetime.date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)  # 01/01/2000 to 31/12/2099


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell understood: `value` is None where nothing was reported; `rule` names what is wrong, if anything."""

    value: float | None = None
    rule: str = ""


NOTHING = Reading()


def read_value(cell: CellValue, is_flag: bool) -> Reading:
    """Reads a count or a flag. Rules: `not_a_number`, `not_a_flag`, `ambiguous_number`.

    A fraction with exactly three decimals (3.193) is what an English Excel makes of a count typed with the
    Vietnamese thousands point, so it is asked about and not taken.
    """
    if isinstance(cell, bool):
        return Reading(float(cell))
    if isinstance(cell, (int, float)):
        return _read_stored_number(float(cell))
    if isinstance(cell, str):
        return _read_text(plain(cell), is_flag)
    return Reading(rule="not_a_flag" if is_flag else "not_a_number")


def _read_stored_number(number: float) -> Reading:
    thousandths = round(number * 1000)
    if number != int(number) and abs(number * 1000 - thousandths) < 1e-6 and thousandths % 10:
        return Reading(rule="ambiguous_number")
    return Reading(number)


def _read_text(text: str, is_flag: bool) -> Reading:
    if text in NOT_REPORTED:
        return NOTHING
    if is_flag and text in YES:
        return Reading(1.0)
    if is_flag and text in NO:
        return Reading(0.0)
    if _WHOLE.fullmatch(text):
        return Reading(float(text))
    if _THOUSANDS.fullmatch(text):
        return Reading(float(text.replace(".", "")))
    if _COMMA_GROUPS.fullmatch(text):
        return Reading(rule="ambiguous_number")
    if _DECIMAL.fullmatch(text):
        return Reading(float(text.replace(",", ".")))
    return Reading(rule="not_a_flag" if is_flag else "not_a_number")


def read_day(cell: CellValue) -> datetime.date | None:
    """Reads a date cell: a stored date, an Excel serial, `13/02/2026`, `13-2-2026`, `ngày 13 tháng 02 năm 2026`.

    Empty cells give None. Raises ValueError where a date is given but can't be read whole; no part is invented.
    """
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) == cell and int(cell) in _SERIALS:
        return _SERIAL_START + datetime.timedelta(days=int(cell))
    text = plain(str(cell))
    if text in NOT_REPORTED:
        return None
    found = _DAY.fullmatch(text) or _LONG_DAY.fullmatch(text)
    if not found:
        raise ValueError(text)
    day, month, year = (int(part) for part in found.groups())
    return datetime.date(year, month, day)


def day_within(text: str) -> datetime.date | None:
    """The full date inside a title such as `Tính đến ngày 13/02/2026`; None where there is none or it is no date."""
    normal = plain(text)
    found = _DAY.search(normal) or _LONG_DAY.search(normal)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
