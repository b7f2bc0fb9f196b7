"""What is taken from a report and what is not: every value with its unit, its place and nothing made up."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.form.layout import MARKS_SHEET, Column, sheet_layouts
from pipelines.form.values import Departures
from pipelines.readers import column_letters
from tests.gate.reports import (
    BA_DINH,
    CAM_THANH,
    DAY,
    HA_NOI,
    LY_SON,
    QUANG_NGAI,
    SOC_SON,
    SON_HA,
    SON_HA_TOO,
    Desk,
    edited,
    faults,
    taken,
    write,
)
from tests.gate.trips import RIGHT, own_table
from tests.readers.workbooks import replaced

EVERYWHERE = (CAM_THANH, SON_HA, SON_HA_TOO, LY_SON)


def clear(sheet: Worksheet, *places: str) -> None:
    """Empties cells, merged ones too."""
    for merged in list(sheet.merged_cells.ranges):
        if any(place in merged for place in places):
            sheet.unmerge_cells(str(merged))
    for place in places:
        write(sheet, place, None)


def columns_of(desk: Desk, sheet: str) -> tuple[Column, ...]:
    """The columns of our form's sheet."""
    return next(item.columns for item in sheet_layouts(desk.reference, QUANG_NGAI, DAY) if item.sheet == sheet)


def test_a_whole_form_comes_back_value_by_value_each_with_its_cell(desk: Desk) -> None:
    given = {
        (unit, item.indicator): float(item.lower or 0)
        for item in desk.reference.reported_indicators
        for unit in (EVERYWHERE if item.unit_level == "commune" else (QUANG_NGAI,))
        if not item.sum_of
    }
    submission = desk.read(desk.report(given))
    sums = {(unit, "military_posts_filled"): 0.0 for unit in EVERYWHERE}
    found = taken(submission)
    assert submission.faults == []
    assert {key: value for key, (value, _) in found.items() if key not in sums} == given
    assert all(place == desk.cell(unit, indicator) for (unit, indicator), (_, place) in found.items())


def test_an_empty_form_reports_nothing_and_is_told_so(desk: Desk) -> None:
    submission = desk.read(desk.report())
    assert (len(submission.values), faults(submission)) == (0, [("nothing_reported", "tệp")])
    (settled,) = desk.hand_in(desk.report())
    assert settled.status == "accepted"


def test_blank_and_zero_are_different_answers(desk: Desk) -> None:
    found = taken(desk.read(desk.report({(SON_HA, "staff_contracted"): 0, (LY_SON, "staff_contracted"): "-"})))
    assert found == {(SON_HA, "staff_contracted"): (0.0, "Biểu 04!G13")}


def test_date_and_document_ride_on_provincial_values(desk: Desk) -> None:
    content = desk.report(
        {(QUANG_NGAI, "extension_centre_decided"): 1, (QUANG_NGAI, "extension_scheme_drafted"): 1},
        done_on={"extension_centre_decided": date(2025, 10, 30)},
        evidence={"extension_centre_decided": "1234/QĐ-UBND"},
    )
    values = desk.read(content).values
    found = dict(zip(values.indicator, zip(values.done_on, values.evidence, strict=True), strict=True))
    assert found == {
        "extension_centre_decided": (date(2025, 10, 30), "1234/QĐ-UBND"),
        "extension_scheme_drafted": (None, None),
    }


def test_the_marks_are_not_needed(desk: Desk) -> None:
    def without_marks(workbook: Workbook) -> None:
        del workbook[MARKS_SHEET]

    submission = desk.read(edited(desk.report(RIGHT), without_marks))
    assert (submission.envelope.province_code, submission.envelope.form) == (QUANG_NGAI, "CQDP2C")
    assert len(submission.values) == len(RIGHT)


