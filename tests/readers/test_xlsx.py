from __future__ import annotations

import datetime

import pytest
from openpyxl.chart import BarChart

from pipelines.readers import FileCells, Limits, SheetCells, read_file
from tests.readers.workbooks import book, replaced, saved, unpacked, with_cell


def read(content: bytes) -> FileCells:
    return read_file(content, Limits())


def only_sheet(content: bytes) -> SheetCells:
    (sheet,) = read(content).sheets
    return sheet


def test_every_cell_stands_at_its_own_place_and_as_it_is_stored() -> None:
    sheet = only_sheet(
        saved(
            book(
                {
                    "B3": "Xã Sơn Hà",
                    "C3": 12,
                    "D3": 0.5,
                    "E3": True,
                    "F3": datetime.date(2026, 2, 13),
                    "G3": datetime.datetime(2026, 2, 13, 7, 30),
                    "H3": "=1+1",
                    "B5": "dòng một\ndòng hai",
                }
            )
        )
    )
    assert sheet.rows[:2] == [[""] * 7, [""] * 7]
    assert sheet.rows[2][:5] == ["", "Xã Sơn Hà", 12.0, 0.5, True]
    assert sheet.cell(2, 5) in (datetime.date(2026, 2, 13), datetime.datetime(2026, 2, 13))
    assert sheet.cell(2, 6) == datetime.datetime(2026, 2, 13, 7, 30)
    assert sheet.cell(4, 1) == "dòng một\ndòng hai"
    assert sheet.cell(4, 99) == sheet.cell(99, 0) == sheet.cell(-1, 0) == ""


def test_merged_ranges_are_counted_from_zero() -> None:
    workbook = book({"A1": "STT", "C1": "Hồ sơ"})
    workbook.worksheets[0].merge_cells("A1:A2")
    workbook.worksheets[0].merge_cells("C1:E1")
    assert sorted(only_sheet(saved(workbook)).merged) == [((0, 0), (1, 0)), ((0, 2), (0, 4))]


def test_hidden_sheets_are_read_and_said_to_be_hidden() -> None:
    workbook = book({"A1": "x"})
    for name, state in (("ẩn", "hidden"), ("ẩn hẳn", "veryHidden")):
        sheet = workbook.create_sheet(name)
        sheet["A1"] = name
        sheet.sheet_state = state
    found = [(sheet.name, sheet.visibility, sheet.cell(0, 0)) for sheet in read(saved(workbook)).sheets]
    assert found == [("Biểu 02", "visible", "x"), ("ẩn", "hidden", "ẩn"), ("ẩn hẳn", "very_hidden", "ẩn hẳn")]


def test_a_sheet_of_charts_holds_no_cells_and_shifts_no_other() -> None:
    workbook = book({"A1": "trước"})
    workbook.create_chartsheet("Biểu đồ").add_chart(BarChart())
    workbook.create_sheet("sau")["A1"] = "sau"
    assert [(sheet.name, sheet.cell(0, 0)) for sheet in read(saved(workbook)).sheets] == [
        ("Biểu 02", "trước"),
        ("sau", "sau"),
    ]


def test_a_workbook_without_values_has_no_rows() -> None:
    assert only_sheet(saved(book())).rows == []


@pytest.mark.parametrize(
    ("cell", "formula"),
    [
        ('<c r="C3"><f>SUM(A1:B1)</f></c>', "=SUM(A1:B1)"),
        ('<c r="C3"><f>SUM(A1:B1)</f><v></v></c>', "=SUM(A1:B1)"),
        ('<c r="C3" s="4"><f>A1&amp;"x"</f><v/></c>', '=A1&"x"'),
        ('<c r="C3"><f t="shared" si="0"/></c>', "="),
    ],
)
def test_a_formula_without_a_result_was_never_calculated(cell: str, formula: str) -> None:
    sheet = only_sheet(with_cell(cell))
    assert dict(sheet.formulas_without_value) == {(2, 2): formula}
    assert sheet.cell(2, 2) == ""


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="C3"><f>A1+1</f><v>2</v></c>', 2.0),
        ('<c r="C3"><f>A1</f><v>0</v></c>', 0.0),
        ('<c r="C3" t="str"><f>IF(A1=1,"","x")</f><v></v></c>', ""),
        ('<c r="C3" t="str"><f>IF(A1=1,"","x")</f></c>', ""),
        ('<c r="C3" t="str"><f>"có"</f><v>có</v></c>', "có"),
    ],
)
def test_a_formula_with_a_result_is_its_result_even_an_empty_text(cell: str, value: object) -> None:
    sheet = only_sheet(with_cell(cell))
    assert not sheet.formulas_without_value
    assert sheet.cell(2, 2) == value


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
def test_an_error_is_no_empty_cell(error: str) -> None:
    for cell in (f'<c r="C3" t="e"><v>{error}</v></c>', f'<c s="1" t="e" r="C3"><f>B9</f><v>{error}</v></c>'):
        sheet = only_sheet(with_cell(cell))
        assert sheet.cell(2, 2) == error
        assert not sheet.formulas_without_value


def test_cells_without_a_reference_follow_the_one_before() -> None:
    sheet = only_sheet(with_cell('<c r="C3"><v>5</v></c><c t="e"><v>#REF!</v></c>'))
    assert sheet.rows[2] == ["", "", 5.0, "#REF!"]


def test_prefixes_of_the_namespace_make_no_difference() -> None:
    content = saved(book({"A1": 7}))
    old = unpacked(content)["xl/worksheets/sheet1.xml"]
    cell = b'<c r="A1" t="n"><v>7</v></c>'
    prefixed = (
        b'<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="A1" t="e"><x:v>#N/A</x:v></x:c>'
    )
    assert cell in old
    assert only_sheet(replaced(content, {cell: prefixed})).rows == [["#N/A"]]
