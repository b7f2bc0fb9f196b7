"""Posts of commune military commands by position, for the country and for a province. Restricted figures."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import exports, markup, parts, staffing_sentences, step_markup, topic_sentences
from dashboard.blocks import topic
from dashboard.tables import Columns, prepared_once, show, table
from dashboard.topics import Field
from dashboard.view import View
from dashboard.vocabulary import POSITIONS, position_word
from dashboard.warehouse import Row

COMMANDER = "military_commander_appointed"


def _rows(view: View, province_code: str) -> list[Row]:
    return view.published.rows("military_positions", province_code=province_code, positions=list(POSITIONS))


def opening(view: View, shown: Field) -> list[str]:
    """Posts filled against the date, who came from the forces, communes without a commander."""
    language = view.language
    if view.is_empty:
        return topic.before_reports(view, staffing_sentences.military([], language), shown.topic.indicators)
    row, transferred = shown.country["military_posts_filled"], shown.country["military_officers_transferred"]
    missing = view.published.rows("missing_communes", indicator=COMMANDER, province_code="")
    return [
        topic_sentences.posts(row, transferred, shown.directive_of("military_posts_filled"), language),
        topic_sentences.commanders(shown.country[COMMANDER], missing, language),
    ]


def positions(view: View) -> None:
    """The country in a sentence and bars."""
    national = _rows(view, "VN")
    st.html(markup.paragraphs([staffing_sentences.military(national, view.language)]))
    _bars(view, national)


def of_province(view: View, code: str) -> None:
    """One province: sentence, bars, and a row per position."""
    _ = view.language.text
    rows = _rows(view, code)
    st.html(markup.paragraphs([staffing_sentences.military(rows, view.language)]))
    _bars(view, rows)

    def frame() -> pd.DataFrame:
        named = [position_word(row["position"], view.language) for row in rows]
        return pd.DataFrame(rows).assign(name=named)

    columns: Columns = {
        "name": (_("Chức vụ"), "text"),
        "filled": (_("Đã bố trí"), "number"),
        "required": (_("Phải có"), "number"),
        "filled_pct": (_("Tỷ lệ"), "percent"),
        "communes_reported": (_("Xã đã báo cáo"), "number"),
        "communes_expected": (_("Xã được tính"), "number"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    title = _("Chức vụ Ban Chỉ huy quân sự cấp xã của địa phương")
    made = prepared_once(view, "province_military", frame, columns, code)
    show(made, title, view.language, key="province_military")
    exports.downloads(view, made.frame, columns, f"quan-su-tinh-{code}", title)


def _bars(view: View, rows: list[Row]) -> None:
    _ = view.language.text
    if not any(row["filled"] is not None for row in rows):
        return
    st.html(step_markup.position_bars(rows, view.language))
    st.html(markup.provenance(rows[0], view.language))
    st.caption(
        _(
            "Mỗi xã một Chỉ huy trưởng, một Phó Chỉ huy trưởng, một Chính trị viên phó; định biên riêng của trợ lý và "
            "nhân viên chuyên môn kỹ thuật chưa công bố nên không có tỷ lệ."
        )
    )


def province_table(view: View) -> None:
    """Every position in each province, the fewest posts filled on top."""
    _ = view.language.text
    rows = [row for row in _rows(view, "") if row["province_code"] != "VN"]
    columns: dict[str, tuple[str, str]] = {"short_name": (_("Tỉnh, thành phố"), "text")}
    records: dict[str, Row] = {}
    for row in rows:
        record = records.setdefault(row["province_code"], {"short_name": row["short_name"], "is_restricted": True})
        name = position_word(row["position"], view.language)
        record[f"{row['position']}_filled"] = row["filled"]
        columns[f"{row['position']}_filled"] = (name, "number")
        if row["required"] is not None or row["position"] == "all":
            record[f"{row['position']}_pct"] = row["filled_pct"]
            columns[f"{row['position']}_pct"] = (_("{name}, tỷ lệ").format(name=name), "percent")
        if row["position"] == "commander":
            record |= {"communes_expected": row["communes_expected"], "communes_reported": row["communes_reported"]}
        record["origin"] = max(record.get("origin") or "", row["origin"] or "") or None
    columns |= {
        "communes_reported": (_("Xã đã báo cáo"), "number"),
        "communes_expected": (_("Xã được tính"), "number"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    ordered = sorted(records.items(), key=lambda item: (_least(item[1]), item[0]))
    frame = pd.DataFrame([record for _code, record in ordered], columns=list(columns) if not records else None)
    title = _("Chức vụ Ban Chỉ huy quân sự cấp xã theo địa phương, nơi bố trí ít nhất đứng trên")
    chosen = table(frame, columns, title, view.language, key="military_provinces", is_selectable=True)
    exports.downloads(view, frame, columns, "quan-su-theo-tinh", title)
    if chosen is not None:
        parts.province_link(view, ordered[chosen][0], ordered[chosen][1]["short_name"])


def _least(record: Row) -> float:
    """Those without a report first, then the lowest share of all posts."""
    share = record.get("all_pct")
    return -1.0 if share is None else float(share)
