"""The blocks of Báo cáo và tiến độ gửi: who is missing now, calendar, periods, ranks, the files of a day."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import chase_sentences, exports, links, markup, pages, parts, report_sentences
from dashboard.blocks import filters, sources
from dashboard.figures.calendar import coverage_calendar, legend
from dashboard.figures.periods import period_bars
from dashboard.tables import Columns, table
from dashboard.view import View
from dashboard.vocabulary import coverage_word
from dashboard.warehouse import Row

# More columns than this are too narrow for their day and their glyphs.
DAYS_SHOWN = 30


def senders(view: View, rows: list[Row]) -> None:
    """Every province with its newest report, who is missing on top, and how it usually reports."""
    _ = view.language.text
    frame = pd.DataFrame(rows)
    if not frame.empty:
        frame["status_text"] = [coverage_word(row["status"], view.language) for row in rows]
        # Who has never sent figures has no habit; 0 % would say that he has one.
        frame.loc[frame["newest_reported_on"].isna(), "on_time_pct"] = None
    columns: Columns = {
        "status_text": (_("Tình trạng"), "status"),
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "waiting_days": (_("Số ngày đã quá hạn gửi"), "number"),
        "received_at": (_("Nhận lúc"), "moment"),
        "days_late": (_("Số ngày chậm"), "number"),
        "newest_reported_on": (_("Có số liệu đến kỳ"), "day"),
        "on_time_pct": (_("Thường đúng hạn"), "percent"),
        "days_late_median": (_("Thường chậm (ngày, trung vị)"), "number"),
        "period_count": (_("Số kỳ tính"), "number"),
        "accepted_count": (_("Giá trị nhận"), "number"),
        "rejected_count": (_("Để riêng"), "number"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    title = _("Báo cáo kỳ mới nhất của 34 tỉnh, thành phố, nơi còn thiếu đứng trên")
    chosen = table(frame, columns, title, view.language, key="senders_table", is_selectable=True)
    exports.downloads(view, frame, columns, "bao-cao-ky-moi-nhat", title)
    with st.container(horizontal=True, vertical_alignment="center"):
        if pages.PAGES["chase"].is_open_to(view.reader):
            st.page_link(
                pages.script("chase"),
                label=_("Mở trang Đôn đốc: gọi ai, về việc gì"),
                icon=":material/arrow_forward:",
                query_params=links.query(view.language.code),
            )
        if chosen is not None:
            parts.province_link(view, rows[chosen]["province_code"], rows[chosen]["short_name"])


def choose_days(view: View) -> list[date]:
    """The reporting days that calendar and bars show: all, or as many as can be read up to one that is chosen."""
    _, language = view.language.text, view.language
    days: list[date] = view.published.row("days_due")["days"] or []
    if len(days) <= DAYS_SHOWN:
        return days
    with st.container(width=filters.WIDTH):
        last = links.choose_day(links.LAST_DAY, _("Xem các kỳ đến"), days, days[-1], language)
    shown = window(days, last)
    text = _("Lịch và biểu đồ bên dưới: {count} kỳ, từ {first} đến {last}, trong {all} kỳ đã đến hạn.")
    all_count = language.number(len(days))
    first = language.day(shown[0])
    st.html(markup.remark(text.format(count=len(shown), first=first, last=language.day(shown[-1]), all=all_count)))
    return shown


def window(days: list[date], last: date) -> list[date]:
    """`DAYS_SHOWN` neighbouring days that end with `last`; the first ones where there are fewer before it."""
    end = max(days.index(last) + 1, DAYS_SHOWN)
    return days[end - DAYS_SHOWN : end]


def calendar(view: View, days: list[date]) -> None:
    """Provinces against reporting days."""
    _ = view.language.text
    if not days:
        st.caption(_("Chưa có kỳ báo cáo nào đến hạn."))
        return
    st.html(markup.colour_legend(legend(view.language)))
    figure = view.published.kept(
        "coverage_calendar",
        lambda: coverage_calendar(view.published.rows("coverage", days=days), view.language),
        *(view.language.code, *days),
    )
    parts.chart(figure, _("Lịch gửi báo cáo của 34 tỉnh, thành phố qua các kỳ"), view.language, key="coverage_calendar")


def periods(view: View, days: list[date]) -> None:
    """How many reports came in time, period by period."""
    _ = view.language.text
    rows = view.published.rows("reporting_periods", days=days)
    if not rows:
        st.caption(_("Chưa có kỳ báo cáo nào đến hạn."))
        return
    st.html(markup.colour_legend(legend(view.language)))
    alt = _("Số báo cáo đúng hạn, chậm, không có số liệu và chưa gửi qua các kỳ")
    parts.chart(period_bars(rows, view.language), alt, view.language, key="period_bars")


def league(view: View) -> None:
    """Who reports in time, with what has changed since the period before."""
    _ = view.language.text
    rows = view.published.rows("reporting_league")
    st.html(markup.paragraphs([chase_sentences.league(rows, view.language)]))
    if not rows:
        return
    frame = pd.DataFrame(rows)
    frame["place"] = [chase_sentences.place(row, view.language) for row in rows]
    # Of who has sent nothing there is no habit, no rank and nothing filled: an empty cell, not 0.
    silent = [not chase_sentences.has_sent(row) for row in rows]
    frame.loc[silent, ["rank_change", "on_time_change", "filled_pct"]] = None
    columns = {
        "place": (_("Hạng"), "text"),
        "rank_change": (_("Đổi hạng"), "signed"),
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "on_time_pct": (_("Đúng hạn"), "percent"),
        "on_time_change": (_("So kỳ trước (điểm %)"), "signed"),
        "reported_pct": (_("Có số liệu"), "percent"),
        "filled_pct": (_("Ô đã điền"), "percent"),
        "days_late_median": (_("Số ngày chậm (trung vị)"), "number"),
        "period_count": (_("Số kỳ tính"), "number"),
        "as_of_on": (_("Đến kỳ"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    table(frame, columns, _("Xếp hạng gửi báo cáo của 34 tỉnh, thành phố"), view.language, key="league_table")
    exports.downloads(view, frame, columns, "xep-hang-bao-cao", _("Xếp hạng gửi báo cáo"))


def choose_day(view: View) -> date | None:
    """One reporting day that files were received for; None before the first."""
    _ = view.language.text
    days: list[date] = sorted(view.published.row("knowledge")["reported_days"] or [], reverse=True)
    if not days:
        return None
    with st.container(width=filters.WIDTH):
        return links.choose_day(links.REPORT_DAY, _("Kỳ báo cáo"), days, days[0], view.language)


def files_of_day(view: View) -> None:
    """Every file of one reporting day, newest first: from whom, when, what became of its cells."""
    _ = view.language.text
    day = choose_day(view)
    if day is None:
        st.caption(_("Chưa nhận tệp nào."))
        return
    frame = sources.received_files(view, as_of_on=day)
    sent = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
    st.html(markup.paragraphs([report_sentences.files(sent, day, view.language)]))
    columns = sources.file_columns(view.language)
    title = _("Tệp của kỳ {day}").format(day=view.language.day(day))
    table(frame, columns, title, view.language, key="files_of_day")
    exports.downloads(view, frame, columns, f"tep-ky-{day:%Y-%m-%d}", title)
