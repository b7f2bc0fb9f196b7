"""The last parts of a brief: reporting discipline, what changed since the last report, what the figures rest on."""

from __future__ import annotations

from dashboard.brief.records import Reader, Record
from dashboard.brief.structure import COUNTRY, Paragraph, Said, joined, say

NAMED = 8
CHANGES, RESTATEMENTS = 3, 3
TURNS = {
    "met": ("mới hoàn thành {count} việc", "Mới hoàn thành"),
    "overdue": ("mới quá hạn {count} việc", "Mới quá hạn"),
    "regressed": ("đã đạt rồi giảm {count} việc", "Đã đạt rồi giảm"),
}


def reports(reader: Reader, is_present: bool) -> list[Paragraph]:
    """Who has sent the newest report, who has not, and whether the calendar expects a newer one."""
    rows = reader.rows("brief_reports", unit=reader.unit)
    said: list[Said] = (
        [_reports(rows[0]) if reader.unit == COUNTRY else _report(rows[0])]
        if rows
        else [("Chưa có kỳ báo cáo nào đến hạn.",)]
    )
    if reader.unit != COUNTRY:
        said.append(_place(reader))
    if is_present:
        said.append(_expected(reader))
    return [Paragraph(joined(said), "1. Chế độ báo cáo: ")]


def _reports(row: Record) -> Said:
    first = say(
        "kỳ {day}, {received}/{all} địa phương đã gửi số liệu, trong đó {on_time} đúng hạn.",
        day=row.day("as_of_on"),
        received=row.number("received_count"),
        all=row.number("expected"),
        on_time=row.number("on_time_count"),
    )
    late = say("Gửi chậm: {names}.", names=row.names("late_names", NAMED)) if row["late_count"] else ()
    missing = say("Chưa gửi: {names}.", names=row.names("missing_names", NAMED)) if row["missing_count"] else ()
    waiting = (
        say(
            "{count} địa phương chưa gửi nhưng còn trong hạn đến hết ngày {day}.",
            count=row.number("waiting_count"),
            day=row.day("due_on"),
        )
        if row["waiting_count"]
        else ()
    )
    return joined([first, late, missing, waiting])


def _report(row: Record) -> Said:
    """One province: what became of its newest report."""
    day = row.day("as_of_on")
    if row["last_received_at"] is None:
        word = "còn trong hạn gửi đến hết ngày {due}" if row["waiting_count"] else "chưa gửi, hạn gửi là ngày {due}"
        return say("kỳ {day}: " + word + ".", day=day, due=row.day("due_on"))
    return say(
        "kỳ {day}: nhận lúc {moment}, {how}; {accepted} giá trị được nhận.",
        day=day,
        moment=row.figure("moment", "last_received_at"),
        how="chậm hạn" if row["late_count"] else "đúng hạn",
        accepted=row.number("accepted_count"),
    )


def _place(reader: Reader) -> Said:
    rows = [row for row in reader.rows("reporting_league", "province_code") if row["province_code"] == reader.unit]
    if not rows:
        return ()
    return say(
        "Trong {periods} kỳ đến hạn gần nhất, đúng hạn {count} kỳ.",
        periods=rows[0].number("period_count"),
        count=rows[0].number("on_time_count"),
    )


def _expected(reader: Reader) -> Said:
    """The calendar is asked for the day on which the figures were known, never the day of printing."""
    run = reader.row("run")
    today = run["known_at"].date()
    row = reader.row("calendar_position", today=today, newest_on=run["newest_on"])
    if not row["missing_day_count"]:
        return ()
    return say(
        "Theo lịch, đến {today} phải có số liệu kỳ {day}: còn thiếu {count} kỳ.",
        today=run.figure("moment", "known_at"),
        day=row.day("expected_on"),
        count=row.number("missing_day_count"),
    )


def changes(reader: Reader) -> list[Paragraph]:
    """Indicators that moved, tasks that changed their status, figures that were corrected."""
    moved = reader.rows("brief_changes", "indicator", unit=reader.unit)
    said: list[Said] = []
    if moved:
        parts = joined([_moved(row) for row in moved[:CHANGES]], "; ")
        said.append(
            say("so với kỳ {day}, đổi nhiều nhất: {parts}.", day=moved[0].day("previous_as_of_on"), parts=parts)
        )
    else:
        said.append(("không chỉ tiêu nào thay đổi, hoặc chưa có kỳ trước để so.",))
    turns = [_turn(row, reader.unit == COUNTRY) for row in reader.rows("brief_turns", "kind", unit=reader.unit)]
    return [
        Paragraph(joined([*said, *turns]), "2. Thay đổi so với kỳ trước: "),
        Paragraph(_restated(reader), "3. Đính chính, gửi lại: "),
    ]


