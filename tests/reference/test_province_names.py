"""Every name that a province goes by leads to one of the 34: by official name, short name or alias."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.reference.load import Reference
from pipelines.vietnamese import folded

DAY = date(2026, 2, 25)

# The 63 provinces before 01/07/2025, by the province that they are part of now.
BEFORE_THE_MERGER = {
    "01": "Hà Nội",
    "04": "Cao Bằng",
    "08": "Hà Giang|Tuyên Quang",
    "11": "Điện Biên",
    "12": "Lai Châu",
    "14": "Sơn La",
    "15": "Lào Cai|Yên Bái",
    "19": "Bắc Kạn|Thái Nguyên",
    "20": "Lạng Sơn",
    "22": "Quảng Ninh",
    "24": "Bắc Giang|Bắc Ninh",
    "25": "Hòa Bình|Vĩnh Phúc|Phú Thọ",
    "31": "Hải Dương|Hải Phòng",
    "33": "Thái Bình|Hưng Yên",
    "37": "Hà Nam|Nam Định|Ninh Bình",
    "38": "Thanh Hóa",
    "40": "Nghệ An",
    "42": "Hà Tĩnh",
    "44": "Quảng Bình|Quảng Trị",
    "46": "Huế",
    "48": "Quảng Nam|Đà Nẵng",
    "51": "Kon Tum|Quảng Ngãi",
    "52": "Bình Định|Gia Lai",
    "56": "Ninh Thuận|Khánh Hòa",
    "66": "Phú Yên|Đắk Lắk",
    "68": "Đắk Nông|Bình Thuận|Lâm Đồng",
    "75": "Bình Phước|Đồng Nai",
    "79": "Bình Dương|Bà Rịa - Vũng Tàu|Hồ Chí Minh",
    "80": "Long An|Tây Ninh",
    "82": "Tiền Giang|Đồng Tháp",
    "86": "Bến Tre|Trà Vinh|Vĩnh Long",
    "91": "Kiên Giang|An Giang",
    "92": "Sóc Trăng|Hậu Giang|Cần Thơ",
    "96": "Bạc Liêu|Cà Mau",
}
PAIRS = [(code, name) for code, names in BEFORE_THE_MERGER.items() for name in names.split("|")]


def names_of(reference: Reference) -> dict[str, set[str]]:
    """Folded name -> the codes it may mean."""
    names: dict[str, set[str]] = {}
    for province in reference.provinces_on(DAY).values():
        for name in (province.province_name, province.short_name):
            names.setdefault(folded(name), set()).add(province.province_code)
    for alias in reference.aliases:
        names.setdefault(folded(alias.alias), set()).add(alias.unit_code)
    return names


def test_the_list_above_is_complete(reference: Reference) -> None:
    assert len(PAIRS) == 63
    assert BEFORE_THE_MERGER.keys() == reference.provinces_on(DAY).keys()


@pytest.mark.parametrize(("code", "name"), PAIRS)
def test_the_63_old_names_lead_to_their_new_province(reference: Reference, code: str, name: str) -> None:
    assert names_of(reference)[folded(name)] == {code}


def test_names_that_ended_are_marked_as_old_and_living_names_are_not(reference: Reference) -> None:
    living = {province.short_name for province in reference.provinces}
    old = {alias.alias for alias in reference.aliases if alias.kind == "old_name"}

    assert {name for _, name in PAIRS} - living <= old
    assert not living & old


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("TP.HCM", "79"),
        ("TPHCM", "79"),
        ("Sài Gòn", "79"),
        ("BR-VT", "79"),
        ("Thừa Thiên - Huế", "46"),
        ("TT-Huế", "46"),
        ("Đắc Lắc", "66"),
        ("Bắc Cạn", "19"),
        ("Hanoi", "01"),
    ],
)
def test_everyday_spellings(reference: Reference, written: str, code: str) -> None:
    assert names_of(reference)[folded(written)] == {code}


def test_no_name_means_two_provinces_even_without_diacritics(reference: Reference) -> None:
    assert {name: codes for name, codes in names_of(reference).items() if len(codes) > 1} == {}
