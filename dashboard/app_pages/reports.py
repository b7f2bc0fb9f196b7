"""Báo cáo và tiến độ gửi: who is missing now, how late usually, what came on which day."""

from __future__ import annotations

import streamlit as st

from dashboard import markup, report_sentences, sentences
from dashboard.blocks import reports
from dashboard.view import page_view

view = page_view("reports")
_ = view.language.text
rows = view.published.rows("report_senders")
coverage = view.published.rows("coverage_on")

st.title(_("Báo cáo và tiến độ gửi"))
st.html(markup.lead([sentences.reports_in(coverage, view.language), report_sentences.habits(rows, view.language)]))

st.html(markup.heading(_("Kỳ mới nhất"), _("nơi còn thiếu đứng trên")))
reports.senders(view, rows)

st.html(markup.heading(_("Lịch gửi báo cáo"), _("nơi nhiều kỳ chưa gửi, gửi chậm đứng trên")))
days = reports.choose_days(view)
reports.calendar(view, days)

st.html(markup.heading(_("Báo cáo qua các kỳ"), _("số địa phương")))
reports.periods(view, days)

st.html(markup.heading(_("Xếp hạng gửi báo cáo"), _("bằng nhau thì cùng hạng")))
reports.league(view)

st.html(markup.heading(_("Tệp của một kỳ"), _("mới nhất trước")))
reports.files_of_day(view)
