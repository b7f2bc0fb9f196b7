"""What the pages say of a directive's indicator against its due date: how far, days left, expected finish, chance.

A range is said as what happened in eight of ten similar cases, a chance is rounded and never certain, and where
nothing can be forecast the reason is said instead of a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.language import Language
from dashboard.sentences import MET, due_state, due_words
from dashboard.vocabulary import basis_word, indicator_name, unit_word
from dashboard.warehouse import Row

SMALLEST, LARGEST = 1, 99


def time_left(row: Row, language: Language) -> str:
    """`quá hạn 73 ngày (47 ngày làm việc)`; without working days where the calendar of holidays ends before.

    What is done is said to be, in time or not; the sentence after it names the day.
    """
    said = due_state({**row, "met_on": None}, language)
    working = row["working_days_to_due"]
    if working is None or not row["days_to_due"] or row["status"] in MET:
        return said
    text = language.plural("{said} ({count} ngày làm việc)", abs(working))
    return text.format(said=said, count=language.number(abs(working)))


def deadline(directive: Row, task: Row | None, language: Language) -> str:
    """What must be done by when, and how far that is."""
    _ = language.text
    left = time_left(task, language) if task else due_state(directive, language)
    return _("“{title}” phải xong {due}: {time}.").format(
        title=language.pick(directive["title_vi"], directive["title_en"]), due=due_words(directive, language), time=left
    )


def standing(task: Row, language: Language) -> str:
    """How far the country is in one indicator, and how many provinces are done."""
    _ = language.text
    name = indicator_name(task, language)
    if task["value"] is None:
        return _("“{name}”: chưa có báo cáo nào của địa phương.").format(name=name)
    value = language.number(task["value"])
    if task["target"]:
        value = _("{value} trên {target} ({share})").format(
            value=value, target=language.number(task["target"]), share=language.percent(task["progress_pct"])
        )
    day = language.day(task["as_of_on"])
    if (task["value"], task["target"]) == (task["done_province_count"], task["province_count"]):
        return _("Đến {day}, “{name}” đạt {value} địa phương.").format(day=day, name=name, value=value)
    return _("Đến {day}, “{name}” đạt {value}; {done}/{all} địa phương đã hoàn thành.").format(
        day=day,
        name=name,
        value=value,
        done=language.number(task["done_province_count"]),
        all=language.number(task["province_count"]),
    )


def outlook(row: Row, language: Language) -> str:
    """When it is expected to be done, how likely in time, and which rate that takes; the reason where nobody knows."""
    if row["method"] in (None, "not_reported") and row["value"] is None:
        return ""
    said = [finish(row, language)]
    if row["method"] != "met" and row["days_to_due"] >= 0:
        said += [_chance_sentence(row, language), _pace(row, language)]
    return " ".join(filter(None, said))


def finish(row: Row, language: Language) -> str:
    """The expected day with its range, or why there is none."""
    if row["method"] == "met":
        return _met(row, language)
    if row["method"] == "recent_rate":
        return _by_rate(row, language)
    return without_day(row["method"], language)


def without_day(method: str | None, language: Language) -> str:
    """Why no day can be named, as a sentence; '' for methods that name one."""
    _ = language.text
    return {
        "plateau": _(
            "Không nói được ngày xong: số liệu đứng yên, hoặc tăng chậm đến mức theo nhịp này còn phải hơn một năm."
        ),
        "regressed": _("Không nói được ngày xong: số liệu đang giảm."),
        "single_step": _(
            "Việc này của một tỉnh chỉ có xong hoặc chưa nên không nói được ngày; khả năng tính theo nhịp cả nước."
        ),
        "too_few_points": _("Không đủ số liệu để dự báo: cần ít nhất ba kỳ báo cáo trong ít nhất 14 ngày."),
        "no_target": _("Chưa biết phải đạt bao nhiêu nên không dự báo được."),
        "not_reported": _("Chưa có báo cáo nên không dự báo được."),
        "not_issued": _("Vào ngày số liệu này chỉ đạo chưa ban hành nên chưa dự báo."),
    }.get(method or "not_reported", "")


def method_word(method: str | None, language: Language) -> str:
    """How a forecast was made, for tables (`marts.directive_forecast.method`)."""
    _ = language.text
    words = {
        "recent_rate": _("theo nhịp gần đây"),
        "plateau": _("đứng yên hoặc quá chậm"),
        "regressed": _("đang giảm"),
        "single_step": _("theo nhịp cả nước"),
        "met": _("đã đạt"),
        "too_few_points": _("không đủ số liệu"),
        "no_target": _("chưa biết mẫu số"),
        "not_reported": _("chưa có báo cáo"),
        "not_issued": _("chưa ban hành"),
    }
    return words.get(method or "not_reported", method or "")


def chance_word(chance_pct: float | None, language: Language) -> str:
    """`12%`, `dưới 1%`, `trên 99%`; '' where there is none. Whole percents: a chance is no measurement."""
    _ = language.text
    if chance_pct is None:
        return ""
    if 0 < chance_pct < SMALLEST:
        return _("dưới {share}").format(share=language.percent(SMALLEST))
    if LARGEST < chance_pct < LARGEST + SMALLEST:
        return _("trên {share}").format(share=language.percent(LARGEST))
    return language.number(chance_pct, 0) + "%"


def day_range(early_on: date | None, late_on: date | None, language: Language) -> str:
    """`21/04/2026–07/07/2027`, `02/01–05/02/2026` within a year, `từ 10/08/2026` where no end was seen."""
    _ = language.text
    if early_on is None:
        return ""
    if late_on is None:
        return _("từ {day}").format(day=language.day(early_on))
    if language.code == "vi" and early_on.year == late_on.year:
        return f"{early_on:%d/%m}–{language.day(late_on)}"
    return f"{language.day(early_on)}–{language.day(late_on)}"


def card_line(row: Row, language: Language) -> str:
    """One quiet line for a card: expected day, its range, the chance while there is one. '' where it would not help."""
    _ = language.text
    if row["method"] in (None, "met", "not_reported", "not_issued", "no_target"):
        return ""
    said = ""
    if row["expected_finish_on"] is not None:
        said = _("dự kiến xong {day} ({range})").format(
            day=language.day(row["expected_finish_on"]),
            range=day_range(row["early_finish_on"], row["late_finish_on"], language),
        )
    elif row["method"] == "recent_rate" and row["early_finish_on"] is not None:
        said = _("xong sớm nhất khoảng {day}").format(day=language.day(row["early_finish_on"]))
    elif row["method"] != "single_step":
        said = _("không dự báo được ngày xong: {why}").format(why=method_word(row["method"], language))
    chance = ""
    if row["days_to_due"] >= 0 and row["chance_on_time_pct"] is not None:
        chance = _("khả năng kịp hạn {chance}").format(chance=chance_word(row["chance_on_time_pct"], language))
    return ", ".join(filter(None, [said, chance]))


def behind(provinces: Sequence[Row], language: Language) -> str:
    """Provinces that are late or at risk in the indicator that is looked at, the first of them by name."""
    names = [row["short_name"] for row in provinces if row["status"] in ("overdue", "regressed", "at_risk")]
    if not names:
        return ""
    text = language.plural("{count} địa phương đang chậm hoặc có nguy cơ ở chỉ tiêu này: {names}.", len(names))
    return text.format(count=language.count_word(len(names)), names=language.names(names))


def _met(row: Row, language: Language) -> str:
    _ = language.text
    if row["met_on"] is None:
        return ""
    text = _("Đã đạt ngày {day}, sau hạn ({basis}).")
    if row["status"] == "met_on_time":
        text = _("Đã đạt ngày {day}, đúng hạn ({basis}).")
    return text.format(day=language.day(row["met_on"]), basis=basis_word(row["met_basis"], language))


def _by_rate(row: Row, language: Language) -> str:
    _ = language.text
    rate = _rate(row["observed_rate"], row, language)
    early, late = language.day(row["early_finish_on"]), language.day(row["late_finish_on"])
    if row["expected_finish_on"] is None and row["early_finish_on"] is None:
        return _("Nhịp hiện nay: {rate}; chưa nói được ngày xong.").format(rate=rate)
    if row["expected_finish_on"] is None:
        return _("Giữ nhịp hiện nay ({rate}) thì sớm nhất khoảng {early} mới xong; chưa thấy điểm cuối.").format(
            rate=rate, early=early
        )
    if row["late_finish_on"] is None:
        return _(
            "Giữ nhịp hiện nay ({rate}) thì dự kiến xong ngày {day}; sớm nhất khoảng {early}, chưa thấy điểm cuối."
        ).format(rate=rate, day=language.day(row["expected_finish_on"]), early=early)
    return _(
        "Giữ nhịp hiện nay ({rate}) thì dự kiến xong ngày {day}; tám trên mười trường hợp tương tự xong trong khoảng "
        "từ {early} đến {late}."
    ).format(rate=rate, day=language.day(row["expected_finish_on"]), early=early, late=late)


def _rate(rate: float | None, row: Row, language: Language) -> str:
    """`mỗi tuần thêm 1.340,1 thủ tục`."""
    _ = language.text
    if rate is None:
        return ""
    text = _("mỗi tuần thêm {rate}") if row["rate_days"] > 1 else _("mỗi ngày thêm {rate}")
    shown = round(rate, 1)
    return text.format(rate=f"{language.number(shown)} {unit_word(row['unit'], shown, language)}")


def _chance_sentence(row: Row, language: Language) -> str:
    _ = language.text
    if row["chance_on_time_pct"] is None:
        return ""
    return _("Khả năng kịp hạn: {chance}.").format(chance=chance_word(row["chance_on_time_pct"], language))


def _pace(row: Row, language: Language) -> str:
    """The rate that it takes; beside the one of now where the sentence before has not said it."""
    _ = language.text
    if not row["required_rate"] or row["method"] == "single_step":
        return ""
    needed = _rate(row["required_rate"], row, language)
    if row["observed_rate"] is not None and row["observed_rate"] >= row["required_rate"]:
        return _("Để kịp hạn chỉ cần {needed}.").format(needed=needed)
    if row["method"] == "recent_rate" or row["observed_rate"] is None:
        return _("Muốn kịp phải {needed}.").format(needed=needed)
    now = round(row["observed_rate"], 1)
    return _("Muốn kịp phải {needed}; nay {now}.").format(needed=needed, now=language.number(now))