def test_sheets_and_columns_may_be_renamed_moved_and_joined_by_others(desk: Desk) -> None:
    """The sheet `Biểu 04` under another name, its columns in reverse, a column of its own, three rows further down."""

    def rearrange(workbook: Workbook) -> None:
        sheet = workbook["Biểu 04"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        workbook.remove(sheet)
        moved = workbook.create_sheet("Biên chế (bản cuối)", 3)
        for _ in range(3):
            moved.append(["…"])
        for row in rows:
            moved.append([*reversed(row), "Dân số" if row[0] == "STT" else 9000 if row[1] == SON_HA else None])

    submission = desk.read(edited(desk.report(RIGHT), rearrange))
    assert faults(submission) == [("unknown_column", "Biên chế (bản cuối)")]
    found, width = taken(submission), len(columns_of(desk, "Biểu 04"))
    assert {key: value for key, (value, _) in found.items()} == RIGHT
    assert found[SON_HA, "staff_present"][1] == f"Biên chế (bản cuối)!{column_letters(width - 5)}16"


def test_two_departments_may_send_their_sheets_in_one_file(desk: Desk) -> None:
    """A copy of a sheet with the same figures contradicts nothing."""

    def copy(workbook: Workbook) -> None:
        workbook.copy_worksheet(workbook["Biểu 04"]).title = "Biểu 04 (2)"

    submission = desk.read(edited(desk.report(RIGHT), copy))
    assert submission.faults == []
    assert len(submission.values) == len(RIGHT)


def test_a_copy_with_another_figure_puts_both_in_question(desk: Desk) -> None:
    def copy(workbook: Workbook) -> None:
        other = workbook.copy_worksheet(workbook["Biểu 04"])
        other.title = "Biểu 04 (2)"
        other["E13"] = 31
        other["E17"] = 121

    submission = desk.read(edited(desk.report(RIGHT), copy))
    assert faults(submission) == [("duplicate_unit", "Biểu 04!E13"), ("duplicate_unit", "Biểu 04 (2)!E13")]
    assert taken(submission).keys() == RIGHT.keys() - {(SON_HA, "staff_present")}


def test_columns_split_over_two_sheets_are_not_missing(desk: Desk) -> None:
    def split(workbook: Workbook) -> None:
        other = workbook.copy_worksheet(workbook["Biểu 04"])
        other.title = "Đào tạo"
        for sheet, columns in ((other, "DEFGHIJKL"), (workbook["Biểu 04"], "MN")):
            for column in columns:
                clear(sheet, f"{column}7", f"{column}8")

    submission = desk.read(edited(desk.report(RIGHT), split))
    assert {fault.rule for fault in submission.faults} == {"no_heading"}


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ("đang thực hiện", "not_a_number"),
        ("3,193", "ambiguous_number"),
        (3.193, "ambiguous_number"),
        ("#N/A", "error_value"),
        (float("1e16"), "not_a_number"),
    ],
)
def test_a_cell_that_can_not_be_read_is_set_aside_alone(desk: Desk, given: float | str, rule: str) -> None:
    submission = desk.read(desk.report({**RIGHT, (SON_HA, "staff_contracted"): given}))
    assert faults(submission) == [(rule, "Biểu 04!G13")]
    assert taken(submission).keys() == RIGHT.keys()


def test_a_number_that_is_infinite_in_the_file_does_not_end_the_run(desk: Desk) -> None:
    content = desk.report({**RIGHT, (SON_HA, "staff_contracted"): 77_777})
    infinite = replaced(content, {b"<v>77777</v>": b"<v>inf</v>"}, part="xl/worksheets/sheet4.xml")
    assert faults(desk.read(infinite)) == [("not_a_number", "Biểu 04!G13")]


def test_all_values_of_a_row_of_nobody_are_set_aside_each_with_its_cell(desk: Desk) -> None:
    departures = Departures(unit_labels={("Biểu 04", SON_HA): ("99919", "Xã Mô Phỏng")})
    submission = desk.read(desk.report(RIGHT, departures=departures))
    assert faults(submission) == [("unknown_unit", "Biểu 04!D13"), ("unknown_unit", "Biểu 04!E13")]
    assert [(fault.unit, fault.given) for fault in submission.faults] == [
        ("99919 Xã Mô Phỏng", "40"),
        ("99919 Xã Mô Phỏng", "30"),
    ]
    assert taken(submission).keys() == RIGHT.keys() - {(SON_HA, "staff_allocated"), (SON_HA, "staff_present")}


