"""Đối chiếu số công bố: every published figure beside what the reports add up to, with the reason of a difference."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import reconciliation
from dashboard.view import page_view

view = page_view("reconciliation")
_ = view.language.text
rows = view.published.rows("reconciliation")
reasons = view.published.rows("explanations")

st.title(_("Đối chiếu số công bố"))
st.html(markup.lead(reconciliation.opening(view, rows, reasons)))

st.html(
    markup.heading(
        _("Số đã công bố và số cộng từ báo cáo"), _("chưa giải thích được đứng trước; chọn một dòng để xem chi tiết")
    )
)
left, right = st.columns(2)
with left:
    reason = reconciliation.choose_reason(view, rows, reasons)
with right:
    indicator = reconciliation.choose_indicator(view, rows)
found = reconciliation.matching(rows, reason, indicator)
reconciliation.comparison(view, found, reasons)

st.html(markup.heading(_("Các lý do"), _("xét theo thứ tự này; lý do đầu tiên đúng là lời giải thích")))
reconciliation.reasons_in_words(view, reasons)
