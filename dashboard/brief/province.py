"""The brief for one province."""

from __future__ import annotations

from dashboard.brief import closing, fields, lateness, progress
from dashboard.brief.country import RECIPIENTS, SUBJECT
from dashboard.brief.records import Reader, Record
from dashboard.brief.sheets import sheets
from dashboard.brief.structure import Block, Brief, Heading, Paragraph, Said, joined, listed, say
from dashboard.vocabulary import STATUSES


def province(reader: Reader, is_present: bool) -> Brief:
    """As `country`, for `reader.unit`."""
    run = reader.row("run")
    header = reader.row("province_header", province_code=reader.unit)
    name = str(header["province_name"])
    lowered = name[0].lower() + name[1:]
    opening = say(
        "Trên cơ sở báo cáo của địa phương nhận được đến {known}, tình hình, tiến độ triển khai mô hình chính quyền "
        "địa phương 2 cấp tại {name} đến ngày {day} như sau:",
        known=run.figure("moment", "known_at"),
        name=lowered,
        day=run.day("as_of_on"),
    )
    records = progress.directives_of(reader)
    return Brief(
        reader.unit,
        lowered,
        SUBJECT,
        opening,
        _blocks(reader, header, records, is_present),
        RECIPIENTS,
        sheets(reader),
        as_of_on=run["as_of_on"],
        known_at=run["known_at"],
        is_simulated=run["is_simulated"],
        version=reader.published.version,
    )


def _blocks(reader: Reader, header: Record, records: list[Record], is_present: bool) -> tuple[Block, ...]:
    task = progress.ranked_task(records)
    blocks: list[Block | None] = [
        Heading("I. ĐÁNH GIÁ CHUNG"),
        Paragraph(_who(header)),
        Paragraph(_tasks(reader)),
        lateness.most_urgent(records),
        Heading("II. TIẾN ĐỘ THỰC HIỆN CÁC CHỈ ĐẠO CÓ THỜI HẠN"),
        progress.directive_table(reader, records, 1),
        progress.curves(reader, records, 1),
        progress.ranking(reader, task, 2) if task else None,
        Heading("III. KẾT QUẢ THEO LĨNH VỰC"),
        *fields.fields(reader),
        Heading("IV. ĐƠN VỊ CẤP XÃ CẦN HỖ TRỢ, ĐÔN ĐỐC"),
        _communes(reader, header),
        Heading("V. BÁO CÁO CỦA ĐỊA PHƯƠNG"),
        *closing.reports(reader, is_present),
        *closing.changes(reader),
        Heading("VI. NGUỒN SỐ LIỆU VÀ CÁCH TÍNH"),
        *closing.evidence(reader),
    ]
    return tuple(block for block in blocks if block is not None)


def _communes(reader: Reader, header: Record) -> Block:
    """Nothing can be said of communes before the first report: all of them are silent."""
    if header["as_of_on"] is None:
        return Paragraph(("Chưa đơn vị nào có báo cáo.",))
    table = lateness.communes_to_help(reader, 2)
    return table or Paragraph(("Không đơn vị nào được báo cáo còn thiếu.",))


def _who(header: Record) -> Said:
    kinds = {"ward_count": "{n} phường", "rural_count": "{n} xã", "zone_count": "{n} đặc khu"}
    parts = [say(text, n=header.number(column)) for column, text in kinds.items() if header[column]]
    first = say(
        "{name} có {count} đơn vị hành chính cấp xã: {parts}.",
        name=header.label("province_name"),
        count=header.number("commune_count"),
        parts=listed(parts),
    )
    if header["as_of_on"] is None:
        return joined([first, ("Chưa có báo cáo nào của địa phương này.",)])
    newest = say(
        "Báo cáo gần nhất là kỳ {day}, nhận lúc {moment}.",
        day=header.day("as_of_on"),
        moment=header.figure("moment", "received_at"),
    )
    return joined([first, newest])


def _tasks(reader: Reader) -> Said:
    """How many of the dated tasks are late, at risk, done or unreported; what does not occur is not said."""
    row = reader.row("brief_counts", unit=reader.unit, statuses=list(STATUSES))
    words = {
        "late_task_count": "{n} quá hạn",
        "risk_task_count": "{n} có nguy cơ chậm",
        "met_task_count": "{n} đã hoàn thành",
        "going_task_count": "{n} chưa đến hạn hoặc đúng tiến độ",
        "unreported_task_count": "{n} chưa có báo cáo",
    }
    parts = [say(text, n=row.number(column)) for column, text in words.items() if row[column]]
    parts = parts or [("không việc nào quá hạn",)]
    return say("Trong {all} nhiệm vụ có hạn: {parts}.", all=row.number("task_count"), parts=joined(parts, "; "))
