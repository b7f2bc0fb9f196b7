from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.gate.number_columns import read_column
from pipelines.gate.values import Reading, Separator, read_value
from pipelines.readers import CellValue

ASKED = Reading(rule="ambiguous_number")


def read(cell: CellValue, others: Sequence[CellValue], *totals: CellValue, are_alike: bool = True) -> Reading:
    """The cell as a column reads it that holds it and the others."""
    signs = read_column([cell, *others], totals, are_alike)
    return read_value(cell, is_flag=False, point=signs.point, comma=signs.comma)


@pytest.mark.parametrize("total", ["16.683", 16683.0, "16,683", "16 683", "16683"])
def test_a_real_list_adds_up_with_the_comma_as_thousands(total: CellValue) -> None:
    """Seen in a real document: 4.083 and 9.195 people beside 7,488."""
    assert read("7,488", ["9.195"], total) == Reading(7488)


def test_the_total_decides_where_there_are_too_few_other_counts() -> None:
    assert read("7,488", ["9,195"]) == ASKED
    assert read("7,488", ["9,195"], 16683.0) == Reading(7488)
    assert read("7,488", ["9,195"], "16,683") == ASKED  # adds up either way
    assert read("7,488", ["9,195"], 16.683) == ASKED
    assert read("7,488", ["9,195"], 1.0) == ASKED


@pytest.mark.parametrize(
    "others", [[12.0, 30.0], ["12", "4.083"], ["02", 5.0, ""], ["1.234.567", "0"], ["12", "8", "x"]]
)
def test_beside_counts_a_comma_separates_thousands(others: list[CellValue]) -> None:
    assert read("7,488", others) == Reading(7488)


@pytest.mark.parametrize(
    "others",
    [
        [],
        [12.0],
        ["", "-", "x", "đang làm"],
        ["9,195", "1,200", "3,400"],  # all of the same kind
        [12.0, 30.0, 0.5],
        [12.0, 30.0, "41,6"],
        [12.0, 30.0, "41.6"],
        [12.0, 30.0, "41,6%"],
        [12.0, 30.0, 3.193],
        [12.0, 30.0, "1.234,5"],
        ["1,234,567", "41,6"],
    ],
)
def test_otherwise_a_comma_is_asked_about(others: list[CellValue]) -> None:
    assert read("7,488", others) == ASKED


def test_a_total_that_adds_up_with_decimals_only_is_no_proof_of_thousands() -> None:
    assert read("7,488", [12.0, 30.0], "49,488") == ASKED
    assert read("7,488", [12.0, 30.0], 49.488) == ASKED


def test_two_groups_show_what_the_sign_means() -> None:
    assert read("7,488", ["1,234,567"]) == Reading(7488)
    assert read("7,488", ["1,234.5"]) == Reading(7488)


@pytest.mark.parametrize("other", ["3.19", "41.6", "1,234.5", "3.1934"])
def test_points_are_asked_about_where_the_column_uses_them_for_decimals(other: str) -> None:
    assert read("3.193", ["12"]) == Reading(3193)
    assert read("3.193", ["12", other]) == ASKED


def test_a_total_can_prove_points_too() -> None:
    assert read("3.193", ["3.5", "2.000"], "5196,5") == Reading(3193)
    assert read("3.193", ["3.5", "2.000"], "8.693") == ASKED


def test_words_count_for_nothing_in_a_sum_as_in_a_spreadsheet() -> None:
    assert read("7,488", ["9.195", "đang làm"], 16683.0) == Reading(7488)


def test_a_stored_fraction_with_three_decimals_is_asked_about_whatever_stands_around_it() -> None:
    assert read(3.193, [12.0, 30.0, 5.0], 3240.0) == ASKED


def test_a_list_of_different_things_shows_only_how_the_sender_writes() -> None:
    assert read("7,488", [12.0, 30.0], 7530.0, are_alike=False) == ASKED
    assert read("7,488", ["1,234,567"], are_alike=False) == Reading(7488)
    assert read("3.193", ["1,234.5"], are_alike=False) == ASKED


ORDINARY = st.integers(0, 10**6).map(float) | st.sampled_from(["", "-", "x", "3.193", "41,6", "0", "12", 3.193, True])
AMBIGUOUS = st.tuples(st.integers(1, 999), st.integers(0, 999)).map(lambda pair: f"{pair[0]},{pair[1]:03}")


@given(st.lists(ORDINARY | AMBIGUOUS, max_size=6), st.lists(ORDINARY | AMBIGUOUS, max_size=2), AMBIGUOUS)
def test_an_ambiguous_cell_is_its_count_or_a_question(
    others: list[CellValue], totals: list[CellValue], cell: str
) -> None:
    assert read(cell, others, *totals) in (ASKED, Reading(float(cell.replace(",", ""))))


@given(AMBIGUOUS, st.lists(AMBIGUOUS, max_size=5))
def test_no_column_of_nothing_but_ambiguous_cells_is_taken(cell: str, others: list[CellValue]) -> None:
    assert read_column([cell, *others], []).comma is Separator.UNDECIDED


@given(st.lists(st.integers(1000, 999_999), min_size=1, max_size=6), st.sampled_from([".", ",", " "]))
def test_a_column_with_a_clear_total_reads_back(numbers: list[int], sign: str) -> None:
    written = [f"{number:,}".replace(",", sign) for number in numbers]
    signs = read_column(written, [float(sum(numbers))])
    values = [read_value(text, is_flag=False, point=signs.point, comma=signs.comma).value for text in written]
    assert values == numbers
