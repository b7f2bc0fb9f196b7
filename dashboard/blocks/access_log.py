"""The blocks of the page Nhật ký truy cập: a month of the access log, by day, person and act."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from audit_trail.chain import Act
from dashboard import act_words, audit, exports, links, markup, parts
from dashboard.language import Language
from dashboard.tables import table
from dashboard.view import View

# A longer list is searched, not read; the file to take away has all lines.
SHOWN = 2_000


def opening(view: View) -> list[str]:
    """What the log is."""
    _ = view.language.text
    return [
        _("Ai đã xem, tải, truy vấn, gửi, xác nhận gì và lúc nào."),
        _("Nhật ký ghi điều được hỏi, không ghi số liệu trả về."),
        _("Mỗi dòng mang dấu của dòng trước, nên dòng bị sửa hoặc bị xóa đều bị phát hiện khi kiểm tra."),
    ]


def words(language: Language) -> dict[str, str]:
    """Acts in words; the order is that of the filter."""
    _ = language.text
    return {
        audit.OPENED: _("Mở trang"),
        audit.EXPORTED: _("Tải bảng, báo cáo"),
        audit.QUERIED: _("Truy vấn SQL"),
        audit.LANDED_FILE: _("Tải tệp gốc"),
        audit.SENT: _("Gửi báo cáo"),
        audit.SETTLED: _("Xác nhận, đính chính"),
        audit.INGESTED: _("Nhận tệp bằng lệnh"),
        audit.SIGNED_IN: _("Đăng nhập"),
        audit.REFUSED: _("Bị từ chối"),
    }


def chosen(view: View) -> list[Act]:
    """The acts that the reader asks for, newest first."""
    _ = view.language.text
    months = audit.months()
    if not months:
        return []
    columns = st.columns(4)
    with columns[0]:
        labels = {month: f"{month[5:]}/{month[:4]}" for month in months}
        month = links.choose(links.LOG_MONTH, _("Tháng"), labels, months[0])
    acts = audit.acts(month)[::-1]
    days = sorted({act.at.date() for act in acts}, reverse=True)
    everything = {"": _("Tất cả")}
    with columns[1]:
        options = everything | {day.isoformat(): view.language.day(day) for day in days}
        day = links.choose(links.LOG_DAY, _("Ngày"), options, "")
    with columns[2]:
        people = sorted({act.subject for act in acts})
        person = links.choose(
            links.LOG_PERSON,
            _("Người"),
            everything | {each: act_words.person(each, view.language) for each in people},
            "",
        )
    with columns[3]:
        action = links.choose(links.LOG_ACTION, _("Việc"), everything | words(view.language), "")
    return [
        act
        for act in acts
        if (not day or act.at.date() == date.fromisoformat(day))
        and person in ("", act.subject)
        and action in ("", act.action)
    ]


def lines(view: View, acts: list[Act]) -> None:
    """The lines as a table, and as files with all of them."""
    _ = view.language.text
    if not acts:
        st.caption(_("Không có dòng nào theo lựa chọn này."))
        return
    said = words(view.language)
    frame = pd.DataFrame(
        {
            "at": [act.at for act in acts],
            "subject": [act_words.person(act.subject, view.language) for act in acts],
            "roles": [act_words.roles(act, view.language) for act in acts],
            "action": [said.get(act.action, act.action) for act in acts],
            "detail": [act_words.detail(act, view.language) for act in acts],
            "recorded": [act_words.recorded(act) for act in acts],
        }
    )
    columns = {
        "at": (_("Lúc"), "moment"),
        "subject": (_("Người"), "text"),
        "action": (_("Việc"), "text"),
        "detail": (_("Nội dung"), "long"),
        "roles": (_("Vai trò"), "text"),
    }
    count = view.language.number(len(acts))
    if len(acts) > SHOWN:
        more = _("Hiện {shown} dòng mới nhất trong {count}; tệp tải về có đủ.")
        st.html(markup.remark(more.format(shown=view.language.number(SHOWN), count=count)))
    title = _("Nhật ký truy cập, mới nhất trước")
    table(frame.head(SHOWN), columns, title, view.language, key="access_log")
    of_file = {**columns, "recorded": (_("Như trong nhật ký"), "text")}
    exports.downloads(view, frame, of_file, "nhat-ky-truy-cap", title)


def checking(view: View) -> None:
    """How an operator proves that no line was changed."""
    parts.for_operators(
        view, view.language.text("Kiểm tra nhật ký có bị sửa, bị xóa dòng nào không:"), "tiendo audit verify"
    )
