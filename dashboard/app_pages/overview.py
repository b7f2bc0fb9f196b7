"""Tổng quan: where the country stands, what is most at risk, whom to call."""

from __future__ import annotations

import streamlit as st

from dashboard import links, markup, pages
from dashboard.blocks import overview, topic
from dashboard.view import page_view
from dashboard.vocabulary import STATUSES

view = page_view("overview")
_ = view.language.text
statuses = list(STATUSES)
directives = view.published.rows("directives", statuses=statuses)

st.title(_("Tổng quan"))
if view.is_empty:
    overview.published_only(view)
else:
    tiles = view.published.rows("map_tiles", statuses=statuses, directive="")
    st.html(markup.lead(overview.opening(view, directives, tiles)))

counted_to = view.language.day(view.as_of_on or view.today)
st.html(markup.heading(_("Chỉ đạo có hạn"), _("quá hạn lâu nhất trước; số ngày tính đến {day}").format(day=counted_to)))
overview.directive_cards(view, directives)

left, right = st.columns([1.15, 1], gap="large")
with left:
    st.html(markup.heading(_("Bản đồ 34 tỉnh, thành phố"), _("bấm vào một ô để mở trang của tỉnh")))
    chosen = overview.tile_map(view, directives)
with right:
    st.html(markup.heading(_("Cần đôn đốc trước"), _("mười nơi nhiều nhiệm vụ quá hạn nhất")))
    overview.call_list(view)

left, right = st.columns([1.15, 1], gap="large")
with left:
    st.html(markup.heading(_("Thay đổi so với kỳ trước")))
    overview.changes(view)
with right:
    st.html(markup.heading(_("Báo cáo")))
    overview.reports(view)

if not view.is_empty:
    st.html(markup.heading(_("Con số chính"), _("cả nước")))
    topic.headline_figures(view, overview.headlines(view))

if chosen:
    st.switch_page(pages.script("province"), query_params=links.query(view.language.code, tinh=chosen))