def test_a_row_of_nobody_without_values_is_asked_about_once(desk: Desk) -> None:
    departures = Departures(unit_labels={("Biểu 02", CAM_THANH): ("99919", "Xã Mô Phỏng")})
    submission = desk.read(desk.report(RIGHT, departures=departures))
    assert faults(submission) == [("unknown_unit", "Biểu 02!C11")]


def test_rows_without_any_name(desk: Desk) -> None:
    departures = Departures(unit_labels={("Biểu 04", SON_HA): ("", "")})
    submission = desk.read(desk.report(RIGHT, departures=departures))
    assert {fault.unit for fault in submission.faults} == {"(không ghi mã, tên)"}


def test_what_the_province_does_not_count_is_not_taken_even_if_it_is_zero(desk: Desk) -> None:
    """Hà Nội has one single-tier centre; its communes have none to report."""
    given = {(BA_DINH, "pvhcc_commune_established"): 0, (SOC_SON, "pvhcc_commune_operating"): 1}
    submission = desk.read(desk.report({**given, (SOC_SON, "office_adequate"): 1}, province=HA_NOI))
    assert [rule for rule, _ in faults(submission)] == ["unit_not_counted", "unit_not_counted"]
    assert taken(submission).keys() == {(SOC_SON, "office_adequate")}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("no_such_indicator", "Số thủ tục hành chính phải rà soát"),
        ("", ""),
    ],
)
def test_a_row_that_names_no_indicator_is_set_aside(desk: Desk, code: str, name: str) -> None:
    def retype(workbook: Workbook) -> None:
        workbook["Biểu 01"]["B13"], workbook["Biểu 01"]["C13"] = code, name

    submission = desk.read(edited(desk.report(RIGHT), retype))
    assert faults(submission) == [("unknown_indicator", "Biểu 01!E13")]
    assert submission.faults[0].given == "1"
    assert taken(submission).keys() == RIGHT.keys() - {(QUANG_NGAI, "extension_centre_decided")}


@pytest.mark.parametrize("code", ["staff_present", ""])
def test_a_sum_of_the_province_does_not_stand_for_its_communes(desk: Desk, code: str) -> None:
    def retype(workbook: Workbook) -> None:
        workbook["Biểu 01"]["B13"], workbook["Biểu 01"]["C13"] = code, "Số cán bộ, công chức cấp xã hiện có"

    submission = desk.read(edited(desk.report(RIGHT), retype))
    assert faults(submission) == [("wrong_level_province", "Biểu 01!E13")]
    assert taken(submission).keys() == RIGHT.keys() - {(QUANG_NGAI, "extension_centre_decided")}


def test_a_strange_row_without_a_value_is_nobodys_concern(desk: Desk) -> None:
    def retype(workbook: Workbook) -> None:
        workbook["Biểu 01"]["B12"], workbook["Biểu 01"]["C12"] = "so_may_tinh", "Số máy tính"

    assert desk.read(edited(desk.report(RIGHT), retype)).faults == []


def test_a_provincial_indicator_among_the_communes_columns_is_not_taken(desk: Desk) -> None:
    def retype(workbook: Workbook) -> None:
        workbook["Biểu 04"]["G8"] = "Đã bố trí cán bộ khuyến nông cấp xã"

    content = edited(desk.report({**RIGHT, (SON_HA, "staff_contracted"): 1}), retype)
    submission = desk.read(content)
    assert faults(submission) == [("wrong_level_commune", "Biểu 04!G13"), ("missing_column", "Biểu 04")]
    assert taken(submission).keys() == RIGHT.keys()


def test_indicators_by_label_where_there_is_no_code_column(desk: Desk) -> None:
    def retype(workbook: Workbook) -> None:
        workbook["Biểu 01"]["B7"] = "Mã riêng của tỉnh"
        clear(workbook["Biểu 01"], *(f"B{row}" for row in range(10, 21)))

    submission = desk.read(edited(desk.report(RIGHT), retype))
    assert taken(submission).keys() == RIGHT.keys()


def test_two_columns_of_values_on_the_provincial_sheet_are_asked_about(desk: Desk) -> None:
    def retype(workbook: Workbook) -> None:
        workbook["Biểu 01"]["H7"] = "Kết quả"
        workbook["Biểu 01"]["H13"] = 0

    submission = desk.read(edited(desk.report(RIGHT), retype))
    assert faults(submission) == [
        ("several_figures", "Biểu 01!E13"),
        ("several_figures", "Biểu 01!H13"),
        ("several_figures", "Biểu 01!E17"),
    ]


