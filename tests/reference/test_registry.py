"""Which provinces and communes there are, on which day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from pipelines.reference.load import Reference
from pipelines.reference.records import Commune

START = date(2025, 7, 1)
LAST_DAY_AS_PROVINCE = date(2026, 4, 29)
DONG_NAI_CITY = date(2026, 4, 30)
NEW_WARDS = [
    "Lộc Ninh",
    "Tân Khai",
    "Đồng Phú",
    "Tân Phú",
    "Trị An",
    "Trảng Bom",
    "Dầu Giây",
    "Long Thành",
    "Xuân Lộc",
    "Nhơn Trạch",
]


@pytest.mark.parametrize(
    ("day", "cities", "communes", "wards", "zones"),
    [
        (START, 6, 2621, 687, 13),
        (LAST_DAY_AS_PROVINCE, 6, 2621, 687, 13),
        (DONG_NAI_CITY, 7, 2611, 697, 13),
    ],
)
def test_counts_of_units(reference: Reference, day: date, cities: int, communes: int, wards: int, zones: int) -> None:
    provinces = reference.provinces_on(day).values()
    units = reference.communes_on(day).values()

    assert Counter(province.unit_type for province in provinces) == {"thành phố": cities, "tỉnh": 34 - cities}
    assert Counter(unit.unit_type for unit in units) == {"xã": communes, "phường": wards, "đặc khu": zones}
    assert len(units) == sum(province.commune_count for province in provinces) == 3321


def test_nothing_is_valid_before_the_two_tier_system(reference: Reference) -> None:
    assert reference.provinces_on(date(2025, 6, 30)) == {}
    assert reference.communes_on(date(2025, 6, 30)) == {}


def test_dong_nai_becomes_a_city_and_ten_communes_become_wards(reference: Reference) -> None:
    before = reference.communes_on(LAST_DAY_AS_PROVINCE, "75")
    after = reference.communes_on(DONG_NAI_CITY, "75")
    changed = {code for code in before if before[code] != after[code]}

    assert reference.provinces_on(LAST_DAY_AS_PROVINCE)["75"].province_name == "Tỉnh Đồng Nai"
    assert reference.provinces_on(DONG_NAI_CITY)["75"].province_name == "Thành phố Đồng Nai"
    assert before.keys() == after.keys()
    assert {before[code].commune_name for code in changed} == {f"Xã {name}" for name in NEW_WARDS}
    assert {after[code].commune_name for code in changed} == {f"Phường {name}" for name in NEW_WARDS}


@pytest.mark.parametrize(
    ("code", "name", "province_code", "province_name"),
    [
        ("20333", "Đặc khu Hoàng Sa", "48", "Thành phố Đà Nẵng"),
        ("22736", "Đặc khu Trường Sa", "56", "Tỉnh Khánh Hòa"),
    ],
)
def test_the_archipelagos_are_units_of_their_provinces(
    reference: Reference, code: str, name: str, province_code: str, province_name: str
) -> None:
    unit = reference.communes_on(START)[code]

    assert (unit.commune_name, unit.province_code) == (name, province_code)
    assert reference.provinces_on(START)[province_code].province_name == province_name
    assert unit.longitude > 111


@pytest.mark.parametrize(
    ("code", "name", "unit_type"),
    [
        ("00004", "Phường Ba Đình", "phường"),
        ("00226", "Phường Văn Miếu - Quốc Tử Giám", "phường"),
        ("31012", "Xã Vĩnh Hòa", "xã"),
    ],
)
def test_type_and_name_agree(reference: Reference, code: str, name: str, unit_type: str) -> None:
    unit = reference.communes_on(START)[code]

    assert (unit.commune_name, unit.unit_type) == (name, unit_type)


def test_only_ha_noi_runs_a_single_tier_centre(reference: Reference) -> None:
    provinces = reference.provinces_on(START).values()

    assert [province.short_name for province in provinces if province.has_single_tier_centre] == ["Hà Nội"]


def test_six_regions(reference: Reference) -> None:
    assert Counter(province.region_name for province in reference.provinces_on(START).values()) == {
        "Trung du và miền núi phía Bắc": 9,
        "Đồng bằng sông Hồng": 6,
        "Bắc Trung Bộ": 5,
        "Duyên hải Nam Trung Bộ và Tây Nguyên": 6,
        "Đông Nam Bộ": 3,
        "Đồng bằng sông Cửu Long": 5,
    }


def test_tiles_leave_the_sea_east_of_da_nang_and_khanh_hoa_free(reference: Reference) -> None:
    provinces = reference.provinces_on(START)

    for code in ("48", "56"):
        coast = provinces[code]
        row = [p for p in provinces.values() if p.tile_row == coast.tile_row]
        assert max(p.tile_column for p in row) == coast.tile_column <= 7


def test_communes_of_one_province_are_those_of_the_country(reference: Reference) -> None:
    country: dict[str, Commune] = reference.communes_on(START)
    by_province = [reference.communes_on(START, code) for code in reference.provinces_on(START)]

    assert {code: unit for units in by_province for code, unit in units.items()} == country
