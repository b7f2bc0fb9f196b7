"""published_figures.csv as worded, and explanation_codes.csv: digits, shares, conflicts, a closed list of codes."""

from __future__ import annotations

import pytest

from pipelines.reference.tables import EXPLANATIONS
from tests.reference.editing import EditedTables

FIGURES, CODES = "published_figures.csv", "explanation_codes.csv"
TRANSFERRED, PEAK, SHORT = "2026-02-military-transferred", "2025-08-portal-peak", "2025-08-lamdong-no-it"


@pytest.mark.parametrize(
    ("figure", "column", "text", "expected"),
    [
        (TRANSFERRED, "value_step", "", "một số khi cách nói là gần, hơn hoặc khoảng"),
        (TRANSFERRED, "value_step", "1000", "số lớn hơn 0 mà 13400 chia hết"),
        (TRANSFERRED, "value_step", "0", "số lớn hơn 0 mà 13400 chia hết"),
        (PEAK, "pct_step", "", "nấc của chữ số cuối của tỷ lệ khi có tỷ lệ"),
        (PEAK, "published_pct", "", "nấc của chữ số cuối của tỷ lệ khi có tỷ lệ"),
        (PEAK, "pct_step", "-1", "lớn hơn 0"),
        (PEAK, "approximation", "roughly", "một trong: exact"),
        (SHORT, "conflicts_with", SHORT, "mã một số công bố khác của cùng chỉ tiêu"),
        (SHORT, "conflicts_with", PEAK, "mã một số công bố khác của cùng chỉ tiêu"),
        (SHORT, "conflicts_with", "nobody", "mã một số công bố khác của cùng chỉ tiêu"),
    ],
)
def test_a_figure_that_contradicts_itself(
    edited: EditedTables, figure: str, column: str, text: str, expected: str
) -> None:
    row = edited.change(FIGURES, figure, column, text)

    faults = [fault for fault in edited.faults() if (fault.file, fault.row) == (FIGURES, row)]

    assert any(expected in fault.expected and fault.fix for fault in faults), faults


@pytest.mark.parametrize("code", EXPLANATIONS)
def test_every_explanation_is_in_words(edited: EditedTables, code: str) -> None:
    edited.drop(CODES, code)

    assert [(fault.given, fault.expected) for fault in edited.faults()] == [("không có dòng này", code)]


def test_two_explanations_do_not_share_a_precedence(edited: EditedTables) -> None:
    row = edited.change(CODES, "rounded", "precedence", "3")

    assert [(fault.row, fault.column, fault.given) for fault in edited.faults()] == [(row, "precedence", "3")]
