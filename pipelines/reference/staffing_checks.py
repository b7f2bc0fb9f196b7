"""Rules for what staff are compared with, and for the fields in which communes report missing staff."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.reference.faults import Fault
from pipelines.reference.row_sets import RowSets

CODE_FIX = "Sửa mã chỉ tiêu, hoặc thêm chỉ tiêu vào indicators.csv."


def _commune_counts(rows: RowSets) -> set[str]:
    return {
        item.indicator
        for item in rows.indicators.records
        if item.form_sheet and (item.unit_level, item.value_type) == ("commune", "count")
    }


def _measures(rows: RowSets) -> Iterator[Fault]:
    """Each kind of baseline has what it is computed from, and nothing else."""
    counts = _commune_counts(rows)
    for number, baseline in rows.staffing_baselines:
        has_indicator, has_number = baseline.kind == "indicator", baseline.kind == "per_commune"
        if baseline.indicator not in counts if has_indicator else baseline.indicator:
            expected = "mã chỉ tiêu số lượng của xã" if has_indicator else f"để trống khi kind là {baseline.kind}"
            yield rows.staffing_baselines.fault(number, "indicator", baseline.indicator, expected, CODE_FIX)
        posts = baseline.posts_per_commune
        if posts is None or posts <= 0 if has_number else posts is not None:
            expected = "số lớn hơn 0" if has_number else f"để trống khi kind là {baseline.kind}"
            given = "" if posts is None else f"{posts:g}"
            yield rows.staffing_baselines.fault(number, "posts_per_commune", given, expected, "Sửa hoặc xóa số.")
    for number, field in rows.staffing_fields:
        if field.indicator not in counts:
            expected = "mã chỉ tiêu số lượng của xã"
            yield rows.staffing_fields.fault(number, "indicator", field.indicator, expected, CODE_FIX)


def _scopes(rows: RowSets) -> Iterator[Fault]:
    """A row for one province names one that exists; the rows of a baseline carry the same title."""
    provinces = {province.province_code for province in rows.provinces.records}
    titles: dict[str, tuple[int, str]] = {}
    for number, baseline in rows.staffing_baselines:
        if baseline.province_code and baseline.province_code not in provinces:
            expected = "mã tỉnh có trong provinces.csv, hoặc để trống cho cả nước"
            yield rows.staffing_baselines.fault(
                number, "province_code", baseline.province_code, expected, "Sửa mã tỉnh."
            )
        first, title = titles.setdefault(baseline.baseline, (number, baseline.title_vi))
        if baseline.title_vi != title:
            expected = f"“{title}”, như dòng {first}"
            yield rows.staffing_baselines.fault(number, "title_vi", baseline.title_vi, expected, "Ghi cùng một tên.")


CHECKS = (_measures, _scopes)
