"""Numbers, percentages and dates as text, the same in every browser.

Formatting happens here, on the server, because Streamlit's own `localized` formats follow the reader's browser
and would show 3,193 to one reader and 3.193 to another.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

UNKNOWN = "–"
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _separated(text: str, code: str) -> str:
    """`1,234.5` in the writing of the language: `1.234,5` in Vietnamese."""
    return text if code == "en" else text.translate(str.maketrans(",.", ".,"))


def _rounded(value: float, decimals: int) -> Decimal:
    """Half away from zero on the decimal that the reader would compute, not on its binary neighbour."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: float | None, code: str = "vi", decimals: int | None = None) -> str:
    """`3193` → `3.193`. Without `decimals`, whole numbers have none and others one. None → `–`."""
    if value is None:
        return UNKNOWN
    places = decimals if decimals is not None else (0 if float(value).is_integer() else 1)
    return _separated(f"{_rounded(float(value), places):,}", code)


def percent(value: float | None, code: str = "vi") -> str:
    """`41.67` → `41,7%`. Short of the mark is never shown as the mark: 99,97 is `99,9%`, 0,01 is `0,1%`."""
    if value is None:
        return UNKNOWN
    shown = _rounded(float(value), 1)
    if shown == 100 and value != 100:
        shown = Decimal("99.9") if value < 100 else Decimal("100.1")
    if shown == 0 and value != 0:
        shown = Decimal("0.1") if value > 0 else Decimal("-0.1")
    text = f"{shown:,}".removesuffix(".0")
    return _separated(text, code) + "%"


def signed(value: float | None, code: str = "vi") -> str:
    """A change with its sign: `+12`, `−3` (a real minus sign), `0`; None → `–`."""
    if value is None:
        return UNKNOWN
    if value == 0:
        return "0"
    return ("+" if value > 0 else "\N{MINUS SIGN}") + number(abs(value), code)


def day(value: date | None, code: str = "vi", has_year: bool = True) -> str:
    """`25/02/2026`, in English `25 Feb 2026` (03/02 would be read as March by some); the year may be clear already."""
    if value is None:
        return UNKNOWN
    if code == "en":
        return f"{value.day} {MONTHS_EN[value.month - 1]}" + (f" {value.year}" if has_year else "")
    return f"{value:%d/%m/%Y}" if has_year else f"{value:%d/%m}"


def moment(value: datetime | None, code: str = "vi") -> str:
    """`28/02/2026 01:30`."""
    return UNKNOWN if value is None else f"{day(value.date(), code)} {value:%H:%M}"
