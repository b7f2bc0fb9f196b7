"""The blocks of the page Thời hạn chỉ đạo."""

from __future__ import annotations

from collections import defaultdict
from html import escape

import pandas as pd
import streamlit as st

from dashboard import links, markup, parts, sentences
from dashboard.figures.curves import progress_curve
from dashboard.figures.curves import timeline as draw_timeline
from dashboard.tables import sources, table
from dashboard.view import View
from dashboard.vocabulary import basis_word, status_text
from dashboard.warehouse import Row


def opening(view: View, directives: list[Row]) -> list[str]:
    """How many directives are late, at risk, or past their day without any report, and which one is due next."""
    _, _n = view.language.text, view.language.plural
    late = sum(row["status"] in sentences.LATE for row in directives)
    risk = sum(row["status"] == "at_risk" for row in directives)
    silent = sum(row["status"] == "not_reported" and row["days_to_due"] < 0 for row in directives)
    counts = [
        _n("{count} đã quá hạn mà chưa xong", late).format(count=late) if late else "",
        _n("{count} đã qua hạn mà chưa có báo cáo", silent).format(count=silent) if silent else "",
        _n("{count} có nguy cơ chậm", risk).format(count=risk) if risk else "",
    ]
    said = [count for count in counts if count] or [_("không chỉ đạo nào quá hạn hoặc có nguy cơ chậm")]
    first = _("Trong {all} chỉ đạo có hạn, {counts}.").format(all=len(directives), counts=", ".join(said))
    coming = sorted((row for row in directives if row["days_to_due"] >= 0), key=lambda row: row["due_on"])
    if not coming:
        return [first]
    following = coming[0]
    text = _("Mốc kế tiếp: “{title}”, {due}, {time}.")
    return [
        first,
        text.format(
            title=view.language.pick(following["title_vi"], following["title_en"]),
            due=sentences.due_words(following, view.language),
            time=sentences.time_to_due(following["days_to_due"], view.language),
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
        + view.language.pick(row["name_vi"], row["name_en"])
        for row in indicators
    }
    return links.choose(links.INDICATOR, _("Chỉ tiêu"), options, indicators[0]["indicator"])


def wording(view: View, directive: Row) -> None:
    """What the directive says, where that stands, and what the texts disagree about."""
    _ = view.language.text
    day = view.language.day(directive["due_on"])
    reading = _("kể cả ngày {day}") if directive["due_inclusive"] else _("không kể ngày {day}: phải xong trước ngày đó")
    pairs = [
        (_("Hạn theo văn bản"), f"“{escape(directive['due_text_vi'])}” – {escape(reading.format(day=day))}"),
        (_("Văn bản"), escape(directive["document_no"] or _("không nêu số"))),
        (_("Cơ quan"), escape(directive["issued_by"] or "")),
        (_("Nguồn"), markup.source_link(directive["source_file"])),
        (_("Lưu ý khi đọc"), escape(directive["source_note"] or "")),
    ]
    st.html(markup.definition(pairs))


def curve(view: View, directive: Row, indicator: str) -> None:
    """The country's curve against the due date, with the sources of its newest point."""
    _ = view.language.text
    days = view.published.rows("national_curve", indicator=indicator)
    if not any(row["progress_pct"] is not None for row in days):
        st.caption(_("Chưa có báo cáo để vẽ đường tiến độ."))
        return
    newest = days[-1]
    st.html(markup.heading(_("Tiến độ cả nước so với hạn")))
    figure = progress_curve(days, directive["due_on"], sentences.due_words(directive, view.language), view.language)
    alt = _("Đường tiến độ cả nước, đến {day} đạt {progress}").format(
        day=view.language.day(newest["as_of_on"]), progress=view.language.percent(newest["progress_pct"])
    )
    parts.chart(figure, alt, view.language, key="national_curve")
    st.html(markup.provenance(newest, view.language))
    sources(view, indicator, newest["as_of_on"], "VN", key="curve")


def province_table(view: View, provinces: list[Row], indicator: str) -> None:
    """34 rows, the most urgent on top, each with a link to its page."""
    _ = view.language.text
    frame = pd.DataFrame(provinces)
    frame["basis"] = [basis_word(row["met_basis"], view.language) for row in provinces]
    frame["status_text"] = [status_text(row["status"], view.language) for row in provinces]
    chosen = table(
        frame,
        {
            "status_text": (_("Tình trạng"), "status"),
            "short_name": (_("Tỉnh, thành phố"), "text"),
            "value": (_("Giá trị"), "number"),
            "target": (_("Phải đạt"), "number"),
            "progress_pct": (_("Tiến độ"), "percent"),
            "change": (_("So kỳ trước"), "signed"),
            "met_on": (_("Hoàn thành ngày"), "day"),
            "basis": (_("Theo"), "short"),
            "evidence": (_("Văn bản"), "short"),
            "last_reported_on": (_("Báo cáo gần nhất"), "day"),
            "region_name": (_("Vùng"), "text"),
        },
        _("Tình trạng của 34 tỉnh, thành phố, gấp nhất trước"),
        view.language,
        key="province_table",
        height=460,
        is_selectable=True,
    )
    if chosen is not None:
        row = provinces[chosen]
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.province_link(view, row["province_code"], row["short_name"])
            sources(view, indicator, view.as_of_on, row["province_code"], key="province_row")


def province_curves(view: View, provinces: list[Row], indicator: str) -> None:
    """34 small curves in the order of the table; nothing before the first report."""
    _ = view.language.text
    days = view.published.rows("province_curves", indicator=indicator)
    if not any(row["progress_pct"] is not None for row in days):
        return
    st.html(markup.heading(_("Tiến độ từng tỉnh"), _("mỗi đường từ 0 đến 100%")))
    order = {day: place for place, day in enumerate(sorted({row["as_of_on"] for row in days}))}
    curves: dict[str, list[float | None]] = defaultdict(lambda: [None] * len(order))
    for row in days:
        curves[row["province_code"]][order[row["as_of_on"]]] = row["progress_pct"]
    st.html(markup.small_curves(provinces, dict(curves), view.language))