def test_very_long_texts_do_not_flood_the_messages(desk: Desk) -> None:
    submission = desk.read(desk.report({**RIGHT, (SON_HA, "staff_contracted"): "a" * 32_000}))
    assert max(len(fault.given) for fault in submission.faults) == 201


def test_formula_like_texts_are_texts(desk: Desk) -> None:
    submission = desk.read(desk.report({**RIGHT, (SON_HA, "staff_contracted"): '=HYPERLINK("http://x")'}))
    assert [(fault.rule, fault.given) for fault in submission.faults] == [("not_a_number", '=HYPERLINK("http://x")')]


@pytest.mark.parametrize(
    ("cells", "detail"),
    [
        ((1, SON_HA, "4427", 12, 9, None), "ở cột tên đơn vị"),
        ((1, SON_HA, "-", 12, 9, None), "ở cột tên đơn vị"),
    ],
)
def test_a_row_whose_cells_have_slipped_is_set_aside(desk: Desk, cells: tuple[object, ...], detail: str) -> None:
    def slip(workbook: Workbook) -> None:
        own_table(workbook, "HS", ("STT", "Mã xã", "Tên xã", "Hồ sơ tiếp nhận", "HS đúng hạn", "Ghi chú"), cells)

    submission = desk.read(edited(desk.report(RIGHT), slip))
    assert faults(submission) == [("ragged_row", "HS!D9"), ("ragged_row", "HS!E9")]
    assert detail in submission.faults[0].detail


def test_lists_may_have_a_unit_and_an_indicator_in_each_row(desk: Desk) -> None:
    def long(workbook: Workbook) -> None:
        rows = (
            ("Xã Sơn Hà", "Biên chế giao", 40),
            ("Xã Sơn Hà", "CBCC hiện có", 38),
            ("Xã Sơn Hạ", "CBCC hiện có", 30),
        )
        own_table(workbook, "DS", ("Đơn vị", "Chỉ tiêu", "Giá trị"), *rows)

    found = taken(desk.read(edited(desk.report(RIGHT), long)))
    assert {key: value for key, (value, _) in found.items()} == {
        (SON_HA, "staff_allocated"): 40,
        (SON_HA, "staff_present"): 38,
        (SON_HA_TOO, "staff_present"): 30,
    }


def test_units_may_stand_in_columns(desk: Desk) -> None:
    def turned(workbook: Workbook) -> None:
        own_table(workbook, "NS", ("Chỉ tiêu", "Xã Sơn Hà", "Xã Sơn Hạ"), ("Biên chế giao", 40, 41))

    found = taken(desk.read(edited(desk.report(RIGHT), turned)))
    assert found == {(SON_HA, "staff_allocated"): (40, "NS!B9"), (SON_HA_TOO, "staff_allocated"): (41, "NS!C9")}


def test_the_column_of_units_is_known_by_its_cells_where_its_heading_is_silent(desk: Desk) -> None:
    def unnamed(workbook: Workbook) -> None:
        own_table(workbook, "NS", ("STT", "Nơi gửi", "Biên chế giao"), (1, "Sơn Hà", 40), (2, "Sơn Hạ", 41))

    found = taken(desk.read(edited(desk.report(RIGHT), unnamed)))
    assert found.keys() == {(SON_HA, "staff_allocated"), (SON_HA_TOO, "staff_allocated")}


@pytest.mark.parametrize(("section", "is_taken"), [("Số liệu năm 2024", False), ("Các xã năm 2026", True)])
def test_a_section_of_another_year_is_asked_about(desk: Desk, section: str, is_taken: bool) -> None:
    def add(workbook: Workbook) -> None:
        rows = ((1, "Xã Sơn Hạ", 41), ("II", section, None), (1, "Xã Sơn Hà", 40))
        own_table(workbook, "NS", ("STT", "Tên xã", "Biên chế giao"), *rows)

    found = taken(desk.read(edited(desk.report(RIGHT), add)))
    assert ((SON_HA, "staff_allocated") in found) is is_taken
