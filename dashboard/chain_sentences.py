"""Sentences on chains of tasks: how far the country and a province are, and which orders have to be asked about.

As in `sentences.py`: rows in, sentences out; what nobody reported is "chưa có báo cáo", never zero.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import Language
from dashboard.sentences import NAMED
from dashboard.warehouse import Row


def _title(row: Row, language: Language) -> str:
    return language.pick(row["title_vi"], row["title_en"])


def country(funnel: Sequence[Row], stages: Sequence[Row], language: Language) -> list[str]:
    """How many provinces have gone the whole way, where most are held up, who has to be asked, who is silent.

    `funnel` as from `chain_funnel.sql` and `stages` as from `chain_stages.sql`, both of one chain.
    """
    _, _n = language.text, language.plural
    if not any(row["reported_count"] for row in funnel):
        return [_("Chưa có báo cáo nào của địa phương về các bước này.")]
    last = funnel[-1]
    finished = last["reached_with_all_before_count"]
    done = (
        _n("{count}/{all} địa phương đã xong đủ {stages} bước", finished).format(
            count=language.number(finished), all=language.number(last["expected_count"]), stages=len(funnel)
        )
        if finished
        else _("chưa địa phương nào trong {all} xong đủ {stages} bước").format(
            all=language.number(last["expected_count"]), stages=len(funnel)
        )
    )
    first = _("Đến {day}, {done}.").format(day=language.day(last["as_of_on"]), done=done)
    said = " ".join(filter(None, (first, _slowest(funnel, language))))
    return [said, to_ask(stages, language), _silent(stages, language)]


def _slowest(funnel: Sequence[Row], language: Language) -> str:
    """The stage that the fewest provinces have reached, of those with reports."""
    _, _n = language.text, language.plural
    reported = [row for row in funnel if row["reported_count"]]
    fewest = min(row["reached_count"] for row in reported)
    level = [row for row in reported if row["reached_count"] == fewest]
    row = level[0]
    if len(level) > 1:
        if fewest >= row["expected_count"]:
            return ""
        return _("Ít nơi xong nhất: {titles}, mỗi bước {count}/{all} địa phương.").format(
            titles=language.names([f"“{_title(each, language)}”" for each in level]),
            count=language.number(fewest),
            all=language.number(row["expected_count"]),
        )
    text = _("Ít nơi xong nhất: “{title}”, {count}/{all} địa phương").format(
        title=_title(row, language),
        count=language.number(row["reached_count"]),
        all=language.number(row["expected_count"]),
    )
    working = row["in_progress_count"]
    if not working:
        return text + "."
    days = row["median_days_in_progress"]
    text += _n("; {count} nơi đang làm", working).format(count=language.number(working))
    if days is not None:
        text += _n(", một nửa đã {days} ngày trở lên", days).format(days=language.number(days, 0))
    return text + "."


def to_ask(stages: Sequence[Row], language: Language) -> str:
    """How many impossible orders there are, and where; that there is none is said of what was reported only."""
    _, _n = language.text, language.plural
    odd = [row for row in stages if row["sequence_problem"]]
    if not odd:
        return _("Trong các báo cáo đã nhận, không có bước nào trái trình tự.")
    names = list(dict.fromkeys(row["short_name"] for row in odd))
    text = _n("{count} bước trái trình tự cần hỏi lại", len(odd)).format(count=language.count_word(len(odd)))
    where = _(" ở {names}.").format(names=language.names(names, NAMED))
    return text + where


def _silent(stages: Sequence[Row], language: Language) -> str:
    """Provinces that have reported nothing of the chain."""
    _n = language.plural
    told = {row["province_code"] for row in stages if row["status"] != "not_reported"}
    names = list(dict.fromkeys(row["short_name"] for row in stages if row["province_code"] not in told))
    if not names:
        return ""
    text = _n("{count} địa phương chưa có báo cáo", len(names)).format(count=language.count_word(len(names)))
    return text + (": " + language.names(names, NAMED) if len(names) <= NAMED else "") + "."


def province(stages: Sequence[Row], language: Language) -> str:
    """How far one province is in one chain, what it works on, what has to be asked."""
    _, _n = language.text, language.plural
    title = language.pick(stages[0]["chain_title_vi"], stages[0]["chain_title_en"])
    if all(row["status"] == "not_reported" for row in stages):
        return _("{title}: chưa có báo cáo.").format(title=title)
    done = sum(row["status"] == "done" for row in stages)
    said = _("{title}: đã xong {done}/{all} bước").format(title=title, done=done, all=len(stages))
    working = [_working(row, language) for row in stages if row["status"] == "in_progress"]
    said += _("; đang làm: {stages}.").format(stages=language.names(working)) if working else "."
    silent = sum(row["status"] == "not_reported" for row in stages)
    if silent:
        said += " " + _n("{count} bước chưa có báo cáo.", silent).format(count=language.count_word(silent))
    return " ".join([said, *(problem(row, language) for row in stages if row["sequence_problem"])])


def _working(row: Row, language: Language) -> str:
    _n = language.plural
    title = f"“{_title(row, language)}”"
    if row["days_in_stage"] is None:
        return title
    days = _n("đã {days} ngày", row["days_in_stage"]).format(days=language.number(row["days_in_stage"]))
    return f"{title} ({days})"


def problem(row: Row, language: Language) -> str:
    """Why an order can't be true, and so what to ask. '' where nothing is wrong."""
    _ = language.text
    texts = {
        "went_back": _("“{title}” đã báo xong, đến báo cáo {back} lại ghi chưa xong."),
        "dated_after_report": _("“{title}” ghi hoàn thành ngày {day}, sau ngày số liệu của chính báo cáo đó."),
        "previous_missing": _("“{title}” đã xong trong khi “{before}” báo chưa xong."),
        "before_previous": _("“{title}” xong ngày {day}, trước khi có “{before}”."),
    }
    return texts.get(row["sequence_problem"] or "", "").format(
        title=_title(row, language),
        before=language.pick(row["before_vi"] or "", row["before_en"] or ""),
        day=language.day(row["reached_on"]),
        back=language.day(row["went_back_on"]),
    )


def stage_cell(row: Row, language: Language) -> str:
    """One stage of one province in a cell: glyph, day or state; a square where it has to be asked about."""
    _, _n = language.text, language.plural
    glyph = "■ " if row["sequence_problem"] else {"done": "● ", "in_progress": "◐ "}.get(row["status"], "○ ")
    if row["status"] == "done":
        return glyph + language.day(row["reached_on"])
    if row["status"] == "in_progress":
        days = row["days_in_stage"]
        return glyph + (
            _("đang làm") if days is None else _n("đang làm, {days} ngày", days).format(days=language.number(days))
        )
    return glyph + (_("chờ bước trước") if row["status"] == "waiting" else _("chưa có báo cáo"))
