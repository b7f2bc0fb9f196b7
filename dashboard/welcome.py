"""What the dashboard shows before anything was ever published: what to do next."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.access import LOCAL, Reader
from dashboard.language import Language
from dashboard.settings import Settings


def welcome(settings: Settings, reader: Reader, language: Language) -> None:
    """Instructions in place of pages. The folder is named, because a wrong `TIENDO_HOME` looks the same; but only to
    whoever runs the dashboard on this machine: to others it means nothing.
    """
    _ = language.text
    st.title(_("Chưa có dữ liệu được công bố"))
    if reader.subject != LOCAL:
        st.html(markup.lead([_("Chưa có số liệu nào được công bố cho quyền truy cập của bạn. Hãy quay lại sau.")]))
        return
    explanation = _(
        "Bảng theo dõi đọc cơ sở dữ liệu đã công bố; hiện chưa có. "
        "Hãy chạy một trong hai lệnh dưới đây rồi tải lại trang."
    )
    st.html(markup.lead([explanation]))
    st.html(markup.heading(_("Xem thử với số liệu mô phỏng")))
    st.code("tiendo demo", language=None, wrap_lines=True)
    st.html(markup.heading(_("Nhận báo cáo thật")))
    st.code("tiendo ingest BAO_CAO.xlsx", language=None, wrap_lines=True)
    st.html(markup.heading(_("Nơi đang tìm")))
    st.code(str(settings.current), language=None)
