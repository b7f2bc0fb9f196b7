"""Quân sự cấp xã (restricted): posts of commune military commands by position and province, against the deadline."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import military, topic
from dashboard.topics import TOPICS
from dashboard.view import page_view

view = page_view("military")
_ = view.language.text
shown = topic.field(view, TOPICS["military"])

st.title(_("Quân sự cấp xã"))
st.html(markup.notice(_("SỐ LIỆU LƯU HÀNH HẠN CHẾ, KHÔNG PHỔ BIẾN"), "restricted"))
st.html(markup.lead(military.opening(view, shown)))
topic.headlines(view, shown)

st.html(markup.heading(_("Theo chức vụ, cả nước"), _("đã bố trí trên số phải có")))
military.positions(view)

topic.explore(view, shown)

st.html(markup.heading(_("Mọi chức vụ theo địa phương"), _("nơi bố trí ít nhất đứng trên")))
military.province_table(view)
