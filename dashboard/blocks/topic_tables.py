"""The tables of a page of one field of work: provinces in the order of the bars, communes that lack something."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import exports, markup, parts, topic_sentences
from dashboard.blocks import filters
from dashboard.language import Language
from dashboard.tables import Columns, prepared_once, show, sources
from dashboard.topics import NAMES, REMAINING, SHARE, VALUE, Field, Subject
from dashboard.view import View
from dashboard.vocabulary import region_word, status_text, unit_type_word
from dashboard.warehouse import Row

SHOWN = 200
KINDS = {SHARE: "percent", VALUE: "number", REMAINING: "number", NAMES: "text"}


@dataclass(frozen=True, slots=True)
class Missing:
    """Communes that lack something or are silent: a row each, and a sentence."""

    frame: pd.DataFrame
    said: str


def missing_communes(view: View, scope: Row, province_code: str) -> Missing:
    """Made once per version and language: there may be three thousand of them.

    `scope` is the indicator in the country, or in the province of `province_code`, as from `topic_progress.sql`.
    """
    _, language = view.language.text, view.language
    indicator = scope["indicator"]

    def make() -> Missing:
        rows = view.published.rows("missing_communes", indicator=indicator, province_code=province_code)
        frame = pd.DataFrame(rows)
        if not frame.empty:
            frame["unit_type"] = [unit_type_word(row["unit_type"], language) for row in rows]
            frame["state"] = [_("○ Chưa có báo cáo") if row["is_silent"] else _("■ Chưa đạt") for row in rows]
        return Missing(frame, topic_sentences.communes(scope, rows, language))

    made: Missing = view.published.kept("missing_communes", make, indicator, province_code, language.code)
    return made


def _own_columns(rows: list[Row], language: Language) -> dict[str, tuple[str, str]]:
    """What is known of the chosen subject, without the columns that say nothing about it."""
    _ = language.text
    columns = {
        "value": (_("Giá trị"), "number"),
        "change": (_("So kỳ trước"), "signed"),
        "target": (_("Phải đạt"), "number"),
        "progress_pct": (_("Tiến độ"), "percent"),
        "remaining": (_("Còn lại"), "number"),
    }
    return {name: column for name, column in columns.items() if any(row[name] is not None for row in rows)}


def _yes_or_no(value: float | None, language: Language) -> str | None:
    _ = language.text
    return None if value is None else _("có") if value else _("chưa")


def _province_rows(shown: Field, subject: Subject, language: Language) -> tuple[pd.DataFrame, Columns]:
    """The rows in the order of the bars, with the other subjects of the page, and the columns to show."""
    _ = language.text
    rows = [dict(row) for row in shown.ordered(subject)]
    columns: dict[str, tuple[str, str]] = {"short_name": (_("Tỉnh, thành phố"), "text")}
    if any(row["status"] for row in rows):
        columns = {"status_text": (_("Tình trạng"), "status"), **columns}
    if subject.measure != NAMES:
        columns |= _own_columns(rows, language)
    for each in shown.topic.subjects:
        if each.code == subject.code and subject.measure != NAMES:
            continue
        cells = {row["province_code"]: row[each.column] for row in shown.provinces[each.indicator]}
        columns[each.code] = (_(each.label), KINDS[each.measure])
        for row in rows:
            value = cells[row["province_code"]]
            row[each.code] = _yes_or_no(value, language) if each.measure == NAMES else value
    for row in rows:
        row["status_text"] = status_text(row["status"], language)
        row["region_name"] = region_word(row["region_name"], language)
    columns |= {
        "reported_unit_count": (_("Đơn vị báo cáo"), "number"),
        "expected_unit_count": (_("Đơn vị phải báo cáo"), "number"),
        "set_aside_count": (_("Để riêng"), "number"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "region_name": (_("Vùng"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    return pd.DataFrame(rows), columns


def province_table(view: View, shown: Field, subject: Subject) -> None:
    """A row per province in the order of the bars; the other subjects of the page beside the chosen one."""
    _, language = view.language.text, view.language
    label = _(subject.label)
    st.html(markup.heading(_("Bảng theo địa phương"), label))
    frame, columns = view.published.kept(
        "topic_provinces", lambda: _province_rows(shown, subject, language), subject.code, language.code
    )
    title = _("{what} theo địa phương").format(what=label)
    made = prepared_once(view, "topic_provinces", lambda: frame, columns, subject.code)
    chosen = show(made, title, language, key=f"topic_provinces_{subject.code}", is_selectable=True)
    exports.downloads(view, frame, columns, f"theo-tinh_{subject.code}", title)
    if chosen is not None:
        row = frame.iloc[chosen]
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.province_link(view, row["province_code"], row["short_name"])
            sources(view, subject.indicator, view.as_of_on, row["province_code"], key="topic_row")


def commune_table(view: View, shown: Field, subject: Subject) -> None:
    """The communes that lack it or are silent, the most on top, of one province or of all."""
    _, language = view.language.text, view.language
    if shown.country[subject.indicator]["unit_level"] != "commune":
        return
    label, country = _(subject.label), shown.country[subject.indicator]
    is_judged = topic_sentences.is_judged(country)
    head = _("Xã, phường, đặc khu chưa đạt hoặc chưa báo cáo") if is_judged else _("Xã, phường, đặc khu chưa báo cáo")
    st.html(markup.heading(head, label))
    with st.container(width=filters.WIDTH):
        code = filters.choose_province(view)
    scope = next((row for row in shown.provinces[subject.indicator] if row["province_code"] == code), country)
    missing = missing_communes(view, scope, code)
    st.html(markup.paragraphs([missing.said]))
    if missing.frame.empty:
        return
    columns: Columns = {
        "state": (_("Tình trạng"), "status"),
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "commune_name": (_("Xã, phường, đặc khu"), "text"),
        "unit_type": (_("Loại"), "short"),
        "value": (_("Giá trị"), "number"),
        "target": (_("Phải đạt"), "number"),
        "remaining": (_("Còn lại"), "number"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    title = f"{label}: {head[0].lower()}{head[1:]}"
    made = prepared_once(view, "topic_communes", lambda: missing.frame.head(SHOWN), columns, subject.code, code)
    show(made, title, language, key=f"topic_communes_{subject.code}")
    if len(missing.frame) > SHOWN:
        text = _("{shown} dòng đầu trong {all} dòng: chọn một địa phương, hoặc tải về để có đủ.")
        st.html(markup.remark(text.format(shown=SHOWN, all=language.number(len(missing.frame)))))
    exports.downloads(view, missing.frame, columns, f"xa-chua-dat_{subject.code}", title)
