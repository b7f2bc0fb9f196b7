"""The blocks of the page Đôn đốc."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from dashboard import chase_sentences, exports, links, markup, parts
from dashboard.language import Language
from dashboard.tables import Columns, sources, table
from dashboard.task_words import task_word
from dashboard.view import View
from dashboard.vocabulary import CALL_KINDS, chase_kind_word, indicator_name, origin_word, status_text
from dashboard.warehouse import Row

LARGEST_SEED, LARGEST_SIZE = 999_999, 20


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader looks at; '' is all."""

    directive: str
    province_code: str
    kind: str


def choose_filters(view: View, directives: list[Row]) -> Filters:
    """One line of filters under the title."""
    _ = view.language.text
    every = {"": _("Tất cả")}
    titles = {row["directive"]: view.language.pick(row["title_vi"], row["title_en"]) for row in directives}
    provinces = {row["province_code"]: row["short_name"] for row in view.published.rows("provinces")}
    kinds = {kind: chase_kind_word(kind, view.language) for kind in CALL_KINDS}
    left, middle, right = st.columns(3)
    with left:
        directive = links.choose(links.DIRECTIVE, _("Chỉ đạo"), every | titles, "")
    with middle:
        province_code = links.choose(links.ONLY_PROVINCE, _("Tỉnh, thành phố"), every | provinces, "")
    with right:
        kind = links.choose(links.KIND, _("Lý do đôn đốc"), every | kinds, "")
    return Filters(directive, province_code, kind)


def opening(view: View, directives: list[Row], directive: str) -> list[str]:
    """Whom to call about the chosen directive, or the most urgent one, and how many calls there are in all."""
    _ = view.language.text
    said = [chase_sentences.call_counts(view.published.rows("chase_kinds"), view.language)]
    meant = next((row for row in directives if row["directive"] == directive), directives[0] if directives else None)
    if meant is not None:
        provinces = view.published.rows("chase_provinces", directive=meant["directive"])
        said.insert(0, chase_sentences.calls(meant, provinces, view.language))
    if view.is_empty:
        return [_("Chưa có báo cáo nào: trước hết cần đôn đốc các địa phương gửi báo cáo."), *said[-1:]]
    return said


def call_table(view: View, filters: Filters) -> None:
    """The calls with their reasons; one of them leads to the province and to the sources of its figure."""
    _ = view.language.text
    rows = view.published.rows(
        "chase_list", directive=filters.directive, province_code=filters.province_code, kind=filters.kind
    )
    if not rows:
        st.caption(_("Theo bộ lọc này không có việc nào phải đôn đốc."))
        return
    frame = pd.DataFrame(rows)
    frame["status_text"] = [status_text(row["status"], view.language) for row in rows]
    frame["kind_word"] = [chase_kind_word(row["kind"], view.language) for row in rows]
    frame["indicator_name"] = [indicator_name(row, view.language) for row in rows]
    frame["title"] = [view.language.pick(row["title_vi"], row["title_en"]) for row in rows]
    frame["why"] = [view.language.pick(row["reason"], row["reason_en"]) for row in rows]
    frame["task"] = [_opened(task_word(row, view.language)) for row in rows]
    title = _("Danh sách đôn đốc, gấp nhất trước")
    chosen = table(
        frame, _columns(view.language), title, view.language, key="chase_table", height=520, is_selectable=True
    )
    if chosen is not None:
        _details(view, rows[chosen])
    st.html(
        markup.remark(
            _(
                "“Tỷ trọng”: phần của tỉnh trong phần còn thiếu của cả nước, cùng chỉ đạo và chỉ tiêu, nơi chưa báo "
                "cáo cũng tính là còn thiếu; ở đầu trang, các chỉ tiêu của một chỉ đạo được tính ngang nhau."
            ),
            _(
                "Việc được giao ở hai chỉ đạo đứng ở hai dòng, mỗi dòng một hạn. "
                "Chọn một dòng để xem đủ lý do và nguồn."
            ),
            _rests_on(rows, view.language),
        )
    )
    exports.downloads(view, frame, _file_columns(view.language), "don-doc", _("Danh sách đôn đốc"))


def _opened(text: str) -> str:
    return text[0].upper() + text[1:]


