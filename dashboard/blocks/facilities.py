"""What is particular to the page Cơ sở vật chất: which of the three communes lack together, by kind of commune."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import exports, markup, step_markup, topic_sentences
from dashboard.language import Language
from dashboard.tables import table
from dashboard.topics import TOPICS
from dashboard.view import View
from dashboard.vocabulary import unit_type_word
from dashboard.warehouse import Row

FLAGS = TOPICS["facilities"].together


def things(language: Language) -> dict[str, str]:
    """The three in words that follow "lacks"."""
    _ = language.text
    return dict(zip(FLAGS, (_("trụ sở"), _("trang thiết bị"), _("đường truyền ổn định")), strict=True))


def together(view: View) -> list[Row]:
    """Communes by kind and by what they lack at the same time."""
    return view.published.rows("lacking_together", indicators=list(FLAGS))


def opening(view: View, rows: list[Row]) -> list[str]:
    """How many communes have all three, lack which, have none."""
    return topic_sentences.facilities(rows, things(view.language), view.as_of_on, view.language)


def combinations(view: View, rows: list[Row]) -> None:
    """How many communes lack what together; only those that reported all three."""
    _, language = view.language.text, view.language
    counts: dict[tuple[str, ...], int] = {}
    for row in rows:
        if not row["is_partly_unknown"]:
            lacking = tuple(row["lacking"])
            counts[lacking] = counts.get(lacking, 0) + row["commune_count"]
    st.html(markup.heading(_("Thiếu cùng lúc"), _("số xã, phường, đặc khu")))
    if not counts:
        st.caption(topic_sentences.none_of_all_three(rows, language))
        return
    words = things(language)
    entries = [
        (_("Thiếu {what}").format(what=language.names([words[flag] for flag in lacking])), "", count)
        for lacking, count in sorted(counts.items(), key=lambda pair: -pair[1])
        if lacking
    ]
    st.html(step_markup.counted_bars([(_("Đủ cả ba"), "", counts.get((), 0)), *entries], language))


def by_type(view: View, rows: list[Row]) -> None:
    """Communes, wards and special zones: how many lack which."""
    _, language = view.language.text, view.language
    if view.is_empty:
        return
    st.html(markup.heading(_("Theo loại đơn vị hành chính"), _("số đơn vị")))
    words = things(language)
    records = []
    for kind in dict.fromkeys(row["unit_type"] for row in rows):
        of_kind = [row for row in rows if row["unit_type"] == kind]
        known = [row for row in of_kind if not row["is_partly_unknown"]]
        record: Row = {
            "kind": unit_type_word(kind, language),
            "all": _count(of_kind),
            "known": _count(known),
        }
        if known:  # Of a kind that has not reported all three nothing can be said, not even that none lacks them.
            record["adequate"] = _count([row for row in known if not row["lacking"]])
            record["none"] = _count([row for row in known if len(row["lacking"]) == len(FLAGS)])
            record |= {flag: _count([row for row in known if flag in row["lacking"]]) for flag in FLAGS}
        records.append(record)
    columns = {
        "kind": (_("Loại"), "text"),
        "all": (_("Số đơn vị"), "number"),
        "known": (_("Đã báo cáo cả ba"), "number"),
        "adequate": (_("Đủ cả ba"), "number"),
        **{flag: (_("Thiếu {what}").format(what=words[flag]), "number") for flag in FLAGS},
        "none": (_("Thiếu cả ba"), "number"),
    }
    title = _("Cơ sở vật chất theo loại đơn vị hành chính")
    frame = pd.DataFrame(records, columns=list(columns))
    table(frame, columns, title, language, key="facilities_by_type")
    exports.downloads(view, frame, columns, "co-so-vat-chat-theo-loai", title)


def _count(rows: list[Row]) -> int:
    return sum(row["commune_count"] for row in rows)
