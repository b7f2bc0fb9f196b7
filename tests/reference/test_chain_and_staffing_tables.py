"""Chains, staffing baselines and fields: rows that contradict each other or the indicators, named with their place."""

from __future__ import annotations

import pytest

from tests.reference.editing import EditedTables


@pytest.mark.parametrize(
    ("file", "key", "column", "text", "expected"),
    [
        ("chains.csv", "extension", "indicator", "staff_present", "mã chỉ tiêu có/chưa, cấp tỉnh"),
        ("chains.csv", "extension", "chain_title_vi", "", "tên chuỗi"),
        ("staffing_baselines.csv", "allocated", "indicator", "office_adequate", "mã chỉ tiêu số lượng của xã"),
        ("staffing_baselines.csv", "allocated", "posts_per_commune", "32", "để trống khi kind là indicator"),
        ("staffing_baselines.csv", "planned_average", "posts_per_commune", "0", "số lớn hơn 0"),
        ("staffing_baselines.csv", "planned_average", "indicator", "staff_present", "để trống khi kind là per_commune"),
        ("staffing_baselines.csv", "planned_average", "province_code", "99", "mã tỉnh có trong provinces.csv"),
        ("staffing_fields.csv", "land", "indicator", "staff_gap", "mã chỉ tiêu số lượng của xã"),
    ],
)
def test_a_contradiction(edited: EditedTables, file: str, key: str, column: str, text: str, expected: str) -> None:
    row = edited.change(file, key, column, text)

    fault = next(fault for fault in edited.faults() if fault.column == column)

    assert (fault.file, fault.row, fault.given) == (file, row, text)
    assert expected in fault.expected


def test_a_stage_requires_earlier_stages_of_its_own_chain(edited: EditedTables) -> None:
    for required in ("national_portal_connected", "central_procedure_system_adopted"):
        row = edited.add(
            "chains.csv",
            chain="portal",
            stage_order="1",
            indicator="national_portal_connected",
            requires=required,
            chain_title_vi="Cổng",
            chain_title_en="Portal",
        )
        (fault,) = edited.faults()
        assert (fault.row, fault.column, fault.given) == (row, "requires", required)
        edited.drop("chains.csv", "portal")


def test_only_a_stage_that_requires_nothing_names_the_day_it_can_begin_on(edited: EditedTables) -> None:
    edited.change("chains.csv", "extension", "requires", "")
    assert edited.faults() == ()
    row = edited.add("chains.csv", stage_order="6", indicator="national_portal_connected", starts_on="2025-07-01")
    (fault,) = edited.faults()
    assert (fault.row, fault.column) == (row, "starts_on")


def test_a_chain_has_an_indicator_once(edited: EditedTables) -> None:
    row = edited.add("chains.csv", stage_order="6", requires="extension_scheme_drafted")
    (fault,) = edited.faults()
    assert (fault.row, fault.column, fault.given) == (row, "indicator", "extension_coordination_rules")


def test_a_second_chain_and_a_baseline_of_one_province_are_a_matter_of_rows(edited: EditedTables) -> None:
    titles = {"chain_title_vi": "Cổng", "chain_title_en": "Portal"}
    first = "national_portal_connected"
    edited.add("chains.csv", chain="portal", stage_order="1", indicator=first, requires="", **titles)
    untitled = dict.fromkeys(titles, "")
    then = "central_procedure_system_adopted"
    edited.add("chains.csv", chain="portal", stage_order="2", indicator=then, requires=first, **untitled)
    rows = edited.rows("staffing_baselines.csv")
    average = next(row for row in rows if row["baseline"] == "planned_average")
    edited.add("staffing_baselines.csv", **{**average, "province_code": "42", "posts_per_commune": "35.6"})
    assert edited.faults() == ()
