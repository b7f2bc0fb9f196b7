"""Rules for the stages of chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipelines.reference.faults import Fault
from pipelines.reference.row_sets import RowSets


def _measures(rows: RowSets) -> Iterator[Fault]:
    """A stage is a flag that provinces report; no chain has one twice."""
    flags = {
        item.indicator
        for item in rows.indicators.records
        if item.form_sheet and (item.unit_level, item.value_type) == ("province", "flag")
    }
    seen: dict[tuple[str, str], int] = {}
    for number, stage in rows.chains:
        if stage.indicator not in flags:
            expected = "mã chỉ tiêu có/chưa, cấp tỉnh, được báo cáo"
            yield rows.chains.fault(number, "indicator", stage.indicator, expected, "Sửa mã chỉ tiêu.")
        first = seen.setdefault((stage.chain, stage.indicator), number)
        if first != number:
            expected = f"chỉ tiêu khác với dòng {first}"
            yield rows.chains.fault(number, "indicator", stage.indicator, expected, "Mỗi bước một chỉ tiêu.")


def _requirements(rows: RowSets) -> Iterator[Fault]:
    """A stage requires earlier stages of its chain; only one that requires none may name the day it can begin on."""
    orders: dict[str, dict[str, int]] = defaultdict(dict)
    for stage in rows.chains.records:
        orders[stage.chain][stage.indicator] = stage.stage_order
    for number, stage in rows.chains:
        for required in stage.requires:
            if orders[stage.chain].get(required, stage.stage_order) >= stage.stage_order:
                expected = "mã chỉ tiêu của bước đứng trước trong cùng chuỗi"
                yield rows.chains.fault(number, "requires", required, expected, "Sửa mã, hoặc sửa stage_order.")
        if stage.requires and stage.starts_on is not None:
            expected = "để trống, vì bước này tính từ khi xong các bước phải có trước"
            yield rows.chains.fault(number, "starts_on", stage.starts_on, expected, "Xóa ngày.")


def _titles(rows: RowSets) -> Iterator[Fault]:
    """The first stage of a chain carries its titles, and no other does."""
    firsts: dict[str, int] = {}
    for stage in rows.chains.records:
        firsts[stage.chain] = min(stage.stage_order, firsts.get(stage.chain, stage.stage_order))
    for number, stage in rows.chains:
        is_first = stage.stage_order == firsts[stage.chain]
        expected = "tên chuỗi" if is_first else "để trống; tên chuỗi ghi ở bước đầu"
        for column, title in (("chain_title_vi", stage.chain_title_vi), ("chain_title_en", stage.chain_title_en)):
            if bool(title) != is_first:
                yield rows.chains.fault(number, column, title, expected, "Ghi tên chuỗi một lần, ở bước đầu.")


CHECKS = (_measures, _requirements, _titles)
