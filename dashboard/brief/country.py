"""The brief for the whole country."""

from __future__ import annotations

from dashboard.brief import closing, fields, lateness, progress
from dashboard.brief.records import Reader, Record
from dashboard.brief.sheets import sheets
from dashboard.brief.structure import Block, Brief, Heading, say

SUBJECT = "Tình hình, tiến độ triển khai mô hình chính quyền địa phương 2 cấp"
RECIPIENTS = ("Lãnh đạo Bộ (để báo cáo)", "Vụ Chính quyền địa phương", "Lưu: VT")


def country(reader: Reader, is_present: bool) -> Brief:
    """`is_present` is False where an earlier state of knowledge is read: what came since is not said to be missing."""
    run = reader.row("run")
    records = progress.directives_of(reader)
    opening = say(
        "Trên cơ sở báo cáo của các địa phương nhận được đến {known}, tình hình, tiến độ triển khai mô hình "
        "chính quyền địa phương 2 cấp trên cả nước đến ngày {day} như sau:",
        known=run.figure("moment", "known_at"),
        day=run.day("as_of_on"),
    )
    return Brief(
        reader.unit,
        "cả nước",
        SUBJECT,
        opening,
        _blocks(reader, records, is_present),
        RECIPIENTS,
        sheets(reader),
        as_of_on=run["as_of_on"],
        known_at=run["known_at"],
        is_simulated=run["is_simulated"],
        version=reader.published.version,
    )


def _blocks(reader: Reader, records: list[Record], is_present: bool) -> tuple[Block, ...]:
    calls = lateness.calls_of(reader)
    task = progress.ranked_task(records)
    blocks: list[Block | None] = [
        Heading("I. ĐÁNH GIÁ CHUNG"),
        lateness.counts(reader),
        lateness.most_urgent(records),
        lateness.to_call(calls),
        Heading("II. TIẾN ĐỘ THỰC HIỆN CÁC CHỈ ĐẠO CÓ THỜI HẠN"),
        progress.directive_table(reader, records, 1),
        progress.curves(reader, records, 1),
        Heading("III. VIỆC CHẬM VÀ NƠI CẦN ĐÔN ĐỐC"),
        lateness.late_tasks(reader, 2),
        lateness.provinces_to_call(calls, 3),
        progress.ranking(reader, task, 2) if task else None,
        Heading("IV. KẾT QUẢ THEO LĨNH VỰC"),
        *fields.fields(reader),
        Heading("V. BÁO CÁO CỦA ĐỊA PHƯƠNG"),
        *closing.reports(reader, is_present),
        *closing.changes(reader),
        Heading("VI. NGUỒN SỐ LIỆU VÀ CÁCH TÍNH"),
        *closing.evidence(reader),
    ]
    return tuple(block for block in blocks if block is not None)
