"""Tổng quan: where the country stands, what is most at risk, whom to call."""

from __future__ import annotations

import streamlit as st

from dashboard import links, markup, pages, sentences
from dashboard.blocks import overview
from dashboard.view import current_view
from dashboard.vocabulary import STATUSES

view = current_view()
_ = view.language.text
statuses = list(STATUSES)
directives = view.published.rows("directives", statuses=statuses)

st.title(_("Tổng quan"))
if view.is_empty:
    overview.published_only(view)
else:
    tiles = view.published.rows("map_tiles", statuses=statuses, directive="")
    st.html(markup.lead(overview.opening(view, directives, tiles)))
    overview.headline_figures(view)

st.html(markup.heading(_("Chỉ đạo có hạn"), _("chậm nhất trước")))
overview.directive_cards(view, directives)

left, right = st.columns([1.15, 1], gap="large")
with left:
    st.html(markup.heading(_("Bản đồ 34 tỉnh, thành phố"), _("bấm vào một ô để mở trang của tỉnh")))
    chosen = overview.tile_map(view, directives)
with right:
    st.html(markup.heading(_("Cần gọi trước"), _("mười địa phương nhiều việc chậm nhất")))
    overview.call_list(view)
    st.html(markup.heading(_("Thay đổi so với kỳ trước")))
    overview.changes(view)
    st.html(markup.heading(_("Báo cáo")))
    st.html(markup.lead([sentences.reports_in(view.published.rows("coverage_on"), view.language)]))

if chosen:
    st.switch_page(pages.script("province"), query_params=links.query(view.language.code, tinh=chosen))
