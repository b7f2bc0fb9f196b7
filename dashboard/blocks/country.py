"""The blocks of the page Bản đồ."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import exports, links, map_sentences, markup, measures, pages, parts
from dashboard.boundaries import Boundaries, boundaries
from dashboard.figures import country as drawing
from dashboard.figures.maps import by_status, tile_map
from dashboard.figures.matrix import share_matrix
from dashboard.figures.shades import ALL_DONE, NOT_DONE, NOT_REPORTED, paint_indicator, shade_of, step_words
from dashboard.figures.template import Figure
from dashboard.language import Language
from dashboard.measures import Measure
from dashboard.settings import load_settings
from dashboard.tables import Columns, sources, table
from dashboard.view import View
from dashboard.vocabulary import LIGHT_OF_STATUS, STATUSES, region_word
from dashboard.warehouse import Row

# More cells than these are wider than a phone: they scroll sideways there.
NARROW_CELLS = 34 * 5


def province_rows(view: View, measure: Measure) -> list[Row]:
    """A row per province: its state under the directive, or its value in the indicator."""
    if measure.is_by_deadline:
        return view.published.rows("map_tiles", statuses=list(STATUSES), directive=measure.code)
    rows = view.published.rows("map_indicator", indicator=measure.code)
    return [{**row, "is_yes_no": measure.indicator["is_yes_no"]} for row in rows]


def opening(view: View, measure: Measure, rows: list[Row]) -> list[str]:
    """Where it stands, in sentences with names."""
    if measure.is_by_deadline:
        return map_sentences.by_deadline(rows, measure.directive, view.language)
    return map_sentences.by_indicator(rows, measure.indicator, _national(view, measure), view.language)


def _national(view: View, measure: Measure) -> Row | None:
    found = view.published.rows("national_indicators", indicators=[measure.indicator["indicator"]])
    return found[0] if found and found[0]["value"] is not None else None


def provenance(view: View, measure: Measure) -> None:
    """What the shown indicator rests on in the country, and the way to its files and cells."""
    national = _national(view, measure)
    if national is None:
        return
    name = measures.name_of(measure.indicator, view.language)
    st.html(markup.remark(name + ":") + markup.provenance(national, view.language))
    sources(view, national["indicator"], national["as_of_on"], "VN", key="map")


def province_map(view: View, measure: Measure, rows: list[Row]) -> None:
    """Tiles, or filled shapes where there are boundaries. A click leads to the province."""
    _ = view.language.text
    painter = by_status if measure.is_by_deadline else paint_indicator
    st.html(_legend(measure, rows, view.language))
    archipelagos = view.published.rows("archipelagos")
    outlines = boundaries(load_settings())
    alt = _("Bản đồ 34 tỉnh, thành phố, có Hoàng Sa (Đà Nẵng) và Trường Sa (Khánh Hòa); số liệu ở bảng cuối trang")
    alt = f"{alt}. {opening(view, measure, rows)[0]}"
    if outlines.shapes:
        figure = drawing.shape_map(rows, outlines.shapes, archipelagos, view.language, painter)
        with _country_frame("shapes"):
            code = parts.clickable_chart(figure, alt, view.language, "map_provinces", height="stretch")
    else:
        figure = view.published.kept(
            "tiles", lambda: tile_map(rows, archipelagos, view.language, painter), measure.code, view.language.code
        )
        code = parts.clickable_chart(figure, alt, view.language, "map_provinces")
    _about_boundaries(outlines, rows, view.language)
    if code:
        _open_province(view, code, measure.indicator["indicator"])


def _country_frame(name: str) -> DeltaGenerator:
    """Around a map of the whole country: as high as the country is at the width of the screen (style sheet)."""
    return st.container(key=f"country_{name}", height=drawing.HEIGHT, border=False)


def _about_boundaries(outlines: Boundaries, rows: list[Row], language: Language) -> None:
    """What is wrong with the ministry's file of boundaries, if there is one."""
    _ = language.text
    words = {
        "unreadable": _("Không đọc được boundaries.geojson: mỗi tỉnh cần một đối tượng có province_code và tọa độ."),
        "too_fine": _("boundaries.geojson quá chi tiết: hãy giản lược còn dưới 100.000 điểm rồi đặt lại."),
    }
    missing = [row["short_name"] for row in rows if row["province_code"] not in outlines.shapes]
    if outlines.fault:
        st.html(markup.remark(words[outlines.fault]))
    elif outlines.shapes and missing:
        st.html(markup.remark(_("Chưa có ranh giới của: {names}.").format(names=language.names(missing))))


