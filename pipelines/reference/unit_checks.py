"""Rules for provinces and communes and for the tables that name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from pipelines.reference.faults import Fault
from pipelines.reference.records import Commune, DenominatorException, Province
from pipelines.reference.row_sets import RowSets
from pipelines.vietnamese import folded, plain

# Land, islands and the two archipelagos.
LONGITUDES, LATITUDES = (102.1, 117.5), (6.4, 23.5)
ARCHIPELAGOS = {"Đặc khu Hoàng Sa": "48", "Đặc khu Trường Sa": "56"}
MAP_FIX = "Sửa lại tọa độ; kinh độ đứng trước vĩ độ, dùng dấu chấm thập phân."


def _last_day(unit: Province | Commune | DenominatorException) -> date:
    return unit.valid_to_on or date.max


def _overlap(one: Province | Commune, other: Province | Commune) -> bool:
    return one.valid_from_on <= _last_day(other) and other.valid_from_on <= _last_day(one)


def _names(rows: RowSets) -> Iterator[Fault]:
    """The name carries its type word, and the short name is the rest."""
    for number, province in rows.provinces:
        expected = f"{province.unit_type.capitalize()} {province.short_name}"
        if province.province_name != expected:
            fix = "Sửa tên, tên ngắn hoặc loại đơn vị cho khớp nhau."
            yield rows.provinces.fault(number, "province_name", province.province_name, expected, fix)
    for number, commune in rows.communes:
        word = commune.unit_type.capitalize()
        if not commune.commune_name.startswith(f"{word} "):
            fix = "Sửa tên hoặc loại đơn vị cho khớp nhau."
            yield rows.communes.fault(number, "commune_name", commune.commune_name, f"tên bắt đầu bằng “{word} ”", fix)


def _names_in_one_province(rows: RowSets) -> Iterator[Fault]:
    """A name must decide within its province: no two communes share one on the same day."""
    named: dict[tuple[str, str], list[tuple[int, Commune]]] = defaultdict(list)
    for number, commune in rows.communes:
        named[commune.province_code, plain(commune.commune_name)].append((number, commune))
    for found in named.values():
        for (first_number, first), (number, commune) in combinations(found, 2):
            if first.commune_code != commune.commune_code and _overlap(first, commune):
                expected = f"tên khác với dòng {first_number} ({first.commune_code}) trong cùng tỉnh"
                fix = "Kiểm tra tên theo danh mục chính thức."
                yield rows.communes.fault(number, "commune_name", commune.commune_name, expected, fix)


def _parents(rows: RowSets) -> Iterator[Fault]:
    """A commune's province exists as long as the commune does."""
    spans: dict[str, tuple[date, date]] = {}
    for _, province in rows.provinces:
        first, last = spans.get(province.province_code, (date.max, date.min))
        spans[province.province_code] = (min(first, province.valid_from_on), max(last, _last_day(province)))
    for number, commune in rows.communes:
        span = spans.get(commune.province_code)
        if span is None or commune.valid_from_on < span[0] or _last_day(commune) > span[1]:
            expected = "mã tỉnh có trong provinces.csv suốt thời gian hiệu lực của dòng này"
            fix = "Sửa mã tỉnh, hoặc thêm tỉnh vào provinces.csv."
            yield rows.communes.fault(number, "province_code", commune.province_code, expected, fix)


def _commune_counts(rows: RowSets) -> Iterator[Fault]:
    """`commune_count` equals the communes on every day of the row's period (checked on the days of change)."""
    communes: dict[str, list[Commune]] = defaultdict(list)
    for commune in rows.communes.records:
        communes[commune.province_code].append(commune)
    for number, province in rows.provinces:
        own = communes[province.province_code]
        starts = {commune.valid_from_on for commune in own} | {province.valid_from_on}
        for day in sorted(day for day in starts if province.valid_from_on <= day <= _last_day(province)):
            count = sum(commune.valid_from_on <= day <= _last_day(commune) for commune in own)
            if count != province.commune_count:
                expected = f"{count}, là số đơn vị của tỉnh trong communes.csv ngày {day}"
                fix = "Sửa số này, hoặc bổ sung communes.csv."
                yield rows.provinces.fault(number, "commune_count", province.commune_count, expected, fix)
                break


