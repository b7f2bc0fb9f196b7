"""What is late and whom to call: sentences that open the brief, tables of late tasks, provinces and communes."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.brief.progress import LATE, time_left
from dashboard.brief.records import Reader, Record
from dashboard.brief.structure import Column, Line, Paragraph, Said, Table, joined, listed, say
from dashboard.vocabulary import STATUSES

CALLED_FIRST = 3
CALLS, COMMUNES, NAMED = 8, 12, 6
FEWEST = 5
SILENT = ("missing", "empty")


def counts(reader: Reader) -> Paragraph:
    """How many directives are late, at risk, in time, done; what does not occur is not said."""
    row = reader.row("brief_counts", unit=reader.unit, statuses=list(STATUSES))
    words = {
        "late_count": "{n} đã quá hạn mà chưa xong",
        "risk_count": "{n} có nguy cơ chậm",
        "unreported_count": "{n} chưa có báo cáo",
        "going_count": "{n} chưa đến hạn hoặc đúng tiến độ",
        "met_count": "{n} đã hoàn thành",
        "unmeasured_count": "{n} chưa có chỉ tiêu để đo",
    }
    parts = [say(text, n=row.number(column)) for column, text in words.items() if row[column]]
    said = say(
        "Trong {all} chỉ đạo có thời hạn đang theo dõi: {parts}.",
        all=row.number("directive_count"),
        parts=joined(parts, "; "),
    )
    return Paragraph(said)


def most_urgent(records: Sequence[Record]) -> Paragraph | None:
    """The directive that is furthest behind, then the one whose deadline comes next and is at risk."""
    late = next((record for record in records if record["status"] in LATE), None)
    risk = next((record for record in records if record["status"] == "at_risk"), None)
    said = joined([_behind(late, "Chậm nhất") if late else (), _at_risk(risk) if risk else ()])
    return Paragraph(said) if said else None


def _behind(record: Record, word: str) -> Said:
    """By the indicator that is lowest, as on the first page."""
    return say(
        word + ": “{title}” ({due}, {left}); chỉ tiêu thấp nhất, “{indicator}”, {reached}.",
        title=record.label("title_vi"),
        due=record.label("due_text_vi"),
        left=time_left(record),
        indicator=record.label("name_vi"),
        reached=_reached(record),
    )


def _reached(record: Record) -> Said:
    if record["is_yes_no"] and record["target"] == 1:
        return ("chưa xong",)
    if record["progress_pct"] is None:
        return ("chưa có báo cáo",)
    return say(
        "đạt {value}/{target} ({share})",
        value=record.number("value"),
        target=record.number("target"),
        share=record.percent("progress_pct"),
    )


def _at_risk(record: Record) -> Said:
    said = _behind(record, "Sắp đến hạn")
    if record["expected_finish_on"] is None:
        return said
    return joined([said, say("Nếu giữ nhịp hiện nay, dự kiến xong ngày {day}.", day=record.day("expected_finish_on"))])


def calls_of(reader: Reader) -> list[Record]:
    """Provinces with something late, at risk or unreported, in the order of the first page's call list."""
    return reader.rows("brief_calls", "province_code", statuses=list(STATUSES))


def to_call(calls: Sequence[Record]) -> Paragraph | None:
    """The first provinces by name, with how much is late there."""
    first = [row for row in calls if row["late_count"] or row["risk_count"]][:CALLED_FIRST]
    if not first:
        return None
    names = [_called(row) for row in first]
    return Paragraph(say("Cần đôn đốc trước: {names}.", names=listed(names)))


def _called(row: Record) -> Said:
    """`Lâm Đồng (9 việc quá hạn, chưa gửi báo cáo kỳ mới nhất)`."""
    column, word = ("late_count", "việc quá hạn") if row["late_count"] else ("risk_count", "việc có nguy cơ")
    silent = ", chưa gửi báo cáo kỳ mới nhất" if row["report_status"] in SILENT else ""
    return say("{name} ({count} " + word + silent + ")", name=row.label("short_name"), count=row.number(column))


def late_tasks(reader: Reader, number: int) -> Table | None:
    """What is late or at risk, and in how many provinces."""
    rows = reader.rows("brief_late", "indicator")
    if not rows:
        return None
    columns = (
        Column("Việc chậm hoặc có nguy cơ chậm", 58),
        Column("Thời hạn", 26),
        Column("Số địa phương", 19, "right"),
        Column("Nơi cần đôn đốc, phần thiếu lớn nhất trước", 62),
    )
    lines = tuple(
        Line(((row.label("name_vi"),), time_left(row), (row.number("province_count"),), (row.names("names", NAMED),)))
        for row in rows
    )
    return Table(f"Bảng {number}. Việc chậm và nơi chậm", columns, lines)


def provinces_to_call(calls: Sequence[Record], number: int) -> Table | None:
    """The provinces with most late tasks, with what to speak of first."""
    if not calls:
        return None
    columns = (
        Column("Địa phương", 22),
        Column("Quá hạn", 11, "right"),
        Column("Nguy cơ", 11, "right"),
        Column("Chưa báo cáo", 11, "right"),
        Column("Báo cáo kỳ mới nhất", 21),
        Column("Việc trao đổi trước tiên", 89),
    )
    lines = tuple(
        Line(
            (
                (row.label("short_name"),),
                (row.number("late_count"),),
                (row.number("risk_count"),),
                (row.number("unreported_count"),),
                (row.figure("report", "report_status"),),
                _first_task(row),
            )
        )
        for row in calls[:CALLS]
    )
    return Table(f"Bảng {number}. Địa phương cần đôn đốc trước (số việc)", columns, lines, fewest=FEWEST)


def _first_task(row: Record) -> Said:
    if row["first_task"] is None:
        return ("–",)
    return say("{task}: {reason}", task=row.label("first_task"), reason=row.label("reason"))


def communes_to_help(reader: Reader, number: int) -> Table | None:
    """The communes of a province that lack most."""
    rows = reader.rows("brief_communes", "commune_code", unit=reader.unit)
    if not rows:
        return None
    columns = (
        Column("Xã, phường, đặc khu", 36),
        Column("Chỉ tiêu chưa đạt", 67),
        Column("Thiếu so với biên chế (người)", 22, "right"),
        Column("Vướng mắc chưa giải quyết", 22, "right"),
        Column("Chỉ tiêu chưa báo cáo", 18, "right"),
    )
    lines = tuple(
        Line(
            (
                (row.label("commune_name"),),
                (row.names("lacking", NAMED),) if row["lacking"] else ("–",),
                _or_dash(row, "shortage"),
                _or_dash(row, "open_obstacles"),
                _or_dash(row, "silent_count"),
            )
        )
        for row in rows[:COMMUNES]
    )
    return Table(f"Bảng {number}. Đơn vị cấp xã cần hỗ trợ, đôn đốc trước", columns, lines, fewest=FEWEST)


def _or_dash(row: Record, column: str) -> Said:
    return (row.number(column),) if row[column] else ("–" if row[column] == 0 else "chưa có báo cáo",)
