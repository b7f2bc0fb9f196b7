"""Báo cáo của tỉnh: what one province has sent, what was set aside, the answers to it; and sending a report."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import own_reports, send
from dashboard.view import page_view

view = page_view("own_reports")
_ = view.language.text
own = own_reports.of_reader(view)

st.title(_("Báo cáo của {province}").format(province=view.language.inside(own.province_name)))
st.html(markup.lead(own_reports.opening(view, own)))

st.html(markup.heading(_("Gửi báo cáo"), _("xem trước rồi mới gửi")))
send.check_and_send(view)

st.html(markup.heading(_("Giá trị cần gửi lại"), _("bị để riêng hoặc có lưu ý")))
own_reports.set_aside(view, own)

st.html(markup.heading(_("Báo cáo đã gửi"), _("mới nhất trước; chọn một dòng để tải biên nhận, bản đánh dấu")))
own_reports.submissions(view, own)
