"""Bản đồ: where it stands, place by place, under one directive or in one indicator."""

from __future__ import annotations

import streamlit as st

from dashboard import markup, measures
from dashboard.blocks import country
from dashboard.view import page_view
from dashboard.vocabulary import STATUSES

view = page_view("map")
_ = view.language.text

st.title(_("Bản đồ"))
measure = measures.choose_measure(view, view.published.rows("directives", statuses=list(STATUSES)))
measures.restricted_notice(measure.indicator, view.language)
rows = country.province_rows(view, measure)
st.html(markup.lead(country.opening(view, measure, rows)))
country.provenance(view, measure)

left, right = st.columns(2, gap="large")
with left:
    st.html(markup.heading(_("34 tỉnh, thành phố"), _("bấm vào một nơi để mở trang của tỉnh")))
    country.province_map(view, measure, rows)
with right:
    st.html(markup.heading(_("3.321 xã, phường, đặc khu"), _("bấm vào một chấm để mở xã đó")))
    country.commune_map(view, measure, rows)

st.html(markup.heading(_("Tỉnh và chỉ tiêu"), _("gấp nhất trước; bấm vào một ô để mở trang của tỉnh")))
country.matrix(view)

st.html(markup.heading(_("Từng tỉnh bằng số"), _("chọn một dòng để mở trang tỉnh hoặc xem nguồn")))
country.province_table(view, measure)
