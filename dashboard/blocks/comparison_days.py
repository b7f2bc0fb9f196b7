"""The page So sánh, for two days: one indicator, province by province."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import comparison_sentences, exports, links, markup, measures, pages, parts
from dashboard.figures.comparison import slope
from dashboard.language import Language
from dashboard.tables import Columns, sources, table
from dashboard.view import View
from dashboard.vocabulary import region_word
from dashboard.warehouse import Row

FIRST_INDICATOR = "procedures_reviewed"
# Two days about a month apart say more than two neighbouring ones.
USUAL_DAYS_APART = 30
DAYS_NEEDED = 2


def two_days(view: View, filters: DeltaGenerator) -> None:
    """Choices, sentences, picture, table. `filters` is the line that the days are chosen on."""
    _ = view.language.text
    indicator = measures.choose_indicator(view, FIRST_INDICATOR)
    code, name = indicator["indicator"], measures.name_of(indicator, view.language)
    measures.restricted_notice(indicator, view.language)
    days = [row["as_of_on"] for row in view.published.rows("indicator_days", indicator=code)]
    if len(days) < DAYS_NEEDED:
        st.html(markup.lead([_("Chưa có hai ngày số liệu để so sánh “{name}”.").format(name=name)]))
        return
    with filters:
        from_on, to_on = _choose_days(view, days)
    rows = view.published.rows("compare_days", indicator=code, from_on=from_on, to_on=to_on)
    is_share = indicator["has_share"]
    if indicator["is_yes_no"]:
        st.html(markup.lead(_turned(rows, name, from_on, to_on, view.language)))
        st.html(markup.sentence_list(_groups(rows, view.language)))
    else:
        said = comparison_sentences.two_days(rows, name, from_on, to_on, is_share, view.language)
        st.html(markup.lead(said))
        _picture(view, indicator, rows, from_on, to_on)
    st.html(markup.provenance(_country_at_end(rows, to_on), view.language))
    sources(view, code, to_on, "VN", key="comparison")
    _day_table(view, indicator, rows, from_on, to_on)


def _country_at_end(rows: list[Row], to_on: date) -> Row:
    """What the later day rests on, named as `markup.provenance` reads it."""
    country = next(row for row in rows if row["province_code"] == "VN")
    return {
        "as_of_on": to_on,
        "reported_unit_count": country["to_unit_count"],
        "expected_unit_count": country["expected_unit_count"],
        "stale_unit_count": country["to_stale_count"],
        "origin": country["origin"],
    }


def _choose_days(view: View, days: list[date]) -> tuple[date, date]:
    """The earlier of two days first, whichever was chosen in which field."""
    _ = view.language.text
    usual = min(days[1:], key=lambda day: abs((days[0] - day).days - USUAL_DAYS_APART))
    first = links.choose_day(links.FROM_ON, _("Từ ngày"), days, usual, view.language)
    second = links.choose_day(links.TO_ON, _("Đến ngày"), days, days[0], view.language)
    return min(first, second), max(first, second)


def _turned(rows: list[Row], name: str, from_on: date, to_on: date, language: Language) -> list[str]:
    """How many provinces had it on either day."""
    _ = language.text
    counted = [row for row in rows if row["province_code"] != "VN" and not row["is_not_counted"]]
    before, after = (sum(row[column] == 1 for row in counted) for column in ("from_value", "to_value"))
    first = _("Từ {from_on} đến {to_on}, số địa phương đã xong “{name}” từ {before} đến {after} trên {all}.").format(
        from_on=language.day(from_on),
        to_on=language.day(to_on),
        name=name,
        before=before,
        after=after,
        all=len(counted),
    )
    return [first, comparison_sentences.gaps(counted, from_on, to_on, language)]


def _groups(rows: list[Row], language: Language) -> list[tuple[str, str]]:
    """What became of each province between the two days, by name."""
    _ = language.text
    places = [row for row in rows if row["province_code"] != "VN" and not row["is_not_counted"]]
    groups = [
        (_("Mới xong"), [row for row in places if row["from_value"] == 0 and row["to_value"] == 1]),
        (_("Đã xong rồi lại báo là chưa"), [row for row in places if row["from_value"] == 1 and row["to_value"] == 0]),
        (_("Vẫn chưa xong"), [row for row in places if row["from_value"] != 1 and row["to_value"] == 0]),
        (
            _("Đã xong; ngày trước chưa có báo cáo"),
            [row for row in places if row["from_value"] is None and row["to_value"] == 1],
        ),
        (_("Đã xong từ trước"), [row for row in places if row["from_value"] == 1 and row["to_value"] == 1]),
        (_("Chưa có báo cáo"), [row for row in places if row["to_value"] is None]),
    ]
    return [
        (f"{title} ({len(group)})", language.names([row["short_name"] for row in group], len(places)))
        for title, group in groups
        if group
    ]


def _picture(view: View, indicator: Row, rows: list[Row], from_on: date, to_on: date) -> None:
    """A line per province; a click leads to it."""
    _ = view.language.text
    if not any(row["change_shown"] is not None for row in rows):
        return
    note = _("bấm vào một điểm để mở trang của tỉnh")
    st.html(markup.heading(_("Từng tỉnh giữa hai ngày"), note))
    figure = slope(rows, from_on, to_on, indicator["has_share"], view.language)
    alt = _("Đường nối giá trị của từng tỉnh giữa {from_on} và {to_on}; số liệu ở bảng dưới").format(
        from_on=view.language.day(from_on), to_on=view.language.day(to_on)
    )
    code = parts.clickable_chart(figure, alt, view.language, key="slope")
    st.html(
        markup.remark(
            "" if indicator["has_share"] else _("Bình quân mỗi đơn vị đã báo cáo."),
            _("Có tên: nơi tăng, giảm nhiều nhất nêu ở đầu trang, và cả nước. Chấm rỗng: số của kỳ trước."),
            _("Nơi chưa có báo cáo ở một ngày không có đường nối."),
        )
    )
    if code:
        asked = {links.PROVINCE: code, links.INDICATOR: indicator["indicator"]}
        st.switch_page(pages.script("province"), query_params=links.query(view.language.code, **asked))


def _day_table(view: View, indicator: Row, rows: list[Row], from_on: date, to_on: date) -> None:
    """Both days side by side, the largest rise on top."""
    _, reader = view.language.text, view.language
    places = [row for row in rows if row["province_code"] != "VN"]
    frame = pd.DataFrame(places)
    frame["region_name"] = [region_word(row["region_name"], reader) for row in places]
    for side in ("from", "to"):
        frame[f"{side}_kept"] = [
            reader.day(row[f"{side}_reported_on"]) if row[f"{side}_is_carried"] else "" for row in places
        ]
    columns = _columns(indicator, from_on, to_on, reader)
    title = _("{name}: {from_on} và {to_on}").format(
        name=measures.name_of(indicator, reader), from_on=reader.day(from_on), to_on=reader.day(to_on)
    )
    st.html(markup.heading(_("Bằng số"), _("tăng nhiều nhất trước; chọn một dòng để mở trang tỉnh hoặc xem nguồn")))
    chosen = table(frame, columns, title, reader, key="day_table", height=460, is_selectable=True)
    name = f"so-sanh_{indicator['indicator']}_{from_on:%Y%m%d}-{to_on:%Y%m%d}"
    exports.downloads(view, frame, columns, name, title)
    if chosen is not None:
        row = places[chosen]
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.province_link(view, row["province_code"], row["short_name"])
            sources(view, indicator["indicator"], to_on, row["province_code"], key="day_row")


def _columns(indicator: Row, from_on: date, to_on: date, language: Language) -> Columns:
    """Shares and their change in points where the indicator is a share, otherwise values and their change."""
    _ = language.text
    before, after = language.day(from_on), language.day(to_on)
    shares = {
        "from_shown": (before, "percent"),
        "to_shown": (after, "percent"),
        "change_shown": (_("Thay đổi (điểm)"), "signed"),
    }
    return {
        "short_name": (_("Tỉnh, thành phố"), "text"),
        **(shares if indicator["has_share"] else {}),
        "from_value": (_("Giá trị {day}").format(day=before), "number"),
        "to_value": (_("Giá trị {day}").format(day=after), "number"),
        **({} if indicator["has_share"] else {"change": (_("Thay đổi"), "signed")}),
        "from_kept": (_("{day}: dùng số của kỳ").format(day=before), "text"),
        "to_kept": (_("{day}: dùng số của kỳ").format(day=after), "text"),
        "to_unit_count": (_("Đơn vị báo cáo"), "number"),
        "expected_unit_count": (_("Đơn vị được tính"), "number"),
        "region_name": (_("Vùng"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }
