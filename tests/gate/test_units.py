from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.gate.structure import is_total
from pipelines.gate.units import UnitIndex, UnitMatch, bare_name
from pipelines.readers import CellValue
from pipelines.reference.load import Reference
from pipelines.reference.records import Alias
from tests.gate.reports import BA_DINH, CAM_THANH, DAY, HA_NOI, LY_SON, QUANG_NGAI, SON_HA, SON_HA_TOO


@pytest.fixture(scope="module")
def quang_ngai(country: Reference) -> UnitIndex:
    return UnitIndex(country, QUANG_NGAI, DAY)


@pytest.mark.parametrize(
    ("code", "name", "unit"),
    [
        (SON_HA, "Xã Sơn Hà", SON_HA),
        (SON_HA, "", SON_HA),
        (21289.0, "Sơn Hà", SON_HA),
        ("'21289", "xã sơn hà", SON_HA),
        (" 21289 ", "XA SON HA", SON_HA),
        ("", "Xã Sơn Hà", SON_HA),
        ("", "Sơn Hạ", SON_HA_TOO),
        ("", "X. Sơn Hạ", SON_HA_TOO),
        ("", "UBND xã Sơn Hạ", SON_HA_TOO),
        ("", unicodedata.normalize("NFD", "XÃ SƠN HẠ"), SON_HA_TOO),
        ("", "P. Cẩm Thành", CAM_THANH),
        ("", "P.Cẩm Thành", CAM_THANH),
        ("", "ĐK Lý Sơn", LY_SON),
        ("", "Đ.K. Lý Sơn", LY_SON),
        ("", "Lý\nSơn", LY_SON),
        ("", "PHUONG CAM THANH", CAM_THANH),
        ("", "Ly Son", LY_SON),
        ("", "X Sơn Hạ", SON_HA_TOO),
        ("", "Đảng ủy xã Sơn Hạ", SON_HA_TOO),
        ("", "HĐND và UBND xã Sơn Hạ", SON_HA_TOO),
        ("", "1. Xã Sơn Hạ", SON_HA_TOO),
        ("", "- Xã Sơn Hạ", SON_HA_TOO),
        ("", "a) Xã Sơn Hạ", SON_HA_TOO),
        ("", "II. Sơn Hạ", SON_HA_TOO),
        ("", "Xã Sơn Hạ*", SON_HA_TOO),
        ("", "Xã Sơn Hạ (1)", SON_HA_TOO),
        ("", "Xã Sơn Hạ²", SON_HA_TOO),
        ("", "Xã Sơn Hạ;", SON_HA_TOO),
        ("-", "Xã Sơn Hạ", SON_HA_TOO),
        ("", "Xã Sơn Hạ (21292)", SON_HA_TOO),
        ("", "21292 - Xã Sơn Hạ", SON_HA_TOO),
        ("", "Xã Sơn Hạ - mã 21292", SON_HA_TOO),
        ("21292 - Xã Sơn Hạ", "", SON_HA_TOO),
        ("21292.0", "Xã Sơn Hạ", SON_HA_TOO),
        (SON_HA_TOO, "2. Xã Sơn Hạ *", SON_HA_TOO),
    ],
)
def test_a_commune_is_found_by_code_or_by_its_exact_name(
    quang_ngai: UnitIndex, code: CellValue, name: str, unit: str
) -> None:
    assert quang_ngai.match(code, name) == UnitMatch(unit)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("99919", "Xã Mô Phỏng"),
        ("99919", "Xã Sơn Hà"),
        ("2128", ""),
        ("21289.5", "Xã Sơn Hà"),
        (float("inf"), "Xã Sơn Hà"),
        ("", "Son Ha"),
        ("", "Xa Cam Thanh"),
        ("", "Sơn Hàa"),
        ("", "Phường Sơn Hà"),
        ("", "Thị trấn Sơn Hạ"),
        ("", "Tổng cộng"),
        ("", "Xã Son Hạ"),
        ("", "Xã Sơn Ha"),
        ("", "Xã Sơn Hà (mới)"),
        ("", "Xã Sơn Hà, Sơn Hạ"),
        ("", "Xã Sơn Hà (99919)"),
        ("", "99919 - Xã Sơn Hà"),
        (SON_HA, "Xã Sơn Hạ (21292)"),
        ("", "Trung tâm xã Sơn Hà"),
        ("", ""),
    ],
)
def test_nothing_is_decided_by_likeness(quang_ngai: UnitIndex, code: CellValue, name: str) -> None:
    match = quang_ngai.match(code, name)
    assert (match.unit_code, match.rule) == ("", "unknown_unit")