def _legend(measure: Measure, rows: list[Row], language: Language) -> str:
    """What the colours mean, with how many provinces have each."""
    _ = language.text
    if measure.is_by_deadline:
        return markup.legend(dict(Counter(LIGHT_OF_STATUS.get(row["status"] or "", "none") for row in rows)), language)
    states = Counter(row["state"] for row in rows)
    entries: list[tuple[str, str, str, int]] = []
    if measure.indicator["is_yes_no"]:
        entries = [
            ("● " + _("Đã xong"), ALL_DONE.colour, ALL_DONE.ink, states["done"]),
            ("■ " + _("Chưa xong"), NOT_DONE.colour, NOT_DONE.ink, states["not_done"]),
        ]
    elif measure.indicator["has_share"]:
        counts = Counter(shade_of(row["progress_pct"]) for row in rows if row["progress_pct"] is not None)
        entries = [
            (("● " if step is ALL_DONE else "") + word, step.colour, step.ink, counts[step])
            for step, word in step_words(language).items()
        ]
    entries.append(("○ " + _("Chưa có báo cáo"), NOT_REPORTED.colour, NOT_REPORTED.ink, states["not_reported"]))
    if measure.indicator["has_share"]:
        return markup.counted_legend(entries, language)
    note = _("Màu đậm hơn: bình quân mỗi đơn vị đã báo cáo cao hơn; số trong ô là tổng của tỉnh.")
    return markup.counted_legend(entries, language) + markup.remark(note)


def commune_map(view: View, measure: Measure, rows: list[Row]) -> None:
    """Every commune in the shown indicator, with how many are in each state. A click leads to the commune.

    What provinces report has no state of its own in a commune: its dots have the colour of the province's tile.
    """
    _ = view.language.text
    code, is_by_commune = measure.indicator["indicator"], measure.indicator["unit_level"] == "commune"
    figure, entries = view.published.kept(
        "commune_map", lambda: _drawn_communes(view, measure, rows), code, "" if is_by_commune else measure.code,
        view.language.code,
    )  # fmt: skip
    st.html(markup.counted_legend(entries, view.language))
    name = measures.name_of(measure.indicator, view.language)
    if not is_by_commune:
        st.html(markup.remark(_("Việc này do cấp tỉnh báo cáo: mỗi xã có màu của tỉnh, chú giải như bản đồ tỉnh.")))
    elif measure.is_by_deadline:
        st.html(markup.remark(f"{name}."))
    alt = _("Bản đồ 3.321 xã, phường, đặc khu theo “{name}”, có Hoàng Sa (Đà Nẵng) và Trường Sa (Khánh Hòa)")
    alt = alt.format(name=name) + ": " + "; ".join(f"{word} {count}" for word, _colour, _ink, count in entries)
    with _country_frame("communes"):
        chosen = parts.clickable_chart(figure, alt, view.language, "map_communes", height="stretch")
    if chosen:
        province, commune = chosen.split("|")
        _open_province(view, province, code, commune)


def _drawn_communes(view: View, measure: Measure, rows: list[Row]) -> tuple[Figure, list[tuple[str, str, str, int]]]:
    """The figure of 3,321 points, and its legend with how many communes are in each state."""
    indicator = measure.indicator
    communes = view.published.rows("country_communes", indicator=indicator["indicator"])
    archipelagos = view.published.rows("archipelagos")
    words = measures.state_words(indicator, view.language)
    if indicator["unit_level"] != "commune":
        painter = by_status if measure.is_by_deadline else paint_indicator
        groups = drawing.dots_by_province(communes, {row["province_code"]: painter(row, view.language) for row in rows})
        return drawing.commune_map(groups, archipelagos, view.language), []
    by = drawing.dots_by_state if indicator["value_type"] == "flag" else drawing.dots_by_share
    groups = by(communes, words, view.language)
    legend = [(f"{group.glyph} {group.word}", group.colour, group.ink, len(group.rows)) for group in groups[::-1]]
    return drawing.commune_map(groups, archipelagos, view.language), legend


