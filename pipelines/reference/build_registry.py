"""Writes `provinces.csv`, `communes.csv`, `old_communes.csv` from the data in the package `vietnamadminunits` 1.0.4.

Run once, by hand, when the registry has to be made anew: `python -m pipelines.reference.build_registry`. The package
(MIT licence) is needed only here, is no dependency of the product, and is not imported: its parser guesses, its table
does not. The table holds the official codes of Decision 19/2025/QĐ-TTg, the state of 01/07/2025; what changed later
is listed in `CHANGES`, from the resolutions. Two of the package's columns contradict each other for four communes
(`ward` says "Phường Việt Hòa", `wardType` says "Xã"): the name is right, so the unit type is taken from the name.
Old communes whose name is that of a present one in the same province are left out: such a name means the present one.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import astuple, fields, replace
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pipelines.reference.records import Commune, OldCommune, Province
from pipelines.vietnamese import plain

PACKAGE, VERSION = "vietnamadminunits", "1.0.4"
TWO_TIER_START = date(2025, 7, 1)
HA_NOI = "01"
TYPE_WORDS = {"Tỉnh": "tỉnh", "Thành phố": "thành phố", "Xã": "xã", "Phường": "phường", "Đặc khu": "đặc khu"}

NORTHERN_HIGHLANDS = "Trung du và miền núi phía Bắc"
RED_RIVER_DELTA = "Đồng bằng sông Hồng"
NORTH_CENTRAL = "Bắc Trung Bộ"
SOUTH_CENTRAL = "Duyên hải Nam Trung Bộ và Tây Nguyên"
SOUTH_EAST = "Đông Nam Bộ"
MEKONG_DELTA = "Đồng bằng sông Cửu Long"


class Place(NamedTuple):
    """The socio-economic region of a province, and its tile: rows count from the north, columns from the west."""

    region_name: str
    tile_row: int
    tile_column: int


# Drawn by hand: neighbours stay neighbours as far as equal tiles allow, and the outline keeps the country's S. East of
# Đà Nẵng (row 9) and of Khánh Hòa (row 12) the columns from 8 on stay free for Hoàng Sa and Trường Sa.
PLACES = {
    "12": Place(NORTHERN_HIGHLANDS, 1, 1),
    "15": Place(NORTHERN_HIGHLANDS, 1, 2),
    "08": Place(NORTHERN_HIGHLANDS, 1, 3),
    "04": Place(NORTHERN_HIGHLANDS, 1, 4),
    "11": Place(NORTHERN_HIGHLANDS, 2, 1),
    "14": Place(NORTHERN_HIGHLANDS, 2, 2),
    "19": Place(NORTHERN_HIGHLANDS, 2, 3),
    "20": Place(NORTHERN_HIGHLANDS, 2, 4),
    "25": Place(NORTHERN_HIGHLANDS, 3, 2),
    "01": Place(RED_RIVER_DELTA, 3, 3),
    "24": Place(RED_RIVER_DELTA, 3, 4),
    "22": Place(RED_RIVER_DELTA, 3, 5),
    "37": Place(RED_RIVER_DELTA, 4, 3),
    "33": Place(RED_RIVER_DELTA, 4, 4),
    "31": Place(RED_RIVER_DELTA, 4, 5),
    "38": Place(NORTH_CENTRAL, 5, 3),
    "40": Place(NORTH_CENTRAL, 6, 3),
    "42": Place(NORTH_CENTRAL, 7, 4),
    "44": Place(NORTH_CENTRAL, 8, 4),
    "46": Place(NORTH_CENTRAL, 8, 5),
    "48": Place(SOUTH_CENTRAL, 9, 5),
    "51": Place(SOUTH_CENTRAL, 10, 6),
    "52": Place(SOUTH_CENTRAL, 11, 6),
    "66": Place(SOUTH_CENTRAL, 12, 6),
    "56": Place(SOUTH_CENTRAL, 12, 7),
    "68": Place(SOUTH_CENTRAL, 13, 6),
    "75": Place(SOUTH_EAST, 13, 5),
    "80": Place(SOUTH_EAST, 13, 4),
    "79": Place(SOUTH_EAST, 14, 5),
    "82": Place(MEKONG_DELTA, 14, 4),
    "91": Place(MEKONG_DELTA, 14, 3),
    "86": Place(MEKONG_DELTA, 15, 4),
    "92": Place(MEKONG_DELTA, 15, 3),
    "96": Place(MEKONG_DELTA, 16, 3),
}


class Change(NamedTuple):
    """From `effective_on` a province becomes a centrally run city and some of its communes become wards."""

    effective_on: date
    province_code: str
    new_wards: frozenset[str]
    documents: str


CHANGES = (
    Change(
        date(2026, 4, 30),
        "75",
        # Lộc Ninh, Tân Khai, Đồng Phú, Tân Phú, Trị An, Trảng Bom, Dầu Giây, Long Thành, Xuân Lộc, Nhơn Trạch
        frozenset(["25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485"]),
        "30/2026/QH16, 237/NQ-UBTVQH16",
    ),
)

Unit = TypeVar("Unit", Province, Commune)
Record = TypeVar("Record", Province, Commune, OldCommune)


def _package_data() -> Path:
    try:
        package = distribution(PACKAGE)
    except PackageNotFoundError:
        sys.exit(f"{PACKAGE} {VERSION} is needed for this one run: pip install {PACKAGE}=={VERSION}")
    if package.version != VERSION:
        sys.exit(f"{PACKAGE} {VERSION} is the version that was checked; {package.version} is installed")
    return Path(str(package.locate_file(f"{PACKAGE}/data")))


def _split_name(name: str) -> tuple[str, str]:
    """`Thành phố Huế` -> (`thành phố`, `Huế`)."""
    for word, unit_type in TYPE_WORDS.items():
        if name.startswith(f"{word} "):
            return unit_type, name.removeprefix(f"{word} ")
    raise ValueError(f"no unit type in the name {name!r}")


def _rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def _read(data: Path) -> tuple[list[Province], list[Commune]]:
    """The state of 01/07/2025."""
    wards = _rows(data, "select wardCode, ward, provinceCode, wardLon, wardLat from admin_units order by wardCode")
    names = _rows(data, "select distinct provinceCode, province from admin_units order by provinceCode")
    communes = [
        Commune(code, name, _split_name(name)[0], province, longitude, latitude, TWO_TIER_START, None)
        for code, name, province, longitude, latitude in wards
    ]
    counts = Counter(commune.province_code for commune in communes)
    provinces = []
    for code, name in names:
        unit_type, short_name = _split_name(name)
        place = PLACES[code]
        provinces.append(
            Province(
                province_code=code,
                province_name=name,
                short_name=short_name,
                unit_type=unit_type,
                region_name=place.region_name,
                commune_count=counts[code],
                has_single_tier_centre=code == HA_NOI,
                tile_row=place.tile_row,
                tile_column=place.tile_column,
                valid_from_on=TWO_TIER_START,
                valid_to_on=None,
            )
        )
    return provinces, communes


def _read_old(data: Path, communes: Iterable[Commune]) -> list[OldCommune]:
    """The communes before 01/07/2025 with the present ones that they went to, whole or in parts."""
    codes = {
        f"{province}_{ward}": code
        for province, ward, code in _rows(data, "select provinceKey, wardKey, wardCode from admin_units")
    }
    became: dict[str, list[str]] = {}
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, old_keys in wards.items():
            for key in old_keys:
                became.setdefault(key, []).append(codes[f"{province}_{ward}"])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            became.setdefault(key, []).extend(codes[f"{province}_{part['newWardKey']}"] for part in parts)
    home = {commune.commune_code: commune.province_code for commune in communes}
    present = {(commune.province_code, plain(commune.commune_name)) for commune in communes}
    query = "select provinceKey, districtKey, wardKey, ward, district from admin_units_legacy where ward is not null"
    # Two old provinces that are one now may each have had the same name in the same district's name.
    old: set[OldCommune] = set()
    for *keys, name, district in _rows(data, query):
        found = sorted(set(became["_".join(keys)]))
        province_code = home[found[0]]
        if (province_code, plain(name)) not in present:
            old.add(OldCommune(name, district, province_code, tuple(found)))
    return sorted(old, key=lambda item: (item.province_code, item.commune_codes, item.old_name, item.old_district))


def _closed(unit: Unit, effective_on: date) -> Unit:
    return replace(unit, valid_to_on=effective_on - timedelta(days=1))


def _apply(change: Change, provinces: list[Province], communes: list[Commune]) -> None:
    """Closes the rows that the change ends and adds their successors; communes that keep their type keep their row."""
    for i, province in enumerate(provinces):
        if province.province_code == change.province_code and province.valid_to_on is None:
            city = replace(
                province,
                province_name=f"Thành phố {province.short_name}",
                unit_type="thành phố",
                valid_from_on=change.effective_on,
            )
            provinces[i : i + 1] = [_closed(province, change.effective_on), city]
            break
    found = [commune for commune in communes if commune.commune_code in change.new_wards and not commune.valid_to_on]
    if len(found) != len(change.new_wards) or any(c.province_code != change.province_code for c in found):
        raise ValueError(f"{change.documents}: the new wards are not all communes of {change.province_code}")
    for commune in found:
        at = communes.index(commune)
        ward = replace(
            commune,
            commune_name=f"Phường {_split_name(commune.commune_name)[1]}",
            unit_type="phường",
            valid_from_on=change.effective_on,
        )
        communes[at : at + 1] = [_closed(commune, change.effective_on), ward]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "|".join(value)
    return str(value)


def _write(file: Path, record: type[Record], units: Iterable[Record]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target, lineterminator="\n")
        rows.writerow(column.name for column in fields(record))
        rows.writerows([_as_text(value) for value in astuple(unit)] for unit in units)


def build(directory: Path, changes: Sequence[Change] = CHANGES) -> None:
    """Writes the three files into `directory`."""
    data = _package_data()
    provinces, communes = _read(data)
    old_communes = _read_old(data, communes)
    for change in changes:
        _apply(change, provinces, communes)
    _write(directory / "provinces.csv", Province, provinces)
    _write(directory / "communes.csv", Commune, communes)
    _write(directory / "old_communes.csv", OldCommune, old_communes)


if __name__ == "__main__":
    build(Path(__file__).resolve().parents[2] / "data" / "reference")
