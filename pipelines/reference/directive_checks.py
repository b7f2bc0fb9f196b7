"""Rules for the deadlines of directives: wording and day agree, an amendment says from when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from pipelines.reference.due_text import Due, read_due_text
from pipelines.reference.faults import Fault
from pipelines.reference.read_table import Rows
from pipelines.reference.records import StatusRule
from pipelines.reference.row_sets import RowSets
from pipelines.reference.tables import STATUSES

_QUESTIONS = ("is_reported", "is_met", "is_in_time", "has_fallen", "is_behind")


def _wordings(rows: RowSets) -> Iterator[Fault]:
    """`trước ngày 15/12/2025` is due on that day, and not in time on it; a wording that can't be understood is left."""
    tables: tuple[Rows[Any], ...] = (rows.directives, rows.directive_deadlines)
    for table in tables:
        for number, item in table:
            meant = read_due_text(item.due_text_vi, item.due_on.year)
            if meant is None or meant == Due(item.due_on, item.due_inclusive):
                continue
            expected = f"{meant.due_on.isoformat()}, due_inclusive {'yes' if meant.is_inclusive else 'no'}"
            given = f"{item.due_on.isoformat()}, due_inclusive {'yes' if item.due_inclusive else 'no'}"
            fix = f"Cách ghi “{item.due_text_vi}” nghĩa là {expected}; sửa ngày hoặc sửa lời trích."
            yield table.fault(number, "due_on", given, expected, fix)


def _deadlines(rows: RowSets) -> Iterator[Fault]:
    """A deadline belongs to a directive; an amendment holds from the day of its announcement, a conflict never."""
    directives = {item.directive: item for item in rows.directives.records}
    for number, item in rows.directive_deadlines:
        if item.directive not in directives:
            fix = "Sửa mã, hoặc thêm chỉ đạo vào directives.csv."
            expected = "mã có trong directives.csv"
            yield rows.directive_deadlines.fault(number, "directive", item.directive, expected, fix)
        if (item.kind == "amendment") != (item.announced_on is not None):
            expected = "ngày công bố gia hạn" if item.kind == "amendment" else "để trống"
            given = item.announced_on or "trống"
            fix = "Gia hạn (amendment) phải có ngày công bố; cách ghi khác (conflict) thì không."
            yield rows.directive_deadlines.fault(number, "announced_on", given, expected, fix)


def _statuses(rows: RowSets) -> Iterator[Fault]:
    """Every status of the closed list can be reached."""
    named = {item.status for item in rows.status_rules.records}
    for status in STATUSES:
        if status not in named:
            fix = "Thêm lại dòng đã xóa."
            yield rows.status_rules.fault(1, "status", "không có", f"có dòng {status}", fix)


def _ladder(rows: RowSets) -> Iterator[Fault]:
    """Some rule fits whatever the answers are: no directive is ever without a status."""
    bounds = {day for rule in rows.status_rules.records for day in (rule.days_left_from, rule.days_left_to)}
    days = sorted({shifted for day in bounds if day is not None for shifted in (day - 1, day, day + 1)} or {0})
    for answers in product(("yes", "no"), repeat=len(_QUESTIONS)):
        for left in days:
            if not any(_fits(rule, answers, left) for rule in rows.status_rules.records):
                given = ", ".join(f"{name} {answer}" for name, answer in zip(_QUESTIONS, answers, strict=True))
                fix = "Thêm một dòng cho trường hợp này, hoặc ghi any vào dòng cuối."
                expected = "có một dòng khớp"
                yield rows.status_rules.fault(1, "status", f"{given}, còn {left} ngày", expected, fix)
                return


def _fits(rule: StatusRule, answers: tuple[str, ...], left: int) -> bool:
    asked = (rule.is_reported, rule.is_met, rule.is_in_time, rule.has_fallen, rule.is_behind)
    return (
        all(wanted in ("any", answer) for wanted, answer in zip(asked, answers, strict=True))
        and (rule.days_left_from is None or left >= rule.days_left_from)
        and (rule.days_left_to is None or left <= rule.days_left_to)
    )


CHECKS = (_wordings, _deadlines, _statuses, _ladder)
