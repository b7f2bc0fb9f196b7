"""What Excel lets a reporter type into each input cell: bounds come from `indicators.csv`, words are Vietnamese.

This saves honest slips at the keyboard; the gate checks everything again, since pasting goes past these rules.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pipelines.reference.records import Indicator

# Excel cuts the file off if a message is longer than 255 characters or its title than 32.
_TITLE = "Số liệu chưa hợp lệ"
_BLANK = "Chưa có số liệu thì để trống."
# Nothing that this form asks for was finished before the National Assembly term that began the reform.
EARLIEST_DONE_ON = date(2021, 1, 1)


def number_rule(indicator: Indicator) -> dict[str, Any]:
    """A list of 1 and 0 for flags, a whole number within the bounds for counts."""
    if indicator.value_type == "flag":
        message = f"Chỉ ghi 1 (đã thực hiện) hoặc 0 (chưa thực hiện). {_BLANK}"
        return _rule({"validate": "list", "source": ["1", "0"]}, message)
    lower = int(indicator.lower) if indicator.lower is not None else 0
    if indicator.upper is None:
        message = f"Chỉ ghi số nguyên từ {_grouped(lower)} trở lên. {_BLANK}"
        return _rule({"validate": "integer", "criteria": ">=", "value": lower}, message)
    upper = int(indicator.upper)
    message = f"Chỉ ghi số nguyên từ {_grouped(lower)} đến {_grouped(upper)}. {_BLANK}"
    return _rule({"validate": "integer", "criteria": "between", "minimum": lower, "maximum": upper}, message)


def date_rule(as_of_on: date | None) -> dict[str, Any]:
    """A date that is not after the day of the report, where that day is known."""
    if as_of_on is None:
        message = f"Ghi ngày hoàn thành theo dạng ngày/tháng/năm, ví dụ 30/10/2025. {_BLANK}"
        return _rule({"validate": "date", "criteria": ">=", "value": EARLIEST_DONE_ON}, message)
    limits = {"minimum": EARLIEST_DONE_ON, "maximum": as_of_on}
    message = f"Ghi ngày hoàn thành theo dạng ngày/tháng/năm, không sau ngày {as_of_on:%d/%m/%Y}. {_BLANK}"
    return _rule({"validate": "date", "criteria": "between", **limits}, message)


def _rule(condition: dict[str, Any], message: str) -> dict[str, Any]:
    return {**condition, "ignore_blank": True, "error_title": _TITLE, "error_message": message, "error_type": "stop"}


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
