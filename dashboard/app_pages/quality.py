"""Chất lượng dữ liệu: who reported, who is late, what was set aside and why."""

from __future__ import annotations

import streamlit as st

from dashboard import links, markup, sentences
from dashboard.blocks import outliers, quality, review
from dashboard.blocks.province import rejected_table
from dashboard.view import current_view

view = current_view()
_ = view.language.text
rules = view.published.rows("rejected_by_rule")
coverage = view.published.rows("coverage_on")

st.title(_("Chất lượng dữ liệu"))
st.html(markup.lead([sentences.reports_in(coverage, view.language), sentences.quality(rules, view.language)]))

st.html(markup.heading(_("Lịch gửi báo cáo"), _("nơi hay chậm, thiếu đứng trên")))
quality.calendar(view)

st.html(markup.heading(_("Báo cáo qua các kỳ"), _("số địa phương")))
quality.periods(view)

st.html(markup.heading(_("Xếp hạng gửi báo cáo"), _("bằng nhau thì cùng hạng")))
quality.league(view)

st.html(markup.heading(_("Giá trị bị để riêng hoặc có lưu ý, theo quy tắc")))
if rules:
    st.html(markup.rule_bars(rules, view.language))
left, right = st.columns(2)
with left:
    rule = links.choose(links.RULE, _("Quy tắc"), quality.rule_options(view, rules), "")
with right:
    code = quality.choose_province(view)
rejected_table(view, code, rule, key="rejected_table")

st.html(markup.heading(_("Giá trị khác thường"), _("so với chính đơn vị và các đơn vị khác")))
outliers.outliers(view, code)

st.html(markup.heading(_("Tệp không dùng được, tệp chờ xác nhận")))
quality.files_to_review(view)

st.html(markup.heading(_("Chờ xác nhận"), _("trả lời một lần, các tệp sau cùng loại được đọc theo")))
review.waiting(view)
