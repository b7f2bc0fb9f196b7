from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.form.layout import Role, cell_name, sheet_layouts, unit_label
from pipelines.reference.load import Reference
from tests.form.written import DAY, PROVINCE, sheet_of


def test_every_reported_indicator_has_one_place_on_the_sheet_that_the_reference_names(reference: Reference) -> None:
    places = [(i.indicator, s.sheet) for s in sheet_layouts(reference, PROVINCE, DAY) for i in s.indicators]
    assert sorted(places) == sorted((i.indicator, i.form_sheet) for i in reference.reported_indicators)


def test_the_provincial_sheet_has_one_row_for_each_indicator(reference: Reference) -> None:
    sheet = sheet_of(reference, "Biểu 01")
    assert [column.label for column in sheet.columns] == [
        "STT",
        "Mã chỉ tiêu",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Giá trị",
        "Ngày hoàn thành",
        "Số, ký hiệu văn bản",
        "Ghi chú",
    ]
    assert [line.code for line in sheet.lines] == [i.indicator for i in sheet.indicators]
    assert sheet.total_row is None


def test_communes_stand_in_sections_and_all_of_them_once(reference: Reference) -> None:
    sheet = sheet_of(reference, "Biểu 05", "56")
    sections = [(line.ordinal, line.name) for line in sheet.lines if not line.unit_code]
    assert sections == [("I", "Các phường"), ("II", "Các xã"), ("III", "Các đặc khu")]
    codes = [line.unit_code for line in sheet.lines if line.unit_code]
    assert sorted(codes) == sorted(reference.communes_on(DAY, "56"))
    assert sheet.lines[-1].name == "Đặc khu Trường Sa"
    assert sheet.lines[-1].ordinal == str(len(codes))


def test_a_province_without_special_zones_has_no_section_for_them(reference: Reference) -> None:
    names = [line.name for line in sheet_of(reference, "Biểu 05", "01").lines if not line.unit_code]
    assert names == ["Các phường", "Các xã"]


def test_the_column_number_of_a_sum_names_the_columns_that_add_up_to_it(reference: Reference) -> None:
    numbers = [column.number for column in sheet_of(reference, "Biểu 03").columns]
    assert numbers == ["1", "2", "3", "4", "5 (=6+7+8+9+10)", "6", "7", "8", "9", "10", "11", "12"]


def test_communes_are_those_of_the_day(reference: Reference) -> None:
    before, after = (
        next(s for s in sheet_layouts(reference, "75", day) if s.total_row is not None)
        for day in (date(2026, 4, 29), date(2026, 4, 30))
    )
    wards_before, wards_after = (
        sum(line.name.startswith("Phường") for line in sheet.lines) for sheet in (before, after)
    )
    assert wards_after == wards_before + 10


def test_a_new_indicator_in_the_reference_is_a_new_column(reference: Reference) -> None:
    new = replace(reference.indicator("network_stable"), indicator="solar_power", name_vi="Có điện mặt trời")
    extended = replace(reference, indicators=(*reference.indicators, new))
    sheet = sheet_of(extended, "Biểu 05")
    assert [column.label for column in sheet.columns][-2:] == ["Có điện mặt trời", "Ghi chú"]


def test_places_are_addresses(reference: Reference) -> None:
    sheet = sheet_of(reference, "Biểu 04")
    first = next(line for line in sheet.lines if line.unit_code)
    assert sheet.cell_of(first.unit_code, "staff_present") == "E11"
    assert sheet.cell_of(first.unit_code, "staff_present", Role.CODE) == "B11"
    assert sheet.total_cell_of("staff_present") == f"E{sheet.lines[-1].row + 2}"
    assert cell_name(0, 27) == "AB1"


def test_units_read_as_a_reporter_would_write_them(reference: Reference) -> None:
    assert unit_label(reference.indicator("procedures_to_review")) == "Thủ tục"
    assert unit_label(reference.indicator("national_portal_connected")) == "Hệ thống (đã: 1, chưa: 0)"
    assert sheet_of(reference, "Biểu 03").unit_line == "Đvt: Người"
