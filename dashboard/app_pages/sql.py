"""Truy vấn SQL: one SELECT on the published database, with ready-made questions and the tables in words."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import console, console_result, schema_browser
from dashboard.view import page_view

view = page_view("sql")
_ = view.language.text

st.title(_("Truy vấn SQL"))
st.html(markup.lead(console.opening(view)))

left, right = st.columns([2.4, 1], gap="large")
with right:
    st.html(markup.heading(_("Bảng và cột")))
    schema_browser.browser(view)
with left:
    st.html(markup.heading(_("Câu truy vấn")))
    console.write_query(view)
    last = console.run(view)
    st.html(markup.heading(_("Kết quả")))
    console_result.show(view, last)
