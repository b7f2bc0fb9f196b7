"""Where a figure comes from: each unit's value with its file and cell, what it was before, and the file itself."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import landed, markup
from dashboard.exports import downloads
from dashboard.language import Language
from dashboard.tables import Columns, table
from dashboard.view import View
from dashboard.vocabulary import indicator_name
from dashboard.warehouse import Row

HEIGHT = 420


def show_sources(view: View, indicator: str, as_of_on: date, province_code: str) -> None:
    """What adds up to a figure, row by row; a chosen row opens its history and its file."""
    _ = view.language.text
    names = view.published.row("indicator_names", indicator=indicator)
    title = indicator_name(names, view.language)
    st.html(markup.heading(title, view.language.day(as_of_on)))
    frame = view.published.table("sources", indicator=indicator, as_of_on=as_of_on, province_code=province_code)
    if not frame.empty:
        total = view.language.number(float(frame["total_value"].iloc[0]))
        count = view.language.number(len(frame))
        said = view.language.plural("{count} dòng, cộng lại {total}", len(frame)).format(count=count, total=total)
        st.caption(said)
        st.caption(_("Chọn một dòng để xem các lần gửi và tải tệp gốc."))
        frame["why_word"] = [why_word(why, view.language) for why in frame["why"].tolist()]
    frame["is_restricted"] = names["is_restricted"]
    columns = source_columns(view.language)
    label = _("Các giá trị hợp thành con số, kèm tệp và ô")
    chosen = table(frame, columns, label, view.language, key="sources_table", height=HEIGHT, is_selectable=True)
    if chosen is None and len(frame) == 1:
        chosen = 0
    if chosen is not None:
        one_value(view, indicator, frame.iloc[chosen])
    downloads(view, frame, columns, f"nguon_{indicator}_{province_code}", title)


def why_word(why: str, language: Language) -> str:
    """Why a value is in force, as `facts.current_observations` says."""
    _ = language.text
    words = {
        "only": _("gửi một lần"),
        "newer_revision": _("thay lần gửi trước"),
        "correction": _("Bộ đính chính"),
    }
    return words.get(why, why)


def source_columns(language: Language) -> Columns:
    """The columns of the table of sources."""
    _ = language.text
    return {
        "unit_name": (_("Đơn vị"), "text"),
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "value": (_("Giá trị"), "number"),
        "as_of_on": (_("Kỳ"), "day"),
        "file_name": (_("Tệp"), "text"),
        "source_place": (_("Ô"), "text"),
        "received_at": (_("Nhận lúc"), "moment"),
        "revision": (_("Lần gửi"), "number"),
        "why_word": (_("Vì sao có hiệu lực"), "text"),
        "superseded_value": (_("Giá trị bị thay"), "number"),
        "done_on": (_("Ngày hoàn thành"), "day"),
        "evidence": (_("Văn bản"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }


def one_value(view: View, indicator: str, row: pd.Series) -> None:
    """Every sending of one value, who replaced whom, and the files to take away."""
    _ = view.language.text
    sent = view.published.rows(
        "value_history", unit_code=row["unit_code"], indicator=indicator, as_of_on=pd.Timestamp(row["as_of_on"]).date()
    )
    st.html(markup.heading(_("Các lần gửi: {unit}").format(unit=row["unit_name"]), _("mới nhất trước")))
    entries = [sending(each, view.language) for each in sent]
    if row["why"] == "correction":
        reported = _("Bộ đính chính, thay {value} do địa phương báo cáo").format(
            value=view.language.number(row["reported_value"])
        )
        entries = [(view.language.number(row["value"]), reported), *entries]
    st.html(markup.sentence_list(entries))
    files = {each["submission_id"]: each["file_name"] for each in sent if each["file_name"]}
    with st.container(horizontal=True):
        for submission_id, file_name in files.items():
            landed.download(view, submission_id, file_name, key="sources")


def sending(row: Row, language: Language) -> tuple[str, str]:
    """One sending in words: its value; when it came, in which file and cell, and what replaced it."""
    _ = language.text
    said = _("nhận {moment}, {file}, {place}").format(
        moment=language.moment(row["received_at"]), file=row["file_name"] or "–", place=row["source_place"]
    )
    if row["superseded_at"] is None:
        return language.number(row["value"]), f"{said}; {_('đang có hiệu lực')}"
    replaced = _("bị thay lúc {moment} bởi {file}").format(
        moment=language.moment(row["superseded_at"]), file=row["superseded_by"] or "–"
    )
    return language.number(row["value"]), f"{said}; {replaced}"
