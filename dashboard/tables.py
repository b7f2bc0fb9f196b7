"""Tables in the reader's formats, and the one that leads from a figure to its files and cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from dashboard import markup
from dashboard.language import Language
from dashboard.view import View
from dashboard.vocabulary import AMBER, INK, LIGHTS, MUTED, origin_word

ROW_HEIGHT = 35
WIDTHS = {"status": 165, "short": 125, "long": 420}
WRITTEN_ROWS = 300
SEPARATED_FROM = 1000
Formatter = Callable[[Any], str]
Columns = Mapping[str, tuple[str, str]]


def status_colour(text: object) -> str:
    """The colour of a status on its cell. Amber is too light to be read on white, so it goes behind the text."""
    light = next((each for each in LIGHTS.values() if str(text).startswith(each.glyph)), LIGHTS["none"])
    if light.glyph == LIGHTS["risk"].glyph:
        return f"background-color: {AMBER}; color: {INK}"
    return f"color: {MUTED if light.glyph == LIGHTS['none'].glyph else light.colour}"


def number_writers(language: Language) -> dict[str, Formatter]:
    """How kinds of numbers are written, on the server: left to itself, the browser's locale would decide."""

    def safe(write: Callable[[Any], str]) -> Formatter:
        return lambda value: "–" if pd.isna(value) else write(value)

    return {"number": safe(language.number), "signed": safe(language.signed), "percent": safe(language.percent)}


def needs_writing(values: pd.Series, kind: str) -> bool:
    """Small whole numbers look the same in every language; only others are worth the time of being written."""
    if kind != "number":
        return True
    known = pd.to_numeric(values).dropna()
    return bool(((known.abs() >= SEPARATED_FROM) | (known % 1 != 0)).any())


def column_settings(columns: Columns, language: Language) -> dict[str, Any]:
    """Links that open, days in a fixed order, widths for texts that need room."""
    day = "DD/MM/YYYY" if language.code == "vi" else "D MMM YYYY"
    settings: dict[str, Any] = {
        "link": st.column_config.LinkColumn(display_text=language.text("Mở")),
        "day": st.column_config.DateColumn(format=day),
        "moment": st.column_config.DatetimeColumn(format=f"{day} HH:mm"),
    }
    settings |= {kind: st.column_config.Column(width=width) for kind, width in WIDTHS.items()}
    return {label: settings[kind] for label, kind in columns.values() if kind in settings}


def written(shown: pd.DataFrame, kinds: Mapping[str, str], language: Language) -> pd.DataFrame | Styler:
    """The frame with its numbers written out and its statuses coloured.

    Writing takes about 20 µs a cell, on every run; so long tables go as they are, with plain digits. Where one column
    is written, all are: what a Styler is not told to write it shows with six decimals.
    """
    if len(shown) > WRITTEN_ROWS:
        return shown
    writers = number_writers(language)
    numbers = [label for label, kind in kinds.items() if kind in writers]
    statuses = [label for label, kind in kinds.items() if kind == "status"]
    if not statuses and not any(needs_writing(shown[label], kinds[label]) for label in numbers):
        return shown
    styled = shown.style
    for label in numbers:
        styled = styled.format(writers[kinds[label]], subset=pd.Index([label]))
    for label in statuses:
        styled = styled.map(status_colour, subset=pd.Index([label]))
    return styled


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

    A kind is `number`, `signed`, `percent`, `day`, `moment`, `origin`, `link`, one of `WIDTHS`, or `text`.
    """
    _ = language.text
    if frame.empty:
        st.caption(_("Không có dòng nào."))
        return None
    shown = frame[list(columns)].rename(columns={name: label for name, (label, _kind) in columns.items()})
    kinds = dict(columns.values())
    for label in (label for label, kind in kinds.items() if kind == "origin"):
        shown[label] = shown[label].map(lambda origin: origin_word(origin, language), na_action="ignore")
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-row"} if is_selectable else {}
    event = st.dataframe(
        written(shown, kinds, language),
        hide_index=True,
        height=min(height, ROW_HEIGHT * (len(shown) + 1) + 3),
        column_config=column_settings(columns, language),
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
    frame = view.published.table("sources", indicator=indicator, as_of_on=as_of_on, province_code=province_code)
    if not frame.empty:
        total = view.language.number(float(frame["total_value"].iloc[0]))
        count = view.language.number(len(frame))
        st.caption(view.language.plural("{count} dòng, cộng lại {total}", len(frame)).format(count=count, total=total))
    table(
        frame,
        {
            "unit_name": (_("Đơn vị"), "text"),
            "short_name": (_("Tỉnh, thành phố"), "text"),
            "value": (_("Giá trị"), "number"),
            "as_of_on": (_("Kỳ"), "day"),
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
