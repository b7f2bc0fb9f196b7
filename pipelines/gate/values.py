"""The grammar of cells: what counts as a number, a flag, a date, or as nothing reported. Nothing is guessed."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

from pipelines.readers import CellValue
from pipelines.vietnamese import plain

NOT_REPORTED = frozenset({"", "-", "--", "---", "...", ".", "//", "không có số liệu", "chưa có số liệu"})
YES = frozenset({"x", "có", "✓", "✔", "đã", "rồi", "đã thành lập", "đã hoạt động", "đã bổ nhiệm", "đạt"})
NO = frozenset({"không", "chưa", "chưa có", "chưa thành lập", "chưa bổ nhiệm", "chưa đạt"})
ERRORS = re.compile(r"#(div/0!|n/a|name\?|null!|num!|ref!|value!|spill!|calc!|getting_data)|err:\d{3}")
# Beyond this a spreadsheet no longer stores every digit.
LARGEST = 1e15
_WHOLE = re.compile(r"[+-]?\d{1,15}")
# One group after a comma may be decimals; two groups can only be thousands.
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}((\.\d{3}){1,4}|(,\d{3}){2,4})")
_DECIMAL = re.compile(r"[+-]?(\d{1,15}[.,](\d{1,2}|\d{4,15})|[1-9]\d{0,2}(\.\d{3}){1,4},\d{1,2})")
_THOUSANDTHS = re.compile(r"[+-]?\d{1,15}[.,]\d{3}")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_LONG_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})(?!\d)")
# What Unicode calls another way of writing a digit, but readers see as a footnote, a list number or a half.
_RAISED = ("<super>", "<sub>", "<circle>", "<fraction>")
_SERIAL_START = datetime.date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)  # 01/01/2000 to 31/12/2099


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell understood: `value` is None where nothing was reported; `rule` names what is wrong, if anything."""

    value: float | None = None
    rule: str = ""


NOTHING = Reading()


def is_blank(cell: CellValue) -> bool:
    """Whether a cell reports nothing: empty, or one of the signs that people put into a cell to say so."""
    return isinstance(cell, str) and (cell == "" or plain(cell) in NOT_REPORTED)


def read_value(cell: CellValue, is_flag: bool) -> Reading:
    """Reads a count or a flag. Rules: `not_a_number`, `not_a_flag`, `ambiguous_number`, `error_value`.

    A fraction with exactly three decimals (3.193) is what an English Excel makes of a count typed with the
    Vietnamese thousands point, so it is asked about and not taken.
    """
    unreadable = Reading(rule="not_a_flag" if is_flag else "not_a_number")
    if isinstance(cell, bool):
        return Reading(float(cell)) if is_flag else unreadable
    if isinstance(cell, (int, float)):
        return _read_stored_number(float(cell)) if abs(cell) < LARGEST else unreadable
    if isinstance(cell, str):
        return _read_text(cell, is_flag) or unreadable
    return unreadable


def _read_stored_number(number: float) -> Reading:
    thousandths = round(number * 1000)
    if number != int(number) and abs(number * 1000 - thousandths) < 1e-6 and thousandths % 10:
        return Reading(rule="ambiguous_number")
    return Reading(number)


def _read_text(cell: str, is_flag: bool) -> Reading | None:
    text = plain(cell)
    if text in NOT_REPORTED:
        return NOTHING
    if ERRORS.fullmatch(text):
        return Reading(rule="error_value")
    if is_flag and (text in YES or text in NO):
        return Reading(float(text in YES))
    if not cell.isascii() and any(unicodedata.decomposition(character).startswith(_RAISED) for character in cell):
        return None
    if _WHOLE.fullmatch(text):
        return Reading(float(text))
    if _THOUSANDS.fullmatch(text):
        return Reading(float(text.replace(".", "").replace(",", "")))
    if _DECIMAL.fullmatch(text):
        whole, _, decimals = text.replace(",", ".").rpartition(".")
        return Reading(float(f"{whole.replace('.', '')}.{decimals}"))
    return Reading(rule="ambiguous_number") if _THOUSANDTHS.fullmatch(text) else None


def read_day(cell: CellValue) -> datetime.date | None:
    """Reads a date cell: a stored date, an Excel serial, `13/02/2026`, `13-2-2026`, `ngày 13 tháng 02 năm 2026`.

    Empty cells give None. Raises ValueError where a date is given but can't be read whole; no part is invented.
    """
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, (int, float)) and cell in _SERIALS:
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
    """The first full date inside a text such as `Tính đến ngày 13/02/2026`; None where there is none.

    Raises ValueError where the first date is none of the calendar (31/02/2026).
    """
    normal = plain(text)
    found = [match for match in (_DAY.search(normal), _LONG_DAY.search(normal)) if match]
    if not found:
        return None
    day, month, year = (int(part) for part in min(found, key=lambda match: match.start()).groups())
    return datetime.date(year, month, day)
