"""Rows and tables that contradict each other: each rule has a change that breaks it, and the fault names the place."""

from __future__ import annotations

import pytest

from tests.reference.editing import EditedTables

DONG_NAI_NEW_WARD = "25270"


def test_the_tables_of_the_repo_agree(edited: EditedTables) -> None:
    assert edited.faults() == ()


@pytest.mark.parametrize(
    ("file", "key", "column", "text", "expected"),
    [
        ("provinces.csv", "01", "valid_to_on", "2025-06-01", "ngày không trước 2025-07-01"),
        ("provinces.csv", "91", "commune_count", "103", "102, là số đơn vị"),
        ("provinces.csv", "75", "commune_count", "94", "95, là số đơn vị"),
        ("provinces.csv", "91", "province_name", "Thành phố An Giang", "Tỉnh An Giang"),
        ("provinces.csv", "91", "tile_row", "0", "từ 1 trở lên"),
        ("communes.csv", "00004", "commune_name", "Xã Ba Đình", "tên bắt đầu bằng “Phường ”"),
        ("communes.csv", "00004", "longitude", "21.0386", "từ 102.1 đến 117.5"),
        ("communes.csv", "00004", "latitude", "105.838", "từ 6.4 đến 23.5"),
        ("indicators.csv", "staff_present", "upper", "-1", "từ 0 trở lên"),
        ("indicators.csv", "office_adequate", "upper", "2", "0 đến 1"),
        ("indicators.csv", "staff_present", "target_rule", "staff_alocated", "mã một chỉ tiêu khác cùng cấp"),
        ("indicators.csv", "staff_present", "target_rule", "staff_present", "mã một chỉ tiêu khác cùng cấp"),
        ("indicators.csv", "office_adequate", "target_rule", "all_provinces", "mã một chỉ tiêu khác cùng cấp"),
        ("indicators.csv", "military_posts_filled", "sum_of", "military_assistant", "các chỉ tiêu khác trên cùng biểu"),
        ("indicators.csv", "military_posts_filled", "sum_of", "staff_present", "các chỉ tiêu khác trên cùng biểu"),
        ("indicators.csv", "staff_present", "sensitivity", "public", "internal, như staff_allocated"),
        ("indicators.csv", "staff_present", "form_sheet", "Biểu 07", "tên biểu trong forms.csv"),
        ("indicators.csv", "staff_present", "form_sheet", "Biểu 01", "tên biểu trong forms.csv, cấp commune"),
        ("indicators.csv", "staff_gap", "form_sheet", "Biểu 01", "ô trống"),
        ("directives.csv", "kl202_procedures", "indicators", "procedures", "mã chỉ tiêu được báo cáo"),
        ("directives.csv", "kl202_procedures", "indicators", "staff_gap", "mã chỉ tiêu được báo cáo"),
        ("directives.csv", "kl202_procedures", "target_pct", "", "tỷ lệ phải đạt khi có chỉ tiêu"),
        ("directives.csv", "kl202_procedures", "target_pct", "101", "lớn hơn 0, đến 100"),
        ("directives.csv", "ministry_secondment_pilot", "due_on", "2025-08-01", "ngày từ 2025-08-29"),
        ("published_figures.csv", "2026-02-pvhcc-commune", "indicator", "pvhcc", "mã chỉ tiêu có trong indicators.csv"),
        ("published_figures.csv", "2026-02-pvhcc-commune", "scope", "province:99", "province:NN"),
        ("published_figures.csv", "2026-02-pvhcc-commune", "published_on", "2026-02-24", "ngày từ 2026-02-25"),
        ("published_figures.csv", "2026-02-pvhcc-commune", "value", "-1", "từ 0 trở lên"),
        ("aliases.csv", "HCM", "unit_code", "99", "mã có trong provinces.csv"),
        ("aliases.csv", "HCM", "alias", "Cần Thơ", "đây là tên của 92"),
        ("denominators.csv", "pvhcc_commune_established", "indicator", "staff_gap", "chỉ tiêu được báo cáo"),
        ("denominators.csv", "pvhcc_commune_established", "province_code", "99", "mã tỉnh có trong provinces.csv"),
        ("denominators.csv", "pvhcc_commune_established", "expected_count", "127", "từ 0 đến 126"),
        ("reporting_days.csv", "CQDP2C", "form", "CQDP3C", "một trong: CQDP2C"),
        ("reporting_days.csv", "CQDP2C", "due_on", "2025-07-14", "ngày từ 2025-07-15"),
        ("parameters.csv", "outlier_days", "parameter", "outlier_day", "một trong: chase_names"),
        ("parameters.csv", "outlier_days", "value", "-1", "từ 0 trở lên"),
        ("rules.csv", "unknown_unit", "message_vi", "Không có {value}", "mẫu câu chỉ dùng {given}"),
        ("rules.csv", "unknown_unit", "message_en", "No {given", "mẫu câu chỉ dùng {given}"),
        ("rules.csv", "unknown_unit", "fix_vi", "Sửa {given:d}", "mẫu câu chỉ dùng {given}"),
    ],
)
def test_a_contradiction(edited: EditedTables, file: str, key: str, column: str, text: str, expected: str) -> None:
    row = edited.change(file, key, column, text)

    faults = [fault for fault in edited.faults() if (fault.file, fault.row) == (file, row)]

    assert any(expected in fault.expected and fault.column and fault.fix for fault in faults), faults


