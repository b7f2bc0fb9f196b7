"""The blocks of the page Thời hạn chỉ đạo."""

from __future__ import annotations

from collections import defaultdict
from html import escape

import pandas as pd
import streamlit as st

from dashboard import exports, forecast_sentences, links, markup, parts, sentences, shown_days
from dashboard.figures.curves import Goal, progress_curve
from dashboard.figures.timeline import timeline as draw_timeline
from dashboard.language import Language
from dashboard.reference_words import stored_document
from dashboard.tables import Columns, sources, table
from dashboard.view import View
from dashboard.vocabulary import STATUSES, basis_word, indicator_name, quoted, region_word, status_text
from dashboard.warehouse import Row


def opening(view: View, directives: list[Row]) -> list[str]:
    """How many directives are late, at risk, without any report or without reporters, and which one is due next."""
    _, _n = view.language.text, view.language.plural
    central = sum(row["indicator"] is None for row in directives)
    waiting = sum(row["status"] == "not_reported" and row["days_to_due"] >= 0 for row in directives)
    late = sum(row["status"] in sentences.LATE for row in directives)
    risk = sum(row["status"] == "at_risk" for row in directives)
    silent = sum(row["status"] == "not_reported" and row["days_to_due"] < 0 for row in directives)
    counts = [
        _n("{count} đã quá hạn mà chưa xong", late).format(count=late) if late else "",
        _n("{count} đã qua hạn mà chưa có báo cáo", silent).format(count=silent) if silent else "",
        _n("{count} có nguy cơ chậm", risk).format(count=risk) if risk else "",
        _n("{count} còn trong hạn và chưa có báo cáo", waiting).format(count=waiting) if waiting else "",
    ]
    said = [count for count in counts if count] or [_("không chỉ đạo nào quá hạn hoặc có nguy cơ chậm")]
    reported = len(directives) - central
    first = _("Trong {all} chỉ đạo có hạn do địa phương báo cáo, {counts}.").format(
        all=reported, counts=", ".join(said)
    )
    if central:
        text = _n("{count} mốc của cơ quan trung ương không có số liệu báo cáo.", central)
        first += " " + text.format(count=view.language.count_word(central))
    open_ = [row for row in directives if row["days_to_due"] >= 0 and row["status"] not in sentences.MET]
    coming = sorted(open_, key=lambda row: row["due_on"])
    if not coming:
        return [first]
    following = coming[0]
    text = _("Mốc kế tiếp: “{title}”, {due}, {time}.")
    return [
        first,
        text.format(
            title=view.language.pick(following["title_vi"], following["title_en"]),
            due=sentences.due_words(following, view.language),
            time=sentences.due_state(following, view.language),
        ),
    ]


def timeline(view: View, directives: list[Row]) -> None:
    """All directives on one axis."""
    _ = view.language.text
    label = _("Số liệu {day}") if view.as_of_on else _("Hôm nay {day}")
    shown_on = view.as_of_on or view.today
    figure = draw_timeline(directives, shown_on, label.format(day=view.language.day(shown_on)), view.language)
    parts.chart(figure, _("Các chỉ đạo theo ngày đến hạn, có tình trạng"), view.language, key="timeline")


def choose_indicator(view: View, indicators: list[Row]) -> str | None:
    """The indicator to look at; None for a milestone without indicators."""
    _ = view.language.text
    if not indicators:
        return None
    options = {
        row["indicator"]: f"{status_text(row['status'], view.language).split(' ', 1)[0]} "
        + indicator_name(row, view.language)
        for row in indicators
    }
    return links.choose(links.INDICATOR, _("Chỉ tiêu"), options, indicators[0]["indicator"])


def opening_of(view: View, directive: Row, task: Row | None, provinces: list[Row]) -> list[str]:
    """One directive and one of its indicators: how far, how long, what is to be expected, who is behind."""
    _ = view.language.text
    first = forecast_sentences.deadline(directive, task, view.language)
    if task is None:
        return [f"{first} {_('Mốc này không có chỉ tiêu do địa phương báo cáo.')}"]
    return [
        f"{first} {forecast_sentences.standing(task, view.language)}",
        forecast_sentences.outlook(task, view.language),
        forecast_sentences.behind(provinces, view.language),
    ]


