"""Widgets that several pages share: the head of a page, tables in the reader's formats, the way to a figure's source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import markup, sentences
from dashboard.figures.template import Figure, config
from dashboard.language import Language
from dashboard.view import View
from dashboard.vocabulary import origin_word

ASSETS = Path(__file__).parent / "assets"
ROW_HEIGHT = 35
Formatter = Callable[[Any], str]


def style_sheet() -> None:
    """The one style sheet, in the page itself so that nothing is fetched."""
    st.html(ASSETS / "dashboard.css")


def masthead(view: View) -> None:
    """Which figures these are: the day they describe, the moment at which they were known."""
    _ = view.language.text
    known = _("biết đến {moment}").format(moment=view.language.moment(view.run["known_at"]))
    day = _("Số liệu đến {day}").format(day=view.language.day(view.as_of_on)) if view.as_of_on else _("Chưa có báo cáo")
    st.html(f'<p class="td-masthead"><b>Tiến Độ</b> · {_("Mô hình chính quyền địa phương 2 cấp")}<span>{day} · {known}</span></p>')


def notices(view: View) -> None:
    """What a reader must know before any figure. These lines have no button to close them."""
    _ = view.language.text
    if view.is_simulated:
        st.html(markup.notice(_("DỮ LIỆU MÔ PHỎNG – không phải số liệu thật, không dùng cho báo cáo"), "simulated"))
    if view.is_late and view.as_of_on and view.expected_on:
        st.html(markup.notice(sentences.late_data(view.as_of_on, view.expected_on, view.missing_day_count, view.language), "late"))


def chart(figure: Figure, alt: str, language: Language, key: str) -> None:
    """A chart that is only looked at."""
    st.plotly_chart(figure, theme=None, config=config(language), alt=alt, key=key)


def clickable_chart(figure: Figure, alt: str, language: Language, key: str) -> str | None:
    """A chart whose points carry codes as `customdata`; returns the code of the point just clicked."""
    event = st.plotly_chart(
        figure, theme=None, config=config(language), alt=alt, key=key, on_select="rerun", selection_mode="points"
    )
    points = event["selection"]["points"]
    if not points:
        return None
    code = points[0].get("customdata")
    return str(code[0] if isinstance(code, list) else code) if code else None


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


def table(
    frame: pd.DataFrame,
    columns: Mapping[str, tuple[str, str]],
    alt: str,
    language: Language,
    key: str,
    height: int = 420,
    **config_more: Any,
) -> None:
    """A table with the given columns: name in the frame → (label, kind); kind is a key of `formatters` or 'text'/'link'."""
    _ = language.text
    if frame.empty:
        st.caption(_("Không có dòng nào."))
        return
    writers = formatters(language)
    shown = frame[list(columns)].rename(columns={name: label for name, (label, _kind) in columns.items()})
    formats = {label: writers[kind] for label, kind in columns.values() if kind in writers}
    links: dict[str, Any] = {
        label: st.column_config.LinkColumn(label, display_text=_("Mở")) for label, kind in columns.values() if kind == "link"
    }
    styled = shown.style.format(formats, na_rep="–")
    st.dataframe(
        styled,
        hide_index=True,
        height=min(height, ROW_HEIGHT * (len(shown) + 1) + 3),
        column_config=links | config_more,
        key=key,
        alt=alt,
        placeholder="–",
    )


def sources(view: View, indicator: str, as_of_on: date | None, province_code: str, key: str) -> None:
    """The way from a figure to its sources: each unit's value with its file and cell. Read only when opened."""
    _ = view.language.text
    if as_of_on is None:
        return
    opened = st.expander(_("Nguồn của số này: tệp và ô"), key=f"sources_{key}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        frame = view.published.table("sources", indicator=indicator, as_of_on=as_of_on, province_code=province_code)
        table(
            frame,
            {
                "unit_name": (_("Đơn vị"), "text"),
                "short_name": (_("Tỉnh, thành phố"), "text"),
                "value": (_("Giá trị"), "number"),
                "file_name": (_("Tệp"), "text"),
                "source_place": (_("Ô"), "text"),
                "revision": (_("Lần gửi"), "number"),
                "received_at": (_("Nhận lúc"), "moment"),
                "done_on": (_("Ngày hoàn thành"), "day"),
                "evidence": (_("Văn bản"), "text"),
                "origin": (_("Loại số liệu"), "origin"),
            },
            _("Các giá trị hợp thành con số, kèm tệp và ô"),
            view.language,
            key=f"sources_table_{key}",
            height=320,
        )


def footer(view: View) -> None:
    """Which version these figures come from, so that a printed page can be traced."""
    _ = view.language.text
    text = _("Phiên bản số liệu {version} · lượt chạy {run} · dựng lúc {built} · phần mềm {code}").format(
        version=view.published.version,
        run=view.run["run_id"],
        built=view.language.moment(view.run["built_at"]),
        code=view.run["code_version"],
    )
    st.html(f'<p class="td-footer">{text}</p>')
