"""Nhật ký truy cập: who saw, exported, asked, sent and settled what, and when."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import access_log
from dashboard.view import page_view

view = page_view("audit")
_ = view.language.text

st.title(_("Nhật ký truy cập"))
st.html(markup.lead(access_log.opening(view)))
shown = access_log.chosen(view)
access_log.lines(view, shown)
access_log.checking(view)
