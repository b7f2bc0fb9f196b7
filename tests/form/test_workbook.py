from __future__ import annotations

from datetime import date

import pytest

from pipelines.form.layout import sheet_layouts
from pipelines.form.values import Departures, FormValues
from pipelines.reference.load import Reference
from tests.form.written import DAY, PROVINCE, Written, sheet_of, written

MILITARY = "military_commander_appointed", "military_deputy_commander_appointed", "military_assistants"


@pytest.fixture(scope="module")
def empty(reference: Reference) -> Written:
    return written(reference)


@pytest.fixture(scope="module")
def filled(reference: Reference) -> Written:
    """Three communes report on two sheets, the province one date; everything else is blank."""
    values: dict[tuple[str, str], float | str] = {(PROVINCE, "extension_scheme_drafted"): 1}
    for number, code in enumerate(list(reference.communes_on(DAY, PROVINCE))[:3], start=1):
        values |= {(code, "staff_present"): 40 + number, (code, "military_posts_filled"): 2 + number}
        values |= {(code, MILITARY[0]): 1, (code, MILITARY[1]): 1, (code, MILITARY[2]): number}
    form = FormValues(
        values,
        done_on={"extension_scheme_drafted": date(2025, 10, 1)},
        evidence={"extension_scheme_drafted": "MP-12/QĐ-UBND"},
    )
    return written(reference, as_of_on=DAY, values=form, origin="simulated", issue_no=3)


def test_every_sheet_opens_with_agency_motto_form_title_and_day(filled: Written, reference: Reference) -> None:
    for layout in sheet_layouts(reference, PROVINCE, DAY):
        rows = filled.cells(layout.sheet)
        assert rows[0][0] == "UBND THÀNH PHỐ HUẾ"
        assert rows[1][0] == "SỞ NỘI VỤ"
        assert rows[0][3] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        assert rows[2][0] == f"{layout.sheet} - CQĐP2C"
        assert layout.title.upper() in str(rows[3][0])
        assert rows[4][0] == "Tính đến ngày 13/02/2026"
        assert str(rows[5][-1]).startswith("Đvt: ")


def test_a_simulated_form_says_so_in_every_title_and_a_real_one_does_not(filled: Written, empty: Written) -> None:
    notice = "DỮ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU THẬT"
    for number in range(1, 7):
        assert str(filled.cells(f"Biểu 0{number}")[3][0]).startswith(notice)
        assert notice not in str(empty.cells(f"Biểu 0{number}")[3][0])


def test_a_correction_says_so_in_every_title(reference: Reference) -> None:
    correction = written(reference, as_of_on=DAY, values=FormValues({}, revision=2))
    for number in range(1, 7):
        assert str(correction.cells(f"Biểu 0{number}")[3][0]).startswith("ĐÍNH CHÍNH LẦN 1\n")


def test_headings_span_their_columns_and_single_labels_span_both_rows(empty: Written) -> None:
    merged = {str(area) for area in empty.workbook()["Biểu 03"].merged_cells.ranges}
    assert {"F7:J7", "A7:A8", "E7:E8"} <= merged


def test_marks_are_hidden_from_the_user_and_say_which_form_this_is(filled: Written) -> None:
    assert filled.workbook()["_tiendo"].sheet_state == "veryHidden"
    assert filled.cells("_tiendo") == [
        ["form", "CQDP2C"],
        ["version", "1"],
        ["province_code", "46"],
        ["issue_no", "3"],
        ["origin", "simulated"],
    ]


def test_totals_are_formulas_that_carry_their_results(filled: Written, reference: Reference) -> None:
    sheet = sheet_of(reference, "Biểu 04")
    assert sheet.total_row is not None
    row = filled.cells("Biểu 04")[sheet.total_row]
    assert (row[2], row[4]) == ("Tổng cộng", 41 + 42 + 43)
    formula = filled.workbook()["Biểu 04"][sheet.total_cell_of("staff_present")].value
    assert formula == f"=SUM(E10:E{sheet.last_body_row + 1})"


