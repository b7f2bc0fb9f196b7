"""Pages open with sentences that could be read aloud. Rows in, Vietnamese (or English) sentences out, nothing else.

A count is never said without its whole, a short list is said by name, and what nobody reported is
"chưa có báo cáo", never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.language import Language
from dashboard.superlatives import leading
from dashboard.vocabulary import indicator_name
from dashboard.warehouse import Row

NAMED = 6
LATE = ("overdue", "regressed")
MET = ("met_on_time", "met_late")


def centres(
    national: Row, missing: Sequence[Row], single_tier: Sequence[Row], province_count: int, language: Language
) -> str:
    """How many commune service centres operate, which communes have none, and which provinces count none."""
    _ = language.text
    first = _(
        "Đến {day}, {provinces}/{all_provinces} địa phương đã có Trung tâm Phục vụ hành chính công cấp xã hoạt động: "
        "{value} trên {target} đơn vị."
    ).format(
        day=language.day(national["as_of_on"]),
        provinces=language.number(national["province_count"]),
        all_provinces=language.number(province_count),
        value=language.number(national["value"]),
        target=language.number(national["target"]),
    )
    said = [first, *_without(missing, language)]
    if single_tier:
        names = language.names([row["short_name"] for row in single_tier])
        said.append(_("{names} có một Trung tâm một cấp của thành phố nên không tính ở cấp xã.").format(names=names))
    return " ".join(said)


def _without(missing: Sequence[Row], language: Language) -> list[str]:
    """Communes reported as having none, and communes that reported nothing: two different things."""
    _n = language.plural
    absent = [_place(row, language) for row in missing if not row["is_silent"]]
    silent = [_place(row, language) for row in missing if row["is_silent"]]
    said = []
    if absent:
        text = _n("{count} đơn vị chưa có", len(absent))
        said.append(text.format(count=language.count_word(len(absent))) + _by_name(absent, language) + ".")
    if silent:
        text = _n("{count} đơn vị chưa có báo cáo", len(silent))
        said.append(text.format(count=language.count_word(len(silent))) + _by_name(silent, language) + ".")
    return said


def _by_name(names: Sequence[str], language: Language) -> str:
    """`: A, B và C` while the list is short, nothing when reading it out would help nobody."""
    return ": " + language.names(names, NAMED) if len(names) <= NAMED else ""


def _place(row: Row, language: Language) -> str:
    name = str(row["commune_name"])
    lowered = name[0].lower() + name[1:] if language.code == "vi" else name
    return f"{lowered} ({row['short_name']})"


def due_words(row: Row, language: Language) -> str:
    """The due date by its meaning, with its year: `trước ngày 15/12/2025`. The wording itself is quoted elsewhere."""
    _ = language.text
    text = _("đến hết ngày {day}") if row["due_inclusive"] else _("trước ngày {day}")
    return text.format(day=language.day(row["due_on"]))


def time_to_due(days_to_due: int, language: Language) -> str:
    """`còn 4 ngày`, `hôm nay là hạn`, `quá hạn 72 ngày`."""
    _, _n = language.text, language.plural
    if days_to_due == 0:
        return _("hôm nay là hạn")
    if days_to_due > 0:
        return _n("còn {days} ngày", days_to_due).format(days=language.number(days_to_due))
    return _n("quá hạn {days} ngày", -days_to_due).format(days=language.number(-days_to_due))


def due_state(row: Row, language: Language) -> str:
    """How a task stands with its day: done, when and whether in time; else the time left or over.

    Where nobody has reported, the day is said to have gone by, not the task to be overdue. `row` has status,
    days_to_due and, where the day is to be said, met_on.
    """
    _, _n = language.text, language.plural
    if row["status"] in MET:
        on_time, met_on = row["status"] == "met_on_time", row.get("met_on")
        if met_on is None:
            return _("đã xong đúng hạn") if on_time else _("đã xong sau hạn")
        text = _("đã xong ngày {day}, đúng hạn") if on_time else _("đã xong ngày {day}, sau hạn")
        return text.format(day=language.day(met_on))
    days = row["days_to_due"]
    if row["status"] in (None, "not_reported") and days < 0:
        return _n("ngày hẹn đã qua {days} ngày", -days).format(days=language.number(-days))
    return time_to_due(days, language)


def most_urgent(directives: Sequence[Row], language: Language) -> str:
    """The directive that is late for the longest, or at risk with the nearest day; all of them where several share it.

    '' when nothing is late or at risk.
    """
    _ = language.text
    late = [row for row in directives if row["status"] in LATE]
    urgent = late or [row for row in directives if row["status"] == "at_risk"]
    if not urgent:
        return ""
    first = min(row["days_to_due"] for row in urgent)
    worst = [row for row in urgent if row["days_to_due"] == first]
    text = _("Quá hạn lâu nhất (phải xong {due}, {time}): {which}.")
    if not late:
        text = _("Có nguy cơ chậm, gần hạn nhất (phải xong {due}, {time}): {which}.")
    return text.format(
        due=due_words(worst[0], language),
        time=due_state(worst[0], language),
        which="; ".join(_how_far(row, language) for row in worst),
    )


def _how_far(row: Row, language: Language) -> str:
    """A directive, how many provinces are through with it, and its most urgent indicator."""
    return language.text("“{title}”, {done}/{all} địa phương hoàn thành, “{indicator}” mới đạt {progress}").format(
        title=language.pick(row["title_vi"], row["title_en"]),
        indicator=indicator_name(row, language),
        progress=language.percent(row["progress_pct"]),
        done=language.number(row["done_province_count"]),
        all=language.number(row["province_count"]),
    )


def whom_to_call(to_call: Sequence[Row], language: Language) -> str:
    """The provinces with most overdue tasks, or most at risk where none is overdue. '' where there are none."""
    _, _n = language.text, language.plural
    kind = "late_count" if any(row["late_count"] for row in to_call) else "risk_count"
    ordered = sorted((row for row in to_call if row[kind]), key=lambda row: -row[kind])
    if not ordered:
        return ""
    ranking = [
        (row["short_name"], _n("{count} nhiệm vụ", row[kind]).format(count=language.number(row[kind])))
        for row in ordered
    ]
    names = leading(ranking, language, "{name} ({value})")
    said = _("Cần đôn đốc trước, vì nhiều nhiệm vụ quá hạn nhất: {names}.")
    if kind == "risk_count":
        said = _("Cần đôn đốc trước, vì nhiều nhiệm vụ có nguy cơ chậm nhất: {names}.")
    return said.format(names=language.names(names, len(names)))


def reports_in(coverage: Sequence[Row], language: Language) -> str:
    """Who has sent the newest report of all who have to, who has not and is late, who still has time."""
    _, _n = language.text, language.plural
    if not coverage:
        return _("Chưa có kỳ báo cáo nào đến hạn.")
    late = [row["short_name"] for row in coverage if row["status"] == "late"]
    missing = [row["short_name"] for row in coverage if row["status"] in ("missing", "empty")]
    waiting = [row for row in coverage if row["status"] == "not_due"]
    received = len(coverage) - len(missing) - len(waiting)
    said = [
        _("Kỳ báo cáo {day}: {received}/{all} địa phương đã gửi số liệu.").format(
            day=language.day(coverage[0]["as_of_on"]), received=received, all=len(coverage)
        )
    ]
    if late:
        text = _n("{count} địa phương gửi chậm", len(late))
        said.append(text.format(count=language.count_word(len(late))) + _by_name(late, language) + ".")
    if missing:
        text = _n("{count} địa phương chưa có báo cáo", len(missing))
        said.append(text.format(count=language.count_word(len(missing))) + _by_name(missing, language) + ".")
    if waiting:
        text = _n("{count} địa phương chưa gửi, còn trong hạn đến hết ngày {day}.", len(waiting))
        due_on = max(row["due_on"] for row in waiting)
        said.append(text.format(count=language.count_word(len(waiting)), day=language.day(due_on)))
    return " ".join(said)


def reached(row: Row, language: Language) -> str:
    """How far a province is: yes or no where there is nothing between, else its share, else its value."""
    _ = language.text
    if row["value"] is not None and row["is_yes_no"]:
        return _("đã xong") if row["value"] else _("chưa xong")
    return language.number(row["value"]) if row["progress_pct"] is None else language.percent(row["progress_pct"])


def province(header: Row, tasks: Sequence[Row], language: Language) -> list[str]:
    """What the province is made of, when it last reported, and what is late there."""
    _, _n = language.text, language.plural
    kinds = [
        _n("{count} phường", header["ward_count"]).format(count=header["ward_count"]) if header["ward_count"] else "",
        _n("{count} xã", header["rural_count"]).format(count=header["rural_count"]) if header["rural_count"] else "",
        _n("{count} đặc khu", header["zone_count"]).format(count=header["zone_count"]) if header["zone_count"] else "",
    ]
    said = [
        _("{name} có {count} đơn vị hành chính cấp xã: {kinds}.").format(
            name=header["province_name"],
            count=header["commune_count"],
            kinds=language.names([kind for kind in kinds if kind]),
        )
    ]
    if header["as_of_on"] is None:
        said.append(_("Chưa có báo cáo nào của địa phương này."))
        return said
    said.append(
        _("Báo cáo gần nhất là kỳ {day}, nhận lúc {moment}.").format(
            day=language.day(header["as_of_on"]), moment=language.moment(header["received_at"])
        )
    )
    said.append(task_counts(tasks, language))
    return said


def task_counts(tasks: Sequence[Row], language: Language) -> str:
    """How many of a province's dated tasks are done, late, at risk or unreported; what does not occur is not said."""
    _, _n = language.text, language.plural
    late = sum(row["status"] in LATE for row in tasks)
    risk = sum(row["status"] == "at_risk" for row in tasks)
    met = sum(row["status"] in MET for row in tasks)
    silent = sum(row["status"] == "not_reported" for row in tasks)
    counts = [
        _n("{count} đã hoàn thành", met).format(count=met) if met else "",
        _n("{count} quá hạn", late).format(count=late) if late else "" if silent else _("không nhiệm vụ nào quá hạn"),
        _n("{count} có nguy cơ", risk).format(count=risk) if risk else "",
        _n("{count} chưa báo cáo", silent).format(count=silent) if silent else "",
    ]
    return _("Trong {all} nhiệm vụ có hạn: {counts}.").format(all=len(tasks), counts=", ".join(filter(None, counts)))


def late_data(newest_on: date, expected_on: date, missing_day_count: int, today: date, language: Language) -> str:
    """What a page says at its top when the calendar expects newer figures, and from which day it counts."""
    text = language.plural(
        "Số liệu mới nhất là của kỳ {newest}. Theo lịch báo cáo, đến nay phải có số liệu kỳ {expected}: "
        "còn thiếu {count} kỳ.",
        missing_day_count,
    )
    counted = language.text(
        "Số ngày còn lại và số ngày quá hạn đều tính đến {newest}, không phải đến hôm nay ({today})."
    )
    missing = text.format(newest=language.day(newest_on), expected=language.day(expected_on), count=missing_day_count)
    return f"{missing} {counted.format(newest=language.day(newest_on), today=language.day(today))}"
