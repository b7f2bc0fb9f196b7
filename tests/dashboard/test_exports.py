"""Files to take away: the columns of the screen, numbers as numbers, nothing that could run."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pandas as pd
from openpyxl import load_workbook

from dashboard.exports import csv_file, workbook

TABLE = pd.DataFrame(
    {
        "Tỉnh": ["Hồ Chí Minh", '=HYPERLINK("x")'],
        "Thiếu": [965.0, None],
        "Ngày xong": [date(2026, 2, 25), None],
    }
)


def test_a_csv_opens_with_its_accents_and_starts_no_formula() -> None:
    text = csv_file(TABLE).decode("utf-8")
    assert text.startswith("\ufeffTỉnh,Thiếu,Ngày xong")
    assert "Hồ Chí Minh,965.0,2026-02-25" in text
    assert "\"'=HYPERLINK" in text


def test_negative_numbers_stay_numbers() -> None:
    assert csv_file(pd.DataFrame({"a": [-3.0]})).decode("utf-8-sig").splitlines()[1] == "-3.0"


def test_a_workbook_holds_every_cell_with_its_type_and_says_where_it_comes_from() -> None:
    book = load_workbook(BytesIO(workbook(TABLE, [("Bảng", "Thiếu và dư")])))
    table, source = book.worksheets
    assert [cell.value for cell in table[1]] == ["Tỉnh", "Thiếu", "Ngày xong"]
    assert table["B2"].value == 965
    assert table["C2"].value.date() == date(2026, 2, 25)
    assert (table["A3"].value, table["A3"].data_type) == ('=HYPERLINK("x")', "s")
    assert table["B3"].value is None, "not reported is an empty cell"
    assert [cell.value for cell in source[1]] == ["Bảng", "Thiếu và dư"]
