"""Nguồn: published figures with citations, every file received."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import sources
from dashboard.view import current_view

view = current_view()
_ = view.language.text

st.title(_("Nguồn"))
st.html(markup.lead(sources.opening(view)))

st.html(markup.heading(_("Số liệu đã công bố"), _("kèm nơi công bố")))
sources.published_figures(view)
sources.reconciliation_link(view)

st.html(markup.heading(_("Tệp đã nhận"), _("mới nhất trước")))
sources.submissions(view)

st.html(markup.heading(_("Cách đọc các con số")))
sources.reading_notes(view)
