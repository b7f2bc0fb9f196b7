"""Tables in the reader's formats, and the one that leads from a figure to its files and cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from dashboard import paper
from dashboard.language import Language
from dashboard.view import View
from dashboard.vocabulary import origin_word
from dashboard.written import written

ROW_HEIGHT = 35
WIDTHS = {"status": 165, "short": 125, "middling": 235, "long": 420}
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table that only has to be put on the screen: its rows, the same under their labels, and as sent."""

    frame: pd.DataFrame
    columns: Columns
    shown: pd.DataFrame
    styler: Styler
    settings: dict[str, Any]


def prepare(frame: pd.DataFrame, columns: Columns, language: Language) -> Prepared:
    """Makes ready what a table sends to the browser. Nobody changes the frame from now on."""
    shown = chosen_columns(frame, columns) if not frame.empty else pd.DataFrame()
    kinds = dict(columns.values()) if not frame.empty else {}
    for label in (label for label, kind in kinds.items() if kind == "origin"):
        shown[label] = [
            origin if pd.isna(origin) else origin_word(origin, language) for origin in shown[label].tolist()
        ]
    return Prepared(frame, columns, shown, written(shown, kinds, language), column_settings(columns, language))


def prepared_once(view: View, key: str, make: Callable[[], pd.DataFrame], columns: Columns, *codes: object) -> Prepared:
    """A table that is made once for a published version, a language and the `codes` that it depends on beside them."""
    language = view.language
    made: Prepared = view.published.kept(
        f"table_{key}", lambda: prepare(make(), columns, language), language.code, *codes
    )
    return made


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
    return show(prepare(frame, columns, language), alt, language, key, height, is_selectable)


def show(
    prepared: Prepared, alt: str, language: Language, key: str, height: int = 420, is_selectable: bool = False
) -> int | None:
    """Puts a table on the screen or on paper. Returns the position of the chosen row."""
    _ = language.text
    if prepared.frame.empty:
        st.caption(_("Không có dòng nào."))
        return None
    if paper.is_asked():
        paper.table(prepared.shown, dict(prepared.columns.values()), alt, language)
        return None
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-row"} if is_selectable else {}
    row_count = len(prepared.frame)
    event = st.dataframe(
        prepared.styler,
        hide_index=True,
        height=min(height, ROW_HEIGHT * (row_count + 1) + 3),
        column_config=prepared.settings,
        key=key,
        alt=alt,
        placeholder="–",
        **options,
    )
    chosen = event["selection"]["rows"] if is_selectable else []
    return chosen[0] if chosen and chosen[0] < row_count else None


def sources(view: View, indicator: str, as_of_on: date | None, province_code: str, key: str) -> None:
    """The way from a figure to its sources: a button that opens each unit's value with its file and cell."""
    _ = view.language.text
    if as_of_on is None:
        return
    if st.button(_("Nguồn: tệp và ô"), key=f"sources_{key}", type="tertiary", icon=":material/description:"):
        from dashboard.evidence import show_sources  # Built on tables itself.

        st.dialog(_("Nguồn của số này"), width="large")(show_sources)(view, indicator, as_of_on, province_code)
