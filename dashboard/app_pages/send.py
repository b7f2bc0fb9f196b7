"""Gửi báo cáo: what would become of a file, before anything is taken; then sending it."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import send
from dashboard.view import current_view

view = current_view()
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
upload = send.choose_file(view)
if upload is not None:
    checked = send.checked(view, upload)
    if checked is not None:
        send.outcome(view, checked)
        send.downloads(view, checked)
        send.to_put_right(view, checked)
        send.changes(view, checked)
        send.hand_in(view, upload, checked)
