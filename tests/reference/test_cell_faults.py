"""Cells and files that cannot be read as they stand: named with file, row, column and what to do."""

from __future__ import annotations

import pytest

from pipelines.reference.faults import Fault, ReferenceFaults
from pipelines.reference.load import load_reference
from tests.reference.editing import EditedTables


@pytest.mark.parametrize(
    ("file", "key", "column", "text", "expected"),
    [
        ("provinces.csv", "04", "province_code", "4", "mã tỉnh gồm đúng 2 chữ số"),
        ("communes.csv", "00004", "commune_code", "4", "mã xã gồm đúng 5 chữ số"),
        ("communes.csv", "00004", "unit_type", "quận", "một trong: xã, phường, đặc khu"),
        ("communes.csv", "00004", "longitude", "105,838", "dùng dấu chấm thập phân"),
        ("communes.csv", "00004", "latitude", "nan", "dùng dấu chấm thập phân"),
        ("communes.csv", "00004", "valid_from_on", "01/07/2025", "năm-tháng-ngày"),
        ("communes.csv", "00004", "valid_from_on", "20250701", "năm-tháng-ngày"),
        ("communes.csv", "00004", "valid_to_on", "31/12/2026", "hoặc để trống"),
        ("communes.csv", "00004", "commune_name", "", "không được để trống"),
        ("communes.csv", "00004", "commune_name", "Phường Ba Đình ", "dấu cách thừa"),
        ("communes.csv", "00004", "commune_name", "Phường Ba Đi\u0300nh", "Unicode NFC"),
        ("provinces.csv", "01", "commune_count", "126.0", "một số nguyên"),
        ("provinces.csv", "01", "has_single_tier_centre", "có", "yes hoặc no"),
        ("indicators.csv", "staff_present", "group", "people", "một trong: pvhcc"),
        ("indicators.csv", "staff_present", "upper", "nhiều", "hoặc để trống"),
        ("indicators.csv", "staff_present", "indicator", "Staff present", "chữ thường không dấu"),
        ("indicators.csv", "staff_present", "synonyms_vi", "CBCC hiện có||Hiện có", "dấu |"),
        ("aliases.csv", "HCM", "kind", "nick", "một trong: short"),
        ("rules.csv", "unknown_unit", "severity", "fatal", "một trong: critical, warning, file"),
    ],
)
def test_a_wrong_cell(edited: EditedTables, file: str, key: str, column: str, text: str, expected: str) -> None:
    row = edited.change(file, key, column, text)

    (fault,) = edited.faults()

    assert (fault.file, fault.row, fault.column, fault.given) == (file, row, column, text)
    assert expected in fault.expected
    assert fault.fix


def test_the_message_says_where_what_and_how(edited: EditedTables) -> None:
    row = edited.change("provinces.csv", "04", "province_code", "4")

    (fault,) = edited.faults()

    assert fault.message_vi.startswith(f"provinces.csv, dòng {row}, cột “province_code”: có “4”, cần mã tỉnh gồm")
    assert "Cách sửa: Bảng tính có thể đã xóa số 0 ở đầu" in fault.message_vi


def test_all_faults_of_all_files_are_named_at_once(edited: EditedTables) -> None:
    edited.change("provinces.csv", "01", "commune_count", "x")
    edited.change("communes.csv", "00004", "longitude", "y")
    edited.change("rules.csv", "unknown_unit", "severity", "z")

    with pytest.raises(ReferenceFaults, match=r"3 fault\(s\) in the reference tables") as refused:
        load_reference(edited.folder)

    assert [fault.given for fault in refused.value.faults] == ["y", "x", "z"]


def test_blank_lines_keep_the_row_numbers_right(edited: EditedTables) -> None:
    file = edited.folder / "forms.csv"
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([header, "", lines[0].replace("province", "district"), *lines[1:]]), encoding="utf-8")

    (fault,) = edited.faults()

    assert (fault.row, fault.column, fault.given) == (3, "unit_level", "district")


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("forms.csv", b"\xff\xfeform", Fault("forms.csv", 0, "", "byte thứ 1 không đọc được", "bảng mã UTF-8", "")),
        (
            "reporting_days.csv",
            b"form,as_of_on,due_on\nCQDP2C,2026-02-13,2026-02-15\n",
            Fault("reporting_days.csv", 1, "basis", "không có cột này", "đúng một cột", ""),
        ),
        (
            "reporting_days.csv",
            b"form,as_of_on,due_on,basis,form\n",
            Fault("reporting_days.csv", 1, "form", "nhiều cột cùng tên", "đúng một cột", ""),
        ),
        (
            "reporting_days.csv",
            b"form,as_of_on,due_on,basis,colour\n",
            Fault("reporting_days.csv", 1, "colour", "colour", "một trong các cột form, as_of_on, due_on, basis", ""),
        ),
        (
            "reporting_days.csv",
            b"form,as_of_on,due_on,basis\nCQDP2C,2026-02-13,2026-02-15,why, not\n",
            Fault("reporting_days.csv", 2, "", "5 ô", "4 ô như hàng tiêu đề", ""),
        ),
    ],
)
def test_a_file_of_the_wrong_form(edited: EditedTables, file: str, content: bytes, fault: Fault) -> None:
    (edited.folder / file).write_bytes(content)

    (found,) = edited.faults()

    assert (found.file, found.row, found.column) == (fault.file, fault.row, fault.column)
    assert (found.given, found.expected) == (fault.given, fault.expected)


def test_semicolons_instead_of_commas_are_explained(edited: EditedTables) -> None:
    (edited.folder / "reporting_days.csv").write_bytes(b"form;as_of_on;due_on;basis\n")

    assert any("không phải dấu chấm phẩy" in fault.fix for fault in edited.faults())


def test_a_missing_file(edited: EditedTables) -> None:
    (edited.folder / "rules.csv").unlink()

    (fault,) = edited.faults()

    assert (fault.file, fault.given) == ("rules.csv", "không có tệp")
