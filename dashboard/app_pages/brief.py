"""Báo cáo tóm tắt: a report of two to four pages to take away, for the country or for a province."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import brief
from dashboard.view import page_view

view = page_view("brief")
_ = view.language.text

st.title(_("Báo cáo tóm tắt"))
if view.is_empty:
    brief.nothing_yet(view)
else:
    lead = st.container()
    report = brief.chosen(view)
    with lead:
        brief.opening(view, report)

    st.html(markup.heading(_("Tải về"), _("mọi tệp nói cùng một điều")))
    brief.files(view, report)

    st.html(markup.heading(_("Phần đánh giá chung"), _("đầu báo cáo; toàn văn ở tệp tải về")))
    brief.assessment(report)

    brief.command(view, report)
