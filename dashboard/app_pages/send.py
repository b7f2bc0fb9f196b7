"""Gửi báo cáo: what would become of a file, before anything is taken; then sending it."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import send
from dashboard.view import page_view

view = page_view("send")
_ = view.language.text

st.title(_("Gửi báo cáo"))
st.html(
    markup.lead(
        [
            _("Chọn tệp báo cáo để xem trước: giá trị nào được nhận, giá trị nào phải sửa, số liệu nào thay đổi."),
            _("Chưa có gì được ghi nhận cho đến khi bấm “Gửi vào hệ thống”."),
        ]
    )
)
send.check_and_send(view)
