"""Đôn đốc: whom to call about what, what that closes, and a sample to verify by phone."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import chase
from dashboard.view import page_view

view = page_view("chase")
_ = view.language.text
directives = view.published.rows("chase_directives")

st.title(_("Đôn đốc"))
lead = st.container()
filters = chase.choose_filters(view, directives)
with lead:
    st.html(markup.lead(chase.opening(view, directives, filters.directive)))

st.html(markup.heading(_("Danh sách đôn đốc"), _("quá hạn trước, rồi đến sắp hạn; nơi thiếu nhiều đứng trên")))
chase.call_table(view, filters)

st.html(markup.heading(_("Mẫu xác minh qua điện thoại"), _("nơi báo cáo đã xong, rút ngẫu nhiên ở từng tỉnh")))
chase.verification(view, filters.province_code)
