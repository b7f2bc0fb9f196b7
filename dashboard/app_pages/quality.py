"""Chất lượng dữ liệu: what was set aside and why, what stands out, what waits for an answer, who gets better."""

from __future__ import annotations

import streamlit as st

from dashboard import links, markup, quality_sentences
from dashboard.blocks import filters, outliers, quality, review
from dashboard.blocks.province import rejected_table
from dashboard.view import page_view

view = page_view("quality")
_ = view.language.text
rules = view.published.rows("rejected_by_rule")

st.title(_("Chất lượng dữ liệu"))
st.html(markup.lead([quality_sentences.findings(rules, view.run["submission_count"], view.language)]))

code = ""
if rules:
    st.html(markup.heading(_("Giá trị bị để riêng hoặc có lưu ý, theo quy tắc")))
    st.html(markup.rule_bars(rules, view.language))
    left, right = st.columns(2)
    with left:
        rule = links.choose(links.RULE, _("Quy tắc"), quality.rule_options(view, rules), "")
    with right:
        code = filters.choose_province(view)
    rejected_table(view, code, rule, key="rejected_table")
elif not view.is_empty:
    code = filters.choose_province(view)

st.html(markup.heading(_("Từng địa phương có tốt lên không"), _("giá trị để riêng trên giá trị đã gửi")))
quality.set_aside_rates(view)

st.html(markup.heading(_("Giá trị khác thường"), _("so với chính đơn vị và các đơn vị khác")))
outliers.outliers(view, code)

st.html(markup.heading(_("Tệp không dùng được, tệp chờ xác nhận")))
quality.files_to_review(view)

review.waiting(view)
