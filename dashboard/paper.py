"""The page on paper: a view without controls, as wide as the sheet, with tables written out in full.

Asked for by the button in the head, by Ctrl+P, or by `ban-in=1` in the address; `assets/page.js` then prints it.
On screen tables are drawn on a canvas, which paper would cut off after the first rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import links
from dashboard.language import Language
from dashboard.view import View
from dashboard.written import Formatter, number_writers, status_colour

PRINTED_ROWS = 40
CLASSES = dict.fromkeys(("number", "signed", "percent"), "td-right") | dict.fromkeys(
    ("day", "moment", "origin"), "td-line"
)


def is_asked() -> bool:
    """Whether the page is wanted for paper."""
    return st.query_params.get(links.PRINTED) == "1"


def switch(language: Language) -> None:
    """The button that leads to the sheet and back."""
    _ = language.text
    if is_asked():
        st.html('<div class="td-print-view"></div>')
        st.button(_("Thoát bản in"), key="print_leave", type="tertiary", icon=":material/close:", on_click=_leave)
    else:
        st.button(_("In trang"), key="print_view", type="tertiary", icon=":material/print:", on_click=_ask)


def _ask() -> None:
    st.query_params[links.PRINTED] = "1"


def _leave() -> None:
    del st.query_params[links.PRINTED]


def margins(view: View) -> None:
    """What stands on every sheet: that figures are simulated or late, their day and version, the number of the page."""
    _ = view.language.text
    top = _("DỮ LIỆU MÔ PHỎNG – không phải số liệu thật, không dùng cho báo cáo") if view.is_simulated else "Tiến Độ"
    if view.known_on:
        top += " · " + _("Theo hiểu biết ngày {day}").format(day=view.language.day(view.known_on))
    bottom = _("Số liệu đến {day} · phiên bản {version} · phần mềm {code}").format(
        day=view.language.day(view.as_of_on), version=view.published.version, code=view.run["code_version"]
    )
    look = "font-family: 'Source Sans', sans-serif; font-size: 8pt; color: #5b6670;"
    st.html(
        f"<style>@page {{ @top-left {{ content: {_css_text(top)}; {look} }} "
        f"@bottom-left {{ content: {_css_text(bottom)}; {look} }} "
        f"@bottom-right {{ content: counter(page) '/' counter(pages); {look} }} }}</style>"
    )


def _css_text(text: str) -> str:
    safe = text.replace("\\", "").replace('"', "”").replace("<", "‹").replace("\n", " ")
    return f'"{safe}"'


def table(shown: pd.DataFrame, kinds: Mapping[str, str], title: str, language: Language) -> None:
    """The first rows as a plain table; below it how many more there are, and that files have them all."""
    st.html(plain_table(shown, kinds, title, language))
    rest = len(shown) - PRINTED_ROWS
    if rest > 0:
        text = language.plural("Còn {count} dòng: tải bảng dạng Excel hoặc CSV trên trang.", rest)
        st.html(f'<p class="td-provenance">{escape(text.format(count=language.number(rest)))}</p>')


def plain_table(shown: pd.DataFrame, kinds: Mapping[str, str], title: str, language: Language) -> str:
    """Markup of the first rows; links are left out, paper can't follow them."""
    labels = [label for label in shown.columns if kinds[label] != "link"]
    writers = _writers(language)
    classes = {label: f' class="{CLASSES[kinds[label]]}"' if kinds[label] in CLASSES else "" for label in labels}
    head = "".join(f'<th scope="col"{classes[label]}>{escape(label)}</th>' for label in labels)
    columns = [
        [_cell(value, kinds[label], classes[label], writers) for value in shown[label].head(PRINTED_ROWS).tolist()]
        for label in labels
    ]
    rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in zip(*columns, strict=True))
    return (
        f'<table class="td-plain"><caption>{escape(title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(value: Any, kind: str, style: str, writers: Mapping[str, Formatter]) -> str:
    text = "–" if pd.isna(value) else writers.get(kind, str)(value)
    colour = f' style="{status_colour(text)}"' if kind == "status" else ""
    return f"<td{style}{colour}>{escape(text)}</td>"


def _writers(language: Language) -> dict[str, Formatter]:
    return number_writers(language) | {"day": language.day, "moment": language.moment}