def test_likeness_only_suggests(quang_ngai: UnitIndex) -> None:
    assert quang_ngai.match("", "Xã Sơn Hàa").detail == "Có phải: 21289 Xã Sơn Hà; 21292 Xã Sơn Hạ?"
    assert quang_ngai.match("", "Xã Không Có Tên Này").detail == ""


def test_suggestions_end_where_a_sheet_holds_nothing_but_strange_names(country: Reference) -> None:
    index = UnitIndex(country, QUANG_NGAI, DAY)
    suggested = [index.match("", f"Sơn Hà {number}").detail for number in range(600)]
    assert all(suggested[:500])
    assert not any(suggested[500:])


def test_a_commune_of_another_province_is_named_with_its_home(quang_ngai: UnitIndex) -> None:
    match = quang_ngai.match(BA_DINH, "Phường Ba Đình")
    assert (match.unit_code, match.rule) == ("", "unit_of_other_province")
    assert (match.expected, match.detail) == ("Tỉnh Quảng Ngãi", "Thành phố Hà Nội")


@pytest.mark.parametrize("name", ["son ha too", "Xã Khác", "Phường Sơn Hạ", "Cam Thanh", "Xã Sơn Hàa"])
def test_where_code_and_name_differ_the_code_decides_and_the_name_is_asked_about(
    quang_ngai: UnitIndex, name: str
) -> None:
    assert quang_ngai.match(SON_HA, name) == UnitMatch(SON_HA, "unit_name_differs", expected="Xã Sơn Hà")


@pytest.mark.parametrize("name", ["Xã Sơn Hạ", "Sơn Hạ", "UBND xã Sơn Hạ", "2. SƠN HẠ *", "Xã Sơn Hạ, tỉnh Quảng Ngãi"])
def test_a_code_beside_the_very_name_of_a_neighbour_is_neither(quang_ngai: UnitIndex, name: str) -> None:
    assert quang_ngai.match(SON_HA, name) == UnitMatch(
        rule="unit_conflict", expected="21289 Xã Sơn Hà", detail="21292 Xã Sơn Hạ"
    )


@pytest.mark.parametrize(
    "name",
    [
        "Xã Sơn Hạ, tỉnh Quảng Ngãi",
        "Xã Sơn Hạ - Quảng Ngãi",
        "Xã Sơn Hạ – tỉnh Quảng Ngãi",
        "Xã Sơn Hạ (Quảng Ngãi)",
        "Xã Sơn Hạ tỉnh Quảng Ngãi",
        "SƠN HẠ, QUẢNG NGÃI",
        "21292 - Xã Sơn Hạ - Quảng Ngãi",
        "Xã Sơn Hạ, tỉnh Kon Tum",
    ],
)
def test_the_own_province_behind_a_name_says_nothing_new(quang_ngai: UnitIndex, name: str) -> None:
    assert quang_ngai.match("", name) == UnitMatch(SON_HA_TOO)
    assert quang_ngai.match(SON_HA_TOO, name) == UnitMatch(SON_HA_TOO)


@pytest.mark.parametrize("code", ["", SON_HA_TOO])
@pytest.mark.parametrize("ending", [", thành phố Hà Nội", " - Hà Nội", " (TP. Hà Nội)"])
def test_another_province_behind_a_name_is_its_home(quang_ngai: UnitIndex, code: str, ending: str) -> None:
    assert quang_ngai.match(code, f"Xã Sơn Hạ{ending}") == UnitMatch(
        rule="unit_of_other_province", expected="Tỉnh Quảng Ngãi", detail="Thành phố Hà Nội"
    )


@pytest.mark.parametrize("name", ["1 - Kon Tum", "Phường Kon Tum", "Phường Kon Tum, tỉnh Quảng Ngãi"])
def test_a_commune_may_have_the_name_of_a_province(reference: Reference, name: str) -> None:
    index = UnitIndex(reference, QUANG_NGAI, DAY)
    assert index.name_of(index.match("", name).unit_code) == "Phường Kon Tum"