def _open_province(view: View, province: str, indicator: str, commune: str = "") -> None:
    codes = {links.PROVINCE: province, links.INDICATOR: indicator, links.COMMUNE: commune}
    links.keep_text(links.COMMUNE, commune)
    asked = {name: code for name, code in codes.items() if code}
    st.switch_page(pages.script("province"), query_params=links.query(view.language.code, **asked))


def matrix(view: View) -> None:
    """Province × indicator, by group or for all that is a share. A click on a cell leads to the province.

    Restricted figures are shown only by their own group, with the notice that they must not be passed on.
    """
    _ = view.language.text
    indicators = [row for row in view.published.rows("measures") if row["has_share"]]
    topics = dict.fromkeys(row["topic"] for row in indicators)
    options = {"": _("Mọi nhóm")} | {topic: measures.topic_word(topic, view.language) for topic in topics}
    topic = links.choose(links.TOPIC, _("Nhóm chỉ tiêu"), options, "")
    shown = [row for row in indicators if row["topic"] == topic or not (topic or row["is_restricted"])]
    measures.restricted_notice(shown[0], view.language)
    codes = [row["indicator"] for row in shown]
    cells = view.published.rows("heatmap", indicators=codes)
    if not any(cell["value"] is not None for cell in cells):
        st.caption(_("Chưa có báo cáo để so sánh."))
        return
    alt = _("Tỷ lệ hoàn thành theo tỉnh và chỉ tiêu, tỉnh gấp nhất trước; ô gạch chéo là chưa có báo cáo")
    with st.container(key="wide_matrix" if len(cells) > NARROW_CELLS else "narrow_matrix"):
        figure = view.published.kept(
            "share_matrix", lambda: share_matrix(cells, view.language), topic, view.language.code
        )
        chosen = parts.clickable_chart(figure, alt, view.language, key="map_matrix")
    st.html(markup.remark(_("Ô gạch chéo ○: chưa có báo cáo; –: không tính ở nơi này.")))
    if chosen:
        province, indicator = chosen.split("|")
        _open_province(view, province, indicator)


def province_table(view: View, measure: Measure) -> None:
    """The provinces by numbers, the furthest behind first, for reading, taking away and keyboards."""
    _, reader = view.language.text, view.language
    code = measure.indicator["indicator"]
    rows = view.published.rows("map_indicator", indicator=code)
    frame = pd.DataFrame(rows)
    words = _province_words(measure.indicator, reader)
    frame["region_name"] = [region_word(row["region_name"], reader) for row in rows]
    frame["state_word"] = [f"{markup.DOTS[row['state']][0]} {words[row['state']]}" for row in rows]
    title = measures.name_of(measure.indicator, reader)
    columns = _columns(reader)
    chosen = table(frame, columns, title, reader, key="map_table", height=460, is_selectable=True)
    exports.downloads(view, frame, columns, f"ban-do_{code}", title)
    if chosen is not None:
        row = rows[chosen]
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.province_link(view, row["province_code"], row["short_name"])
            sources(view, code, row["as_of_on"], row["province_code"], key="map_row")


def _province_words(indicator: Row, language: Language) -> dict[str, str]:
    """What the state of a province means: yes or no, or all of its share."""
    _ = language.text
    is_yes_no = indicator["is_yes_no"]
    return {
        "not_done": _("Chưa xong") if is_yes_no else _("Chưa đủ"),
        "not_reported": _("Chưa có báo cáo"),
        "done": _("Đã xong") if is_yes_no else _("Đã đủ"),
        "reported": _("Đã báo cáo"),
        "not_counted": _("Không tính"),
    }


def _columns(language: Language) -> Columns:
    _ = language.text
    return {
        "state_word": (_("Tình trạng"), "short"),
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "value": (_("Giá trị"), "number"),
        "target": (_("Phải đạt"), "number"),
        "progress_pct": (_("Tiến độ"), "percent"),
        "change": (_("So kỳ trước"), "signed"),
        "reported_unit_count": (_("Đơn vị báo cáo"), "number"),
        "expected_unit_count": (_("Đơn vị được tính"), "number"),
        "stale_unit_count": (_("Dùng số kỳ trước"), "number"),
        "as_of_on": (_("Số liệu ngày"), "day"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "region_name": (_("Vùng"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }
