"""Khuyến nông: how far provinces are in a chain of tasks, and which orders can't be true."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import chain
from dashboard.view import page_view

view = page_view("chain")
_ = view.language.text

st.title(_("Khuyến nông"))
code = chain.choose_chain(view)
funnel = view.published.rows("chain_funnel", chain=code)
stages = view.published.rows("chain_stages", chain=code, province_code="")
st.html(markup.lead(chain.opening(view, funnel, stages)))

if view.is_empty:
    chain.published(view)
else:
    st.html(markup.heading(_("Cả nước theo từng bước"), _("số địa phương")))
    chain.funnel(view, funnel)

    note = _("nơi cần hỏi lại, nơi chậm đứng trên; chọn một dòng để mở trang tỉnh")
    st.html(markup.heading(_("Từng địa phương"), note))
    chain.province_table(view, stages)

    st.html(markup.heading(_("Trái trình tự, cần hỏi lại")))
    chain.problems(view, stages)
