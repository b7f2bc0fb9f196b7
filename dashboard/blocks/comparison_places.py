"""The page So sánh, for places: two provinces, or one with its region and the country, indicator by indicator."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import comparison_sentences, exports, links, markup, measures, parts
from dashboard.comparison_markup import PLACES, Compared, paired_bars
from dashboard.language import Language
from dashboard.tables import table
from dashboard.view import View
from dashboard.vocabulary import origin_word, region_word
from dashboard.warehouse import Row

FIRST, SECOND = "01", "79"


def two_provinces(view: View, filters: DeltaGenerator) -> None:
    """Choices with a button that swaps them, sentences, bars, table."""
    _ = view.language.text
    names = {row["province_code"]: row["short_name"] for row in view.published.rows("provinces")}
    with filters:
        left = links.choose(links.PROVINCE, _("Tỉnh, thành phố"), names, FIRST)
        other = {code: name for code, name in names.items() if code != left}
        right = links.choose(links.OTHER_PROVINCE, _("So với"), other, SECOND if left != SECOND else FIRST)
        st.button(
            _("Đổi chỗ"),
            icon=":material/swap_horiz:",
            on_click=links.swap,
            args=(links.PROVINCE, left, links.OTHER_PROVINCE, right),
        )
    scopes = [_indicators(view, [code]) for code in (left, right)]
    pairs = [(a, b) for a, b in zip(*scopes, strict=True) if a["has_share"]]
    if view.as_of_on is None:
        st.html(markup.lead([_("Chưa có báo cáo để so sánh.")]))
        return
    said = comparison_sentences.two_places(pairs, names[left], names[right], view.as_of_on, view.language)
    st.html(markup.lead(said))
    _bars(view, pairs, [names[left], names[right]])
    _place_table(view, scopes, [names[left], names[right]], f"{left}_{right}")
    with st.container(horizontal=True):
        parts.province_link(view, left, names[left])
        parts.province_link(view, right, names[right])


def province_in_region(view: View, filters: DeltaGenerator) -> None:
    """A province, all provinces of its region together, all provinces of the country together."""
    _ = view.language.text
    provinces = view.published.rows("provinces")
    names = {row["province_code"]: row["short_name"] for row in provinces}
    with filters:
        code = links.choose(links.PROVINCE, _("Tỉnh, thành phố"), names, FIRST)
    region = next(row["region_name"] for row in provinces if row["province_code"] == code)
    around = [row["province_code"] for row in provinces if row["region_name"] == region]
    scopes = [_indicators(view, each) for each in ([code], around, list(names))]
    triples = [(a, b, c) for a, b, c in zip(*scopes, strict=True) if a["has_share"]]
    if view.as_of_on is None:
        st.html(markup.lead([_("Chưa có báo cáo để so sánh.")]))
        return
    region = region_word(region, view.language)
    said = comparison_sentences.province_in_region(
        triples, names[code], region, len(around), view.as_of_on, view.language
    )
    st.html(markup.lead(said))
    places = [names[code], region, _("Cả nước")]
    _bars(view, triples, places)
    _place_table(view, scopes, places, f"{code}_vung")
    parts.province_link(view, code, names[code])


def _indicators(view: View, provinces: list[str]) -> list[Row]:
    """What these provinces together have reported; restricted figures stay on the pages that are marked so."""
    return [row for row in view.published.rows("scope_progress", provinces=provinces) if not row["is_restricted"]]


def _bars(view: View, rows: Sequence[tuple[Row, ...]], places: list[str]) -> None:
    """The indicators that are a share, where the places differ most on top."""
    _ = view.language.text
    entries = [
        Compared(
            measures.name_of(each[0], view.language),
            tuple(row["progress_pct"] for row in each),
            tuple(_text(row, view.language) for row in each),
        )
        for each in sorted(rows, key=_difference, reverse=True)
    ]
    st.html(markup.heading(_("Từng chỉ tiêu có tỷ lệ"), _("chênh nhiều nhất trước")))
    st.html(markup.colour_legend([(name, *colours) for name, colours in zip(places, PLACES, strict=False)]))
    st.html(paired_bars(entries, places))
    st.html(
        markup.remark(
            _("Nơi chưa có báo cáo không có thanh. Số trong ngoặc: ngày của số đang dùng, nếu cũ hơn."),
            *(_reported([each[place] for each in rows], name, view.language) for place, name in enumerate(places)),
        )
    )


def _reported(rows: list[Row], name: str, language: Language) -> str:
    """What the bars of one place rest on: indicators reported, the day, the origin."""
    counted = [row for row in rows if not row["is_not_counted"]]
    known = [row for row in counted if row["value"] is not None]
    if not known:
        return ""
    text = language.text("{name}: {reported}/{all} chỉ tiêu có báo cáo, số liệu ngày {day} ({origin}).")
    return text.format(
        name=name,
        reported=len(known),
        all=len(counted),
        day=language.day(max(row["as_of_on"] for row in known)),
        origin=origin_word(max(row["origin"] for row in known), language),
    )


def _difference(rows: tuple[Row, ...]) -> float:
    """How far the first place is from the last one; places that can't be compared come last."""
    own, other = rows[0]["progress_pct"], rows[-1]["progress_pct"]
    return -1.0 if own is None or other is None else abs(own - other)


def _text(row: Row, language: Language) -> str:
    """What stands at the end of a bar: share, yes or no, or that nothing was reported; an older day in brackets."""
    _ = language.text
    if row["is_not_counted"]:
        return _("không tính ở nơi này")
    if row["value"] is None:
        return _("chưa có báo cáo")
    text = comparison_sentences.said(row, language)
    if row["last_reported_on"] < row["as_of_on"]:
        text += f" ({language.day(row['last_reported_on'])})"
    return text


def _place_table(view: View, scopes: Sequence[list[Row]], places: list[str], stem: str) -> None:
    """Every indicator, also those that are no share: value, share, day and carried values of each place."""
    _, reader = view.language.text, view.language
    frame = pd.DataFrame(
        {"name": measures.name_of(row, reader), "topic": measures.topic_word(row["topic"], reader)} for row in scopes[0]
    )
    columns: dict[str, tuple[str, str]] = {"name": (_("Chỉ tiêu"), "text")}
    kinds = (
        ("value", _("giá trị"), "number"),
        ("progress_pct", _("tỷ lệ"), "percent"),
        ("last_reported_on", _("báo cáo gần nhất"), "day"),
        ("stale_unit_count", _("dùng số kỳ trước"), "number"),
    )
    for place, (rows, name) in enumerate(zip(scopes, places, strict=True)):
        for column, word, kind in kinds:
            frame[f"{column}_{place}"] = [row[column] for row in rows]
            columns[f"{column}_{place}"] = (f"{name}: {word}", kind)
    columns["topic"] = (_("Nhóm"), "text")
    frame["origin"] = [row["origin"] for row in scopes[0]]
    columns["origin"] = (_("Loại số liệu"), "origin")
    st.html(markup.heading(_("Mọi chỉ tiêu bằng số")))
    title = _("So sánh {places}").format(places=reader.names(places))
    table(frame, columns, title, reader, key="place_table", height=460)
    exports.downloads(view, frame, columns, f"so-sanh_{stem}", title)
