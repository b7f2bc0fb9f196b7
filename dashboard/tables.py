"""Tables in the reader's formats, and the one that leads from a figure to its files and cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import paper
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
        from dashboard.evidence import show_sources  # Built on tables itself.

        st.dialog(_("Nguồn của số này"), width="large")(show_sources)(view, indicator, as_of_on, province_code)