@pytest.mark.parametrize(
    ("file", "cells", "column", "expected"),
    [
        ("rules.csv", {}, "rule", "mỗi khóa một dòng"),
        ("reporting_days.csv", {"basis": "nhắc lại"}, "as_of_on", "mỗi khóa một dòng"),
        ("communes.csv", {"valid_from_on": "2026-01-01"}, "valid_from_on", "hết hiệu lực"),
        ("denominators.csv", {"valid_from_on": "2026-01-01"}, "valid_from_on", "hết hiệu lực"),
        ("aliases.csv", {"alias": "bac lieu", "unit_code": "91"}, "alias", "bỏ dấu thì trùng nhau"),
        ("communes.csv", {"commune_code": "99999"}, "commune_name", "trong cùng tỉnh"),
        ("communes.csv", {"commune_code": "99999", "province_code": "98"}, "province_code", "mã tỉnh có trong"),
        (
            "forms.csv",
            {"sheet": "Biểu 07", "unit_level": "commune"},
            "sheet",
            "biểu có ít nhất một chỉ tiêu",
        ),
    ],
)
def test_a_row_too_many(edited: EditedTables, file: str, cells: dict[str, str], column: str, expected: str) -> None:
    row = edited.add(file, **cells)

    faults = [fault for fault in edited.faults() if (fault.file, fault.row, fault.column) == (file, row, column)]

    assert any(expected in fault.expected for fault in faults)


def test_a_gap_between_two_periods_of_a_unit(edited: EditedTables) -> None:
    row = edited.change("communes.csv", DONG_NAI_NEW_WARD, "valid_to_on", "2026-04-28")

    assert any(
        (fault.row, fault.column, fault.expected) == (row + 1, "valid_from_on", f"2026-04-29, ngay sau dòng {row}")
        for fault in edited.faults()
    )


def test_a_commune_that_is_missing_on_some_day_breaks_the_count(edited: EditedTables) -> None:
    edited.drop("communes.csv", DONG_NAI_NEW_WARD)

    assert [(fault.file, fault.column, fault.given) for fault in edited.faults()] == [
        ("provinces.csv", "commune_count", "95"),
        ("provinces.csv", "commune_count", "95"),
    ]


@pytest.mark.parametrize("code", ["20333", "22736"])
def test_the_archipelagos_cannot_be_removed(edited: EditedTables, code: str) -> None:
    edited.drop("communes.csv", code)

    assert any(fault.expected.startswith("Đặc khu ") for fault in edited.faults())


def test_two_provinces_on_one_tile(edited: EditedTables) -> None:
    edited.change("provinces.csv", "96", "tile_row", "15")
    row = 1 + next(i for i, p in enumerate(edited.rows("provinces.csv"), 1) if p["province_code"] == "96")

    assert [(fault.row, fault.column, fault.given) for fault in edited.faults()] == [(row, "tile_column", "15, 3")]


def test_two_indicators_under_one_label_on_a_sheet(edited: EditedTables) -> None:
    row = edited.change("indicators.csv", "staff_contracted", "synonyms_vi", "LĐHĐ|hiện có  MẶT")

    (fault,) = edited.faults()

    assert (fault.row, fault.column, fault.given) == (row, "synonyms_vi", "hiện có  MẶT")
    assert "staff_present" in fault.expected


def correction(**cells: str) -> dict[str, str]:
    return {
        "correction": "an_giang_offices",
        "unit_code": "30292",
        "indicator": "office_adequate",
        "as_of_on": "2026-01-15",
        "expected_given": "0",
        "corrected_value": "1",
        "reason": "Báo cáo nhầm",
        "document_no": "",
        "entered_on": "2026-02-01",
        "expires_on": "2026-06-30",
        **cells,
    }


def test_a_sound_correction_is_accepted(edited: EditedTables) -> None:
    edited.add("corrections.csv", **correction())

    assert edited.faults() == ()


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("unit_code", "99999", "mã có trong provinces.csv"),
        ("indicator", "pvhcc_province_established", "cùng cấp với đơn vị"),
        ("corrected_value", "0", "giá trị khác 0"),
        ("expires_on", "2026-02-01", "ngày sau 2026-02-01"),
    ],
)
def test_an_unsound_correction(edited: EditedTables, column: str, text: str, expected: str) -> None:
    row = edited.add("corrections.csv", **correction(**{column: text}))

    assert [(fault.row, fault.column) for fault in edited.faults()] == [(row, column)]
    assert expected in edited.faults()[0].expected


