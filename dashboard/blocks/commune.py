"""One commune: which one is chosen, and all that is known of it, each value with its file and cell."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import exports, links, markup, measures
from dashboard.language import Language
from dashboard.tables import Columns, table
from dashboard.view import View
from dashboard.vocabulary import unit_type_word
from dashboard.warehouse import Row

LISTED = 4
ANCHOR = "xa-dang-xem"


def lead_to_province(view: View) -> None:
    """An address that names a commune and no province means the commune's own."""
    if links.COMMUNE not in st.query_params or links.PROVINCE in st.query_params:
        return
    for row in view.published.rows("commune_header", commune_code=st.query_params[links.COMMUNE]):
        links.remember(links.PROVINCE, row["province_code"])


def chosen(view: View, province_code: str) -> Row | None:
    """The commune in the address if it lies in the province that is shown; another is forgotten."""
    code = links.kept_text(links.COMMUNE)
    found = view.published.rows("commune_header", commune_code=code) if code else []
    if found and found[0]["province_code"] == province_code:
        return found[0]
    if code:
        links.keep_text(links.COMMUNE, "")
    return None


def way_to_card(view: View, commune: Row) -> None:
    """Near the top of the page: that a commune is looked at, and the way down to it."""
    text = view.language.text("Đang xem {name}: đến bản đồ, bảng và thẻ của đơn vị này ↓")
    link = escape(text.format(name=commune["commune_name"]))
    st.html(markup.tag("p", "label", f'<a href="#{ANCHOR}">{link}</a>'))


def card(view: View, commune: Row) -> None:
    """The commune in a sentence and in a table: every indicator, its day, its origin, its file and cell."""
    _, reader = view.language.text, view.language
    rows = view.published.rows("commune_card", commune_code=commune["commune_code"])
    title = f"{commune['commune_name']} ({commune['short_name']})"
    with st.container(border=True, key="commune_card"):
        kind = unit_type_word(commune["unit_type"], reader)
        note = _("{kind} · mã {code}").format(kind=kind, code=commune["commune_code"])
        st.html(f'<div id="{ANCHOR}">{markup.heading(title, note)}</div>')
        st.html(markup.paragraphs([_said(rows, reader)]))
        if any(row["is_restricted"] for row in rows):
            st.html(markup.remark(_("Các dòng về Ban Chỉ huy quân sự là lưu hành hạn chế, không phổ biến.")))
        frame = pd.DataFrame(rows)
        frame["name"] = [measures.name_of(row, reader) for row in rows]
        frame["state_word"] = [_state(row, reader) for row in rows]
        table(frame, _columns(reader), title, reader, key="commune_card_table", height=360)
        exports.downloads(view, frame, _columns(reader), f"xa_{commune['commune_code']}", title)
        st.button(_("Bỏ chọn"), icon=":material/close:", on_click=links.keep_text, args=(links.COMMUNE, ""))


def _state(row: Row, language: Language) -> str:
    return f"{markup.DOTS[row['state']][0]} {measures.state_words(row, language)[row['state']].split(' (')[0]}"


def _said(rows: list[Row], language: Language) -> str:
    """How many indicators it has reported of those that count for it, the newest day, what it has not got yet."""
    _ = language.text
    counted = [row for row in rows if row["state"] != "not_counted"]
    reported = [row for row in counted if row["value"] is not None]
    if not reported:
        return _("Đơn vị này chưa có báo cáo nào.")
    said = [
        _("Đã báo cáo {reported}/{all} chỉ tiêu; số liệu gần nhất là của ngày {day}.").format(
            reported=len(reported), all=len(counted), day=language.day(max(row["last_reported_on"] for row in reported))
        )
    ]
    missing = [row for row in counted if row["state"] == "not_done" and row["value_type"] == "flag"]
    if missing:
        said.append(_("Báo cáo là chưa có: {names}.").format(names=_listed(missing, language)))
    silent = [row for row in counted if row["value"] is None]
    if silent:
        said.append(_("Chưa báo cáo: {names}.").format(names=_listed(silent, language)))
    return " ".join(said)


def _listed(rows: list[Row], language: Language) -> str:
    """Indicators by name; past some, the rest is counted."""
    names = [f"“{measures.name_of(row, language)}”" for row in rows]
    rest = len(names) - LISTED
    if rest <= 0:
        return language.names(names)
    others = language.plural("{count} chỉ tiêu khác", rest).format(count=language.number(rest))
    return language.names([*names[:LISTED], others])


def _columns(language: Language) -> Columns:
    _ = language.text
    return {
        "state_word": (_("Tình trạng"), "short"),
        "name": (_("Chỉ tiêu"), "text"),
        "value": (_("Giá trị"), "number"),
        "target": (_("Phải đạt"), "number"),
        "last_reported_on": (_("Số liệu ngày"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
        "file_name": (_("Tệp"), "text"),
        "source_place": (_("Ô"), "text"),
        "received_at": (_("Nhận lúc"), "moment"),
        "correction": (_("Bộ đính chính"), "text"),
    }