def test_a_sum_across_columns_is_typed_like_its_parts_and_named_by_the_row_of_numbers(
    filled: Written, reference: Reference
) -> None:
    sheet = sheet_of(reference, "Biểu 03")
    reporting, silent = list(reference.communes_on(DAY, PROVINCE))[2:4]
    rows = {row[1]: row for row in filled.cells("Biểu 03")}
    assert (rows[reporting][4], rows[silent][4]) == (5, "")
    cell = filled.workbook()["Biểu 03"][sheet.cell_of(reporting, "military_posts_filled")]
    assert (cell.value, cell.protection.locked) == (5, False)


def test_dates_and_document_numbers_stand_beside_the_provincial_value(filled: Written) -> None:
    row = next(row for row in filled.cells("Biểu 01") if row[1] == "extension_scheme_drafted")
    assert row[4:7] == [1, date(2025, 10, 1), "MP-12/QĐ-UBND"]


def test_only_cells_to_fill_in_are_unlocked(empty: Written, reference: Reference) -> None:
    sheet = empty.workbook()["Biểu 04"]
    layout = sheet_of(reference, "Biểu 04")
    commune = next(line.unit_code for line in layout.lines if line.unit_code)
    assert sheet.protection.sheet
    assert not sheet[layout.cell_of(commune, "staff_present")].protection.locked
    assert sheet["C11"].protection.locked
    assert sheet[layout.total_cell_of("staff_present")].protection.locked


def test_sheets_cannot_be_deleted_or_renamed(empty: Written) -> None:
    assert '<workbookProtection lockStructure="1"/><bookViews>' in empty.part("xl/workbook.xml")


def test_entry_is_checked_against_the_bounds_of_the_indicator(empty: Written) -> None:
    rules = {str(r.sqref): r for r in empty.workbook()["Biểu 03"].data_validations.dataValidation}
    required, commander = (next(r for area, r in rules.items() if area.startswith(letter)) for letter in "DF")
    assert (required.type, required.formula1, required.formula2) == ("whole", "1", "20")
    assert required.error == "Chỉ ghi số nguyên từ 1 đến 20. Chưa có số liệu thì để trống."
    assert (commander.type, commander.formula1) == ("list", '"1,0"')


def test_a_completion_date_after_the_day_of_the_report_is_refused_at_entry(filled: Written) -> None:
    rules = filled.workbook()["Biểu 01"].data_validations.dataValidation
    dates = next(rule for rule in rules if rule.type == "date")
    assert (date(1899, 12, 30).toordinal() + int(dates.formula2)) == DAY.toordinal()


def test_an_undated_form_takes_its_day_from_the_first_sheet(empty: Written) -> None:
    workbook = empty.workbook()
    assert not workbook["Biểu 01"]["A5"].protection.locked
    assert workbook["Biểu 04"]["A5"].value == "='Biểu 01'!A5"
    assert empty.cells("Biểu 04")[4][0] == "Tính đến ngày …/…/……"


def test_it_prints_on_landscape_a4_with_its_header_on_every_page(empty: Written) -> None:
    sheet = empty.workbook()["Biểu 02"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$7:$9"
    assert sheet["C11"].font.name == "Times New Roman"


def test_the_same_form_has_the_same_bytes(empty: Written, reference: Reference) -> None:
    assert written(reference).content == empty.content


def test_departures_from_the_form_are_written_as_given(reference: Reference) -> None:
    commune = next(iter(reference.communes_on(DAY, PROVINCE)))
    departures = Departures(
        marks={"province_code": "91"},
        missing_sheets=frozenset({"Biểu 06"}),
        unit_labels={("Biểu 05", commune): ("99999", "Xã Lạ")},
        totals={"staff_present": 7},
    )
    file = written(reference, as_of_on=DAY, values=FormValues({}, departures=departures))
    total_row = sheet_of(reference, "Biểu 04").total_row
    assert total_row is not None
    assert ["province_code", "91"] in file.cells("_tiendo")
    assert "Biểu 06" not in file.workbook().sheetnames
    assert ["99999", "Xã Lạ"] in [row[1:3] for row in file.cells("Biểu 05")]
    assert ["99999", "Xã Lạ"] not in [row[1:3] for row in file.cells("Biểu 04")]
    assert file.cells("Biểu 04")[total_row][4] == 7