def test_two_corrections_of_one_value(edited: EditedTables) -> None:
    edited.add("corrections.csv", **correction())
    row = edited.add("corrections.csv", **correction(correction="an_giang_offices_again", corrected_value="2"))

    assert [(fault.row, fault.column) for fault in edited.faults()] == [(row, "unit_code")]


MAPPING = {
    "shape": "0123456789ab",
    "label": "số cán bộ",
    "meaning": "staff_present",
    "entered_on": "2026-02-14",
    "note": "",
}
DECISION = {
    "sha256": "ab" * 32,
    "province_code": "91",
    "as_of_on": "2026-02-13",
    "form": "CQDP2C",
    "reason": "Sở Nội vụ An Giang xác nhận qua điện thoại",
    "entered_on": "2026-02-14",
}


@pytest.mark.parametrize("meaning", ["staff_present", "unit_name", "ignore"])
def test_a_column_means_an_indicator_a_role_or_nothing(edited: EditedTables, meaning: str) -> None:
    edited.add("mappings.csv", **{**MAPPING, "meaning": meaning})

    assert edited.faults() == ()


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("meaning", "staff_gap", "mã chỉ tiêu được báo cáo"),
        ("meaning", "unknown", "mã chỉ tiêu được báo cáo"),
        ("shape", "xyz", "12 chữ số"),
    ],
)
def test_an_unsound_mapping(edited: EditedTables, column: str, text: str, expected: str) -> None:
    row = edited.add("mappings.csv", **{**MAPPING, column: text})

    assert [(fault.row, fault.column) for fault in edited.faults()] == [(row, column)]
    assert expected in edited.faults()[0].expected


@pytest.mark.parametrize("left_open", ["province_code", "as_of_on", "form"])
def test_a_decision_may_leave_things_open(edited: EditedTables, left_open: str) -> None:
    edited.add("decisions.csv", **{**DECISION, left_open: ""})

    assert edited.faults() == ()


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"province_code": "99"}, "province_code", "mã tỉnh có trong provinces.csv"),
        ({"form": "CQDP3C"}, "form", "một trong: CQDP2C"),
        ({"sha256": "91"}, "sha256", "64 chữ số"),
        ({"province_code": "", "as_of_on": "", "form": ""}, "province_code", "ít nhất một trong"),
    ],
)
def test_an_unsound_decision(edited: EditedTables, cells: dict[str, str], column: str, expected: str) -> None:
    row = edited.add("decisions.csv", **{**DECISION, **cells})

    assert [(fault.row, fault.column) for fault in edited.faults()] == [(row, column)]
    assert expected in edited.faults()[0].expected


def test_a_name_may_be_decided_in_each_province(edited: EditedTables) -> None:
    for unit_code in ("30307", "00004"):
        edited.add("aliases.csv", alias="Xã Tân Lập cũ", unit_code=unit_code, kind="decided", note="")

    assert edited.faults() == ()


def test_a_name_means_one_unit_of_its_province(edited: EditedTables) -> None:
    edited.add("aliases.csv", alias="Xã Tân Lập cũ", unit_code="30307", kind="decided", note="")
    row = edited.add("aliases.csv", alias="xa tan lap cu", unit_code="30292", kind="decided", note="")

    assert [(fault.row, fault.column) for fault in edited.faults()] == [(row, "alias")]


@pytest.mark.parametrize("file", ["mappings.csv", "decisions.csv"])
def test_tables_of_decisions_may_be_absent(edited: EditedTables, file: str) -> None:
    (edited.folder / file).unlink()

    assert edited.faults() == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("99999,staff_present,2025-10-15,5,confirmed,,,2025-11-01", "mã có trong provinces.csv hoặc communes.csv"),
        ("30292,procedures_to_review,2025-10-15,5,confirmed,,,2025-11-01", "cùng cấp với đơn vị"),
        ("30292,office_adequate,2025-10-15,1,confirmed,,,2025-11-01", "chỉ tiêu số lượng"),
        ("30292,staff_present,2025-10-15,5,closed,,,2025-11-01", "một trong: confirmed, open"),
    ],
)
def test_a_follow_up_is_about_a_unit_and_a_number_of_its_level(edited: EditedTables, row: str, expected: str) -> None:
    table = edited.folder / "follow_ups.csv"
    table.write_text(table.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    assert any(expected in fault.expected for fault in edited.faults())


def test_a_parameter_that_is_missing_is_named(edited: EditedTables) -> None:
    table = edited.folder / "parameters.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith("league_periods")), encoding="utf-8")
    assert "có dòng league_periods" in [fault.expected for fault in edited.faults()]
