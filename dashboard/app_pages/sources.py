"""Nguồn và phương pháp: where the figures come from and how they come about."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import deadlines, method, sources
from dashboard.view import page_view

view = page_view("sources")
_ = view.language.text

st.title(_("Nguồn và phương pháp"))
st.html(markup.lead(sources.opening(view)))

st.html(markup.heading(_("Số liệu đã công bố"), _("kèm nơi công bố")))
sources.published_figures(view)
sources.reconciliation_link(view)

st.html(markup.heading(_("Tệp đã nhận"), _("mới nhất trước")))
sources.submissions(view)

st.html(markup.heading(_("Cách đọc các con số")))
sources.reading_notes(view)

st.html(markup.heading(_("Tám tình trạng"), _("so với hạn của chỉ đạo")))
deadlines.status_definitions(view)

st.html(markup.heading(_("Mẫu số"), _("bao nhiêu đơn vị được tính, vì sao")))
method.denominators(view)

st.html(markup.heading(_("Dự báo")))
method.forecasts(view)

st.html(markup.heading(_("Kỳ báo cáo, xem lại, đính chính")))
method.time_and_corrections(view)
sources.ways_to_ask(view)
