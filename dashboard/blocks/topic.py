"""What every page of one field of work is made of: figures, choice, ranking, curve, tables, communes.

A page hands over its `Topic`; whether an indicator has a target or a deadline, and whose it is, decides what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import links, markup, pages, parts, shown_days, step_markup, topic_sentences
from dashboard.blocks import deadlines, filters, topic_tables
from dashboard.figures.over_time import over_time
from dashboard.figures.ranked import ranked_bars
from dashboard.tables import sources
from dashboard.topics import NAMES, SHARE, VALUE, Field, Subject, Topic, by_scope
from dashboard.view import View
from dashboard.vocabulary import STATUSES
from dashboard.warehouse import Row

FIGURE_WIDTH = 240


def field(view: View, topic: Topic) -> Field:
    """Everything that is read before the reader chooses."""
    country, provinces = by_scope(view.published.rows("topic_progress", indicators=topic.indicators))
    directives = {row["directive"]: row for row in view.published.rows("directives", statuses=list(STATUSES))}
    return Field(topic, country, provinces, directives)


def headline_figures(view: View, rows: list[Row]) -> None:
    """National figures, each with its change, its coverage and the way to its sources."""
    grid = st.grid(min(len(rows), 4), min_column_width=FIGURE_WIDTH, gap="medium")
    for row in rows:
        with grid.cell():
            st.html(markup.figure(row, view.language, topic_sentences.moved(row, view.language)))
            sources(view, row["indicator"], row["as_of_on"], "VN", key=row["indicator"])


def published_rows(view: View, indicators: list[str]) -> list[Row]:
    """The newest national figure that an authority has published, for those of the indicators that have one."""
    rows = view.published.rows("published_headlines", indicators=indicators)
    return [row for row in rows if row["indicator"] in indicators]


def published_figures(view: View, indicators: list[str]) -> None:
    """What was published of these indicators, each with its citation, and the way to all that was."""
    rows = published_rows(view, indicators)
    if not rows:
        return
    with st.grid(4, min_column_width=FIGURE_WIDTH, gap="medium"):
        for row in rows:
            st.html(markup.published_figure(row, view.language))
    st.page_link(
        pages.script("reconciliation"),
        label=view.language.text("Mọi số đã công bố, kể cả của từng tỉnh"),
        icon=":material/arrow_forward:",
        query_params=links.query(view.language.code),
    )


def before_reports(view: View, first: str, indicators: list[str]) -> list[str]:
    """The opening of a page before any report: that there is none (`first`), and that published figures follow."""
    return [first, topic_sentences.published_instead(view.language) if published_rows(view, indicators) else ""]


def headlines(view: View, shown: Field) -> None:
    """The figures on top of a page; before any report, what was published."""
    if view.is_empty:
        published_figures(view, [*shown.topic.indicators, *shown.topic.published])
        return
    headline_figures(view, [shown.country[indicator] for indicator in shown.topic.headlines])


def choose(view: View, shown: Field) -> Subject:
    """One subject to look at; at first the one with the most urgent deadline."""
    _ = view.language.text
    subjects = {subject.code: subject for subject in shown.topic.subjects}
    options = {code: _(subject.label) for code, subject in subjects.items()}
    first = shown.topic.most_urgent(shown.country).code
    with st.container(width=filters.WIDTH):
        return subjects[links.choose(links.SUBJECT, _("Xem theo"), options, first)]


def explore(view: View, shown: Field, beside: Callable[[], None] | None = None) -> None:
    """The reader's choice, its ranking beside its curve, its tables; nothing before the first report.

    `beside` adds to the column of the curve.
    """
    if view.is_empty:
        return
    subject = choose(view, shown)
    left, right = st.columns(2, gap="large")
    with left:
        clicked = ranking(view, shown, subject)
    with right:
        curve(view, shown, subject)
        in_words(view, shown, subject)
        if beside is not None:
            beside()
    topic_tables.province_table(view, shown, subject)
    topic_tables.commune_table(view, shown, subject)
    if clicked:
        st.switch_page(
            pages.script("province"), query_params=links.query(view.language.code, **{links.PROVINCE: clicked})
        )


def ranking(view: View, shown: Field, subject: Subject) -> str | None:
    """The provinces as bars, or by name where each either has it or not. Returns a clicked province."""
    _ = view.language.text
    rows = shown.ordered(subject)
    st.html(markup.heading(_("Theo địa phương"), _("xếp từ nơi cần chú ý nhất; bấm để mở trang của tỉnh")))
    if all(row[subject.column] is None for row in rows):
        st.caption(topic_sentences.nothing_yet(view.language))
        return None
    if subject.measure == NAMES:
        st.html(step_markup.name_groups(_groups(view, rows)))
        return None
    if any(row[subject.change_column] is not None for row in rows):
        of_shares = _("Trong ngoặc: thay đổi so với kỳ trước, điểm %; không ghi: không đổi hoặc chưa báo cáo mới.")
        of_numbers = _("Trong ngoặc: thay đổi so với kỳ trước; không ghi: không đổi hoặc chưa báo cáo mới.")
        st.html(markup.remark(of_shares if subject.measure == SHARE else of_numbers))
    country = shown.country[subject.indicator]["progress_pct"] if subject.measure == SHARE else None
    figure = view.published.kept(
        "ranked_bars",
        lambda: ranked_bars(rows, subject.column, subject.change_column, country, view.language),
        *(subject.code, view.language.code),
    )
    alt = _("{what} của 34 tỉnh, thành phố, xếp hạng").format(what=_(subject.label))
    return parts.clickable_chart(figure, alt, view.language, key=f"ranked_{subject.code}")


def _groups(view: View, rows: list[Row]) -> list[tuple[str, list[str]]]:
    """Names of provinces by what they have said, those that changed since the last report marked."""
    _ = view.language.text
    words = {
        "not_done": _("■ Chưa có"),
        "not_reported": _("○ Chưa có báo cáo"),
        "done": _("● Đã có"),
        "not_counted": _("Không tính"),
    }
    new = _("mới")
    groups = []
    for state, word in words.items():
        names = [
            f"{row['short_name']} ({new})" if row["change"] else row["short_name"]
            for row in rows
            if row["state"] == state
        ]
        if names:
            groups.append((f"{word}: {view.language.number(len(names))}", names))
    return groups


def curve(view: View, shown: Field, subject: Subject) -> None:
    """The country over time: against the deadline where a directive names one, otherwise by itself."""
    _ = view.language.text
    directive = shown.directive_of(subject.indicator)
    if directive is not None and subject.measure in (SHARE, NAMES):
        tasks = view.published.rows("directive_indicators", directive=directive["directive"], statuses=list(STATUSES))
        deadlines.curve(view, directive, next(row for row in tasks if row["indicator"] == subject.indicator))
        return
    country = shown.country[subject.indicator]
    column = "progress_pct" if subject.measure == NAMES else subject.column
    drawn = shown_days.of_indicators(view, [subject.indicator], shown_days.CURVE)
    days = view.published.rows("national_curve", indicator=subject.indicator, days=drawn.days)
    st.html(markup.heading(_("Cả nước qua các kỳ"), _(subject.label)))
    if all(row[column] is None for row in days):
        st.caption(_("Chưa có báo cáo để vẽ đường tiến độ."))
        return
    is_counted_anew = bool(country["is_period_count"]) and subject.measure == VALUE
    alt = _("{what} của cả nước qua các kỳ báo cáo").format(what=_(subject.label))
    figure = view.published.kept(
        "over_time",
        lambda: over_time(days, column, is_counted_anew, view.language),
        *(subject.code, view.language.code),
    )
    parts.chart(figure, alt, view.language, key="over_time")
    counted = _("Số của từng kỳ, không cộng dồn, không lấy từ kỳ khác; các kỳ dài ngắn khác nhau.")
    notes = [counted if country["is_period_count"] else "", shown_days.said(drawn, view.language)]
    if any(notes):
        st.html(markup.remark(*notes))
    st.html(markup.provenance(days[-1], view.language))
    sources(view, subject.indicator, days[-1]["as_of_on"], "VN", key="curve")


def in_words(view: View, shown: Field, subject: Subject) -> None:
    """Who is furthest behind and who is silent, in sentences."""
    rows = shown.ordered(subject)
    said = [] if subject.measure == NAMES else [topic_sentences.worst(rows, subject.column, view.language)]
    if shown.country[subject.indicator]["unit_level"] == "commune":
        said.append(topic_tables.missing_communes(view, shown.country[subject.indicator], "").said)
    else:
        said.append(topic_sentences.silent(rows, view.language))
    st.html(markup.paragraphs(said))