def _coordinates(rows: RowSets) -> Iterator[Fault]:
    """Every commune lies in Việt Nam; Hoàng Sa and Trường Sa are there, under their provinces."""
    for number, commune in rows.communes:
        for column, given, (least, most) in (
            ("longitude", commune.longitude, LONGITUDES),
            ("latitude", commune.latitude, LATITUDES),
        ):
            if not least <= given <= most:
                yield rows.communes.fault(number, column, given, f"từ {least} đến {most}", MAP_FIX)
    present = {(commune.commune_name, commune.province_code) for commune in rows.communes.records}
    for name, province_code in ARCHIPELAGOS.items():
        if (name, province_code) not in present:
            fix = "Khôi phục dòng này từ kho mã nguồn."
            yield rows.communes.fault(0, "commune_name", "không có", f"{name} thuộc tỉnh {province_code}", fix)


def _tiles(rows: RowSets) -> Iterator[Fault]:
    """Each province has a tile of its own."""
    fix = "Chọn ô còn trống trên lưới (hàng và cột đếm từ 1)."
    for number, province in rows.provinces:
        for column, given in (("tile_row", province.tile_row), ("tile_column", province.tile_column)):
            if given < 1:
                yield rows.provinces.fault(number, column, given, "từ 1 trở lên", fix)
    for (first_number, first), (number, province) in combinations(rows.provinces, 2):
        is_same = (first.tile_row, first.tile_column) == (province.tile_row, province.tile_column)
        if is_same and first.province_code != province.province_code and _overlap(first, province):
            tile = f"{province.tile_row}, {province.tile_column}"
            yield rows.provinces.fault(number, "tile_column", tile, f"ô khác với dòng {first_number}", fix)


def _unit_codes(rows: RowSets) -> dict[str, str]:
    """Every code that ever was valid, with its official name of the newest row."""
    names = {province.province_code: province.province_name for province in rows.provinces.records}
    return names | {commune.commune_code: commune.commune_name for commune in rows.communes.records}


def _aliases(rows: RowSets) -> Iterator[Fault]:
    """An alias names one unit that exists, and is not a province's official name itself.

    Provinces share one space of names; the names of communes only need to differ inside their province.
    """
    codes = _unit_codes(rows)
    official = {
        plain(name): province.province_code
        for province in rows.provinces.records
        for name in (province.province_name, province.short_name)
    }
    provinces = {commune.commune_code: commune.province_code for commune in rows.communes.records}
    seen: dict[tuple[str, str], tuple[int, str]] = {}
    for number, alias in rows.aliases:
        if alias.unit_code not in codes:
            fix = "Sửa mã, hoặc thêm đơn vị vào danh mục."
            expected = "mã có trong provinces.csv hoặc communes.csv"
            yield rows.aliases.fault(number, "unit_code", alias.unit_code, expected, fix)
        scope = provinces.get(alias.unit_code, "")
        if not scope and (owner := official.get(plain(alias.alias))):
            expected = f"tên chưa có trong provinces.csv (đây là tên của {owner})"
            yield rows.aliases.fault(number, "alias", alias.alias, expected, "Xóa dòng này.")
        first_number, first_code = seen.setdefault((scope, folded(alias.alias)), (number, alias.unit_code))
        if first_code != alias.unit_code:
            expected = f"tên khác với dòng {first_number}: bỏ dấu thì trùng nhau mà chỉ hai đơn vị khác nhau"
            yield rows.aliases.fault(number, "alias", alias.alias, expected, "Bỏ cách viết chung cho hai đơn vị.")


