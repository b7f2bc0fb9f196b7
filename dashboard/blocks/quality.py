"""The blocks of the page Chất lượng dữ liệu."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import chase_sentences, exports, links, markup, parts
from dashboard.figures.calendar import coverage_calendar, legend
from dashboard.figures.periods import period_bars
from dashboard.tables import table
from dashboard.view import View
from dashboard.vocabulary import submission_word
from dashboard.warehouse import Row


def calendar(view: View) -> None:
    """Provinces against reporting days."""
    _ = view.language.text
    cells = [row for row in view.published.rows("coverage") if row["status"] != "not_due"]
    if not cells:
        st.caption(_("Chưa có kỳ báo cáo nào đến hạn."))
        return
    st.html(markup.colour_legend(legend(view.language)))
    figure = coverage_calendar(cells, view.language)
    parts.chart(figure, _("Lịch gửi báo cáo của 34 tỉnh, thành phố qua các kỳ"), view.language, key="coverage_calendar")


def periods(view: View) -> None:
    """How many reports came in time, period by period."""
    _ = view.language.text
    rows = view.published.rows("reporting_periods")
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


def rule_options(view: View, rules: list[Row]) -> dict[str, str]:
    """Rules that were broken, by their title."""
    _ = view.language.text
    return {"": _("Tất cả")} | {row["rule"]: view.language.pick(row["title_vi"], row["title_en"]) for row in rules}


def choose_province(view: View) -> str:
    """A filter of this page alone: the province of the province page is another question."""
    _ = view.language.text
    options = {"": _("Tất cả")} | {row["province_code"]: row["short_name"] for row in view.published.rows("provinces")}
    return links.choose(links.ONLY_PROVINCE, _("Tỉnh, thành phố"), options, "")


def files_to_review(view: View) -> None:
    """Files that were refused or wait for a person."""
    _ = view.language.text
    rows = view.published.rows("files_to_review")
    frame = pd.DataFrame(rows)
    if not frame.empty:
        frame["status_word"] = [submission_word(row["status"], view.language) for row in rows]
        frame["message"] = [view.language.pick(row["message_vi"] or "", row["message_en"] or "") for row in rows]
        frame["fix"] = [view.language.pick(row["fix_vi"] or "", row["fix_en"] or "") for row in rows]
    table(
        frame,
        {
            "received_at": (_("Nhận lúc"), "moment"),
            "status_word": (_("Kết quả"), "text"),
            "short_name": (_("Tỉnh, thành phố"), "text"),
            "file_name": (_("Tệp"), "text"),
            "message": (_("Vì sao"), "text"),
            "fix": (_("Cách sửa"), "text"),
        },
        _("Tệp không dùng được hoặc chờ xác nhận"),
        view.language,
        key="review_table",
    )
