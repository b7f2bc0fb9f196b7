"""Tables in the reader's formats, and the one that leads from a figure to its files and cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import markup
from dashboard.language import Language
from dashboard.view import View
from dashboard.vocabulary import AMBER, INK, LIGHTS, MUTED, origin_word

ROW_HEIGHT = 35
WIDTHS = {"status": 165, "short": 125, "long": 420}
Formatter = Callable[[Any], str]
Columns = Mapping[str, tuple[str, str]]


def formatters(language: Language) -> dict[str, Formatter]:
    """How a kind of column is written. Formats are applied on the server: the browser's locale must not decide."""

    def safe(write: Callable[[Any], str]) -> Formatter:
        return lambda value: "–" if pd.isna(value) else write(value)

    return {
        "number": safe(language.number),
        "signed": safe(language.signed),
        "percent": safe(language.percent),
        "day": safe(lambda value: language.day(pd.Timestamp(value).date())),
        "moment": safe(lambda value: language.moment(pd.Timestamp(value).to_pydatetime())),
        "origin": safe(lambda value: origin_word(value, language)),
    }


def status_colour(text: object) -> str:
    """The colour of a status on its cell. Amber is too light to be read on white, so it goes behind the text."""
    light = next((each for each in LIGHTS.values() if str(text).startswith(each.glyph)), LIGHTS["none"])
    if light.glyph == LIGHTS["risk"].glyph:
        return f"background-color: {AMBER}; color: {INK}"
    return f"color: {MUTED if light.glyph == LIGHTS['none'].glyph else light.colour}"


def settings(columns: Columns, open_word: str) -> dict[str, Any]:
    """Widths for texts that need room, and links that open."""
    by_label = dict(columns.values())
    links = {
        label: st.column_config.LinkColumn(label, display_text=open_word)
        for label, kind in by_label.items()
        if kind == "link"
    }
    wide = {label: st.column_config.Column(width=WIDTHS[kind]) for label, kind in by_label.items() if kind in WIDTHS}
    return links | wide


def table(
    frame: pd.DataFrame,
    columns: Columns,
    alt: str,
    language: Language,
    key: str,
    height: int = 420,
    is_selectable: bool = False,
) -> int | None:
    """A table with the given columns: name in the frame → (label, kind). Returns the position of the chosen row.

    A kind is one of `formatters`, `link`, one of `WIDTHS`, or `text`.
    """
    _ = language.text
    if frame.empty:
        st.caption(_("Không có dòng nào."))
        return None
    shown = frame[list(columns)].rename(columns={name: label for name, (label, _kind) in columns.items()})
    styled = shown.style
    writers = formatters(language)
    for label, kind in columns.values():
        if kind in writers:
            styled = styled.format(writers[kind], subset=pd.Index([label]))
        if kind == "status":
            styled = styled.map(status_colour, subset=pd.Index([label]))
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-row"} if is_selectable else {}
    event = st.dataframe(
        styled,
        hide_index=True,
        height=min(height, ROW_HEIGHT * (len(shown) + 1) + 3),
        column_config=settings(columns, _("Mở")),
        key=key,
        alt=alt,
        placeholder="–",
        **options,
    )
    chosen = event["selection"]["rows"] if is_selectable else []
    return chosen[0] if chosen and chosen[0] < len(frame) else None


def sources(view: View, indicator: str, as_of_on: date | None, province_code: str, key: str) -> None:
    """The way from a figure to its sources: a button that opens each unit's value with its file and cell."""
    _ = view.language.text
    if as_of_on is None:
        return
    if st.button(_("Nguồn: tệp và ô"), key=f"sources_{key}", type="tertiary", icon=":material/description:"):
        st.dialog(_("Nguồn của số này"), width="large")(show_sources)(view, indicator, as_of_on, province_code)


def show_sources(view: View, indicator: str, as_of_on: date, province_code: str) -> None:
    """What adds up to a figure, row by row."""
    _ = view.language.text
    names = view.published.row("indicator_names", indicator=indicator)
    st.html(markup.heading(view.language.pick(names["name_vi"], names["name_en"]), view.language.day(as_of_on)))
    table(
        view.published.table("sources", indicator=indicator, as_of_on=as_of_on, province_code=province_code),
        {
            "unit_name": (_("Đơn vị"), "text"),
            "short_name": (_("Tỉnh, thành phố"), "text"),
            "value": (_("Giá trị"), "number"),
            "file_name": (_("Tệp"), "text"),
            "source_place": (_("Ô"), "text"),
            "received_at": (_("Nhận lúc"), "moment"),
            "revision": (_("Lần gửi"), "number"),
            "done_on": (_("Ngày hoàn thành"), "day"),
            "evidence": (_("Văn bản"), "text"),
            "origin": (_("Loại số liệu"), "origin"),
        },
        _("Các giá trị hợp thành con số, kèm tệp và ô"),
        view.language,
        key="sources_table",
        height=460,
    )
