"""Đính chính: what was changed after it had been reported, what that does to the country and to statuses, and why."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import restatements
from dashboard.view import page_view

view = page_view("restatements")
_ = view.language.text

st.title(_("Đính chính"))
st.html(markup.lead(restatements.opening(view)))
filters = restatements.choose_filters(view)

st.html(markup.heading(_("Những lần điều chỉnh"), _("mới nhất trước")))
restatements.latest(view, filters)

st.html(markup.heading(_("Từng giá trị"), _("trước và sau, kèm tệp và ô")))
restatements.changed_values(view, filters)