def _denominators(rows: RowSets) -> Iterator[Fault]:
    """An exception names a reported indicator and a province, and counts no more units than there are."""
    indicators = {indicator.indicator: indicator for indicator in rows.indicators.records}
    counts = {province.province_code: province.commune_count for province in rows.provinces.records}
    for number, exception in rows.denominators:
        indicator = indicators.get(exception.indicator)
        if indicator is None or not indicator.form_sheet:
            fix = "Sửa mã chỉ tiêu, hoặc thêm chỉ tiêu vào indicators.csv."
            expected = "chỉ tiêu được báo cáo trong indicators.csv"
            yield rows.denominators.fault(number, "indicator", exception.indicator, expected, fix)
        if exception.province_code not in counts:
            fix = "Sửa mã tỉnh."
            expected = "mã tỉnh có trong provinces.csv"
            yield rows.denominators.fault(number, "province_code", exception.province_code, expected, fix)
        elif indicator is not None:
            most = counts[exception.province_code] if indicator.unit_level == "commune" else 1
            if not 0 <= exception.expected_count <= most:
                fix = "Sửa số đơn vị được tính."
                given = exception.expected_count
                yield rows.denominators.fault(number, "expected_count", given, f"từ 0 đến {most}", fix)


def _decisions(rows: RowSets) -> Iterator[Fault]:
    """A decision says something, and names a province and a form that exist."""
    provinces = {province.province_code for province in rows.provinces.records}
    forms = {form.form for form in rows.forms.records}
    for number, decision in rows.decisions:
        if not (decision.province_code or decision.as_of_on or decision.form):
            expected = "ít nhất một trong: mã tỉnh, ngày, biểu"
            yield rows.decisions.fault(number, "province_code", "(trống)", expected, "Điền điều đã xác định.")
        if decision.province_code and decision.province_code not in provinces:
            expected = "mã tỉnh có trong provinces.csv"
            yield rows.decisions.fault(number, "province_code", decision.province_code, expected, "Sửa mã tỉnh.")
        if decision.form and decision.form not in forms:
            expected = f"một trong: {', '.join(sorted(forms))}"
            yield rows.decisions.fault(number, "form", decision.form, expected, "Sửa mã biểu.")


def _corrections(rows: RowSets) -> Iterator[Fault]:
    """A correction names a unit and an indicator of the same level, changes something, ends, and is the only one."""
    indicators = {indicator.indicator: indicator for indicator in rows.indicators.records}
    codes = _unit_codes(rows)
    seen: dict[tuple[str, str, date], int] = {}
    for number, correction in rows.corrections:
        target = (correction.unit_code, correction.indicator, correction.as_of_on)
        if (first_number := seen.setdefault(target, number)) != number:
            expected = f"một đính chính cho mỗi đơn vị, chỉ tiêu và ngày (đã có ở dòng {first_number})"
            yield rows.corrections.fault(number, "unit_code", correction.unit_code, expected, "Xóa một trong hai dòng.")
        indicator = indicators.get(correction.indicator)
        level = "province" if len(correction.unit_code) == 2 else "commune"
        if correction.unit_code not in codes:
            yield rows.corrections.fault(
                number, "unit_code", correction.unit_code, "mã có trong provinces.csv hoặc communes.csv", "Sửa mã."
            )
        if indicator is None or indicator.unit_level != level:
            expected = "chỉ tiêu trong indicators.csv, cùng cấp với đơn vị"
            yield rows.corrections.fault(number, "indicator", correction.indicator, expected, "Sửa mã chỉ tiêu.")
        if correction.corrected_value == correction.expected_given:
            expected = f"giá trị khác {correction.expected_given}"
            fix = "Sửa giá trị, hoặc xóa dòng này."
            yield rows.corrections.fault(number, "corrected_value", correction.corrected_value, expected, fix)
        if correction.expires_on <= correction.entered_on:
            expected = f"ngày sau {correction.entered_on}"
            yield rows.corrections.fault(number, "expires_on", correction.expires_on, expected, "Sửa ngày hết hạn.")


CHECKS = (
    _names,
    _names_in_one_province,
    _parents,
    _commune_counts,
    _coordinates,
    _tiles,
    _aliases,
    _denominators,
    _corrections,
    _decisions,
)