def wording(view: View, directive: Row) -> None:
    """What the directive says, where that stands, and each wording of its deadline beside the others."""
    _ = view.language.text
    wordings = view.published.rows("deadline_wordings", directive=directive["directive"])
    note = directive["source_note"] or "" if len(wordings) == 1 else ""
    pairs = [
        (_("Văn bản"), escape(directive["document_no"] or _("không nêu số"))),
        (_("Cơ quan"), escape(quoted(directive["issued_by"], view.language))),
        (_("Nguồn"), markup.source_link(directive["source_file"], view.language)),
        (_("Lưu ý khi đọc"), escape(quoted(note, view.language))),
    ]
    st.html(markup.definition(pairs))
    st.html(markup.wordings([_wording(row, len(wordings), view.language) for row in wordings]))


def _wording(row: Row, count: int, language: Language) -> tuple[str, str, list[str]]:
    """The quotation, what it is worth, and what is to be known of it."""
    _ = language.text
    day = language.day(row["due_on"])
    reading = _("kể cả ngày {day}") if row["due_inclusive"] else _("không kể ngày {day}: phải xong trước ngày đó")
    notes = [reading.format(day=day)]
    worth = _("Hạn theo văn bản")
    if row["kind"] == "in_force" and count > 1:
        worth = _("Hạn đang áp dụng")
    if row["kind"] == "conflict":
        worth = _("Cách ghi khác, không áp dụng")
    if row["kind"] == "before":
        worth = _("Hạn cũ, đã được thay")
        notes.append(_("áp dụng đến hết ngày {day}").format(day=language.day(row["until_on"])))
    if row["is_amended"]:
        notes.append(_("gia hạn, áp dụng từ ngày {day}").format(day=language.day(row["since_on"])))
    source = [
        row["document_no"] or "",
        stored_document(row["source_file"], language) or row["source_file"] or "",
        quoted(row["source_note"], language),
    ]
    return row["due_text_vi"], worth, [*notes, *(text for text in source if text and count > 1)]


def curve(view: View, directive: Row, task: Row) -> None:
    """The country's curve against the due date, what may come, and the sources of its newest point."""
    _ = view.language.text
    indicator = task["indicator"]
    shown = shown_days.of_indicators(view, [indicator], shown_days.CURVE, beside=[directive["last_day_on"]])
    days = view.published.rows("national_curve", indicator=indicator, days=shown.days)
    if not any(row["progress_pct"] is not None for row in days):
        st.caption(_("Chưa có báo cáo để vẽ đường tiến độ."))
        return
    newest = days[-1]
    st.html(markup.heading(_("Tiến độ cả nước so với hạn")))
    goal = Goal(
        started_on=directive["started_on"],
        last_day_on=directive["last_day_on"],
        due_on=directive["due_on"],
        due_text=sentences.due_words(directive, view.language),
        target_pct=task["target_pct"],
    )
    figure = view.published.kept(
        "progress_curve",
        lambda: progress_curve(days, goal, view.language, task),
        *(directive["directive"], indicator, view.language.code),
    )
    alt = _("Đường tiến độ cả nước, đến {day} đạt {progress}").format(
        day=view.language.day(newest["as_of_on"]), progress=view.language.percent(newest["progress_pct"])
    )
    parts.chart(figure, alt, view.language, key="national_curve")
    st.html(
        markup.remark(
            _("Đường chấm: tiến đều từ ngày đầu đến hạn."),
            _("Vùng nhạt: khoảng 80% của dự báo, từ sớm nhất đến muộn nhất; đường gạch: ngày dự kiến.")
            if task["early_finish_on"]
            else "",
            _("Vùng để ngỏ bên phải: chưa thấy điểm muộn nhất.")
            if task["early_finish_on"] and not task["late_finish_on"]
            else "",
            shown_days.said(shown, view.language),
        )
    )
    st.html(markup.provenance(newest, view.language))
    sources(view, indicator, newest["as_of_on"], "VN", key="curve")


def province_rows(view: View, directive: str, indicator: str, search: str) -> list[Row]:
    """The provinces whose name or region has the text in it, the furthest behind first."""
    return view.published.rows(
        "directive_provinces", directive=directive, indicator=indicator, statuses=list(STATUSES), search=search
    )


