"""Rules for published figures as they were worded, and for the words that explain how reports differ from them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.reference.faults import Fault
from pipelines.reference.row_sets import RowSets
from pipelines.reference.tables import EXPLANATIONS


def _digits(rows: RowSets) -> Iterator[Fault]:
    """A number that is not exact says which digits it has, and has no more of them; a share comes with its own."""
    table = rows.published_figures
    for number, figure in table:
        step = figure.value_step
        if figure.approximation != "exact" and step is None:
            fix = "Ghi nấc của chữ số cuối mà văn bản có, ví dụ 100 cho “gần 13.400”."
            yield table.fault(number, "value_step", "", "một số khi cách nói là gần, hơn hoặc khoảng", fix)
        if step is not None and (step <= 0 or figure.value % step != 0):
            expected = f"số lớn hơn 0 mà {figure.value:g} chia hết"
            yield table.fault(number, "value_step", step, expected, "Sửa nấc hoặc giá trị.")
        if (figure.published_pct is None) != (figure.pct_step is None):
            given = figure.pct_step if figure.published_pct is None else ""
            expected = "nấc của chữ số cuối của tỷ lệ khi có tỷ lệ, để trống khi không có"
            yield table.fault(number, "pct_step", "" if given is None else given, expected, "Điền hoặc xóa nấc.")
        elif figure.pct_step is not None and figure.pct_step <= 0:
            yield table.fault(number, "pct_step", figure.pct_step, "lớn hơn 0", "Sửa nấc, ví dụ 0.1 cho 41,6%.")


def _conflicts(rows: RowSets) -> Iterator[Fault]:
    """A conflict names another figure of the same indicator."""
    table = rows.published_figures
    indicators = {figure.figure: figure.indicator for figure in table.records}
    for number, figure in table:
        other = figure.conflicts_with
        if other and (other == figure.figure or indicators.get(other) != figure.indicator):
            expected = "mã một số công bố khác của cùng chỉ tiêu"
            yield table.fault(number, "conflicts_with", other, expected, "Sửa mã, hoặc để trống.")


def _explanations(rows: RowSets) -> Iterator[Fault]:
    """Every code of the closed list is in words, and no two share a precedence."""
    table = rows.explanation_codes
    places: dict[int, int] = {}
    for number, item in table:
        if (first := places.setdefault(item.precedence, number)) != number:
            expected = f"số khác với dòng {first}"
            yield table.fault(number, "precedence", item.precedence, expected, "Mỗi mã một thứ tự.")
    known = {item.code for item in table.records}
    for code in EXPLANATIONS:
        if code not in known:
            yield table.fault(1, "code", "không có dòng này", code, "Thêm lại dòng của mã này.")


CHECKS = (_digits, _conflicts, _explanations)
