"""The blocks of the page Nhân sự và thiếu hụt, and of staffing on the page of a province."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import exports, links, markup, parts, staffing_sentences, step_markup, topic_sentences
from dashboard.blocks import topic
from dashboard.figures.bars import surplus_and_shortage
from dashboard.language import Language
from dashboard.tables import Columns, prepared_once, show, sources, table
from dashboard.topics import Field
from dashboard.view import View
from dashboard.vocabulary import quoted
from dashboard.warehouse import Row

ALL_FIELDS = "all"


def field_name(row: Row, language: Language) -> str:
    """The field of a row; the whole where it is none."""
    if row["field"] == ALL_FIELDS:
        return language.text("Chung các lĩnh vực")
    return language.pick(row["field_vi"] or row["field"], row["field_en"] or row["field"])


def choose_comparison(view: View, baselines: list[Row], country: list[Row]) -> tuple[str, str]:
    """The baseline and, where it has any, the field to look at."""
    _ = view.language.text
    names = {row["baseline"]: view.language.pick(row["title_vi"], row["title_en"]) for row in baselines}
    first = next(iter(names), "")
    left, right = st.columns(2)
    with left:
        baseline = links.choose(links.BASELINE, _("So với mốc"), names, first)
    options = {row["field"]: field_name(row, view.language) for row in country if row["baseline"] == baseline}
    with right:
        field = links.choose(links.FIELD, _("Lĩnh vực"), options or {ALL_FIELDS: _("Chung các lĩnh vực")}, ALL_FIELDS)
    return baseline, field


def training(view: View, shown: Field) -> str:
    """How many were trained, against the scheme's date."""
    directive = shown.directive_of("staff_trained")
    return topic_sentences.training(shown.country["staff_trained"], directive, view.language)


def opening(view: View, shown: Field, compared: Row | None, country: list[Row]) -> list[str]:
    """The country against the chosen baseline, the field with most people missing, who is counted beside, training."""
    first = staffing_sentences.balance(compared, view.language)
    if view.is_empty:
        return topic.before_reports(view, first, [*shown.topic.indicators, *shown.topic.published])
    return [
        first,
        staffing_sentences.fields(country, view.language),
        staffing_sentences.beside(country[0] if country else None, view.language),
        training(view, shown),
    ]


def how_to_read(view: View, baselines: list[Row], baseline: str) -> None:
    """What the baseline is, where it comes from, what it can't say."""
    _ = view.language.text
    row = next((each for each in baselines if each["baseline"] == baseline), None)
    if row is not None:
        note = view.language.pick(row["note_vi"], row["note_en"])
        st.html(markup.remark(note, _("Nguồn của mốc: {source}.").format(source=quoted(row["source"], view.language))))


def province_bars(view: View, rows: list[Row]) -> None:
    """Shortage and surplus of each province, the largest shortage on top."""
    _ = view.language.text
    if not any(row["communes_compared"] for row in rows):
        st.caption(_("Chưa địa phương nào báo cáo đủ số liệu để so sánh."))
        return
    if not any(row["shortage"] or row["surplus"] for row in rows):
        st.caption(_("Các xã đã báo cáo đủ số liệu không có số thiếu hoặc dư để vẽ."))
        return
    alt = _("Số người thiếu và số người dư của từng địa phương, thiếu nhiều nhất đứng trên")
    parts.chart(surplus_and_shortage(rows, view.language), alt, view.language, key="staffing_bars")