def province_table(view: View, provinces: list[Row], indicator: str) -> None:
    """A row per province, the most urgent on top; one of them in words, with its page and its sources."""
    _, language = view.language.text, view.language
    frame = pd.DataFrame(provinces)
    if not frame.empty:
        frame["basis"] = [basis_word(row["met_basis"], language) for row in provinces]
        frame["region_name"] = [region_word(row["region_name"], language) for row in provinces]
        frame["status_text"] = [status_text(row["status"], language) for row in provinces]
        frame["chance"] = [forecast_sentences.chance_word(row["chance_on_time_pct"], language) for row in provinces]
        frame["method_word"] = [forecast_sentences.method_word(row["method"], language) for row in provinces]
        frame["range"] = [
            forecast_sentences.day_range(row["early_finish_on"], row["late_finish_on"], language) for row in provinces
        ]
    columns = _province_columns(language)
    title = _("Tình trạng của 34 tỉnh, thành phố, gấp nhất trước")
    chosen = table(frame, columns, title, language, key="province_table", height=460, is_selectable=True)
    st.html(
        markup.remark(
            _("Nhịp tính theo tuần, bằng đơn vị của chỉ tiêu; khoảng 80%: tám trên mười trường hợp tương tự."),
            _("Khi tỉnh không ghi ngày hoàn thành: lấy ngày số liệu đầu tiên cho thấy đã đạt (“báo cáo đầu tiên”)."),
        )
    )
    exports.downloads(view, frame, columns, f"thoi-han_{indicator}", title)
    if chosen is not None:
        row = provinces[chosen]
        st.html(markup.paragraphs([f"{row['short_name']}: {forecast_sentences.outlook(row, language)}"]))
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.province_link(view, row["province_code"], row["short_name"])
            sources(view, indicator, view.as_of_on, row["province_code"], key="province_row")


def _province_columns(language: Language) -> Columns:
    _ = language.text
    return {
        "status_text": (_("Tình trạng"), "status"),
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "value": (_("Giá trị"), "number"),
        "target": (_("Phải đạt"), "number"),
        "progress_pct": (_("Tiến độ"), "percent"),
        "observed_rate": (_("Nhịp nay"), "number"),
        "required_rate": (_("Nhịp cần"), "number"),
        "expected_finish_on": (_("Dự kiến xong"), "day"),
        "range": (_("Khoảng 80%"), "text"),
        "chance": (_("Khả năng kịp hạn"), "text"),
        "met_on": (_("Hoàn thành ngày"), "day"),
        "basis": (_("Theo"), "short"),
        "evidence": (_("Văn bản"), "short"),
        "change": (_("So kỳ trước"), "signed"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "method_word": (_("Cách dự báo"), "text"),
        "region_name": (_("Vùng"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }


def statuses_in_words(view: View) -> None:
    """The definitions of the statuses, where they are not the subject."""
    with st.expander(view.language.text("Các tình trạng được xác định thế nào")):
        status_definitions(view)


def status_definitions(view: View) -> None:
    """Which status holds when, in the order in which the rules are tried."""
    _ = view.language.text
    rules = [
        (status_text(row["status"], view.language), escape(view.language.pick(row["meaning_vi"], row["meaning_en"])))
        for row in view.published.rows("status_rules")
    ]
    st.html(markup.definition(rules))
    st.html(markup.remark(_("Xét theo thứ tự này; dòng đầu tiên đúng là tình trạng.")))


def province_curves(view: View, provinces: list[Row], indicator: str) -> None:
    """34 small curves in the order of the table; nothing before the first report."""
    _ = view.language.text
    shown = shown_days.of_indicators(view, [indicator], shown_days.SMALL)
    days = view.published.rows("province_curves", indicator=indicator, days=shown.days)
    if not any(row["progress_pct"] is not None for row in days):
        return
    st.html(markup.heading(_("Tiến độ từng tỉnh"), _("mỗi đường từ 0 đến 100%")))
    drawn = view.published.kept(
        "small_curves",
        lambda: markup.small_curves(provinces, _by_province(days), view.language),
        *(indicator, view.language.code, tuple((row["province_code"], row["status"]) for row in provinces)),
    )
    st.html(drawn)


def _by_province(days: list[Row]) -> dict[str, list[tuple[float, float | None]]]:
    """Days of `province_curves.sql` as points of a curve per province, all from the first day of all."""
    first = min(row["as_of_on"] for row in days).toordinal()
    curves: dict[str, list[tuple[float, float | None]]] = defaultdict(lambda: [(first, None)])
    for row in days:
        curves[row["province_code"]].append((row["as_of_on"].toordinal(), row["progress_pct"]))
    return curves
