"""Thời hạn chỉ đạo: all directives on one time axis, then one of them: wording, curve, provinces."""

from __future__ import annotations

import streamlit as st

from dashboard import links, markup, measures
from dashboard.blocks import deadlines
from dashboard.view import page_view
from dashboard.vocabulary import STATUSES

view = page_view("deadlines")
_ = view.language.text
statuses = list(STATUSES)
directives = view.published.rows("directives", statuses=statuses)
names = {row["directive"]: view.language.pick(row["title_vi"], row["title_en"]) for row in directives}

st.title(_("Thời hạn chỉ đạo"))
st.html(markup.lead(deadlines.opening(view, directives)))
st.html(markup.heading(_("Các mốc thời hạn")))
deadlines.timeline(view, directives)

st.html(markup.heading(_("Một chỉ đạo")))
left, right = st.columns(2)
with left:
    code = links.choose(links.DIRECTIVE, _("Chỉ đạo"), names, directives[0]["directive"])
directive = next(row for row in directives if row["directive"] == code)
indicators = view.published.rows("directive_indicators", directive=code, statuses=statuses)
with right:
    indicator = deadlines.choose_indicator(view, indicators)
task = next((row for row in indicators if row["indicator"] == indicator), None)
everyone = deadlines.province_rows(view, code, indicator, "") if indicator else []
if task:
    measures.restricted_notice(task, view.language)
st.html(markup.lead(deadlines.opening_of(view, directive, task, everyone)))
deadlines.wording(view, directive)

if indicator and task:
    deadlines.curve(view, directive, task)
    st.html(markup.heading(_("34 tỉnh, thành phố"), _("gấp nhất trước; chọn một dòng để mở trang tỉnh hoặc xem nguồn")))
    search = links.typed(links.PROVINCE_SEARCH, _("Tìm tỉnh, vùng"), _("gõ có dấu hoặc không dấu"))
    provinces = deadlines.province_rows(view, code, indicator, search)
    deadlines.province_table(view, provinces, indicator)
    deadlines.province_curves(view, provinces, indicator)
    deadlines.statuses_in_words(view)
