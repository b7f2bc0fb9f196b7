from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from pipelines.gate.structure import is_total
from pipelines.gate.units import UnitIndex, UnitMatch, bare_name
from pipelines.readers import CellValue
from pipelines.reference.load import Reference
from pipelines.vietnamese import folded
from tests.gate.reports import BA_DINH, CAM_THANH, DAY, LY_SON, QUANG_NGAI, SON_HA, SON_HA_TOO


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


@pytest.mark.parametrize("name", ["Xã Sơn Hạ", "son ha too", "Xã Khác", "Sơn Hạ"])
def test_where_code_and_name_differ_the_code_decides_and_the_name_is_asked_about(
    quang_ngai: UnitIndex, name: str
) -> None:
    assert quang_ngai.match(SON_HA, name) == UnitMatch(SON_HA, "unit_name_differs", expected="Xã Sơn Hà")


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


def test_all_communes_are_found_however_their_names_are_written(reference: Reference) -> None:
    """3,321 names: upper case, NFD, newer tone placement, no type word, no diacritics: the right commune or a question.

    Only what holds no diacritic at all can be in question: `Thanh An` is a commune, and `Thạnh An` without its own.
    """
    indexes = {code: UnitIndex(reference, code, DAY) for code in reference.provinces_on(DAY)}
    asked = set()
    for code, commune in reference.communes_on(DAY).items():
        name, index = commune.commune_name, indexes[commune.province_code]
        newer = name.replace("òa", "oà").replace("ủy", "uỷ").replace("óa", "oá").replace("ỏe", "oẻ")
        for written in (name.upper(), unicodedata.normalize("NFD", name), newer, f"UBND {name}"):
            assert index.match("", written) == UnitMatch(code)
        for written in (bare_name(name), folded(name), folded(bare_name(name))):
            match = index.match("", written)
            if match.rule:
                asked.add(code)
            assert match.unit_code == code or (match.rule == "unknown_unit" and written.isascii())
    assert len(asked) == 20


def test_no_commune_has_the_name_of_a_total(reference: Reference) -> None:
    for commune in reference.communes:
        assert not is_total(commune.commune_name)
        assert not is_total(bare_name(commune.commune_name))