def _moved(row: Record) -> Said:
    if row["is_yes_no"] and row["value"] in (0, 1) and row["previous_value"] in (0, 1):
        return ("“", row.label("name_vi"), "” ", "đã xong" if row["value"] else "từ đã xong thành chưa xong")
    return say(
        "“{name}” {change}, {verb} {value}",
        name=row.label("name_vi"),
        change=row.figure("signed", "change"),
        verb="lên" if row["kind"] == "up" else "còn",
        value=row.number("value"),
    )


def _turn(row: Record, is_country: bool) -> Said:
    counted, named = TURNS[row["kind"]]
    if not is_country:
        return say(named + ": {names}.", names=row.names("names", NAMED))
    text = counted[0].upper() + counted[1:] + " ở {provinces} địa phương: {names}."
    return say(
        text, count=row.number("task_count"), provinces=row.number("province_count"), names=row.names("names", NAMED)
    )


def _restated(reader: Reader) -> Said:
    row = reader.row("brief_restated_count", unit=reader.unit)
    if row["previous_on"] is None:
        return ("chưa có kỳ trước để so.",)
    if not row["restatement_count"]:
        return say("từ sau kỳ {day} không có số liệu nào đã báo cáo bị đổi giá trị.", day=row.day("previous_on"))
    newest = reader.rows("brief_restated", "restatement", "as_of_on", unit=reader.unit)[:RESTATEMENTS]
    asked = say(", trong đó {asked} giá trị cần nêu lý do mà chưa nêu", asked=row.number("asked_count"))
    first = say(
        "từ sau kỳ {day} có {count} lần, đổi {values} giá trị đã báo cáo{asked}.",
        day=row.day("previous_on"),
        count=row.number("restatement_count"),
        values=row.number("value_count"),
        asked=asked if row["asked_count"] else (),
    )
    parts = [
        say(
            "{name}, số liệu ngày {day}: {count} giá trị ({indicators})",
            name=each.label("short_name"),
            day=each.day("as_of_on"),
            count=each.number("changed_count"),
            indicators=each.names("names", 2),
        )
        for each in newest
    ]
    return joined([first, say("Mới nhất: {parts}.", parts=joined(parts, "; "))])


def evidence(reader: Reader) -> list[Paragraph]:
    """Files, days and the version, so that every figure can be traced; how the figures are made."""
    run, row = reader.row("run"), reader.row("brief_evidence", unit=reader.unit)
    version = reader.published.version.partition("-")[0]
    first = joined(
        [
            _files(reader, run, row),
            say(
                "Biết đến {known}; phiên bản số liệu {version}.",
                known=run.figure("moment", "known_at"),
                version=version,
            ),
        ]
    )
    method = (
        "nơi chưa báo cáo không tính là 0; giá trị giữ nguyên đến khi đơn vị báo cáo lại; tỷ lệ tính trên số đơn vị "
        "phải có; thừa, thiếu nhân sự không bù trừ giữa các đơn vị. Bảng đầy đủ ở tệp xlsx kèm theo."
    )
    origin = ("Số liệu địa phương trong báo cáo này là MÔ PHỎNG.",)
    return [
        Paragraph(first, "Nguồn: "),
        Paragraph(joined([(method,), origin if run["is_simulated"] else ()]), "Cách tính: "),
    ]


def _files(reader: Reader, run: Record, row: Record) -> Said:
    if not row["file_count"]:
        return ("chưa nhận được tệp báo cáo nào của địa phương.",)
    senders: Said = ("địa phương",)
    if reader.unit == COUNTRY:
        all_of = row.number("province_count")
        senders = say("{senders}/{all} địa phương", senders=row.number("sender_count"), all=all_of)
    return say(
        "{taken}/{files} tệp báo cáo của {senders}, các kỳ từ {first} đến {newest}; {values} giá trị được nhận{rest}.",
        taken=row.number("taken_count"),
        files=row.number("file_count"),
        senders=senders,
        first=row.day("first_on"),
        newest=run.day("newest_on"),
        values=row.number("accepted_count"),
        rest=_rest(row),
    )


def _rest(row: Record) -> Said:
    """What was not taken, where there is any."""
    aside = say(", {count} giá trị để riêng vì không qua kiểm tra", count=row.number("set_aside_count"))
    review = say(", {count} tệp chờ xác nhận", count=row.number("review_count"))
    return (aside if row["set_aside_count"] else ()) + (review if row["review_count"] else ())
