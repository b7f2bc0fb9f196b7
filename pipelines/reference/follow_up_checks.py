"""Rules for what people note about values that stand out, and for the numbers that the models read."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.reference.faults import Fault
from pipelines.reference.row_sets import RowSets

# Every model that reads a parameter would be empty without it.
PARAMETERS = (
    "chase_names",
    "incomplete_ratio",
    "league_periods",
    "outlier_days",
    "outlier_difference",
    "outlier_history",
    "outlier_peer_ratio",
    "outlier_peers",
    "outlier_ratio",
    "outlier_score",
    "verification_seed",
    "verification_size",
    "verification_window_days",
)


def _follow_ups(rows: RowSets) -> Iterator[Fault]:
    """A follow-up is about a unit and a counted indicator of its level."""
    units = {item.province_code for item in rows.provinces.records}
    units |= {item.commune_code for item in rows.communes.records}
    indicators = {item.indicator: item for item in rows.indicators.records}
    for number, item in rows.follow_ups:
        level = "province" if len(item.unit_code) == 2 else "commune"
        indicator = indicators.get(item.indicator)
        if item.unit_code not in units:
            expected = "mã có trong provinces.csv hoặc communes.csv"
            yield rows.follow_ups.fault(number, "unit_code", item.unit_code, expected, "Sửa mã.")
        if indicator is None or (indicator.unit_level, indicator.value_type) != (level, "count"):
            expected = "chỉ tiêu số lượng trong indicators.csv, cùng cấp với đơn vị"
            yield rows.follow_ups.fault(number, "indicator", item.indicator, expected, "Sửa mã chỉ tiêu.")


def _parameters(rows: RowSets) -> Iterator[Fault]:
    """Every parameter is there, none is unknown, none is negative."""
    names = {item.parameter for item in rows.parameters.records}
    for number, item in rows.parameters:
        if item.parameter not in PARAMETERS:
            expected = f"một trong: {', '.join(PARAMETERS)}"
            yield rows.parameters.fault(number, "parameter", item.parameter, expected, "Sửa tên tham số.")
        if item.value < 0:
            yield rows.parameters.fault(number, "value", item.value, "từ 0 trở lên", "Sửa giá trị.")
    for name in PARAMETERS:
        if name not in names:
            fix = f"Thêm lại dòng {name}."
            yield rows.parameters.fault(1, "parameter", "không có", f"có dòng {name}", fix)


CHECKS = (_follow_ups, _parameters)
