"""Nguồn: published figures with citations, how they agree with the reports, every file received."""

from __future__ import annotations

import streamlit as st

from dashboard import markup, source_tables
from dashboard.view import current_view

view = current_view()
_ = view.language.text

st.title(_("Nguồn"))
st.html(markup.lead(source_tables.opening(view)))

st.html(markup.heading(_("Số liệu đã công bố"), _("kèm nơi công bố")))
source_tables.published_figures(view)

st.html(markup.heading(_("Đối chiếu với báo cáo"), _("chênh lệch lớn nhất trước")))
source_tables.reconciliation(view)

st.html(markup.heading(_("Tệp đã nhận"), _("mới nhất trước")))
source_tables.submissions(view)

st.html(markup.heading(_("Cách đọc các con số")))
source_tables.reading_notes(view)