def province_table(view: View, rows: list[Row]) -> None:
    """34 rows against one baseline, searchable, with a link to each province."""
    _ = view.language.text
    search = links.typed(links.SEARCH, _("Tìm tỉnh, xã"), _("gõ có dấu hoặc không dấu"))
    found = set(view.published.table("province_search", search=search)["province_code"])
    shown = [row for row in rows if row["province_code"] in found] or rows
    shown = sorted(shown, key=lambda row: (row["shortage"] is None, -(row["shortage"] or 0), row["province_code"]))
    frame = pd.DataFrame(shown)
    columns: Columns = {
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "communes_short": (_("Xã thiếu"), "number"),
        "shortage": (_("Số người thiếu"), "number"),
        "communes_with_surplus": (_("Xã dư"), "number"),
        "surplus": (_("Số người dư"), "number"),
        "allocated": (_("Theo mốc"), "number"),
        "present": (_("Hiện có"), "number"),
        "communes_compared": (_("Xã đủ số liệu"), "number"),
        "communes_not_reported": (_("Xã chưa đủ số liệu"), "number"),
        "seconded_in": (_("Biệt phái, tiếp nhận"), "number"),
        "contracted": (_("Hợp đồng"), "number"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    title = _("Thiếu và dư nhân lực cấp xã theo địa phương, thiếu nhiều nhất đứng trên")
    chosen = table(frame, columns, title, view.language, key="staffing_provinces", is_selectable=True)
    exports.downloads(view, frame, columns, "nhan-luc-theo-tinh", title)
    if chosen is not None:
        row = shown[chosen]
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.province_link(view, row["province_code"], row["short_name"])
            sources(view, "staff_present", view.as_of_on, row["province_code"], key="staffing_row")


def field_bars(view: View, rows: list[Row]) -> None:
    """Missing people by field, of the baseline that asks for fields."""
    _ = view.language.text
    asked = [row for row in rows if row["field"] != ALL_FIELDS]
    if not any(row["shortage"] is not None for row in asked):
        st.caption(_("Chưa có báo cáo thiếu theo lĩnh vực."))
        return
    st.html(step_markup.field_bars([(field_name(row, view.language), row) for row in asked], view.language))
    st.html(markup.provenance(asked[0], view.language))


def communes(view: View, rows: list[Row], baseline: str, field: str) -> None:
    """The communes of one province against the same baseline; at first of the one with the largest shortage."""
    _ = view.language.text
    names = {row["province_code"]: row["short_name"] for row in view.published.rows("provinces")}
    worst = max(rows, key=lambda row: row["shortage"] or 0, default={"province_code": "01"})
    code = links.choose(links.PROVINCE, _("Tỉnh, thành phố"), names, worst["province_code"])
    commune_table(view, code, baseline, field)


def commune_table(view: View, code: str, baseline: str, field: str) -> None:
    """One row per commune, the shortest of staff on top; every number as reported, none put in."""
    _ = view.language.text
    frame = view.published.table("staffing_communes", province_code=code, baseline=baseline, field=field, search="")
    columns: Columns = {
        "commune_name": (_("Xã, phường, đặc khu"), "text"),
        "allocated": (_("Theo mốc"), "number"),
        "present": (_("Hiện có"), "number"),
        "shortage": (_("Số người thiếu"), "number"),
        "surplus": (_("Số người dư"), "number"),
        "gap_pct": (_("Thiếu so với mốc"), "percent"),
        "seconded_in": (_("Biệt phái, tiếp nhận"), "number"),
        "contracted": (_("Hợp đồng"), "number"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    title = _("Nhân lực từng xã, phường, đặc khu so với mốc, thiếu nhiều nhất đứng trên")
    table(frame, columns, title, view.language, key="staffing_communes")
    exports.downloads(view, frame, columns, f"nhan-luc-xa-tinh-{code}", title)


def of_province(view: View, code: str) -> None:
    """One province against every baseline and in every field."""
    _ = view.language.text
    rows = view.published.rows("staffing_balance", province_code=code, baseline="", field="")
    wholes = [row for row in rows if row["field"] == ALL_FIELDS]
    said = [staffing_sentences.balance(wholes[0] if wholes else None, view.language)]
    said += [staffing_sentences.fields(rows, view.language)]
    said += [staffing_sentences.beside(wholes[0] if wholes else None, view.language)]
    st.html(markup.paragraphs(said))

    def frame() -> pd.DataFrame:
        made = pd.DataFrame(rows)
        if rows:
            made["baseline_name"] = [view.language.pick(row["baseline_vi"], row["baseline_en"]) for row in rows]
            made["field_name"] = [field_name(row, view.language) for row in rows]
        return made

    columns: Columns = {
        "baseline_name": (_("So với mốc"), "text"),
        "field_name": (_("Lĩnh vực"), "text"),
        "communes_short": (_("Xã thiếu"), "number"),
        "shortage": (_("Số người thiếu"), "number"),
        "communes_with_surplus": (_("Xã dư"), "number"),
        "surplus": (_("Số người dư"), "number"),
        "allocated": (_("Theo mốc"), "number"),
        "present": (_("Hiện có"), "number"),
        "communes_compared": (_("Xã đủ số liệu"), "number"),
        "communes_not_reported": (_("Xã chưa đủ số liệu"), "number"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    title = _("Nhân lực cấp xã của địa phương so với từng mốc, chung và theo lĩnh vực")
    made = prepared_once(view, "province_staffing", frame, columns, code)
    show(made, title, view.language, key="province_staffing")
    exports.downloads(view, made.frame, columns, f"nhan-luc-tinh-{code}", title)
