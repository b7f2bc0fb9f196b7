"""Tables in the reader's formats, and the one that leads from a figure to its files and cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import markup, paper
from dashboard.language import Language
from dashboard.view import View
from dashboard.vocabulary import origin_word
from dashboard.written import written

ROW_HEIGHT = 35
WIDTHS = {"status": 165, "short": 125, "long": 420}
Columns = Mapping[str, tuple[str, str]]


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


def chosen_columns(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """The columns of a table under their labels; by position: looking up by name costs half a millisecond more."""
    positions = {name: position for position, name in enumerate(frame.columns.tolist())}
    chosen = frame.iloc[:, [positions[name] for name in columns]]
    return chosen.set_axis(pd.Index([label for label, _kind in columns.values()], dtype=object), axis=1)


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
    shown = chosen_columns(frame, columns)
    kinds = dict(columns.values())
    for label in (label for label, kind in kinds.items() if kind == "origin"):
        shown[label] = [
            origin if pd.isna(origin) else origin_word(origin, language) for origin in shown[label].tolist()
        ]
    if paper.is_asked():
        paper.table(shown, kinds, alt, language)
        return None
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