def _columns(language: Language) -> Columns:
    """What fits a screen: whom to call, about which task of which directive, why, until when."""
    _ = language.text
    return {
        "status_text": (_("Tình trạng"), "status"),
        "short_name": (_("Tỉnh, thành phố"), "short"),
        "task": (_("Nhiệm vụ"), "middling"),
        "title": (_("Chỉ đạo"), "middling"),
        "due_on": (_("Hạn"), "day"),
        "effect_pct": (_("Tỷ trọng"), "percent"),
        "why": (_("Vì sao"), "middling"),
    }


def _file_columns(language: Language) -> Columns:
    """What the file has beside the screen."""
    _ = language.text
    return {
        **_columns(language),
        "indicator_name": (_("Chỉ tiêu"), "text"),
        "days_to_due": (_("Số ngày còn lại"), "number"),
        "kind_word": (_("Lý do đôn đốc"), "text"),
        "missing_units": (_("Đơn vị chưa đạt"), "number"),
        "unit_names": (_("Đơn vị nào"), "text"),
        "rank": (_("Thứ tự"), "number"),
        "origin": (_("Loại số liệu"), "origin"),
    }


def _rests_on(rows: list[Row], language: Language) -> str:
    """The day and the origin of the figures; '' where nothing was reported."""
    known = [row for row in rows if row["as_of_on"] and row["origin"]]
    if not known:
        return ""
    text = language.text("Số liệu đến {day} ({origin}).")
    day, origin = language.day(known[0]["as_of_on"]), origin_word(known[0]["origin"], language)
    return text.format(day=day, origin=origin)


def _details(view: View, row: Row) -> None:
    """One call in full: the task and the directive by their official names, the reason, which units, the way on."""
    _, language = view.language.text, view.language
    title = language.pick(row["title_vi"], row["title_en"])
    pairs = [
        (_("Nhiệm vụ"), escape(indicator_name(row, language))),
        (_("Chỉ đạo"), escape(f"{title} ({row['document_no']})")),
        (_("Vì sao"), escape(language.pick(row["reason"], row["reason_en"]))),
        (_("Đơn vị nào"), escape(row["unit_names"] or "")),
    ]
    st.html(markup.heading(row["short_name"]))
    st.html(markup.definition(pairs))
    with st.container(horizontal=True, vertical_alignment="center"):
        parts.province_link(view, row["province_code"], row["short_name"])
        sources(view, row["indicator"], view.as_of_on, row["province_code"], key="chase_row")


def verification(view: View, province_code: str) -> None:
    """The sample of a seed and a size; both stand in the address, so that a link gives the same sample."""
    _ = view.language.text
    declared = view.published.row("parameters")
    left, right, _rest = st.columns([1, 1, 2])
    with left:
        seed = links.whole_number(links.SEED, _("Mã rút mẫu"), declared["verification_seed"], 0, LARGEST_SEED)
    with right:
        label = _("Số nơi cho mỗi tỉnh và chỉ tiêu")
        size = links.whole_number(links.SIZE, label, declared["verification_size"], 1, LARGEST_SIZE)
    rows = view.published.rows("verification_draw", seed=seed, size=size, province_code=province_code)
    claims = {(row["province_code"], row["indicator"]): row["claim_count"] for row in rows}
    st.html(markup.paragraphs([chase_sentences.sample(len(rows), sum(claims.values()), seed, view.language)]))
    if not rows:
        return
    frame = pd.DataFrame(rows)
    frame["indicator_name"] = [indicator_name(row, view.language) for row in rows]
    columns = {
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "unit_name": (_("Đơn vị"), "text"),
        "indicator_name": (_("Điều được báo cáo là đã xong"), "text"),
        "value": (_("Giá trị"), "number"),
        "target": (_("Phải đạt"), "number"),
        "done_on": (_("Hoàn thành ngày"), "day"),
        "evidence": (_("Văn bản"), "short"),
        "as_of_on": (_("Kỳ"), "day"),
        "file_name": (_("Tệp"), "text"),
        "source_place": (_("Ô"), "text"),
        "received_at": (_("Nhận lúc"), "moment"),
        "unit_code": (_("Mã đơn vị"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    alt = _("Mẫu xác minh, kèm giá trị, tệp, ô và văn bản")
    table(frame, columns, alt, view.language, key="verification_table", height=460)
    exports.downloads(
        view, frame, columns, f"mau-xac-minh_{seed}", _("Mẫu xác minh, mã rút mẫu {seed}").format(seed=seed)
    )