def test_leading_zeros_may_be_lost(reference: Reference) -> None:
    ha_noi = UnitIndex(reference, HA_NOI, DAY)
    for code in ("00004", "'00004", "4", 4, 4.0, "4.0", "\u00a000004 "):
        assert ha_noi.match(code, "Phường Ba Đình") == UnitMatch(BA_DINH)


def test_a_footnote_or_a_number_of_the_name_is_asked_about(reference: Reference) -> None:
    """`Phường Phú Lợi` and names with a number of their own: a mark is dropped only where one reading is left."""
    lam_dong = UnitIndex(reference, "68", DAY)
    assert lam_dong.match("", "Phường 1 Bảo Lộc").unit_code
    assert lam_dong.match("", "1. Phường 1 Bảo Lộc") == lam_dong.match("", "Phường 1 Bảo Lộc")
    assert lam_dong.match("", "Xã Bảo Lâm (1)") == lam_dong.match("", "Xã Bảo Lâm 1")


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("Thị trấn Di Lăng", "Đây là tên trước 01/07/2025. Có phải nay thuộc: 21289 Xã Sơn Hà?"),
        ("Di Lăng", "Đây là tên trước 01/07/2025. Có phải nay thuộc: 21289 Xã Sơn Hà?"),
        ("UBND xã Sơn Nham", "Đây là tên trước 01/07/2025. Có phải nay thuộc: 21292 Xã Sơn Hạ?"),
    ],
)
def test_an_old_name_is_never_taken_but_leads_to_the_present_ones(
    quang_ngai: UnitIndex, name: str, detail: str
) -> None:
    assert quang_ngai.match("", name) == UnitMatch(rule="unknown_unit", detail=detail)


def test_a_code_with_the_name_that_it_had_before_the_reform_is_asked_about(reference: Reference) -> None:
    """00004 was Phường Trúc Bạch until 30/06/2025 and is Phường Ba Đình now."""
    match = UnitIndex(reference, HA_NOI, DAY).match(BA_DINH, "Phường Trúc Bạch")
    assert match.rule == "unknown_unit"
    assert match.detail == "Đây là tên trước 01/07/2025. Có phải nay thuộc: 00004 Phường Ba Đình?"


def test_what_a_person_has_decided_holds_inside_its_province(reference: Reference) -> None:
    decided = replace(
        reference,
        aliases=(
            *reference.aliases,
            Alias("Xã Di Lăng cũ", SON_HA, "decided", ""),
            Alias("Sơn Hà", BA_DINH, "decided", ""),
        ),
    )
    quang_ngai, ha_noi = (UnitIndex(decided, code, DAY) for code in (QUANG_NGAI, HA_NOI))
    assert quang_ngai.match("", "XÃ DI LĂNG CŨ") == UnitMatch(SON_HA)
    assert ha_noi.match("", "Xã Di Lăng cũ").rule == "unknown_unit"
    assert quang_ngai.match("", "Sơn Hà") == UnitMatch(SON_HA)
    assert ha_noi.match("", "Sơn Hà") == UnitMatch(BA_DINH)


def test_the_registry_is_that_of_the_day(reference: Reference) -> None:
    """On 30/04/2026 ten communes of Đồng Nai became wards; the name with the type word of the day is exact."""
    before, after = (UnitIndex(reference, "75", day) for day in (date(2026, 4, 29), date(2026, 4, 30)))
    changed = [
        commune
        for code, commune in reference.communes_on(date(2026, 4, 30), "75").items()
        if before.name_of(code) != commune.commune_name
    ]
    assert len(changed) == 10
    for commune in changed:
        assert after.match("", commune.commune_name) == UnitMatch(commune.commune_code)
        assert before.match("", commune.commune_name).rule == "unknown_unit"


@given(
    st.text() | st.sampled_from([SON_HA, "", "21289.0", "x"]) | st.floats() | st.integers(),
    st.text() | st.text(alphabet="xãphường. SơnHàhạ()-*:1234²d\u0323") | st.floats(),
)
def test_any_cells_give_a_commune_of_the_province_or_a_rule(
    quang_ngai: UnitIndex, code: CellValue, name: CellValue
) -> None:
    match = quang_ngai.match(code, name)
    assert match.unit_code in ("", CAM_THANH, SON_HA, SON_HA_TOO, LY_SON)
    assert match.unit_code or match.rule


def test_no_commune_has_the_name_of_a_total(reference: Reference) -> None:
    for commune in reference.communes:
        assert not is_total(commune.commune_name)
        assert not is_total(bare_name(commune.commune_name))
