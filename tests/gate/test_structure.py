"""Where the table is, what its columns are, which rows are units: recognised by content, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.gate.labels import Meaning, label_key, role_of
from pipelines.gate.structure import SheetTable, find_table, find_tables, is_total, title_rows
from pipelines.readers import CellValue
from tests.gate.reports import sheet_of

Row = list[CellValue]
KNOWN = {"hồ sơ tiếp nhận": "received", "đúng hạn": "on_time", "trực tuyến": "online", "quá hạn": "late"}


class Known:
    """Four labels and the roles; what stands above them means nothing."""

    def meaning(self, path: Sequence[str], shape: str = "") -> Meaning:
        if role := role_of(path[-1]):
            return Meaning(role)
        indicator = KNOWN.get(label_key(path[-1].partition("(")[0]), "")
        return Meaning("indicator", indicator) if indicator else Meaning("unknown")


LABELS = Known()
HEADER: Row = ["STT", "Mã xã", "Tên xã, phường, đặc khu", "Hồ sơ tiếp nhận", "Đúng hạn", "Ghi chú"]
NUMBERS: Row = ["1", "2", "3", "4", "5", "6"]
FIRST: Row = [1.0, "21289", "Xã Sơn Hà", 10.0, 9.0, ""]
SECOND: Row = [2.0, "21292", "Xã Sơn Hạ", 20.0, 18.0, ""]


def table_of(rows: Sequence[Sequence[CellValue]], *merged: str) -> SheetTable:
    table = find_table(sheet_of(rows, *merged), LABELS)
    assert table is not None
    return table


def columns_of(table: SheetTable) -> dict[str, int]:
    return {column.indicator or column.role: column.index for column in table.columns}


def test_columns_are_what_their_labels_say() -> None:
    table = table_of([HEADER, NUMBERS, FIRST, SECOND])
    assert columns_of(table) == {
        "order": 0,
        "unit_code": 1,
        "unit_name": 2,
        "received": 3,
        "on_time": 4,
        "note": 5,
    }
    assert (table.data_rows, table.total_rows) == ([2, 3], [])


@given(st.permutations(range(6)))
def test_the_order_of_columns_does_not_matter(order: list[int]) -> None:
    table = table_of([[row[index] for index in order] for row in (HEADER, NUMBERS, FIRST, SECOND)])
    assert columns_of(table)["received"] == order.index(3)
    assert columns_of(table)["unit_code"] == order.index(1)
    assert table.data_rows == [2, 3]


@pytest.mark.parametrize("above", [0, 7, 29])
def test_the_table_may_start_anywhere_in_the_first_thirty_rows(above: int) -> None:
    nothing: Row = [""]
    rows = [*[nothing] * above, HEADER, NUMBERS, FIRST]
    assert table_of(rows).data_rows == [above + 2]
    assert title_rows(sheet_of(rows)) == (list(range(above)), [])


def test_further_down_there_is_no_table() -> None:
    assert find_table(sheet_of([*[[""]] * 30, HEADER, FIRST]), LABELS) is None
    assert find_table(sheet_of([]), LABELS) is None


def test_labels_nobody_knows_are_unknown_columns() -> None:
    table = table_of([[*HEADER, "Diện tích"], [*FIRST, 12.0]])
    assert [(column.role, column.label) for column in table.columns][-1] == ("unknown", "Diện tích")


@pytest.mark.parametrize(
    "label",
    ["Hồ sơ tiếp nhận", "HỒ SƠ TIẾP NHẬN", "Hồ sơ\ntiếp  nhận", "Hồ sơ tiếp nhận (hồ sơ)", "hồ sơ tiếp nhận\u00a0"],
)
def test_labels_are_compared_as_words(label: str) -> None:
    assert columns_of(table_of([["STT", "Tên xã", label], [1.0, "Sơn Hà", 3.0]]))["received"] == 2


@pytest.mark.parametrize(
    ("rows", "merged", "first_body_row"),
    [
        # Two rows, merged: the leaf labels stand below a heading.
        (
            [
                ["STT", "Tên xã", "Hồ sơ", "", "Ghi chú"],
                ["", "", "Hồ sơ tiếp nhận", "Đúng hạn", ""],
                NUMBERS[:5],
            ],
            ["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
            3,
        ),
        # Three rows.
        (
            [
                ["STT", "Tên xã", "Hồ sơ tiếp nhận", "Kết quả", "", "Ghi chú"],
                ["", "", "", "Trong đó", "", ""],
                ["", "", "", "Đúng hạn", "Quá hạn", ""],
                NUMBERS,
            ],
            ["A1:A3", "B1:B3", "C1:C3", "D1:E1", "D2:E2", "F1:F3"],
            4,
        ),
        # Two rows, nothing merged, no row of numbers.
        ([["STT", "Tên xã", "Hồ sơ", ""], ["", "", "Hồ sơ tiếp nhận", "Đúng hạn"]], [], 2),
        # The heading over code and name is a label that needs labels below it.
        (
            [["STT", "Đơn vị hành chính", "", "Hồ sơ", ""], ["", "Mã xã", "Tên xã", "Hồ sơ tiếp nhận", "Đúng hạn"]],
            ["B1:C1", "D1:E1"],
            2,
        ),
    ],
)
def test_header_blocks(rows: list[Row], merged: list[str], first_body_row: int) -> None:
    width = len(rows[0])
    body: Row = [1.0, "Sơn Hà", 10.0, 9.0, *[""] * (width - 4)]
    if "Mã xã" in rows[1]:
        body = [1.0, "21289", "Sơn Hà", 10.0, 9.0]
    table = table_of([*rows, body], *merged)
    found = columns_of(table)
    assert {"order", "unit_name", "received", "on_time"} <= found.keys()
    assert table.data_rows == [first_body_row]


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [
        (["1", "2", "3", "4 (=5+6)", "5", "6"], {3: [(1, 4), (1, 5)]}),
        ([1.0, 2.0, 3.0, "4=5+6", 5.0, 6.0], {3: [(1, 4), (1, 5)]}),
        (["(1)", "(2)", "(3)", "(4) = (5)+(6)", "(5)", "(6)"], {3: [(1, 4), (1, 5)]}),
        (["A", "B", "C", "1 (=2+3)", "2", "3"], {3: [(1, 4), (1, 5)]}),
        (["1", "2", "3", "4 (=5+9)", "5", "6"], {}),
        (["1", "2", "3", "4 (=5-6)", "5", "6"], {3: [(1, 4), (-1, 5)]}),
        (["1", "2", "3", "4 (=5/6)", "5", "6"], {}),
        (["1", "2", "3", "5", "4", ""], {}),
        (["1", "2", "3", "4 (=5+...+6)", "5", "6"], {}),
    ],
)
def test_the_row_of_column_numbers_is_no_unit_and_tells_of_sums(
    numbers: list[CellValue], parts: dict[int, list[tuple[int, int]]]
) -> None:
    table = table_of([["STT", "Mã xã", "Tên xã", "Hồ sơ tiếp nhận", "Đúng hạn", "Quá hạn"], numbers, FIRST])
    assert table.parts == parts
    assert table.data_rows == [2]


def test_sections_are_no_units() -> None:
    rows: list[Row] = [
        HEADER,
        NUMBERS,
        ["I", "", "Các phường", "", "", ""],
        FIRST,
        ["II.", "", "Các xã", 10.0, 9.0, ""],
        SECOND,
        ["", "", "Các đặc khu", "", "", ""],
    ]
    assert table_of(rows).data_rows == [3, 5]


@pytest.mark.parametrize("place", ["first", "last", "both"])
@pytest.mark.parametrize(
    "label", ["Tổng cộng", "TỔNG SỐ", "Cộng:", "Tổng cộng (I+II)", "Toàn tỉnh", "Tổng số các xã", "Cộng (1+...+11)"]
)
def test_totals_first_or_last_are_no_units(place: str, label: str) -> None:
    total: Row = ["", "", label, 30.0, 27.0, ""]
    first, last = [total] * (place != "last"), [total] * (place != "first")
    table = table_of([HEADER, *first, FIRST, SECOND, *last])
    assert [table.cell(row, 2) for row in table.data_rows] == ["Xã Sơn Hà", "Xã Sơn Hạ"]
    assert [table.cell(row, 2) for row in table.total_rows] == [label] * (1 + (place == "both"))


def test_a_total_in_the_column_of_order_or_code() -> None:
    totals: list[Row] = [["Tổng cộng", "", "", 30.0, 27.0, ""], ["", "Tổng cộng", "", 30.0, 27.0, ""]]
    for total in totals:
        assert table_of([HEADER, NUMBERS, FIRST, total]).total_rows == [3]


@pytest.mark.parametrize("name", ["Tổng Cọt", "Cộng Hòa", "Toàn Thắng", "Xã Tổng Cọt"])
def test_a_commune_whose_name_begins_like_a_total_is_a_unit(name: str) -> None:
    assert not is_total(name)
    assert table_of([HEADER, ["", "", name, 10.0, 9.0, ""]]).data_rows == [1]


def test_what_stands_below_the_footer_is_no_unit() -> None:
    rows: list[Row] = [
        HEADER,
        NUMBERS,
        FIRST,
        ["", "", "", "Quảng Ngãi, ngày 14 tháng 02 năm 2026", "", ""],
        ["NGƯỜI LẬP BIỂU", "", "", "GIÁM ĐỐC", "", ""],
        ["Nguyễn Văn A", "", "", "Trần Thị B", "", ""],
    ]
    assert table_of(rows).data_rows == [2]


def test_words_like_a_footer_in_a_row_with_figures_end_nothing() -> None:
    rows: list[Row] = [
        HEADER,
        ["", "", "Xã Sơn Hà", 10.0, 9.0, "hoàn thành ngày 5 tháng 2"],
        ["", "", "Xã Sơn Hạ", 20.0, 18.0, ""],
    ]
    assert table_of(rows).data_rows == [1, 2]


def test_units_below_a_line_taken_for_the_footer_are_still_units() -> None:
    rows: list[Row] = [HEADER, FIRST, ["", "", "", "Quảng Ngãi, ngày 14 tháng 02 năm 2026", "", ""], SECOND]
    assert table_of(rows).data_rows == [1, 3]


def test_rows_without_number_or_code_are_units_if_they_hold_values() -> None:
    rows: list[Row] = [HEADER, ["", "", "Xã Sơn Hà", 10.0, "", ""], ["", "", "Ghi chú thêm", "", "", ""]]
    assert table_of(rows).data_rows == [1]


def test_a_label_over_two_columns_with_figures_names_neither() -> None:
    rows: list[Row] = [
        ["STT", "Tên xã", "Hồ sơ tiếp nhận", ""],
        [1.0, "Xã Sơn Hà", 10.0, 9.0],
    ]
    assert "received" not in columns_of(table_of(rows, "C1:D1"))
    assert columns_of(table_of([rows[0], [1.0, "Xã Sơn Hà", 10.0, ""]], "C1:D1"))["received"] == 2


def test_column_numbers_may_begin_again_after_the_names() -> None:
    header: Row = ["STT", "Mã xã", "Tên xã", "Hồ sơ tiếp nhận", "Đúng hạn", "Quá hạn"]
    table = table_of([header, ["1", "2", "3", "1 (=2+3)", "2", "3"], FIRST])
    assert (table.parts, table.data_rows) == ({3: [(1, 4), (1, 5)]}, [2])


@pytest.mark.parametrize("label", ["Mang sang", "Bình quân/xã", "Cộng trang", "Tỷ lệ (%)"])
def test_rows_of_pages_and_averages_are_no_units(label: str) -> None:
    table = table_of([HEADER, FIRST, ["", "", label, 10.0, 9.0, ""]])
    assert (table.data_rows, table.total_rows) == ([1], [])


def test_signatures_without_a_footer_line_are_no_units() -> None:
    table = table_of([HEADER, FIRST, ["", "", "", "PHÓ GIÁM ĐỐC", "", ""], ["", "", "", "Trần Thị B", "", ""]])
    assert table.data_rows == [1]


@pytest.mark.parametrize(
    ("title", "is_other"),
    [
        ("BIÊN CHẾ VIÊN CHỨC SỰ NGHIỆP GIÁO DỤC", True),
        ("DỰ KIẾN PHƯƠNG ÁN PHÂN BỔ BIÊN CHẾ NĂM 2027", True),
        ("NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH CẤP XÃ", True),
        ("CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC CẤP XÃ", False),
        ("KẾT QUẢ THỰC HIỆN PHƯƠNG ÁN SẮP XẾP", False),
    ],
)
def test_a_title_of_plans_or_other_people_makes_it_another_table(title: str, is_other: bool) -> None:
    assert bool(table_of([[title], HEADER, FIRST]).subject) is is_other


@pytest.mark.parametrize(("line", "is_scaled"), [("Đvt: nghìn hồ sơ", True), ("Đơn vị tính: hồ sơ", False)])
def test_a_unit_line_in_thousands_is_noticed(line: str, is_scaled: bool) -> None:
    assert bool(table_of([["", "", "", line], HEADER, FIRST]).scale) is is_scaled


def test_two_halves_side_by_side_are_two_tables() -> None:
    rows: list[Row] = [["STT", "Tên xã", "Đúng hạn", "STT", "Tên xã", "Đúng hạn"], [1.0, "A", 2.0, 2.0, "B", 3.0]]
    assert [table.column("unit_name") for table in find_tables(sheet_of(rows), LABELS)] == [1, 4]


def test_tables_below_one_another_are_read_each_with_its_own_header() -> None:
    rows: list[Row] = [
        ["STT", "Tên xã", "Đúng hạn"],
        [1.0, "A", 2.0],
        ["Bảng 2"],
        ["STT", "Tên xã", "Quá hạn"],
        [1.0, "A", 1.0],
    ]
    tables = find_tables(sheet_of(rows), LABELS)
    assert [(table.columns[-1].indicator, table.data_rows) for table in tables] == [("on_time", [1]), ("late", [4])]
    assert title_rows(sheet_of(rows)) == ([], [2])


def test_a_header_repeated_on_a_new_page_begins_no_new_table() -> None:
    header: Row = ["STT", "Tên xã", "Đúng hạn"]
    (table,) = find_tables(sheet_of([header, [1.0, "A", 2.0], header, [2.0, "B", 3.0]]), LABELS)
    assert table.data_rows == [1, 3]
