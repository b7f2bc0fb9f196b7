"""How the figures come about: denominators, forecasts, reporting days, going back, corrections."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import exports, links, markup, method_sentences, pages
from dashboard.reference_words import reference_text
from dashboard.tables import Columns, table
from dashboard.view import View

NAMED = 4


def denominators(view: View) -> None:
    """How many units an indicator can count and why; what differs from the rule stands on top."""
    _, language = view.language.text, view.language
    rows = view.published.rows("denominators")
    rows = [{**row, "reason": reference_text(row["reason"], language)} for row in rows]
    exceptions = [row for row in rows if row["province_count"] <= NAMED]
    st.html(markup.paragraphs([f"{language.names(row['provinces'], NAMED)}: {row['reason']}" for row in exceptions]))
    frame = pd.DataFrame(rows)
    if not frame.empty:
        frame["where"] = [
            _("34 tỉnh, thành phố") if row["province_count"] > NAMED else language.names(row["provinces"], NAMED)
            for row in rows
        ]
        frame["what"] = ["; ".join(row["names_vi" if language.code == "vi" else "names_en"]) for row in rows]
    columns: Columns = {
        "reason": (_("Lý do"), "long"),
        "where": (_("Địa phương"), "text"),
        "expected_count": (_("Số đơn vị được tính"), "number"),
        "indicator_count": (_("Số chỉ tiêu"), "number"),
        "what": (_("Chỉ tiêu"), "long"),
    }
    title = _("Mẫu số và lý do, ngoại lệ đứng trên")
    table(frame, columns, title, language, key="denominators_table")
    exports.downloads(view, frame, columns, "mau-so", title)


def forecasts(view: View) -> None:
    """How a forecast is made, and what became of those of this database."""
    outcome = view.published.row("forecast_outcomes")
    said = [*method_sentences.forecast(view.language), method_sentences.outcomes(outcome, view.language)]
    st.html(markup.paragraphs(said))


def time_and_corrections(view: View) -> None:
    """Reporting days, going back in time, corrections: a sentence or two each."""
    _ = view.language.text
    calendar = view.published.row("reporting_calendar", today=view.today)
    counts = view.published.row("restatement_counts")
    said = [
        (_("Kỳ báo cáo"), method_sentences.calendar(calendar, view.language)),
        (_("Biết đến ngày"), method_sentences.known_on(view.language)),
        (_("Số kỳ trước"), method_sentences.carried(view.language)),
        (_("Đính chính"), method_sentences.corrections(counts, view.language)),
    ]
    st.html(markup.definition([(term, escape(text)) for term, text in said]))
    st.page_link(
        pages.script("restatements"),
        label=_("Xem mọi đính chính"),
        icon=":material/arrow_forward:",
        query_params=links.query(view.language.code),
    )
