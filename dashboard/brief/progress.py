"""How far each directive is: the table of directives, the small curves, the ranking of provinces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard import formats
from dashboard.brief.records import UNKNOWN, VIETNAMESE, Reader, Record
from dashboard.brief.structure import COUNTRY, Bar, Bars, Column, Curves, Line, Panel, Part, Said, Table, joined, say
from dashboard.forecast_sentences import method_word
from dashboard.vocabulary import STATUSES

DONE = ("met_on_time", "met_late")
LATE = ("overdue", "regressed")
MOST_PANELS = 6


def directives_of(reader: Reader) -> list[Record]:
    """One record per directive and indicator, the most urgent directive first."""
    return reader.rows("brief_directives", "directive", "indicator", unit=reader.unit, statuses=list(STATUSES))


def time_left(record: Record) -> Said:
    """`còn 4 ngày`, `hôm nay là hạn`, `quá hạn 72 ngày`."""
    days = record["days_to_due"]
    if days == 0:
        return ("hôm nay là hạn",)
    return say("còn {days} ngày" if days > 0 else "quá hạn {days} ngày", days=record.figure("days", "days_to_due"))


def result(record: Record) -> Said:
    """`3.193/3.195`; yes or no for what one province does once."""
    if record["value"] is None:
        return (UNKNOWN,)
    if record["is_yes_no"] and record["target"] == 1:
        return ("đã xong" if record["value"] else "chưa xong",)
    if record["target"] is None:
        return (record.number("value"),)
    return say("{value}/{target}", value=record.number("value"), target=record.number("target"))


def outlook(record: Record) -> Said:
    """When it will be done at the rate of now, with the range of similar cases; or why nobody can say."""
    if record["status"] in DONE:
        return say("đạt ngày {day}", day=record.day("met_on")) if record["met_on"] else ("đã đạt",)
    early, late = record.day("early_finish_on"), record.day("late_finish_on")
    if record["expected_finish_on"] is not None:
        text = "{day}\n({early}–{late})" if record["late_finish_on"] else "{day}\n(sớm nhất {early})"
        return say(text, day=record.day("expected_finish_on"), early=early, late=late)
    if record["early_finish_on"] is not None:
        return say("sớm nhất {early}", early=early)
    return ("không dự báo được" if record["method"] == "single_step" else method_word(record["method"], VIETNAMESE),)


def directive_table(reader: Reader, records: Sequence[Record], number: int) -> Table:
    """Every directive as a heading with its due wording, every indicator of it as a row."""
    is_country = reader.unit == COUNTRY
    lines: list[Line] = []
    measured = [record for record in records if record["indicator"]]
    for place, directive in enumerate(dict.fromkeys(record["directive"] for record in measured), start=1):
        tasks = [record for record in measured if record["directive"] == directive]
        lines.append(Line((_heading(place, tasks[0]),)))
        lines += [Line(_cells(record, is_country)) for record in tasks]
    others = [_unmeasured(record) for record in records if not record["indicator"]]
    if others:
        lines.append(Line((say("Chưa có chỉ tiêu để đo: {titles}.", titles=joined(others, "; ")),)))
    columns = (
        Column("Chỉ tiêu", 56),
        Column("Kết quả", 25, "right"),
        Column("Tỷ lệ", 12, "right"),
        Column("Địa phương đã xong" if is_country else "Cả nước đã xong", 14, "right"),
        Column("Tình trạng", 21),
        Column("Nếu giữ nhịp hiện nay, xong ngày", 37),
    )
    note = (
        "Ngày dự kiến tính theo nhịp 60 ngày gần nhất; tám trên mười trường hợp tương tự đã xong trong khoảng ghi "
        "trong ngoặc. Chưa báo cáo không tính là 0.",
    )
    return Table(f"Bảng {number}. Kết quả theo từng chỉ đạo", columns, tuple(lines), note)


def _heading(place: int, record: Record) -> Said:
    issued = say(" ({number})", number=record.label("document_no")) if record["document_no"] else ()
    said = say(
        "{place}. {title}{issued}: {due}, ",
        place=str(place),
        title=record.label("title_vi"),
        issued=issued,
        due=record.label("due_text_vi"),
    )
    return said + time_left(record)


def _unmeasured(record: Record) -> Said:
    return say(
        "{title} ({due}{passed})",
        title=record.label("title_vi"),
        due=record.label("due_text_vi"),
        passed=_passed(record),
    )


def _passed(record: Record) -> Said:
    """Nobody has said whether a directive without indicators is done, so it is never called late."""
    if record["days_to_due"] >= 0:
        return (", ", *time_left(record))
    return say(", hạn đã qua {days} ngày", days=record.figure("days", "days_to_due"))


def _cells(record: Record, is_country: bool) -> tuple[Said, ...]:
    name: Said = (record.label("name_vi"),)
    reported, expected = record["reported_unit_count"], record["expected_unit_count"]
    if reported is not None and expected and reported < expected:
        name += say(
            " ({reported}/{expected} đơn vị báo cáo)",
            reported=record.number("reported_unit_count"),
            expected=record.number("expected_unit_count"),
        )
    share: Part = record.percent("progress_pct") if record["progress_pct"] is not None else "–"
    done = say("{done}/{all}", done=record.number("done_province_count"), all=record.number("province_count"))
    if not is_country and record["is_yes_no"]:
        share = "–"
    return (name, result(record), (share,), done, (record.figure("status", "status"),), outlook(record))


def curves(reader: Reader, records: Sequence[Record], number: int) -> Curves | None:
    """Small curves of what is furthest from done, each indicator once; a yes or no of one province has no curve."""
    open_tasks: dict[str, Record] = {}
    for record in records:
        is_step = record["is_yes_no"] and reader.unit != COUNTRY
        if record["indicator"] and record["value"] is not None and record["status"] not in DONE and not is_step:
            open_tasks.setdefault(record["indicator"], record)
    shown = sorted(open_tasks.values(), key=_distance)[:MOST_PANELS]
    points: dict[str, list[tuple[date, float]]] = {record["indicator"]: [] for record in shown}
    for row in reader.rows("brief_curves", unit=reader.unit, indicators=list(points)):
        points[row["indicator"]].append((row["as_of_on"], row["progress_pct"]))
    panels = tuple(_panel(record, points[record["indicator"]]) for record in shown if points[record["indicator"]])
    if not panels:
        return None
    days = [day for panel in panels for day, _share in panel.points]
    span = f"từ {formats.day(min(days))} đến {formats.day(max(days))}"
    caption = f"Hình {number}. Chỉ tiêu còn xa đích nhất, {span} (0–100%; vạch đứng: thời hạn)"
    return Curves(caption, reader.unit, panels)


def _distance(record: Record) -> tuple[float, str]:
    return (record["progress_pct"] or 0.0, record["indicator"])


def _panel(record: Record, points: list[tuple[date, float]]) -> Panel:
    remark = joined([say("hạn {due}", due=record.label("due_text_vi")), _expected(record)], "; ")
    return Panel(
        record["name_vi"],
        record["indicator"],
        tuple(points),
        record["last_day_on"],
        record["status"],
        record.percent("progress_pct"),
        remark,
    )


def _expected(record: Record) -> Said:
    if record["expected_finish_on"] is None:
        return outlook(record)
    return say("dự kiến xong {day}", day=record.day("expected_finish_on"))


def ranked_task(records: Sequence[Record]) -> Record | None:
    """What provinces are ranked by: the most urgent open task with more than a yes or no, and no restricted one."""
    for record in records:
        is_open = record["indicator"] and record["status"] not in DONE and record["value"] is not None
        if is_open and not record["is_yes_no"] and record["sensitivity"] == "public":
            return record
    return None


def ranking(reader: Reader, task: Record, number: int) -> Bars | None:
    """All provinces in one indicator; the one that the brief is about is marked."""
    rows = reader.rows("brief_ranking", "province_code", indicator=task["indicator"])
    if all(row["progress_pct"] is None for row in rows):
        return None
    bars = tuple(
        Bar(
            row["short_name"],
            row["province_code"],
            row["progress_pct"],
            row.percent("progress_pct"),
            row["province_code"] == reader.unit,
        )
        for row in rows
    )
    return Bars(f"Hình {number}. “{task['name_vi']}” theo địa phương, thấp nhất trước", task["indicator"], bars)
