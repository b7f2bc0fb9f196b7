"""What must hold between rows and between tables: keys and periods here, the rest in the modules beside this one.

Every check is a generator of faults over all tables; all are run, so that one loading names everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from pipelines.reference import (
    calendar_checks,
    chain_checks,
    directive_checks,
    follow_up_checks,
    indicator_checks,
    publication_checks,
    staffing_checks,
    unit_checks,
)
from pipelines.reference.faults import Fault
from pipelines.reference.read_table import Rows
from pipelines.reference.row_sets import RowSets

Check = Callable[[RowSets], Iterator[Fault]]
# Units exist without a break; an exception may end and come back later.
WITHOUT_BREAK = frozenset({"provinces", "communes"})


def check_tables(rows: RowSets) -> list[Fault]:
    """Every fault of every check, each once."""
    checks: tuple[Check, ...] = (
        _keys,
        *unit_checks.CHECKS,
        *indicator_checks.CHECKS,
        *calendar_checks.CHECKS,
        *publication_checks.CHECKS,
        *directive_checks.CHECKS,
        *follow_up_checks.CHECKS,
        *chain_checks.CHECKS,
        *staffing_checks.CHECKS,
    )
    return list(dict.fromkeys(fault for check in checks for fault in check(rows)))


def _keys(rows: RowSets) -> Iterator[Fault]:
    """One row per key; in dated tables one row per key and day."""
    for attribute in fields(rows):
        table: Rows[Any] = getattr(rows, attribute.name)
        by_key: dict[tuple[object, ...], list[tuple[int, Any]]] = defaultdict(list)
        for number, record in table:
            by_key[tuple(getattr(record, name) for name in table.table.key)].append((number, record))
        is_dated = any(column.name == "valid_from_on" for column in fields(table.table.record))
        for key, found in by_key.items():
            name = ", ".join(str(part) for part in key)
            yield from _periods(table, name, found) if is_dated else _repeated(table, name, found)


def _repeated(table: Rows[Any], key: str, found: list[tuple[int, Any]]) -> Iterator[Fault]:
    for number, _ in found[1:]:
        fix = f"Xóa dòng này hoặc dòng {found[0][0]}."
        yield table.fault(number, table.table.key[-1], key, "mỗi khóa một dòng", fix)


def _periods(table: Rows[Any], key: str, found: list[tuple[int, Any]]) -> Iterator[Fault]:
    for number, record in found:
        if record.valid_to_on is not None and record.valid_to_on < record.valid_from_on:
            expected = f"ngày không trước {record.valid_from_on}"
            yield table.fault(number, "valid_to_on", record.valid_to_on, expected, "Kiểm tra hai ngày hiệu lực.")
    found = sorted(found, key=lambda entry: entry[1].valid_from_on)
    for (first_number, first), (number, record) in pairwise(found):
        starts = record.valid_from_on
        fix = f"Sửa valid_to_on ở dòng {first_number} hoặc valid_from_on ở dòng này cho liền nhau ({key})."
        earliest = date.max if first.valid_to_on is None else first.valid_to_on + timedelta(days=1)
        if starts < earliest:
            expected = f"ngày sau khi dòng {first_number} hết hiệu lực"
            yield table.fault(number, "valid_from_on", starts, expected, fix)
        elif starts > earliest and table.table.name in WITHOUT_BREAK:
            yield table.fault(number, "valid_from_on", starts, f"{earliest}, ngay sau dòng {first_number}", fix)
