"""One CSV file -> typed records, with the row numbers that an editor shows.

Steps: decode; compare the header with the record's fields; convert column by column (the annotation says how); check
each column against its table's declaration; build the records. Converting whole columns keeps 3,331 communes at a few
milliseconds; a column that fails is gone through again cell by cell to name the rows.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Generic, cast

from pipelines.reference.faults import Fault
from pipelines.reference.tables import Record, Table

_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Rows(Generic[Record]):
    """The records of one table in file order; `numbers[i]` is the row of `records[i]` in the file."""

    table: Table[Record]
    records: tuple[Record, ...]
    numbers: tuple[int, ...]

    def __iter__(self) -> Iterator[tuple[int, Record]]:
        """Row number and record."""
        return iter(zip(self.numbers, self.records, strict=True))

    def fault(self, row: int, column: str, given: object, expected: str, fix: str) -> Fault:
        """A fault of this file."""
        return Fault(self.table.file, row, column, str(given), expected, fix)


def _number(text: str) -> float:
    value = float(text)
    if value - value != 0:  # nan and infinity pass float()
        raise ValueError(text)
    return value


def _whole(text: str) -> int:
    value = int(text)
    if str(value) != text:  # int() also takes 1_000, +5 and 007
        raise ValueError(text)
    return value


@cache
def _day(text: str) -> date:
    value = date.fromisoformat(text)
    if value.isoformat() != text:  # fromisoformat() also takes 20260213 and 2026-W07-5
        raise ValueError(text)
    return value


def _list(text: str) -> tuple[str, ...]:
    items = tuple(text.split("|")) if text else ()
    if any(not item or item != item.strip() for item in items):
        raise ValueError(text)
    return items


@dataclass(frozen=True)
class _Type:
    """How the text of a cell becomes a value, and how to ask for a better text."""

    parse: Callable[[str], Any]
    expected: str
    fix: str
    has_empty: bool = False


_DATE = _Type(
    _day,
    "ngày dạng năm-tháng-ngày, ví dụ 2026-02-13",
    "Gõ lại ngày theo dạng 2026-02-13; định dạng cột là Văn bản (Text) để bảng tính không tự đổi.",
)
_NUMBER = _Type(
    _number, "một số, dùng dấu chấm thập phân, ví dụ 105.84", "Bỏ chữ, dấu cách và dấu phân cách hàng nghìn."
)
_TYPES = {
    "str": _Type(str, "", ""),
    "int": _Type(_whole, "một số nguyên, ví dụ 126", "Bỏ chữ, dấu cách và dấu phân cách hàng nghìn."),
    "int | None": _Type(_whole, "một số nguyên, hoặc để trống", "Bỏ chữ và dấu cách.", has_empty=True),
    "float": _NUMBER,
    "float | None": _Type(_number, f"{_NUMBER.expected}, hoặc để trống", _NUMBER.fix, has_empty=True),
    "bool": _Type(_YES_NO.__getitem__, "yes hoặc no", "Ghi yes (có) hoặc no (không)."),
    "date": _DATE,
    "date | None": _Type(_DATE.parse, f"{_DATE.expected}, hoặc để trống", _DATE.fix, has_empty=True),
    "tuple[str, ...]": _Type(
        _list, "danh sách cách nhau bằng dấu |, không có mục trống", "Xóa dấu | thừa và dấu cách ở hai đầu mỗi mục."
    ),
}


def read_table(table: Table[Record], content: bytes) -> tuple[Rows[Record], list[Fault]]:
    """The table's records; or none, and every fault of the file's form and of its single cells."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fix = "Lưu lại tệp dạng CSV UTF-8 (trong Excel: “CSV UTF-8 (Comma delimited)”)."
        given = f"byte thứ {error.start + 1} không đọc được"
        return Rows(table, (), ()), [Fault(table.file, 0, "", given, "bảng mã UTF-8", fix)]
    numbered = [(i, cells) for i, cells in enumerate(csv.reader(io.StringIO(text, newline="")), start=1) if any(cells)]
    names = [column.name for column in fields(table.record)]
    faults = list(_form_faults(table, names, numbered))
    if faults:
        return Rows(table, (), ()), faults
    header, body = numbered[0][1], numbered[1:]
    numbers = tuple(i for i, _ in body)
    texts = dict(zip(header, zip(*(cells for _, cells in body), strict=True), strict=True)) if body else {}
    values = []
    for column in fields(table.record):
        value, column_faults = _convert(table, column.name, str(column.type), texts.get(column.name, ()), numbers)
        values.append(value)
        faults.extend(column_faults)
    if faults:
        return Rows(table, (), ()), faults
    make = cast(Callable[..., Record], table.record)
    return Rows(table, tuple(map(make, *values)), numbers), []


def _form_faults(table: Table[Record], names: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[Fault]:
    header = rows[0][1] if rows else []
    fix = "Giữ nguyên hàng tiêu đề; lưu tệp bằng dấu phẩy, không phải dấu chấm phẩy."
    for name in names:
        if header.count(name) != 1:
            given = "nhiều cột cùng tên" if name in header else "không có cột này"
            yield Fault(table.file, 1, name, given, "đúng một cột", fix)
    for name in header:
        if name not in names:
            yield Fault(table.file, 1, name, name, f"một trong các cột {', '.join(names)}", "Xóa hoặc sửa tên cột này.")
    for number, cells in rows[1:]:
        if len(cells) != len(header):
            fix = "Đặt ô có dấu phẩy trong ngoặc kép; thêm hoặc bớt dấu phẩy cho đủ số ô."
            yield Fault(table.file, number, "", f"{len(cells)} ô", f"{len(header)} ô như hàng tiêu đề", fix)


def _convert(
    table: Table[Record], name: str, annotation: str, texts: Sequence[str], numbers: Sequence[int]
) -> tuple[Sequence[Any], list[Fault]]:
    """All values of a column, or the faults of its cells."""
    kind = _TYPES[annotation]
    faults = [
        Fault(table.file, number, name, text, expected, fix)
        for expected, fix, is_wrong in _text_rules(table, name, annotation)
        for number, text in zip(numbers, texts, strict=True)
        if is_wrong(text)
    ]
    if faults or annotation == "str":
        return texts, faults
    values: list[Any] = []
    for number, text in zip(numbers, texts, strict=True):
        try:
            values.append(None if kind.has_empty and not text else kind.parse(text))
        except (ValueError, KeyError):
            faults.append(Fault(table.file, number, name, text, kind.expected, kind.fix))
    return values, faults


def _text_rules(table: Table[Record], name: str, annotation: str) -> Iterator[tuple[str, str, Callable[[str], bool]]]:
    """What any cell of the column must satisfy as text: (expected, fix, test for a wrong cell)."""
    yield "chữ không có dấu cách thừa ở hai đầu", "Xóa dấu cách ở đầu và cuối ô.", lambda text: text != text.strip()
    yield (
        "chữ tiếng Việt dựng sẵn (Unicode NFC)",
        "Gõ lại ô bằng bộ gõ Unicode dựng sẵn.",
        lambda text: not unicodedata.is_normalized("NFC", text),
    )
    if annotation == "str" and name not in table.optional:
        yield "ô không được để trống", "Điền nội dung vào ô.", lambda text: not text
    if choices := table.choices.get(name):
        yield f"một trong: {', '.join(choices)}", "Chọn một giá trị trong danh sách.", lambda text: text not in choices
    if pattern := table.patterns.get(name):
        yield pattern.expected_vi, pattern.fix_vi, lambda text: text != "" and not pattern.regex.fullmatch(text)
